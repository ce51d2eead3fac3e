import { loadAll } from 'js-yaml';
import { type BankEnvironment, environments } from '../../apps/bank/environments';
import { bank } from '../../apps/bank/bank';
import { Environment, GitOpsApp } from '../../lib';
import { type Json, type Objects, deployments } from '../support/rules/objects';
import type { Rule } from '../support/rules';

export {
  appOf,
  budgetsOf,
  containersOf,
  deployments,
  fewest,
  identityOf,
  kinds,
  milliseconds,
  podOf,
  scalerOf,
  selects,
  walk,
} from '../support/rules/objects';
export type { Objects } from '../support/rules/objects';

export function environment(name: string): BankEnvironment {
  return environments.find((one) => one.name === name)!;
}

/** The bank of one environment, as it is written. */
export function renderedBank(name = 'prod'): Json[] {
  const app = new GitOpsApp();
  const one = environment(name);
  bank(new Environment(app, one.name, { stage: one.stage }), one);
  // The fastest reader; that others find the same is tested where YAML is written.
  return loadAll(app.synthYaml()) as Json[];
}

/**
 * A trap, and the proof that the output is not in it: the check holds for what is rendered, and no longer holds once the
 * output is broken in the way that the trap names.
 */
export function trap(
  title: string,
  objects: Objects,
  check: (objects: Objects) => boolean,
  breaks: Readonly<Record<string, (all: Json[]) => void>>,
): void {
  test(title, () => {
    expect(check(objects)).toBe(true);
    expect(Object.keys(breaks)).not.toHaveLength(0);
    for (const [how, apply] of Object.entries(breaks)) {
      const broken = structuredClone(objects) as Json[];
      apply(broken);
      // The break must have found something to break.
      expect({ how, changed: JSON.stringify(broken) !== JSON.stringify(objects) }).toEqual({ how, changed: true });
      expect({ how, unnoticed: check(broken) }).toEqual({ how, unnoticed: false });
    }
  });
}

/** A trap that a design rule keeps the output out of. */
export function ruleTrap(rule: Rule, objects: Objects, breaks: Readonly<Record<string, (all: Json[]) => void>>): void {
  trap(`rule ${rule.number}: ${rule.says}`, objects, (all) => rule.broken(all).length === 0, breaks);
}

export function named(objects: Objects, kind: string, name: string): Json {
  const found = objects.find((one) => one.kind === kind && one.metadata.name === name);
  if (!found) throw new Error(`there is no ${kind} ${name}`);
  return found;
}

/** A check of every Deployment, of which there is one at least. */
export const every =
  (check: (deployment: Json, objects: Objects) => unknown) =>
  (objects: Objects): boolean =>
    deployments(objects).length > 0 && deployments(objects).every((one) => Boolean(check(one, objects)));
