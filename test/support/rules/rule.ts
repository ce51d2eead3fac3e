import { type Json, type Objects, nameOf } from './objects';

/** One of the design rules, as a judgement of rendered manifests alone. */
export interface Rule {
  /** Its number among the design rules. */
  readonly number: number;
  readonly says: string;
  /** The objects that break it. */
  readonly broken: (objects: Objects) => string[];
}

/** A rule of every object of some kinds. */
export function ruleOf(
  number: number,
  says: string,
  of: (objects: Objects) => readonly Json[],
  holds: (object: Json, objects: Objects) => unknown,
): Rule {
  return {
    number,
    says,
    broken: (objects) =>
      of(objects)
        .filter((one) => !holds(one, objects))
        .map(nameOf),
  };
}

/** What a system of manifests breaks, a line for each object. */
export const brokenRules = (rules: readonly Rule[], objects: Objects): string[] =>
  rules.flatMap(({ number, says, broken }) => broken(objects).map((what) => `rule ${number}: ${says}: ${what}`));
