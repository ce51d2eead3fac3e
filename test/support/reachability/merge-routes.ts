import type { HttpMatch, HttpRoute, StringMatch } from './http-route';

/* How the routes of a delegate come under their root: pilot/pkg/model/virtualservice.go, MergeHTTPRoutes. */

/** Fields that a delegate has from its root where it has none of its own. */
const INHERITED = [
  'rewrite',
  'directResponse',
  'timeout',
  'retries',
  'fault',
  'mirror',
  'mirrorPercent',
  'mirrorPercentage',
  'mirrors',
  'corsPolicy',
  'headers',
] as const;

/** The delegate's route as it takes effect; undefined where its conditions contradict the root's, and Istio drops it. */
export function mergedRoute(root: HttpRoute, delegate: HttpRoute): HttpRoute | undefined {
  const match = mergedMatches(root.match ?? [], delegate.match ?? []);
  if (match === undefined) {
    return undefined;
  }
  const inherited = INHERITED.filter((field) => delegate[field] === undefined && root[field] !== undefined);
  return {
    ...delegate,
    ...Object.fromEntries(inherited.map((field) => [field, root[field]])),
    name: joined(root.name, delegate.name),
    match,
  };
}

function joined(root: string | undefined, leaf: string | undefined): string | undefined {
  return root && leaf ? `${root}-${leaf}` : leaf || root;
}

/** Every condition of the delegate needs one of the root's that it does not contradict. */
function mergedMatches(root: readonly HttpMatch[], delegate: readonly HttpMatch[]): HttpMatch[] | undefined {
  if (root.length === 0 || delegate.length === 0) {
    return [...root, ...delegate];
  }
  const perLeaf = delegate.map((leaf) => root.filter((one) => !contradicts(one, leaf)).map((one) => mergedMatch(one, leaf)));
  return perLeaf.some((merged) => merged.length === 0) ? undefined : perLeaf.flat();
}

function mergedMatch(root: HttpMatch, leaf: HttpMatch): HttpMatch {
  return {
    ...leaf,
    name: joined(root.name, leaf.name),
    uri: leaf.uri ?? root.uri,
    scheme: leaf.scheme ?? root.scheme,
    method: leaf.method ?? root.method,
    authority: leaf.authority ?? root.authority,
    headers: { ...root.headers, ...leaf.headers },
    withoutHeaders: { ...root.withoutHeaders, ...leaf.withoutHeaders },
    queryParams: { ...root.queryParams, ...leaf.queryParams },
    port: leaf.port || root.port,
    sourceLabels: { ...root.sourceLabels, ...leaf.sourceLabels },
    sourceNamespace: leaf.sourceNamespace || root.sourceNamespace,
    gateways: leaf.gateways?.length ? leaf.gateways : root.gateways,
    statPrefix: leaf.statPrefix || root.statPrefix,
  };
}

function contradicts(root: HttpMatch, leaf: HttpMatch): boolean {
  const inMaps = (['headers', 'withoutHeaders', 'queryParams'] as const).some((field) =>
    Object.entries(leaf[field] ?? {}).some(([key, value]) => stringsContradict(root[field]?.[key], value)),
  );
  return (
    inMaps ||
    (['uri', 'scheme', 'method', 'authority'] as const).some((field) => stringsContradict(root[field], leaf[field])) ||
    (root.ignoreUriCase ?? false) !== (leaf.ignoreUriCase ?? false) ||
    (root.port !== undefined && leaf.port !== undefined && root.port !== leaf.port) ||
    (root.sourceNamespace !== undefined && leaf.sourceNamespace !== root.sourceNamespace) ||
    Object.entries(leaf.sourceLabels ?? {}).some(([key, value]) => (root.sourceLabels?.[key] ?? value) !== value) ||
    ((root.gateways?.length ?? 0) > 0 && (leaf.gateways ?? []).some((one) => !root.gateways!.includes(one)))
  );
}

/** Is the leaf's condition no part of the root's? Two regular expressions, or one beside anything else, always count as no part. */
function stringsContradict(root: StringMatch | undefined, leaf: StringMatch | undefined): boolean {
  if (root === undefined || leaf === undefined) {
    return false;
  }
  if (root.exact) {
    return leaf.exact !== root.exact;
  }
  if (root.prefix && !leaf.regex) {
    return !(leaf.prefix ?? leaf.exact ?? '').startsWith(root.prefix);
  }
  return true;
}
