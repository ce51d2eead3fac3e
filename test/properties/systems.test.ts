import { PortProtocol } from 'cdk8s-banking';
import fc from 'fast-check';
import { Cluster, type Flow, type KubeObject, LAYERS } from '../support/reachability';
import { schemaProblems } from '../support/schemas';
import { METHODS, type System, idOf, nameOf, render, system } from './system';

/** Runs a property so often; `PROPERTY_RUNS=10000 npm test` digs deeper. */
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 60);
const PATHS = ['/', '/api/a', '/api/a/7', '/api/b', '/api/bb', '/actuator/info', '/actuator/heapdump', '/actuator;x/env'];

const GATEWAY = {
  name: 'gateway',
  namespace: 'istio-ingress',
  labels: { istio: 'ingress' },
  serviceAccount: 'istio-ingress',
  inMesh: true,
  gateway: true,
};

/** Every service, the gateway and a stranger call every service in every way. */
function flowsOf(of: System): Flow[] {
  const callers = [...of.services.map((_, i) => idOf(of, i)), 'istio-ingress/gateway', 'alpha/stranger'];
  return of.services.flatMap(({ port, protocol, namespace }, index) => {
    const host = `${nameOf(index)}.${namespace}.svc.cluster.local`;
    const requests = protocol === PortProtocol.TCP ? [{}] : METHODS.flatMap((method) => PATHS.map((path) => ({ method, path })));
    return callers
      .filter((from) => from !== idOf(of, index))
      .flatMap((from) =>
        requests.map((request): Flow => ({ from, to: idOf(of, index), port, request: { host, servicePort: port, ...request } })),
      );
  });
}

/** What the graph says, by a second and simpler reading of it than the library's. */
function intended(of: System, { from, to, request }: Flow): boolean {
  const target = of.services.findIndex((_, i) => idOf(of, i) === to);
  const actuator = of.services[target]!.actuator;
  const asks = request!.path ?? '';
  const management = actuator && asks.startsWith('/actuator');
  if (from === 'istio-ingress/gateway') return of.gatewayTo === target && (asks === '/api' || asks.startsWith('/api/'));
  const edge = of.edges.find((one) => idOf(of, one.from) === from && one.to === target);
  if (!edge) return false;
  if (request!.method === undefined) return true;
  if (edge.methods && !edge.methods.includes(request!.method)) return false;
  if (!edge.paths) return !management;
  return edge.paths.some((pattern) =>
    pattern === '/*' ? !management : pattern.endsWith('/*') ? asks.startsWith(pattern.slice(0, -1)) : asks === pattern,
  );
}

/** The label that guards may select by; a Deployment and its spread select by `app`, and nothing else does. */
function strangeSelectors(objects: readonly KubeObject[]): string[] {
  const guards = ['NetworkPolicy', 'AuthorizationPolicy', 'PeerAuthentication', 'Sidecar', 'PodDisruptionBudget', 'Service'];
  return objects
    .filter(({ kind }) => guards.includes(kind ?? ''))
    .flatMap(({ kind, metadata, spec }) => {
      const { podSelector, selector, workloadSelector } = (spec ?? {}) as Record<string, Record<string, unknown> | undefined>;
      const labels =
        podSelector?.['matchLabels'] ??
        workloadSelector?.['labels'] ??
        selector?.['matchLabels'] ??
        (kind === 'Service' ? selector : undefined);
      return Object.keys(labels ?? {})
        .filter((key) => key !== 'banking.workload/name')
        .map((key) => `${kind} ${metadata?.name} selects by ${key}`);
    });
}

test('in any system, every object passes the strict schema of its kind, and guards select by the stable identity alone', () => {
  fc.assert(
    fc.property(system, (of) => {
      const objects = render(of);
      expect(
        objects.flatMap((object) =>
          schemaProblems(object as Record<string, unknown>).map((what) => `${object.kind} ${object.metadata?.name}: ${what}`),
        ),
      ).toEqual([]);
      expect(strangeSelectors(objects)).toEqual([]);
    }),
    { numRuns: RUNS },
  );
});

test('the order in which services and edges are declared changes nothing', () => {
  fc.assert(
    fc.property(system, (of) => {
      expect(render({ ...of, edges: [...of.edges].reverse() })).toEqual(render(of));
    }),
    { numRuns: Math.ceil(RUNS / 3) },
  );
});

test('in any system, what is declared is open at every layer and everything else is closed', () => {
  fc.assert(
    fc.property(system, (of) => {
      const cluster = Cluster.of(render(of), {
        namespaces: { 'istio-ingress': {} },
        pods: [
          GATEWAY,
          { name: 'stranger', namespace: 'alpha', labels: { app: 'stranger' }, serviceAccount: 'stranger', inMesh: true },
        ],
      });
      const wrong = flowsOf(of).filter((flow) => {
        const layers = cluster.flow(flow);
        return intended(of, flow) !== LAYERS.every((layer) => layers[layer].open);
      });
      expect(wrong).toEqual([]);
    }),
    { numRuns: RUNS },
  );
});
