import { Cluster, type Flow, type KubeObject, LAYERS, enumerateRules, unnoticed } from '../support/reachability';
import { provePhases } from '../support/flagger';
import {
  DATA,
  IDLE,
  SERVICES,
  serviceOf,
  calls,
  connections,
  hostOf,
  intended,
  outside,
  plumbing,
  say,
  sideways,
} from './bank-flows';
import { EDGES, INTENT } from './bank-intent';
import { WORLD, bankAtRest, bankObjects } from './bank-world';

const objects = bankAtRest();
const build = (of: readonly KubeObject[]) => Cluster.of(of, WORLD);
const cluster = build(objects);
const everybody = cluster.pods().map(({ id }) => id);
const flows = [...calls(everybody), ...connections(everybody)];

describe('the bank, judged by its rendered policies alone', () => {
  test('the judge sees all the pods it should', () => {
    expect(everybody).toEqual(
      expect.arrayContaining([...SERVICES, ...IDLE, ...DATA.map(({ id }) => id), 'banking/stranger', 'istio-ingress/gateway']),
    );
  });

  test('each declared edge is open at every layer', () => {
    const open = flows.filter(intended);
    expect(new Set(open.map(({ from, to }) => `${serviceOf(String(from))} ${serviceOf(String(to))}`)).size).toBe(EDGES.length);
    const closed = open.flatMap((flow) => {
      const layers = cluster.flow(flow);
      return LAYERS.filter((layer) => !layers[layer].open).map((layer) => `${say(flow)}: ${layer}: ${layers[layer].because}`);
    });
    expect(closed).toEqual([]);
  });

  test('the same in every phase that a release of payments goes through, with every guard on every track (rules 1, 20, M10)', () => {
    expect(provePhases(bankObjects(), INTENT)).toEqual([]);
  });

  test('every undeclared one is closed', () => {
    const leaks = [...flows.filter((flow) => !intended(flow)), ...sideways(everybody)].filter((flow) => cluster.open(flow));
    expect(leaks.map(say)).toEqual([]);
  });

  test('an undeclared pair of workloads is closed by two layers at least', () => {
    const pairs = SERVICES.flatMap((to) =>
      everybody
        .filter((from) => from !== to && !EDGES.some((edge) => edge.from === serviceOf(from) && edge.to === serviceOf(to)))
        .map((from) => ({ from, to })),
    );
    expect(pairs.length).toBeGreaterThan(60);
    const alone = pairs.filter(({ from, to }) => {
      const request = { host: hostOf(to), servicePort: 8080, method: 'GET', path: '/api/v1/loans' };
      const layers = cluster.flow({ from, to, port: 8080, request });
      return LAYERS.filter((layer) => !layers[layer].open).length < 2;
    });
    // Pods of the gateway's namespace that run under the gateway's own identity: only their labels tell them apart.
    expect(alone.map(({ from, to }) => `${from} → ${to}`)).toEqual([
      'istio-ingress/other → banking/web',
      'istio-ingress/other → banking/enterprise-loan-system-blue',
    ]);
  });

  test('probes, DNS, istiod and metrics work for every pod, and nobody else gets the same', () => {
    const table = plumbing().map(({ flow, open }) => ({ flow: say(flow), expected: open, got: cluster.open(flow) }));
    expect(table.length).toBeGreaterThan(60);
    expect(table.filter(({ expected, got }) => expected !== got)).toEqual([]);
  });

  test('the outside is the clearing house, by its addresses, and nothing more', () => {
    const table = outside().map(({ flow, open }) => ({ flow: say(flow), expected: open, got: cluster.open(flow) }));
    expect(table.filter(({ expected, got }) => expected !== got)).toEqual([]);
  });

  test('deleting or widening any single emitted rule is noticed', () => {
    const mutations = enumerateRules(objects);
    expect(mutations.length).toBeGreaterThan(200);
    // Every way of asking along declared edges, and from everybody else what somebody may ask: enough to see each rule work.
    const declared = ({ from, to }: Flow) =>
      EDGES.some((edge) => edge.from === serviceOf(String(from)) && edge.to === serviceOf(String(to)));
    const allowed = ({ to, request }: Flow) =>
      EDGES.some(
        (edge) =>
          edge.to === serviceOf(String(to)) &&
          edge.allows?.methods[0] === request?.method &&
          edge.allows?.paths[0] === request?.path,
      );
    // What Flagger tells the load tester to do, told to everybody.
    const command = ({ from, request }: Flow) =>
      from === 'flagger-system/flagger' && request?.method === 'POST' && request.path === '/';
    const probes = [
      ...flows.filter((flow) => (declared(flow) && flow.request?.method !== 'PUT') || allowed(flow) || command(flow)),
      ...sideways(everybody),
      ...[...plumbing(), ...outside()].map(({ flow }) => flow),
    ];
    const silent = unnoticed(objects, mutations, build, probes);
    expect(silent.map(({ id }) => id)).toEqual([]);
  });
});
