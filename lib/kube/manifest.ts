/**
 * One Kubernetes object as plain JSON, as the API server would read it.
 */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ManifestMetadata;
  readonly [part: string]: unknown;
}

/** The part of `metadata` that this library reads; whatever else is there is carried along. */
export interface ManifestMetadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly [part: string]: unknown;
}

/** Sets a field, also one that is called `__proto__`: assigned, that one would be no field. */
export function put(map: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(map, key, { value, writable: true, enumerable: true, configurable: true });
  else map[key] = value;
}

/** A list or a map with each of its values changed; the very same when none of them was. */
export function mapParts(whole: readonly unknown[] | Record<string, unknown>, change: (value: unknown) => unknown): object {
  if (Array.isArray(whole)) {
    let list: unknown[] | undefined;
    for (let i = 0; i < whole.length; i += 1) {
      const value = change(whole[i]);
      if (value !== whole[i]) (list ??= [...(whole as unknown[])])[i] = value;
    }
    return list ?? (whole as object);
  }
  const map = whole as Record<string, unknown>;
  let changed: Record<string, unknown> | undefined;
  for (const key of Object.keys(map)) {
    const value = change(map[key]);
    if (value !== map[key]) put((changed ??= { ...map }), key, value);
  }
  return changed ?? map;
}

/** The API group of an `apiVersion`: `apps/v1` gives `apps`; `v1` gives `` (the core group). */
export function apiGroup(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** How an object appears in an error: `Deployment bank/payments`, or `Namespace bank` when it has no namespace. */
export function describe(object: { kind: string; metadata: { name: string; namespace?: string } }): string {
  const { name, namespace } = object.metadata;
  return `${object.kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

/**
 * Whether a value is a map: neither null, nor a list, nor an instance of a class. Maps of another realm count, such as
 * those that a test runner's sandbox passes in.
 */
export function isMap(value: unknown): value is Record<string, unknown> {
  if (value === null || typeof value !== 'object') return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    prototype === Object.prototype || prototype === null || (Object.getPrototypeOf(prototype) === null && !Array.isArray(value))
  );
}
