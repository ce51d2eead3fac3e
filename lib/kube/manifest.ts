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
  return prototype === null || (Object.getPrototypeOf(prototype) === null && !Array.isArray(value));
}
