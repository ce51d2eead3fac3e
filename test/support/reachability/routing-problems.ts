import { isDeepStrictEqual } from 'node:util';
import type { HttpRoute, Weighted } from './http-route';
import { idOf, specOf } from './objects';
import type { Routing } from './routing';
import type { KnownService, Services } from './services';
import type { MeshRoute, VirtualServices } from './virtual-services';

/* What is wrong with the routes of a cluster, whoever asks: parts without effect, and requests that get lost. */

/** A destination, with the share of the requests that it gets; a mirror gets some, too. */
interface Leg extends Weighted {
  readonly busy: boolean;
}

export function routingProblems(virtualServices: VirtualServices, services: Services, routing: Routing): string[] {
  const problems = virtualServices.all.flatMap((route) => [
    ...route.dropped,
    ...[...route.http, ...(route.tcp as HttpRoute[]), ...(route.tls as HttpRoute[])].flatMap((one) =>
      problemsOf(route, one, services, routing),
    ),
    ...shadowed(route),
  ]);
  const orphans = virtualServices.orphans().map((object) => {
    const bound = (specOf<{ gateways?: string[] }>(object).gateways ?? []).length > 0;
    return bound
      ? `${idOf(object)}: Istio refuses gateways without hosts`
      : `${idOf(object)}: it has no hosts and nobody delegates to it, so its routes have no effect`;
  });
  return [...new Set([...problems, ...orphans, ...contested(virtualServices.all)])];
}

function problemsOf(owner: MeshRoute, route: HttpRoute, services: Services, routing: Routing): string[] {
  const { route: legs = [], mirror, mirrors = [], redirect, directResponse } = route;
  if (legs.length === 0 && redirect === undefined && directResponse === undefined) {
    return [`${owner.id}: Istio refuses a route without a destination`];
  }
  const total = legs.reduce((sum, { weight = 0 }) => sum + weight, 0);
  const sum =
    legs.length > 1 && total !== 100
      ? [`${owner.id}: weights ${legs.map(({ weight = 0 }) => weight).join(' + ')} make ${total}, not 100`]
      : [];
  const all: Leg[] = [
    ...legs.map((leg) => ({ ...leg, busy: legs.length === 1 || (leg.weight ?? 0) > 0 })),
    ...[...(mirror === undefined ? [] : [{ destination: mirror }]), ...mirrors].map((leg) => ({ ...leg, busy: true })),
  ];
  return [...sum, ...all.flatMap((leg) => problemsOfLeg(owner, leg, services, routing))];
}

function problemsOfLeg(owner: MeshRoute, { destination = {}, busy }: Leg, services: Services, routing: Routing): string[] {
  const { host = '', port, subset } = destination;
  const service = services.all.find((one) => one.host === host);
  if (service === undefined) {
    return [`${owner.id}: leads to ${host}, which nobody knows`];
  }
  if (port?.number !== undefined && !service.ports.some(({ number }) => number === port.number)) {
    return [
      `${owner.id}: leads to port ${port.number} of ${host}, which has ${service.ports.map(({ number }) => number).join(', ')}`,
    ];
  }
  return subset === undefined ? problemsOfHost(owner, service, busy, routing) : problemsOfSubset(owner, service, subset, routing);
}

/** A Service without pods is an error as soon as it gets requests; Flagger's canary has none for most of its life. */
function problemsOfHost(owner: MeshRoute, service: KnownService, busy: boolean, routing: Routing): string[] {
  const empty = service.selector !== undefined && routing.running(service).length === 0;
  return busy && empty ? [`${owner.id}: sends requests to ${service.host}, which has no running pod`] : [];
}

/** A subset without pods is one whatever its weight: a header, or the next change of a weight, leads there. */
function problemsOfSubset(owner: MeshRoute, service: KnownService, name: string, routing: Routing): string[] {
  const group = routing.subsetOf({ namespace: owner.namespace, labels: {} }, service, name);
  if (group === undefined) {
    return [`${owner.id}: leads to subset ${name} of ${service.host}, which no DestinationRule describes`];
  }
  return routing.running(service, group).length === 0
    ? [`${owner.id}: leads to subset ${name} of ${service.host}, which has no running pod`]
    : [];
}

/** Routes behind one that takes everything. */
function shadowed({ id, http }: MeshRoute): string[] {
  const all = http.findIndex(({ match = [] }) => match.length === 0);
  const behind = all < 0 ? [] : http.slice(all + 1).filter((one) => !isDeepStrictEqual(one, http[all]));
  return behind.length > 0 ? [`${id}: ${behind.length} of its routes are behind one that takes every request`] : [];
}

/** Two for the same host on the same way: the older one counts, and nobody can read that from manifests. */
function contested(routes: readonly MeshRoute[]): string[] {
  const claims = routes.flatMap(({ id, hosts, gateways }) =>
    gateways.flatMap((gateway) => hosts.map((host) => ({ id, what: `${host} on ${gateway}` }))),
  );
  return claims.flatMap(({ id, what }, index) =>
    claims
      .slice(0, index)
      .flatMap((other) => (other.what === what && other.id !== id ? [`${other.id} and ${id} both route ${what}`] : [])),
  );
}
