import { type ApiObject, Lazy, resolve } from 'cdk8s';
import { show } from '../kernel/errors';
import { isMap } from './manifest';

/**
 * Turns what a caller may put into an object into plain JSON: `Lazy` and other late values are produced, the app's
 * resolvers run, `IntOrString` and `Quantity` become the number or string that they hold, undefined is dropped. Null
 * stays: in a patch it deletes. The input is not changed.
 *
 * @throws RangeError for what is no JSON, such as a Date or NaN
 */
export function settle(value: unknown, object: ApiObject): unknown {
  return json(resolve([], unwrap(value), object), '');
}

/** Like `settle`, but ready for a generated class's `manifest`, which wants `IntOrString` as `{ value }`. */
export function settleForClass(value: unknown, object: ApiObject): unknown {
  return resolve([], value, object);
}

/** A copy that later changes to the original do not reach. Late values and instances of classes are shared. */
export function snapshot(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snapshot);
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, snapshot(v)]));
}

/**
 * Union classes have to go before cdk8s resolves the rest: cdk8s turns them into `{ value: 8080 }`, which a generated
 * class reads and which would stand in the YAML as it is without one.
 */
function unwrap(value: unknown): unknown {
  if (value instanceof Lazy) return unwrap(value.produce());
  if (Array.isArray(value)) return value.map(unwrap);
  if (isMap(value)) return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, unwrap(v)]));
  return isUnion(value) ? value.value : value;
}

function isUnion(value: unknown): value is { value: number | string } {
  if (value === null || typeof value !== 'object' || !('value' in value)) return false;
  return typeof value.value === 'number' || typeof value.value === 'string';
}

/** Checks that a value is JSON and drops what is undefined, in lists too: an empty item would be written as null. */
export function json(value: unknown, at: string): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return value.filter((v) => v !== undefined).map((v, i) => json(v, `${at}/${i}`));
  if (isMap(value)) {
    const kept = Object.entries(value).filter(([, v]) => v !== undefined);
    return Object.fromEntries(kept.map(([k, v]) => [k, json(v, `${at}/${k}`)]));
  }
  const got = typeof value === 'object' ? `an instance of ${value.constructor.name}` : `${typeof value} ${show(value)}`;
  throw new RangeError(`${at || '/'} is ${got}, which is no JSON; use a map, a list, a string, a finite number, true or false`);
}
