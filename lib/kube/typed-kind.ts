import { isMap } from './manifest';

/** A generated class: `k8s.KubeDeployment`, or one that `cdk8s import` made of a CRD. */
export interface TypedKind<P> {
  /** Renames typed props to what stands in YAML, and adds apiVersion and kind. */
  manifest(props: P): unknown;
}

/** Any part of a type. Instances of union classes, such as `IntOrString`, and lists are given whole. */
export type DeepPartial<T> = T extends readonly (infer E)[]
  ? readonly DeepPartial<E>[]
  : T extends string | number | boolean | bigint | symbol | Date | { readonly value: string | number }
    ? T
    : T extends object
      ? { readonly [K in keyof T]?: DeepPartial<T[K]> }
      : T;

/**
 * Renames typed props to their names in YAML, and makes sure that the class lost nothing on the way. It drops a field
 * that it does not know and erases a plain number where it wants an `IntOrString`, both in silence; for a port of a
 * NetworkPolicy, that opens all ports.
 *
 * @throws RangeError naming what the class would have lost
 */
export function toWire<P>(kubeClass: TypedKind<P>, props: P): Record<string, unknown> {
  const wire = kubeClass.manifest(props) as Record<string, unknown>;
  const [given, kept] = [body(props), body(wire)];
  // It only ever leaves things out, so if there are as many, they are the same; which are missing, their values tell.
  const lost = countLeaves(given) === countLeaves(kept) ? [] : missing(leaves(given), leaves(kept));
  if (lost.length > 0) {
    throw new RangeError(
      `the generated class drops ${lost.join(', ')}; ` +
        'wrap a number-or-string in IntOrString.fromNumber(…), or set a field that the class does not know by merge()',
    );
  }
  return wire;
}

/** The class adds apiVersion and kind by itself. */
function body(object: unknown): Record<string, unknown> {
  if (!isMap(object)) return {};
  const { apiVersion: _apiVersion, kind: _kind, ...rest } = object;
  return rest;
}

/** A map that loses its last field is not as good as a value. */
const EMPTY = 2 ** 20;

/** How many values there are at the bottom. */
function countLeaves(value: unknown): number {
  if (value === undefined) return 0;
  if (!Array.isArray(value) && !isMap(value)) return 1;
  let count = 0;
  for (const key of Object.keys(value)) count += countLeaves((value as Record<string, unknown>)[key]);
  return count === 0 ? EMPTY : count;
}

interface Leaf {
  readonly path: string;
  /** The value as JSON. */
  readonly value: string;
}

/** Every value at the bottom; an empty map or list is one. */
function leaves(value: unknown, path = ''): Leaf[] {
  if (value === undefined) return [];
  const children = Array.isArray(value)
    ? value.flatMap((v, i) => leaves(v, `${path}/${i}`))
    : isMap(value)
      ? Object.entries(value).flatMap(([k, v]) => leaves(v, `${path}/${k}`))
      : [];
  return children.length > 0 ? children : [{ path, value: JSON.stringify(value) }];
}

/** The paths of the leaves without a partner of the same value. Paths do not match: the class renames. */
function missing(before: readonly Leaf[], after: readonly Leaf[]): string[] {
  const left = new Map<string, number>();
  for (const { value } of after) left.set(value, (left.get(value) ?? 0) + 1);
  return before.flatMap(({ path, value }) => {
    const count = left.get(value) ?? 0;
    left.set(value, count - 1);
    return count > 0 ? [] : [path];
  });
}
