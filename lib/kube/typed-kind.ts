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
  const lost = countIn(given) === countIn(kept) ? [] : missing(leavesIn(given), leavesIn(kept));
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
  return Array.isArray(value) || isMap(value) ? countIn(value as Record<string, unknown>) || EMPTY : 1;
}

function countIn(whole: Readonly<Record<string, unknown>>): number {
  let count = 0;
  for (const key of Object.keys(whole)) count += countLeaves(whole[key]);
  return count;
}

interface Leaf {
  readonly path: string;
  /** The value as JSON. */
  readonly value: string;
}

/** Every value at the bottom; an empty map or list is one. */
function leaves(value: unknown, path: string): Leaf[] {
  if (value === undefined) return [];
  const within = Array.isArray(value) || isMap(value) ? leavesIn(value as Record<string, unknown>, path) : [];
  return within.length > 0 ? within : [{ path, value: JSON.stringify(value) }];
}

function leavesIn(whole: Readonly<Record<string, unknown>>, path = ''): Leaf[] {
  return Object.entries(whole).flatMap(([key, value]) => leaves(value, `${path}/${key}`));
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
