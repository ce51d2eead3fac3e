import { PortProtocol } from 'cdk8s-banking';
import fc from 'fast-check';
import { Cluster, type Flow, LAYERS, type Pod } from '../support/reachability';
import { atRest } from '../support/flagger';
import { RULES, brokenRules } from '../support/rules';
import { IDENTITY } from '../support/rules/objects';
import { schemaProblems } from '../support/schemas';
import { RUNS, counted, silence } from './runs';
import { METHODS, type System, nameOf, render, system, written } from './system';

silence();

const PATHS = ['/', '/api/a', '/api/a/7', '/api/b', '/api/bb', '/actuator/info', '/actuator/heapdump', '/actuator;x/env'];

const GATEWAY = {
  name: 'gateway',
  namespace: 'istio-ingress',
  labels: { istio: 'ingress' },
  serviceAccount: 'istio-ingress',
  inMesh: true,
  gateway: true,
};

const STRANGER = { name: 'stranger', namespace: 'alpha', labels: { app: 'stranger' }, serviceAccount: 'stranger', inMesh: true };

/** The index of the service that a pod is of. Undefined: somebody else's. */
function serviceOf(of: System, { labels, namespace }: Pod): number | undefined {
  const index = of.services.findIndex((one, i) => labels[IDENTITY] === nameOf(i) && one.namespace === namespace);
  return index < 0 ? undefined : index;
}

/** A flow and the services at its ends. */
interface Call {
  readonly flow: Flow;
  readonly from: number | 'gateway' | 'stranger';
  readonly to: number;
}

/** Every track of every service, the gateway and a stranger call every track of every service in every way. */
function callsOf(of: System, cluster: Cluster): Call[] {
  const pods = cluster.pods();
  const callers = pods.map((pod) => ({ id: pod.id, is: serviceOf(of, pod) ?? (pod.gateway ? 'gateway' : 'stranger') }) as const);
  return pods.flatMap((pod) => {
    const index = serviceOf(of, pod);
    if (index === undefined) return [];
    const { port, protocol, namespace } = of.services[index]!;
    const host = `${nameOf(index)}.${namespace}.svc.cluster.local`;
    const requests = protocol === PortProtocol.TCP ? [{}] : METHODS.flatMap((method) => PATHS.map((path) => ({ method, path })));
    return callers
      .filter(({ is }) => is !== index)
      .flatMap(({ id, is }) =>
        requests.map((request) => ({
          flow: { from: id, to: pod.id, port, request: { host, servicePort: port, ...request } },
          from: is,
          to: index,
        })),
      );
  });
}

/** What the graph says, by a second and simpler reading of it than the library's. */
function intended(of: System, { flow: { request }, from, to }: Call): boolean {
  const asks = request!.path ?? '';
  const management = of.services[to]!.actuator && asks.startsWith('/actuator');
  if (from === 'gateway') return of.gatewayTo === to && (asks === '/api' || asks.startsWith('/api/'));
  const edge = of.edges.find((one) => one.from === from && one.to === to);
  if (!edge) return false;
  if (request!.method === undefined) return true;
  if (edge.methods && !edge.methods.includes(request!.method)) return false;
  if (!edge.paths) return !management;
  return edge.paths.some((pattern) =>
    pattern === '/*' ? !management : pattern.endsWith('/*') ? asks.startsWith(pattern.slice(0, -1)) : asks === pattern,
  );
}

test('any system passes the strict schemas and breaks no design rule, and what is declared is open on every track, all else closed', () => {
  fc.assert(
    fc.property(system, (of) => {
      const objects = render(of);
      expect(
        objects.flatMap((object) =>
          schemaProblems(object as Record<string, unknown>).map((what) => `${object.kind} ${object.metadata?.name}: ${what}`),
        ),
      ).toEqual([]);
      expect(brokenRules(RULES, objects)).toEqual([]);

      const cluster = Cluster.of(atRest(objects), { namespaces: { 'istio-ingress': {} }, pods: [GATEWAY, STRANGER] });
      const calls = callsOf(of, cluster);
      counted('systems', {
        systems: 1,
        services: of.services.length,
        edges: of.edges.length,
        objects: objects.length,
        'calls tried': calls.length,
      });
      const wrong = calls.filter((call) => {
        const layers = cluster.flow(call.flow);
        return intended(of, call) !== LAYERS.every((layer) => layers[layer].open);
      });
      expect(wrong).toEqual([]);
    }),
    { numRuns: RUNS },
  );
});

test('the order in which services and edges are declared changes nothing', () => {
  fc.assert(
    fc.property(system, (of) => {
      counted('order', { systems: 1 });
      expect(written({ ...of, edges: [...of.edges].reverse() })).toBe(written(of));
    }),
    { numRuns: Math.ceil(RUNS / 3) },
  );
});
