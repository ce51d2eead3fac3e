import type {
  VirtualServiceSpecHttp,
  VirtualServiceSpecHttpFault,
  VirtualServiceSpecHttpMatch,
} from '../../../imports/networking.istio.io';
import type { AudienceMatch, HeaderValue } from '../audience';
import type { FaultModel } from '../fault';
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

/** Requests that go elsewhere than the rest. */
export interface AudienceRoute {
  /** Any of these. */
  readonly audience: readonly AudienceMatch[];
  readonly to: readonly WeightedDestination[];
}

/** Where copies of requests go, whose answers nobody waits for. */
export interface Mirror {
  readonly to: Pick<WeightedDestination, 'host' | 'port' | 'subset'>;
  /** Percent of the requests, above 0. */
  readonly percentage: number;
}

export interface HttpRouteOptions {
  /** What a gateway lets in. @default - everything */
  readonly within?: RouteCondition;
  /** The port of the Service that the routes are for, where it has several. */
  readonly servicePort?: number;
  /** Requests that go elsewhere; the first that fits counts. @default - none */
  readonly audiences?: readonly AudienceRoute[];
  /** Where copies of the requests go that may be carried out twice; of no others. @default - nowhere */
  readonly mirror?: Mirror;
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
  options: HttpRouteOptions = {},
): VirtualServiceSpecHttp[] {
  const { within, servicePort, audiences = [], mirror } = options;
  const listMethods = within?.methods !== undefined || 'name' in target;
  const before: RouteCondition[] = [];
  return routes.flatMap((route) => {
    const met = within ? intersect(route.condition, within) : route.condition;
    // Narrowed by a gateway, a later route can be left with less than it names, or nothing: former ones have taken the rest.
    const condition = met && remaining(met, before);
    if (!condition) return [];
    before.push(condition);
    const plain = matches(condition, listMethods, servicePort);
    const taken = new Set<string>();
    const elsewhere = audiences.flatMap(({ audience, to }) => {
      const narrowed = forAudience(plain, audience);
      narrowed.forEach((match) => taken.add(JSON.stringify(match)));
      return narrowed.length ? [httpRoute(route, narrowed, to)] : [];
    });
    const rest = plain.filter((match) => !taken.has(JSON.stringify(match)));
    // Where a gateway lets in none but an audience, nothing is left for the others.
    if (plain.length > 0 && rest.length === 0) return elsewhere;
    return [...elsewhere, { ...httpRoute(route, rest, target), ...(route.repeatable && mirror ? mirroring(mirror) : {}) }];
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
  { timeoutMs, retries, fault }: RouteModel,
  match: readonly VirtualServiceSpecHttpMatch[],
  target: readonly WeightedDestination[] | DelegateRef,
): VirtualServiceSpecHttp {
  return {
    match: match.length ? [...match] : undefined,
    ...('name' in target
      ? { delegate: { name: target.name, namespace: target.namespace } }
      : {
          route: target.map(({ host, port, subset, weight }) => ({
            destination: { host, port: { number: port }, subset },
            weight,
          })),
        }),
    // Istio refuses `0s`, and takes nothing for it: https://github.com/istio/istio/blob/1.30.3/pkg/config/validation/virtualservice.go
    timeout: timeoutMs === undefined ? undefined : ms(timeoutMs),
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
    ...(fault && { fault: faultInjection(fault) }),
  };
}

/** What befalls the requests of a route. */
export function faultInjection({ delay, abort }: FaultModel): VirtualServiceSpecHttpFault {
  return {
    delay: delay && { percentage: { value: delay.percentage }, fixedDelay: ms(delay.ms) },
    abort: abort && {
      percentage: { value: abort.percentage },
      httpStatus: abort.httpStatus,
      grpcStatus: abort.grpcStatus,
    },
  };
}

/** Beside the route, never a route of its own, which Istio refuses; `mirrorPercent` is what this was called once. */
function mirroring({ to: { host, port, subset }, percentage }: Mirror): Partial<VirtualServiceSpecHttp> {
  return {
    mirror: { host, port: { number: port }, subset },
    mirrorPercentage: { value: percentage },
  };
}

/**
 * The same requests, of an audience only. A header that the route asks for already is known by its exact value: the audience
 * either means it too, or nobody.
 */
function forAudience(
  plain: readonly VirtualServiceSpecHttpMatch[],
  audience: readonly AudienceMatch[],
): VirtualServiceSpecHttpMatch[] {
  return (plain.length ? plain : [{}]).flatMap((match) =>
    audience.flatMap(({ headers: wanted = {}, sourceLabels }) => {
      const known = (match.headers ?? {}) as Readonly<Record<string, HeaderValue>>;
      const meant = Object.entries(wanted).every(([name, value]) => !known[name] || holds(value, known[name].exact!));
      // In the order of the route's own, so that a match which says nothing more is known for the same.
      const headers = { ...known, ...wanted, ...known };
      return meant
        ? [{ ...match, headers: Object.keys(headers).length ? headers : undefined, ...(sourceLabels && { sourceLabels }) }]
        : [];
    }),
  );
}

/** Whether a header of this value is meant. */
function holds({ exact, prefix, regex }: HeaderValue, value: string): boolean {
  if (exact !== undefined) return value === exact;
  if (prefix !== undefined) return value.startsWith(prefix);
  const [said = '', flags = ''] = /^\(\?([imsU]+)\)/.exec(regex!) ?? [];
  // Of the whole value it is all the same how much each part takes: U says nothing here, and is no flag of ours.
  const ours = [...new Set(flags.replaceAll('U', ''))].join('');
  return new RegExp(`^(?:${regex!.slice(said.length).replaceAll('(?P<', '(?<')})$`, ours).test(value);
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
