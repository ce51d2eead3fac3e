import { isMap, put } from './manifest';
import { type ListKey, type Shape, shapeOf } from './merge-keys';

type Json = Readonly<Record<string, unknown>>;
const DIRECTIVE = '$patch';
/** What a directive makes of the thing that it stands in. */
const DELETED = Symbol('deleted');

/**
 * Merges a patch into an object, as `kubectl patch --type strategic` and Kustomize do:
 * - maps key by key; null deletes
 * - lists of Kubernetes' own types by their key, in the order of the target, new items behind; other lists as a whole
 * - `$patch: replace` in a map replaces it, as the only field of an item it replaces the whole list, beside other
 *   fields this one item; `$patch: delete` deletes the map or the item; `$patch: merge` is the default
 *
 * Stricter than both where they would hide a mistake: a map in the place of a list, an item without its key, and a
 * delete that finds nothing are errors.
 *
 * @param type the kind of the target, which decides how its lists are merged
 * @returns a new object; neither input is changed
 * @throws RangeError saying where, when the patch cannot be applied
 */
export function strategicMerge<T extends object>(
  target: T,
  patch: object,
  type: { readonly apiVersion: string; readonly kind: string },
): T {
  const result = mergeMap(target as unknown as Json, patch as Json, shapeOf(type), '');
  if (result === DELETED)
    throw new RangeError('$patch: delete at the top would delete the object; leave the construct out instead');
  return result as T;
}

function mergeMap(target: Json | undefined, patch: Json, shape: Shape, at: string): Record<string, unknown> | typeof DELETED {
  const directive = directiveOf(patch, at);
  if (directive === 'delete') {
    if (target === undefined) throw new RangeError(`${DIRECTIVE}: delete at ${at} finds nothing to delete; remove it`);
    return DELETED;
  }
  const result: Record<string, unknown> = directive === 'replace' ? {} : { ...target };
  for (const [key, value] of Object.entries(patch)) {
    if (key === DIRECTIVE || value === undefined) continue;
    const merged = value === null ? DELETED : mergeField(own(result, key), value, shape, key, `${at}/${key}`);
    if (merged === DELETED) delete result[key];
    else put(result, key, merged);
  }
  return result;
}

function mergeField(target: unknown, value: unknown, shape: Shape, key: string, at: string): unknown {
  if (target !== undefined && target !== null && nature(target) !== nature(value)) {
    throw new RangeError(
      `${at} is ${nature(target)} and the patch has ${nature(value)}; give ${nature(target)}, or use jsonPatch to replace it`,
    );
  }
  if (isMap(value)) {
    const before = shape.replaced?.includes(key) ? undefined : ((target ?? undefined) as Json | undefined);
    return mergeMap(before, value, own(shape.maps, key) ?? {}, at);
  }
  if (!Array.isArray(value)) return value;
  const before = (target ?? []) as readonly unknown[];
  const list = own(shape.lists, key);
  if (list) return mergeList(before, value, list, list.item ?? {}, at);
  if (shape.sets?.includes(key)) return [...new Set([...before, ...(value as unknown[])])];
  return value.filter((item) => !isReplaceMark(item)).map((item, i) => fresh(item, `${at}/${i}`));
}

function mergeList(target: readonly unknown[], patch: readonly unknown[], by: ListKey, shape: Shape, at: string): unknown[] {
  const result = patch.some(isReplaceMark) ? [] : [...target];
  for (const [i, item] of patch.entries()) {
    if (isReplaceMark(item)) continue;
    const where = `${at}/${i}`;
    if (!isMap(item) || item[by.key] === undefined || item[by.key] === null) {
      throw new RangeError(
        `${where} has no ${by.key}, by which this list is merged; add it, or put { "$patch": "replace" } first`,
      );
    }
    const found = find(result, item, by, where);
    const merged = mergeMap(found < 0 ? undefined : (result[found] as Json), item, shape, where);
    if (merged === DELETED) result.splice(found, 1);
    else if (found < 0) result.push(merged);
    else result[found] = merged;
  }
  return result;
}

/** The index of the item that a patch means, or -1. @throws RangeError when it could mean several. */
function find(list: readonly unknown[], item: Json, { key, also, fallback }: ListKey, at: string): number {
  const second = (of: unknown): unknown => (also === undefined ? undefined : ((of as Json)[also] ?? fallback));
  const sameKey = [...list.keys()].filter((i) => {
    const candidate = list[i];
    if (!isMap(candidate) || candidate[key] !== item[key]) return false;
    return fallback === undefined || second(candidate) === second(item);
  });
  if (sameKey.length <= 1) return sameKey[0] ?? -1;
  const exact = sameKey.filter((i) => second(list[i]) === second(item));
  if (exact.length === 1) return exact[0]!;
  throw new RangeError(
    `${at}: ${sameKey.length} items have ${key} ${JSON.stringify(item[key])}; ` +
      (also ? `say which by its ${also}, or ` : '') +
      'replace the list with { "$patch": "replace" } first',
  );
}

/** A part of the patch that meets nothing in the target: without its directives and nulls. */
function fresh(value: unknown, at: string): unknown {
  if (Array.isArray(value)) return value.filter((v) => !isReplaceMark(v)).map((v, i) => fresh(v, `${at}/${i}`));
  return isMap(value) ? mergeMap(undefined, value, {}, at) : value;
}

/** `{ $patch: replace }` as an item of a list: the list is replaced. */
function isReplaceMark(item: unknown): boolean {
  return isMap(item) && item[DIRECTIVE] === 'replace' && Object.keys(item).length === 1;
}

function directiveOf(patch: Json, at: string): 'replace' | 'delete' | 'merge' {
  const other = Object.keys(patch).find((k) => k.startsWith('$') && k !== DIRECTIVE);
  const directive = patch[DIRECTIVE] ?? 'merge';
  if (other === undefined && (directive === 'replace' || directive === 'delete' || directive === 'merge')) return directive;
  const got = other ?? `${DIRECTIVE}: ${JSON.stringify(directive)}`;
  throw new RangeError(
    `${at || '/'} has the directive ${got}; use $patch: replace, delete or merge, or jsonPatch for a field of that name`,
  );
}

/** A field of the map itself: what every map inherits, such as `constructor`, is none. */
function own<T>(map: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return map && Object.hasOwn(map, key) ? map[key] : undefined;
}

function nature(value: unknown): string {
  return Array.isArray(value) ? 'a list' : isMap(value) ? 'a map' : 'a plain value';
}
