import { isMap, type Manifest } from '../manifest';

/** Says in which way the production object is weaker than the staging one, one sentence each; nothing when it is not. */
export type Rule = (staging: Manifest, production: Manifest) => string[];

/** The value at a path of keys, or undefined where the path ends early. */
export function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>((v, key) => (isMap(v) ? v[key] : undefined), value);
}

/** The maps of a list, or none. */
export function maps(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isMap) : [];
}

/** The value when it is a number. */
export function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** Whether both are known, and the first one is less. */
export function less(first: number | undefined, second: number | undefined): boolean {
  return (first ?? NaN) < (second ?? NaN);
}

/** The sentence of a rule about a value with an order: what production has, and what it would need. */
export function weaker(what: string, production: unknown, staging: unknown): string {
  const text = (v: unknown): string => (v === undefined ? 'nothing' : typeof v === 'string' ? v : JSON.stringify(v));
  return `${what} is ${text(production)}, weaker than ${text(staging)} in staging; use ${text(staging)} or stricter`;
}

/** An amount that is a number of pods or a share of them. */
interface Amount {
  readonly value: number;
  readonly percent: boolean;
}

/**
 * Whether the first amount is above the second. A number and a percentage are compared only where one of them is zero:
 * otherwise it depends on the number of pods, and a guess would be wrong in one of the two directions.
 */
export function above(first: unknown, second: unknown): boolean {
  const a = amount(first);
  const b = amount(second);
  if (!a || !b) return false;
  if (a.percent === b.percent) return a.value > b.value;
  return b.value === 0 && a.value > 0;
}

function amount(value: unknown): Amount | undefined {
  if (typeof value === 'number') return { value, percent: false };
  const match = typeof value === 'string' ? /^(\d+)(%?)$/.exec(value) : null;
  return match ? { value: Number(match[1]), percent: match[2] === '%' } : undefined;
}
