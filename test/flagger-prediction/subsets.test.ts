import type { Json } from '../support/rules/objects';
import { proveState } from '../support/flagger';
import type { KubeObject } from '../support/reachability';
import { INTENT } from './intent';
import { hostOf, identity, object, office, service, workload } from './office';

/* Tracks that nobody but us moves: blue and green as subsets of one Service, or stable and canary. The same proof holds for them. */

const NETWORKING = 'networking.istio.io/v1';

function track(name: string, replicas = 3): KubeObject {
  const made = workload(name, { spec: { replicas }, pod: { serviceAccountName: 'payments' } }) as Json;
  Object.assign(made.spec.template.metadata.labels, identity('payments'));
  return made;
}

const groups = object(NETWORKING, 'DestinationRule', 'payments', {
  host: hostOf('payments'),
  subsets: ['blue', 'green'].map((name) => ({ name, labels: { app: `payments-${name}` } })),
});
const to = (subset: string, weight?: number): object => ({ destination: { host: hostOf('payments'), subset }, weight });
const preview = { match: [{ headers: { 'x-preview': { exact: 'green' } } }], route: [to('green')] };
const routes = (...http: object[]): KubeObject => object(NETWORKING, 'VirtualService', 'payments', { http });

/** The office, its payments in two tracks instead of under a Canary. */
function prove(...objects: KubeObject[]): string[] {
  const surroundings = office({}).filter(
    ({ kind, metadata }) => kind !== 'Canary' && !(kind === 'Deployment' && metadata?.name === 'payments'),
  );
  return proveState([...surroundings, service('payments'), ...objects], INTENT);
}

const both = [track('payments-blue'), track('payments-green')];

it.each<[string, KubeObject[]]>([
  ['all to blue', [groups, ...both, routes({ route: [to('blue', 100), to('green', 0)] })]],
  ['a preview by header before all to blue', [groups, ...both, routes(preview, { route: [to('blue', 100), to('green', 0)] })]],
  ['a share for green', [groups, ...both, routes(preview, { route: [to('blue', 90), to('green', 10)] })]],
  ['all to green', [groups, ...both, routes({ route: [to('blue', 0), to('green', 100)] })]],
])('every pod is guarded, every edge works, nothing else opens: %s', (_, objects) => {
  expect(prove(...objects)).toEqual([]);
});

const teller = 'vaults/teller → GET payments.vaults.svc.cluster.local:8081/pay';

it.each<[string, KubeObject[], string[]]>([
  [
    'R4: a preview before green has pods',
    [groups, track('payments-blue'), track('payments-green', 0), routes(preview, { route: [to('blue')] })],
    [
      'VirtualService/vaults/payments-mesh: leads to subset green of payments.vaults.svc.cluster.local, which has no running pod',
      `${teller} x-preview: green: VirtualService/vaults/payments-mesh: subset green of payments.vaults.svc.cluster.local has no running pod on port 8081`,
    ],
  ],
  [
    'R4: blue retired while it still has a share',
    [groups, track('payments-green'), routes({ route: [to('blue', 10), to('green', 90)] })],
    [
      `${teller}: VirtualService/vaults/payments-mesh: subset blue of payments.vaults.svc.cluster.local has no running pod on port 8081`,
    ],
  ],
  [
    'R5: weights without a DestinationRule',
    [...both, routes({ route: [to('blue', 90), to('green', 10)] })],
    [
      'VirtualService/vaults/payments-mesh: leads to subset green of payments.vaults.svc.cluster.local, which no DestinationRule describes',
    ],
  ],
  [
    "R5: weights that don't sum",
    [groups, ...both, routes({ route: [to('blue', 90), to('green', 20)] })],
    ['VirtualService/vaults/payments-mesh: weights 90 + 20 make 110, not 100'],
  ],
  [
    'M2: the preview behind a route that takes everything',
    [groups, ...both, routes({ route: [to('blue')] }, preview)],
    ['VirtualService/vaults/payments-mesh: 1 of its routes are behind one that takes every request'],
  ],
  [
    'rule 1: a guard of blue alone',
    [
      groups,
      ...both,
      routes({ route: [to('blue', 90), to('green', 10)] }),
      object('policy/v1', 'PodDisruptionBudget', 'blue', {
        maxUnavailable: 1,
        selector: { matchLabels: { app: 'payments-blue' } },
      }),
    ],
    [
      "vaults/payments-blue is selected by 2 PodDisruptionBudgets, so it can't be evicted",
      'PodDisruptionBudget/vaults/blue selects vaults/payments-blue, but not vaults/payments-green',
    ],
  ],
])('%s', (_, objects, findings) => {
  expect(prove(...objects)).toEqual(expect.arrayContaining(findings));
});
