import type { ApiObject } from 'cdk8s';
import { className, show } from '../kernel/errors';
import { inOrder, sorts } from './canonical';
import { isMap, put } from './manifest';
import { resolved } from './resolve';

/**
 * Turns what a caller may put into an object into plain JSON: `Lazy` and other late values are produced, the app's
 * resolvers run, `IntOrString` and `Quantity` become the number or string that they hold, undefined is dropped. Null
 * stays: in a patch it deletes. The input is not changed.
 *
 * @throws RangeError for what is no JSON, such as a Date or NaN
 */
export function settle(value: unknown, object: ApiObject): unknown {
  return json(resolved(value, object, 'bare'));
}

/** Like `settle`, but ready for a generated class's `manifest`, which wants `IntOrString` as `{ value }`. */
export function settleForClass(value: unknown, object: ApiObject): unknown {
  return resolved(value, object, 'boxed');
}

/** A copy that later changes to the original do not reach. Late values and instances of classes are shared. */
export function snapshot(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snapshot);
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, snapshot(v)]));
}

/** A copy as JSON, without what is undefined, in lists too: an empty item would be written as null. @throws RangeError */
export function json(value: unknown): unknown {
  return copy(value, { nulls: true, sort: false }, []);
}

/** A copy as JSON for an object: without nulls in maps, as cdk8s renders what was not patched, and sorted. @throws RangeError */
export function tidyJson(value: unknown, object: ApiObject): unknown {
  return copy(value, { nulls: false, sort: sorts(object) }, []);
}

interface Copying {
  /** Whether nulls in maps stay. */
  readonly nulls: boolean;
  readonly sort: boolean;
}

/** @param path the keys down to the value; it is the same list all the way, and only read when something is wrong */
function copy(value: unknown, how: Copying, path: (string | number)[]): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  // JSON has no -0.
  if (typeof value === 'number' && Number.isFinite(value)) return value + 0;
  if (Array.isArray(value)) {
    const result: unknown[] = [];
    for (const one of value) {
      if (one === undefined) continue;
      path.push(result.length);
      result.push(copy(one, how, path));
      path.pop();
    }
    return result;
  }
  if (isMap(value)) {
    const result: Record<string, unknown> = {};
    const keys = Object.keys(value);
    for (const key of how.sort && !inOrder(keys) ? keys.sort() : keys) {
      const one = value[key];
      if (one === undefined || (one === null && !how.nulls)) continue;
      path.push(key);
      put(result, key, copy(one, how, path));
      path.pop();
    }
    return result;
  }
  const at = path.map((key) => `/${key}`).join('') || '/';
  const got = typeof value === 'object' ? `an instance of ${className(value)}` : `${kindOf(value)}${show(value)}`;
  throw new RangeError(`${at} is ${got}, which is no JSON; use a map, a list, a string, a finite number, true or false`);
}

/** Of a function, `show` says that it is one. */
function kindOf(value: unknown): string {
  return typeof value === 'function' ? '' : `${typeof value} `;
}
