import type { Cluster, Flow, Pod } from '../../reachability';
import { identityOf, type Intent } from './intent';

/* Is everything closed that nobody has declared? */

/** Requests that get through, of anybody to a released workload or of a released workload to anybody, and should not. */
export function leakFindings(cluster: Cluster, intent: Intent, released: ReadonlySet<string>): string[] {
  const pods = cluster.pods();
  return pods.flatMap((to) =>
    pods
      .filter((from) => from.id !== to.id && (released.has(identityOf(from)) || released.has(identityOf(to))))
      .flatMap((from) =>
        attempts(cluster, from, to, intent).filter((flow) => !intended(flow, from, to, intent) && cluster.open(flow)),
      )
      .map((flow) => `${say(flow)} is open, and nobody has declared it`),
  );
}

/** Pods that take plain text, or have no proxy that could refuse it. Rule 21. */
export function plainTextFindings(cluster: Cluster, released: ReadonlySet<string>): string[] {
  return cluster
    .pods()
    .filter((pod) => released.has(identityOf(pod)))
    .flatMap((pod) =>
      pod.ports
        .filter(({ port, protocol }) => protocol === 'TCP' && port !== ENVOY_METRICS)
        .filter(({ port }) => cluster.flow({ from: { ip: '203.0.113.99' }, to: pod.id, port }).mtls.open)
        .map(({ port }) => `${pod.id} takes plain text on port ${port}`),
    );
}

const ENVOY_METRICS = 15090;

/** Every request on every port that the pod declares and that anybody may ask somebody, by each name that leads there. */
function attempts(cluster: Cluster, from: Pod, to: Pod, { edges, alsoTried }: Intent): Flow[] {
  const unique = (list: readonly string[]): string[] => [...new Set(list)];
  const methods = unique([...edges.flatMap(({ allows }) => allows?.methods ?? []), ...(alsoTried?.methods ?? [])]);
  const paths = unique([...edges.flatMap(({ allows }) => allows?.paths ?? []), ...(alsoTried?.paths ?? [])]);
  return to.ports
    .filter(({ protocol, port }) => protocol === 'TCP' && port !== ENVOY_METRICS)
    .flatMap(({ port }) => {
      const hosts = cluster.servicesOf(to.id, port).map(({ host }) => host);
      return [undefined, ...hosts].flatMap((host) =>
        methods.flatMap((method) =>
          paths.map((path): Flow => ({ from: from.id, to: to.id, port, request: { host, method, path } })),
        ),
      );
    });
}

function intended({ port, request = {} }: Flow, from: Pod, to: Pod, { edges }: Intent): boolean {
  return edges.some((edge) => {
    const same = edge.from === identityOf(from) && edge.to === identityOf(to) && (edge.targetPort ?? edge.port) === port;
    const { methods, paths } = edge.allows ?? {};
    return same && (methods?.includes(request.method ?? '') ?? true) && (paths?.includes(request.path ?? '') ?? true);
  });
}

function say({ from, to, port, request = {} }: Flow): string {
  return `${String(from)} → ${String(to)}:${port} ${request.method ?? ''} ${request.path ?? ''}${request.host ? ` by ${request.host}` : ''}`;
}
