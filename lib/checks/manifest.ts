/** A rendered object, ours or not: what every check reads. */
export interface CheckedManifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [part: string]: unknown;
}

/** `bank/loans`: what an object is called among those of its kind. */
export function keyOf({ metadata: { name, namespace = '' } }: CheckedManifest): string {
  return `${namespace}/${name}`;
}

/** How an object appears in a problem: `Deployment bank/loans`. */
export function called(object: CheckedManifest): string {
  const { name, namespace } = object.metadata;
  return `${object.kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

/** The objects of a kind, by namespace and name. @param group of the API; the core group is '' */
export function ofKind(all: readonly CheckedManifest[], group: string, kind: string): Map<string, CheckedManifest> {
  const found = all.filter((one) => one.kind === kind && groupOf(one) === group);
  return new Map(found.map((one) => [keyOf(one), one]));
}

function groupOf({ apiVersion }: CheckedManifest): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** The spec, read as what the caller knows it to be. A field that is not there, or is null, is undefined. */
export function specOf<T extends object>(object: CheckedManifest): Partial<T> {
  return object.spec ?? {};
}
