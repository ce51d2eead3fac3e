import type { VirtualServiceSpecHttp, VirtualServiceSpecHttpMatch } from '../../../imports/networking.istio.io';
import type { RouteModel } from '../model';
import { ms } from '../retries';
import type { DelegateRef } from '../routable';
import { type RouteCondition, covers, intersect } from '../route-condition';

/** Where a share of the requests goes. */
export interface WeightedDestination {
  readonly host: string;
  readonly port: number;
  /** Named group of pods in the DestinationRule. @default - all pods of the service */
  readonly subset?: string;
  /** Percent. @default - all */
  readonly weight?: number;
}

/**
 * The routes of a service to where its requests go: to pods, or to the VirtualService of another controller, whose own
 * timeouts and retries would count first (https://github.com/istio/istio/blob/1.30.3/pilot/pkg/model/virtualservice.go,
 * mergeHTTPRoute). All of its routes, or those of its routes that a gateway lets in. Under a delegating root that matches methods, a
 * leaf must list methods one by one: Istio takes a regular expression on either side for a conflict, and drops the route.
 * https://github.com/istio/istio/blob/1.30.3/pilot/pkg/model/virtualservice.go (stringMatchConflict)
 */
export function httpRoutes(
  routes: readonly RouteModel[],
  target: readonly WeightedDestination[] | DelegateRef,
  options: { readonly within?: RouteCondition; readonly servicePort?: number } = {},
): VirtualServiceSpecHttp[] {
  const { within, servicePort } = options;
  const before: RouteCondition[] = [];
  return routes.flatMap((route) => {
    const met = within ? intersect(route.condition, within) : route.condition;
    // Narrowed by a gateway, a later route can be left with less than it names, or nothing: former ones have taken the rest.
    const condition = met && remaining(met, before);
    if (!condition) return [];
    before.push(condition);
    return [httpRoute(route, condition, target, within?.methods !== undefined || 'name' in target, servicePort)];
  });
}

/** A condition without the methods that former routes have taken already; undefined when nothing is left. */
function remaining(condition: RouteCondition, before: readonly RouteCondition[]): RouteCondition | undefined {
  const taken = (methods: readonly string[] | undefined) => before.some((one) => covers(one, { ...condition, methods }));
  if (!condition.methods) return taken(undefined) ? undefined : condition;
  const methods = condition.methods.filter((method) => !taken([method]));
  return methods.length ? { ...condition, methods } : undefined;
}

function httpRoute(
  { timeoutMs, retries }: RouteModel,
  condition: RouteCondition,
  target: readonly WeightedDestination[] | DelegateRef,
  listMethods: boolean,
  servicePort: number | undefined,
): VirtualServiceSpecHttp {
  const match = matches(condition, listMethods, servicePort);
  return {
    match: match.length ? match : undefined,
    ...('name' in target
      ? { delegate: { name: target.name, namespace: target.namespace } }
      : {
          route: target.map(({ host, port, subset, weight }) => ({
            destination: { host, port: { number: port }, subset },
            weight,
          })),
        }),
    timeout: ms(timeoutMs),
    retries:
      retries.attempts === 0
        ? { attempts: 0 }
        : {
            attempts: retries.attempts,
            perTryTimeout: retries.perTryMs === undefined ? undefined : ms(retries.perTryMs),
            retryOn: retries.on.join(','),
            // A retry may leave the zone: the near pods may be what fails.
            retryRemoteLocalities: true,
          },
  };
}

/** Every way in which a request can meet the condition. Empty when every request does. */
export function matches(condition: RouteCondition, listMethods: boolean, servicePort?: number): VirtualServiceSpecHttpMatch[] {
  const { path, exact, methods, headers } = condition;
  // Envoy's prefix match takes /api for a prefix of /apiary: so the path itself, and what is below its slash.
  const uris = path === '/' && !exact ? [undefined] : exact ? [{ exact: path }] : [{ exact: path }, { prefix: `${path}/` }];
  const method =
    methods === undefined
      ? [undefined]
      : listMethods || methods.length === 1
        ? methods.map((one) => ({ exact: one }))
        : [{ regex: methods.join('|') }];
  const required = headers && Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { exact: value }]));
  return uris
    .flatMap((uri) => method.map((one) => ({ uri, method: one, headers: required, port: servicePort })))
    .filter((one) => Object.values(one).some((part) => part !== undefined));
}
