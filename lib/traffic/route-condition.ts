import { compare } from '../kernel/order';

/** Which requests a route is about. */
export interface RouteCondition {
  /** The path, without a wildcard. */
  readonly path: string;
  /** Whether only the path itself is meant. @default false - the path and everything below it */
  readonly exact?: boolean;
  /** @default - every method */
  readonly methods?: readonly string[];
  /** Headers that must have exactly these values, by lower-case name. @default - none */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Whether a path lies at or below another: `/api/v1` is below `/api`, `/apiary` is not. */
function isBelow(path: string, base: string): boolean {
  return base === '/' || path === base || path.startsWith(`${base}/`);
}

/** Requests that meet both conditions, as one condition; undefined when no request can. */
export function intersect(a: RouteCondition, b: RouteCondition): RouteCondition | undefined {
  const path = narrower(a, b) ?? narrower(b, a);
  const methods = a.methods && b.methods ? a.methods.filter((m) => b.methods!.includes(m)) : (a.methods ?? b.methods);
  const headers = { ...a.headers, ...b.headers };
  const contradict = Object.entries(a.headers ?? {}).some(([name, value]) => headers[name] !== value);
  if (!path || methods?.length === 0 || contradict) return undefined;
  return { ...path, methods, headers: Object.keys(headers).length ? headers : undefined };
}

/** Whether every request that meets `inner` also meets `outer`. */
export function covers(outer: RouteCondition, inner: RouteCondition): boolean {
  const methods = outer.methods === undefined || (inner.methods?.every((method) => outer.methods!.includes(method)) ?? false);
  const headers = Object.entries(outer.headers ?? {}).every(([name, value]) => inner.headers?.[name] === value);
  return narrower(inner, outer) !== undefined && methods && headers;
}

/** The path of `a` if every request to it also has the path of `b`. */
function narrower(a: RouteCondition, b: RouteCondition): Pick<RouteCondition, 'path' | 'exact'> | undefined {
  const within = b.exact ? a.exact && a.path === b.path : isBelow(a.path, b.path);
  return within ? { path: a.path, exact: a.exact } : undefined;
}

/**
 * Orders conditions so that the first match is the most specific one: exact before below, longer before shorter, then the
 * one that asks for more headers, then the one that names methods. https://istio.io/latest/docs/reference/config/networking/virtual-service/#VirtualService-http
 */
export function bySpecificity(a: RouteCondition, b: RouteCondition): number {
  const headers = (c: RouteCondition) => Object.keys(c.headers ?? {}).length;
  return (
    Number(b.exact ?? false) - Number(a.exact ?? false) ||
    b.path.length - a.path.length ||
    headers(b) - headers(a) ||
    Number(b.methods !== undefined) - Number(a.methods !== undefined) ||
    (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)
  );
}

/** The order in which conditions are written: by specificity, and those that are equal by what they say. */
export function inOrder(a: RouteCondition, b: RouteCondition): number {
  return bySpecificity(a, b) || compare(describeCondition(a), describeCondition(b));
}

/** Whether one request can meet both, so that only their order tells which one gets it, and they are equally specific. */
export function ambiguous(a: RouteCondition, b: RouteCondition): boolean {
  return bySpecificity(a, b) === 0 && intersect(a, b) !== undefined;
}

/** How a condition appears in an error: `GET,HEAD /api/v1/loans`. */
export function describeCondition({ path, exact, methods, headers }: RouteCondition): string {
  const with_ = Object.entries(headers ?? {}).map(([name, value]) => ` ${name}=${value}`);
  return `${methods ? `${methods.join(',')} ` : ''}${path}${exact ? ' (exact)' : ''}${with_.join('')}`;
}
