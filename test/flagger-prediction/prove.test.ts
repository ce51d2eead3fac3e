import { provePhases } from '../support/flagger';
import type { KubeObject } from '../support/reachability';
import { INTENT } from './intent';
import { object, office, service, workload } from './office';
import { canarySpec, STRATEGIES } from './strategies';

const webhooks = [
  {
    name: 'load',
    type: 'rollout',
    url: 'http://loadtester.trials/',
    metadata: { type: 'cmd', cmd: 'hey -z 1m -q 5 http://payments-canary.vaults:8081/pay/health' },
  },
];
const steps = { stepWeights: [50, 100], webhooks };
const good = office(canarySpec({ analysis: steps }));

describe('every pod is guarded, every edge works and nothing else opens, in every phase (M10)', () => {
  it.each<readonly [string, KubeObject[]]>([
    ['with a load tester', good],
    ...[
      'listed steps',
      'A/B by headers and source labels',
      'blue-green',
      'blue-green, mirrored',
      'steps, mirrored first',
      'session affinity',
      'session affinity with response headers',
      'configuration of every kind',
      'KEDA',
      'a DaemonSet',
      'without analysis',
    ].map((name) => [name, STRATEGIES[name]!] as const),
  ])('%s', (_, objects) => {
    expect(provePhases(objects, INTENT)).toEqual([]);
  });
});

/** The objects, one of them changed. */
function change(kind: string, name: string, edit: (spec: any) => unknown, objects = good): KubeObject[] {
  return objects.map((one) => {
    if (one.kind !== kind || one.metadata?.name !== name) return one;
    const copy = JSON.parse(JSON.stringify(one)) as KubeObject;
    edit(copy['spec']);
    return copy;
  });
}

const byApp = { app: 'payments' };

/** What is found in the phase, the analysis at 50 % unless it says otherwise. */
function found(objects: KubeObject[], phase = 'progressing, canary 50 %', previous?: KubeObject[]): string[] {
  const start = `vaults/payments ${phase}: `;
  return provePhases(objects, INTENT, { phases: [phase], previous })
    .filter((finding) => finding.startsWith(start))
    .map((finding) => finding.slice(start.length));
}

describe('what is wrong is found', () => {
  it.each<[string, KubeObject[], string[]]>([
    [
      'rule 1: a NetworkPolicy on the label that Flagger rewrites',
      change('NetworkPolicy', 'payments', (spec) => (spec.podSelector.matchLabels = byApp)),
      [
        'vaults/payments-primary is selected by no NetworkPolicy of its own',
        'NetworkPolicy/vaults/payments selects vaults/payments, but not vaults/payments-primary',
        'vaults/teller → GET payments.vaults.svc.cluster.local:8081/pay: vaults/payments-primary is not reached, by ingress: 1 NetworkPolicies select vaults/payments-primary and none has a rule for it',
      ],
    ],
    [
      'rule 1: an AuthorizationPolicy on it',
      change('AuthorizationPolicy', 'payments', (spec) => (spec.selector.matchLabels = byApp)),
      [
        'vaults/payments-primary is selected by no AuthorizationPolicy of its own',
        'edge/gateway → GET bank.example.com:443/pay: vaults/payments-primary is not reached, by authorization: 1 ALLOW policies apply to vaults/payments-primary and no rule matches',
      ],
    ],
    [
      'rule 1: a Sidecar on it',
      change('Sidecar', 'payments', (spec) => (spec.workloadSelector.labels = byApp)),
      [
        'vaults/payments-primary is selected by no Sidecar of its own',
        'vaults/payments-primary → POST ledger.vaults.svc.cluster.local:8081/entries: ledger.vaults.svc.cluster.local: vaults/payments-primary does not know ledger.vaults.svc.cluster.local on port 8081',
      ],
    ],
    [
      'rule 26: a PodDisruptionBudget on it',
      change('PodDisruptionBudget', 'payments', (spec) => (spec.selector.matchLabels = byApp)),
      ['PodDisruptionBudget/vaults/payments selects vaults/payments, but not vaults/payments-primary'],
    ],
    [
      'rule 30: a PodMonitor on it',
      change('PodMonitor', 'payments', (spec) => (spec.selector.matchLabels = byApp)),
      ['PodMonitor/vaults/payments selects vaults/payments, but not vaults/payments-primary'],
    ],
    [
      'rule 26: two PodDisruptionBudgets for the same pods',
      [
        ...good,
        object('policy/v1', 'PodDisruptionBudget', 'more', {
          selector: { matchLabels: { 'banking.workload/name': 'payments' } },
        }),
      ],
      ["vaults/payments-primary is selected by 2 PodDisruptionBudgets, so it can't be evicted"],
    ],
    [
      "rule 3: a caller's policy on it",
      change('NetworkPolicy', 'teller', (spec) => (spec.egress[0].to[0].podSelector.matchLabels = byApp)),
      [
        'vaults/teller → GET payments.vaults.svc.cluster.local:8081/pay: vaults/payments-primary is not reached, by egress: 2 NetworkPolicies select vaults/teller and none has a rule for it',
      ],
    ],
    [
      'rule 1: pods without the identity',
      change('Deployment', 'payments', (spec) => delete spec.template.metadata.labels['banking.workload/name']),
      [
        'vaults/payments-primary has no label banking.workload/name',
        'vaults/teller → GET payments.vaults.svc.cluster.local:8081/pay: it reaches vaults/payments-primary instead',
      ],
    ],
    [
      "rule 20: the load tester's edge is missing",
      change('AuthorizationPolicy', 'payments', (spec) => spec.rules.splice(2, 1)),
      [
        'trials/loadtester → GET payments.vaults.svc.cluster.local:8081/pay/health: vaults/payments is not reached, by authorization: 2 ALLOW policies apply to vaults/payments and no rule matches',
        'webhook load: trials/loadtester → GET payments-canary.vaults.svc.cluster.local:8081/pay/health: vaults/payments is not reached, by authorization: 2 ALLOW policies apply to vaults/payments and no rule matches',
      ],
    ],
    [
      "rule 20: the load tester's proxy does not know the canary",
      [
        ...good.filter(({ metadata }) => metadata?.name !== 'payments-mesh'),
        object('networking.istio.io/v1', 'VirtualService', 'payments-mesh', {
          hosts: ['payments'],
          http: [{ route: [{ destination: { host: 'payments' } }] }],
        }),
      ].map((one) =>
        one.kind === 'Sidecar' && one.metadata?.name === 'loadtester'
          ? { ...one, spec: { ...(one['spec'] as object), egress: [{ hosts: ['vaults/payments.vaults.svc.cluster.local'] }] } }
          : one,
      ),
      [
        'webhook load: trials/loadtester → GET payments-canary.vaults.svc.cluster.local:8081/pay/health: payments-canary.vaults.svc.cluster.local: trials/loadtester does not know payments-canary.vaults.svc.cluster.local on port 8081',
      ],
    ],
    [
      'a webhook that leads nowhere',
      office(canarySpec({ analysis: { ...steps, webhooks: [{ name: 'gate', url: 'http://gatekeeper.trials/open' }] } })),
      [
        'webhook gate: flagger-system/flagger → POST gatekeeper.trials.svc.cluster.local:80/open: gatekeeper.trials.svc.cluster.local: flagger-system/flagger does not know gatekeeper.trials.svc.cluster.local on port 80',
      ],
    ],
    [
      'rule 21: mutual TLS is switched off',
      change('PeerAuthentication', 'default', (spec) => (spec.mtls.mode = 'DISABLE')),
      ['vaults/payments-primary takes plain text on port 8087'],
    ],
    [
      'rule 21: mutual TLS is optional',
      change('PeerAuthentication', 'default', (spec) => (spec.mtls.mode = 'PERMISSIVE')),
      ['vaults/payments takes plain text on port 8087', 'vaults/payments-primary takes plain text on port 8087'],
    ],
    [
      "rule 21: Flagger's DestinationRules switch it off for callers",
      office(canarySpec({ analysis: steps, service: { trafficPolicy: { tls: { mode: 'DISABLE' } } } })),
      [
        'vaults/teller → GET payments.vaults.svc.cluster.local:8081/pay: vaults/payments-primary is not reached, by mtls: STRICT refuses plain text',
      ],
    ],
    [
      'rule 21: a track without a proxy',
      change('Deployment', 'payments', (spec) => (spec.template.metadata.labels['sidecar.istio.io/inject'] = 'false')),
      ['vaults/payments-primary takes plain text on port 8087'],
    ],
    [
      'rule 14: callers in the mesh go past the canary, because no root delegates to it',
      good.filter(({ metadata }) => metadata?.name !== 'payments-mesh'),
      ['vaults/teller → GET payments.vaults.svc.cluster.local:8081/pay: vaults/payments gets 0 % of them, and should get 50 %'],
    ],
    [
      'rule 14: nobody delegates to it at all',
      good.filter(({ kind, metadata }) => kind !== 'VirtualService' || metadata?.name === 'none'),
      ['VirtualService/vaults/payments: it has no hosts and nobody delegates to it, so its routes have no effect'],
    ],
    [
      'M2: a root whose conditions contradict those of the Canary, so that Istio drops the route',
      change(
        'VirtualService',
        'payments-mesh',
        (spec) => (spec.http[0].match = [{ method: { regex: 'GET|HEAD' } }]),
        office(canarySpec({ analysis: steps, service: { match: [{ method: { exact: 'GET' } }] } })),
      ),
      [
        "VirtualService/vaults/payments-mesh#http[0] > VirtualService/vaults/payments#http[0]: its conditions are no part of the root's, so Istio drops it",
      ],
    ],
  ])('%s', (_, objects, expected) => {
    expect(found(objects)).toEqual(expect.arrayContaining(expected));
  });

  it('rule 28: a method too many, on every track', () => {
    const loose = change('AuthorizationPolicy', 'payments', (spec) => delete spec.rules[0].to[0].operation.methods);
    const leaks = ['payments', 'payments-primary'].map(
      (track) =>
        `vaults/teller → vaults/${track}:8087 DELETE /pay by payments-canary.vaults.svc.cluster.local is open, and nobody has declared it`,
    );
    expect(found(loose)).toContain(leaks[0]);
    expect(found(loose)).toContain(leaks[1]!.replace('payments-canary', 'payments-primary'));
  });

  it('rule 16: a setting that Flagger drops', () => {
    const service = { trafficPolicy: { loadBalancer: { simple: 'LEAST_REQUEST', localityLbSetting: { enabled: false } } } };
    expect(provePhases(office(canarySpec({ analysis: steps, service })), INTENT)).toEqual([
      'vaults/payments: Flagger does not pass on spec.service.trafficPolicy.loadBalancer.localityLbSetting.enabled: false',
    ]);
  });
});

describe('a service that served before, by a rolling release', () => {
  const kept = [workload('payments', { spec: { replicas: 3 } }), service('payments')];

  it('is down at the gateway until the primary is ready, if the gateway delegates to Flagger at once', () => {
    expect(found(office(canarySpec({ analysis: steps }), ...kept), 'initializing')).toEqual(
      expect.arrayContaining([
        'edge/gateway → GET bank.example.com:443/pay: VirtualService/edge/edge: no route takes GET /pay to bank.example.com',
      ]),
    );
  });

  it('is down for everybody until then, if its Service is removed at once', () => {
    const [pods] = kept;
    const rolling = office(canarySpec({ analysis: steps }), ...kept).filter(({ kind }) => kind !== 'Canary');
    expect(found(office(canarySpec({ analysis: steps }), pods!), 'initializing', rolling)).toEqual(
      expect.arrayContaining([
        'vaults/teller → GET payments.vaults.svc.cluster.local:8081/pay: payments.vaults.svc.cluster.local: vaults/teller does not know payments.vaults.svc.cluster.local on port 8081',
      ]),
    );
  });

  it('serves all the time, if its Service stays and the gateway keeps its own route until the Canary is initialized', () => {
    const own = object('networking.istio.io/v1', 'VirtualService', 'payments-edge', {
      http: [{ route: [{ destination: { host: 'payments.vaults.svc.cluster.local' } }] }],
    });
    const direct = (objects: KubeObject[]): KubeObject[] =>
      change('VirtualService', 'edge', (spec) => (spec.http[0].delegate.name = 'payments-edge'), objects);
    const before = [...direct(office(canarySpec({ analysis: steps }), ...kept)), own].filter(
      ({ metadata }) => metadata?.name !== 'payments-mesh',
    );
    const findings = ['initializing', 'initialized'].flatMap((phase) => found(before, phase));
    expect(findings).toEqual([
      'VirtualService/vaults/payments: it has no hosts and nobody delegates to it, so its routes have no effect',
    ]);
  });
});
