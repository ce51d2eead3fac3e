import type { HttpRequest } from './flow';
import type { HttpMatch, StringMatch } from './http-route';
import type { Pod } from './pods';
import { subset } from './selectors';

/* Does a request meet a condition? pilot/pkg/networking/core/route/route.go, sourceMatchHTTP and TranslateRouteMatch. */

export interface Asked {
  readonly from: Pod;
  /** What the route is bound to: `mesh`, or `namespace/name` of a Gateway. */
  readonly gateway: string;
  readonly port: number | undefined;
  readonly request: HttpRequest;
}

export function meets(match: HttpMatch, { from, gateway, port, request }: Asked): boolean {
  const fromHere =
    match.gateways !== undefined && match.gateways.length > 0
      ? match.gateways.includes(gateway) // and then labels and namespace of the source don't count
      : subset(match.sourceLabels, from.labels) && (!match.sourceNamespace || match.sourceNamespace === from.namespace);
  if (!fromHere || (match.port && match.port !== port)) {
    return false;
  }
  const [path = '/', query = ''] = (request.path ?? '/').split('?');
  const headers = new Map(Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  const parameters = new URLSearchParams(query);
  return (
    fits(match.uri, path, match.ignoreUriCase) &&
    fits(match.method, request.method ?? 'GET') &&
    fits(match.authority, request.authority ?? request.host ?? '') &&
    fits(match.scheme, 'http') &&
    Object.entries(match.headers ?? {}).every(([name, want]) => present(want, headers.get(name.toLowerCase()))) &&
    Object.entries(match.withoutHeaders ?? {}).every(([name, want]) => !present(want, headers.get(name.toLowerCase()))) &&
    Object.entries(match.queryParams ?? {}).every(([name, want]) => present(want, parameters.get(name) ?? undefined))
  );
}

/** Nothing said of a header asks for its presence. */
function present(want: StringMatch, value: string | undefined): boolean {
  return value !== undefined && fits(want, value);
}

function fits(want: StringMatch | undefined, value: string, ignoreCase = false): boolean {
  if (want === undefined) {
    return true;
  }
  const fold = (text: string): string => (ignoreCase ? text.toLowerCase() : text);
  if (want.exact !== undefined) {
    return fold(value) === fold(want.exact);
  }
  if (want.prefix !== undefined) {
    return fold(value).startsWith(fold(want.prefix));
  }
  // RE2 and the whole string; `*` alone is presence (canBeConvertedToPresentMatch).
  return want.regex === undefined || want.regex === '*' || new RegExp(`^(?:${want.regex})$`).test(value);
}
