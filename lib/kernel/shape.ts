import { Problems, show } from './errors';

/**
 * A kind of value that a prop takes. The compiler sees to it for users of TypeScript; users of JavaScript, and values that
 * were read from a file, have only this. What the value must be beyond its kind is judged by whoever resolves it.
 */
export interface Shape {
  /** How an error calls it: `a list`. */
  readonly what: string;
  fits(value: unknown): boolean;
  /** Whether a value that does not fit may be a secret, which an error must not print. */
  readonly hidden?: boolean;
  /** Looks inside, and gives the value back without the parts that do not fit. */
  inside?(value: object, problems: Problems, part: string): unknown;
}

/** A shape for every prop: a prop that is added without one does not compile. */
export type Shapes<T> = { readonly [K in keyof T]-?: Shape };

const ofType = (type: string, what: string): Shape => ({ what, fits: (value) => typeof value === type });

export const TEXT = ofType('string', 'a string');
export const NUMBER = ofType('number', 'a number');
export const FLAG = ofType('boolean', 'true or false');

/** Left to a parser that takes whatever it gets. */
export const ANYTHING: Shape = { what: 'anything', fits: () => true };

/** Optional, and left to a parser: null is not taken for a value that was left out. */
export const PARSED: Shape = { what: 'a value', fits: (value) => value !== null };

/** A string, or a number that a parser refuses in words of its own. */
export const LITERAL: Shape = { what: 'a string', fits: (value) => typeof value === 'string' || typeof value === 'number' };

/** By its method, not by its class: an app may have a second copy of cdk8s. */
export const DURATION: Shape = { what: 'a Duration, like Duration.seconds(10)', fits: (value) => has(value, 'toMilliseconds') };

export function oneOf(...values: readonly string[]): Shape {
  return { what: `one of ${values.join(', ')}`, fits: (value) => values.includes(value as string) };
}

/** A value that only a factory of ours makes. @param example how to get one */
export function madeBy(type: { readonly prototype: object }, example: string): Shape {
  return { what: `made with ${example}`, fits: (value) => Object.prototype.isPrototypeOf.call(type.prototype, value as object) };
}

/** The first of these that a value fits. */
export function either(...shapes: readonly Shape[]): Shape {
  const of = (value: unknown) => shapes.find((shape) => shape.fits(value));
  return {
    what: shapes.map((shape) => shape.what).join(', or '),
    fits: (value) => of(value) !== undefined,
    inside: (value, problems, part) => {
      const shape = of(value)!;
      return shape.inside ? shape.inside(value, problems, part) : value;
    },
  };
}

/** Something that has these methods. @param example how to get one */
export function withMethods(example: string, ...methods: readonly string[]): Shape {
  return { what: `made with ${example}`, fits: (value) => methods.every((method) => has(value, method)) };
}

export function listOf(item: Shape): Shape {
  return {
    what: 'a list, like [...]',
    fits: Array.isArray,
    // A hole in a list is an item that is missing.
    inside: (given, problems, part) => {
      const list = given as unknown[];
      const kept = Array.from(list)
        .map((one, i) => held(one, item, problems, `${part}[${i}]`))
        .filter((one) => one !== undefined);
      // A list of nothing but misfits is not meant to be empty.
      return kept.length === 0 && list.length > 0 ? undefined : kept;
    },
  };
}

export function mapOf(value: Shape): Shape {
  return {
    what: 'a map, like { key: value }',
    fits: isMap,
    inside: (map, problems, part) =>
      Object.fromEntries(
        Object.entries(map)
          .map(([key, one]) => [key, held(one, value, problems, `${part}[${show(key)}]`)] as const)
          .filter(([, one]) => one !== undefined),
      ),
  };
}

/** A map of props. Those that are undefined or do not fit are taken out, so that their defaults are judged in their place. */
export function propsOf<T>(shapes: Shapes<T>): Shape {
  const entries = Object.entries<Shape>(shapes);
  return {
    what: 'a map of props, like { key: value }',
    fits: isMap,
    inside: (given, problems, part) => {
      const props = given as Record<string, unknown>;
      const strangers = Object.keys(props).filter((key) => !Object.hasOwn(shapes, key));
      // By entries, `__proto__` is one like others, and not the source of props that nobody has looked at.
      const kept = Object.fromEntries(strangers.map((key) => [key, props[key]]));
      for (const [key, shape] of entries) {
        const value = fit(props[key], shape, problems, part === '' ? key : `${part}.${key}`);
        if (value !== undefined) kept[key] = value;
      }
      // A misspelled prop would be a default that nobody wanted.
      for (const key of strangers) {
        problems.add(
          `there is no prop ${show(key)}; there are ${Object.keys(shapes).join(', ')}`,
          part === '' ? undefined : part,
        );
      }
      return kept;
    },
  };
}

/** A value without what does not fit; undefined when nothing of it does. Each misfit is a problem. */
export function fit<T>(value: T, shape: Shape, problems: Problems, part: string): T | undefined {
  if (value === undefined) return undefined;
  const where = part === '' ? undefined : part;
  if (!shape.fits(value)) {
    const got = shape.hidden ? 'what is given' : show(value);
    problems.add(`${got} must be ${shape.what}${remedy(value, shape)}`, where);
    return undefined;
  }
  if (typeof value === 'string' && /\p{Surrogate}/u.test(value)) {
    problems.add(`${show(value)} has half of a surrogate pair, which UTF-8 can't hold; correct the text`, where);
    return undefined;
  }
  return (shape.inside ? shape.inside(value as object, problems, part) : value) as T;
}

/** What a list or a map holds is there, or it is a mistake: an environment variable that was not set, say. */
function held(value: unknown, shape: Shape, problems: Problems, part: string): unknown {
  if (value === undefined) problems.add(`is undefined, and must be ${shape.what}; leave it out`, part);
  return fit(value, shape, problems, part);
}

function remedy(value: unknown, shape: Shape): string {
  if (value === null) return '; leave it out';
  if (shape === TEXT && ['number', 'boolean'].includes(typeof value)) return `; write "${String(value)}"`;
  return '';
}

/** A prop that can't be left out. */
export function needed<T>(value: T | undefined, shape: Shape, problems: Problems, part: string): T | undefined {
  const fitting = fit(value, shape, problems, part);
  if (value === undefined) problems.add(`is missing; it must be ${shape.what}`, part);
  return fitting;
}

/** The props of a construct. @throws ConfigError when they are none; what they hold is only noted. */
export function fitProps<T>(given: T, shapes: Shapes<T>, problems: Problems): T {
  if (isMap(given)) return fit(given, propsOf(shapes), problems, '')!;
  problems.add(`the props are ${show(given)}; give a map of props, like { key: value }`);
  problems.throwIfAny();
  return given;
}

/** The options of a factory. @throws ConfigError at once: the line that is wrong is the one that calls the factory. */
export function fitOptions<T>(where: string, given: T, shapes: Shapes<T>): T {
  const problems = new Problems(where);
  const fitting = fitProps(given, shapes, problems);
  problems.throwIfAny();
  return fitting;
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function has(value: unknown, method: string): boolean {
  return typeof value === 'object' && value !== null && typeof (value as Record<string, unknown>)[method] === 'function';
}
