import { LAYERS, type Arrival, type Cluster, type Flow, type HttpRequest, type KubeObject, type Pod } from '../../reachability';
import type { HttpRoute } from '../../reachability/http-route';
import { hostOf, identityOf, type Intent, type IntendedEdge } from './intent';

/* Does each declared edge work, whatever way its requests go at this moment? */

/** What is wrong with the declared edges. */
export function edgeFindings(cluster: Cluster, objects: readonly KubeObject[], { edges }: Intent, running: boolean): string[] {
  const variants = headerVariants(objects);
  return edges.flatMap((edge) => {
    if (edge.newVersionOnly && !running) return [];
    const callers = cluster.pods().filter((pod) => identityOf(pod) === edge.from && pod.idle !== true);
    if (callers.length === 0) {
      return [`no pod is ${edge.from}, of whom an edge is declared`];
    }
    return callers.flatMap((from) =>
      requestsOf(edge, variants).flatMap((request) => journeyFindings(cluster, from, request, edge.to)),
    );
  });
}

/** What a track should get of the requests that say nothing of themselves. */
export interface Share {
  /** `namespace/identity` of the service that is released. */
  readonly of: string;
  /** The pods that should get it. */
  readonly track: string;
  readonly percent: number;
}

/** Callers that get past the canary, or to it too often: the analysis would judge something else than what they see. */
export function shareFindings(cluster: Cluster, { edges }: Intent, { of, track, percent }: Share): string[] {
  const dialling = edges.filter(({ to, allows, newVersionOnly }) => to === of && allows !== undefined && !newVersionOnly);
  return dialling.flatMap((edge) =>
    cluster
      .pods()
      .filter((pod) => identityOf(pod) === edge.from && pod.idle !== true)
      .flatMap((from) =>
        requestsOf(edge, [{}]).flatMap((request) => {
          const { arrivals, problems } = cluster.journey(from.id, request);
          const got = arrivals
            .filter(({ mirrored, pods }) => !mirrored && pods.some(({ pod }) => pod.id === track))
            .reduce((sum, { share }) => sum + share, 0);
          return problems.length > 0 || got === percent
            ? []
            : [`${from.id} → ${say(request)}: ${track} gets ${got} % of them, and should get ${percent} %`];
        }),
      ),
  );
}

type Dialled = HttpRequest & { readonly host: string };

function requestsOf(edge: IntendedEdge, variants: readonly Record<string, string>[]): Dialled[] {
  const base = { host: hostOf(edge), servicePort: edge.port };
  const { methods = [], paths = [] } = edge.allows ?? {};
  return edge.allows === undefined
    ? [base]
    : methods.flatMap((method) => paths.flatMap((path) => variants.map((headers) => ({ ...base, method, path, headers }))));
}

/** Follows one request to everybody whom it can reach; `to` is who they should be. */
export function journeyFindings(cluster: Cluster, from: Pod, request: Dialled, to?: string): string[] {
  const { arrivals, problems, via } = cluster.journey(from.id, request);
  const what = `${from.id} → ${say(request)}`;
  const reached = arrivals.flatMap((arrival) => arrival.pods.map((end) => ({ arrival, ...end })));
  const nobody =
    problems.length === 0 && reached.length === 0 ? [`${what}: it reaches nobody (${via ?? 'no VirtualService'})`] : [];
  const astray = reached
    .filter(({ pod }) => to !== undefined && identityOf(pod) !== to)
    .map(({ pod }) => `${what}: it reaches ${pod.id} instead`);
  const stopped = reached.flatMap(({ arrival, pod, port }) => {
    const layers = cluster.flow(flowTo(from, arrival, pod, port, request));
    return LAYERS.filter((layer) => !layers[layer].open).map(
      (layer) => `${what}: ${pod.id} is not reached, by ${layer}: ${layers[layer].because}`,
    );
  });
  return [...problems.map((problem) => `${what}: ${problem}`), ...nobody, ...astray, ...stopped];
}

/** The last part of the way: to a pod, by the name that the route gives, for the name that the caller asked for. */
function flowTo(from: Pod, { host, port: servicePort, subset }: Arrival, pod: Pod, port: number, request: Dialled): Flow {
  return { from: from.id, to: pod.id, port, request: { ...request, host, servicePort, subset, authority: request.host } };
}

/** No headers, and for each condition on headers in any route, headers that meet it: so every route is taken once. */
function headerVariants(objects: readonly KubeObject[]): Record<string, string>[] {
  const matches = objects
    .filter(({ kind }) => kind === 'VirtualService')
    .flatMap((object) => (object['spec'] as { http?: HttpRoute[] }).http ?? [])
    .flatMap(({ match = [] }) => match.map(({ headers = {} }) => headers));
  const meeting = matches.map((headers) =>
    Object.fromEntries(
      Object.entries(headers).map(([name, { exact, prefix, regex = '' }]) => [
        name,
        exact ?? prefix ?? regex.replaceAll('.*', ''),
      ]),
    ),
  );
  return [...new Map([{}, ...meeting].map((headers) => [JSON.stringify(headers), headers])).values()];
}

function say({ method, path, host, servicePort, headers = {} }: Dialled): string {
  const extra = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [method, `${host}:${servicePort ?? ''}${path ?? ''}`, ...extra].filter(Boolean).join(' ');
}
