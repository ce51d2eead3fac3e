import { isDeepStrictEqual } from 'node:util';
import type { ApiObject } from 'cdk8s';
import { isMap, type Manifest, mapParts, put } from './manifest';
import { onceInSynth } from './once';

const FIRST = ['apiVersion', 'kind', 'metadata'];

/**
 * The object with its keys as cdk8s writes them: apiVersion, kind, metadata, then the rest sorted, and sorted all the
 * way down. So an override does not reorder what it does not touch.
 *
 * @param tidy whether everything but the metadata is sorted already, all the way down
 * @param sort false when nothing but these three is to be moved
 */
export function canonical(manifest: Manifest, tidy: boolean, sort: boolean): Manifest {
  const rest = Object.keys(manifest).filter((k) => !FIRST.includes(k));
  const result: Record<string, unknown> = {};
  for (const key of [...FIRST, ...(sort ? rest.sort() : rest)]) {
    put(result, key, !sort || (tidy && key !== 'metadata') ? manifest[key] : sorted(manifest[key]));
  }
  return result as unknown as Manifest;
}

/**
 * Whether the keys of an object are sorted: by code units, which is the same under every locale. `CDK8S_DISABLE_SORT` is cdk8s'
 * own switch, asked once for each chart: the process answers slowly.
 */
export function sorts(object: ApiObject): boolean {
  return onceInSynth(object.chart, 'sorts', () => !process.env.CDK8S_DISABLE_SORT);
}

/** Most maps are in order already, and to look is cheaper than to sort. */
export function inOrder(keys: readonly string[]): boolean {
  for (let i = 1; i < keys.length; i += 1) if (keys[i - 1]! > keys[i]!) return false;
  return true;
}

/** What is in order already is not copied. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return mapParts(value, sorted);
  if (!isMap(value)) return value;
  const parts = mapParts(value, sorted) as Record<string, unknown>;
  const keys = Object.keys(parts);
  if (inOrder(keys) && keys.every((key) => parts[key] !== undefined)) return parts;
  const result: Record<string, unknown> = {};
  for (const key of keys.sort()) {
    if (parts[key] !== undefined) put(result, key, parts[key]);
  }
  return result;
}

/** A map without any null, also in maps within, as cdk8s renders what was not patched. */
export function withoutNulls(value: unknown): unknown {
  if (!isMap(value)) return value;
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    if (value[key] !== null && value[key] !== undefined) put(result, key, withoutNulls(value[key]));
  }
  return result;
}

/** Whether two JSON values say the same; the order of keys does not matter. */
export function same(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(a, b);
}

/** A deep copy of JSON. */
export function clone<T>(value: T): T {
  if (Array.isArray(value)) return value.map(clone) as T;
  if (!isMap(value)) return value;
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(value)) put(result, key, clone(value[key]));
  return result as T;
}
