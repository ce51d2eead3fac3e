import { isDeepStrictEqual } from 'node:util';
import { isMap, type Manifest } from './manifest';

const FIRST = ['apiVersion', 'kind', 'metadata'];

/**
 * The object with its keys as cdk8s writes them: apiVersion, kind, metadata, then the rest sorted, and sorted all the
 * way down. So an override does not reorder what it does not touch. As in cdk8s, `CDK8S_DISABLE_SORT` leaves the
 * nested order alone.
 */
export function canonical(manifest: Manifest): Manifest {
  const sort = !process.env.CDK8S_DISABLE_SORT;
  const rest = Object.keys(manifest).filter((k) => !FIRST.includes(k));
  if (sort) rest.sort();
  const keys = [...FIRST.filter((k) => k in manifest), ...rest];
  const entries = keys.map((k) => [k, sort ? sorted(manifest[k]) : manifest[k]]);
  return Object.fromEntries(entries) as Manifest;
}

/** Sorted by code units, which is the same under every locale. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isMap(value)) return value;
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) {
    if (value[key] !== undefined) result[key] = sorted(value[key]);
  }
  return result;
}

/** The value without any null in a map, as cdk8s renders what was not patched. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isMap(value)) return value;
  const kept = Object.entries(value).filter(([, v]) => v !== null && v !== undefined);
  return Object.fromEntries(kept.map(([k, v]) => [k, withoutNulls(v)]));
}

/** Whether two JSON values say the same; the order of keys does not matter. */
export function same(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(a, b);
}

/** A deep copy of JSON. */
export function clone<T>(value: T): T {
  if (Array.isArray(value)) return value.map(clone) as T;
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, clone(v)])) as T;
}
