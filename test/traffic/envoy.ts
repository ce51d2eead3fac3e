import type { Json } from '../banking-service/world';

/** A request, as the proxy of its sender sees it. */
export interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The port that was dialled. */
  readonly port: number;
}

/** A string condition: exact, prefix, or a regular expression that must match the whole. */
function fits(condition: Json | undefined, value: string | undefined): boolean {
  if (condition === undefined) return true;
  if (value === undefined) return false;
  if (condition.exact !== undefined) return value === condition.exact;
  if (condition.prefix !== undefined) return value.startsWith(condition.prefix);
  return new RegExp(`^(?:${condition.regex})$`).test(value);
}

function meets(match: Json, { method, path, headers, port }: Request): boolean {
  const named = Object.entries((match.headers ?? {}) as Json);
  return (
    fits(match.uri, path) &&
    fits(match.method, method) &&
    named.every(([name, condition]) => fits(condition, headers[name])) &&
    (match.port === undefined || match.port === port)
  );
}

/** Envoy takes the first route of which one match fits; a route without matches takes everything. */
export function firstMatch(http: readonly Json[], request: Request): Json | undefined {
  return http.find((route) => route.match === undefined || route.match.some((match: Json) => meets(match, request)));
}

/**
 * The routes of a root VirtualService after Istio has put those of its delegates in their place.
 * istio/istio, pilot/pkg/model/virtualservice.go: MergeHTTPRoutes, mergeHTTPMatchRequests, hasConflict
 */
export function mergeDelegates(root: readonly Json[], routesOf: (delegate: Json) => readonly Json[]): Json[] {
  return root.flatMap((outer) =>
    routesOf(outer.delegate).flatMap((leaf) => {
      const match = mergeMatches(outer.match ?? [], leaf.match ?? []);
      if (match === 'conflict') return [];
      const { timeout = outer.timeout, retries = outer.retries, headers = outer.headers } = leaf;
      return [{ ...leaf, match: match.length ? match : undefined, timeout, retries, headers }];
    }),
  );
}

/** Every match of the delegate needs one of the root that holds it, or its whole route is dropped. */
function mergeMatches(root: readonly Json[], leaf: readonly Json[]): readonly Json[] | 'conflict' {
  if (root.length === 0) return leaf;
  if (leaf.length === 0) return root;
  const merged = leaf.map((one) => root.filter((outer) => !conflict(outer, one)).map((outer) => joined(outer, one)));
  return merged.some((some) => some.length === 0) ? 'conflict' : merged.flat();
}

function joined(root: Json, leaf: Json): Json {
  return { ...root, ...leaf, headers: { ...root.headers, ...leaf.headers } };
}

function conflict(root: Json, leaf: Json): boolean {
  const headers = Object.keys((leaf.headers ?? {}) as Json);
  return (
    ['uri', 'method'].some((part) => stringConflict(root[part], leaf[part])) ||
    headers.some((name) => stringConflict(root.headers?.[name], leaf.headers[name])) ||
    (root.port > 0 && leaf.port > 0 && root.port !== leaf.port)
  );
}

function stringConflict(root: Json | undefined, leaf: Json | undefined): boolean {
  if (!root || !leaf) return false;
  if (root.regex || leaf.regex) return true;
  if (root.exact) return leaf.exact !== root.exact;
  return !String(leaf.prefix ?? leaf.exact).startsWith(root.prefix);
}
