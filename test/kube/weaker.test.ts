import { type Manifest, weakerThan } from '../../lib/kube';

type Body = Record<string, unknown>;
const API: Record<string, string> = {
  AuthorizationPolicy: 'security.istio.io/v1',
  Deployment: 'apps/v1',
  Gateway: 'networking.istio.io/v1',
  HorizontalPodAutoscaler: 'autoscaling/v2',
  NetworkPolicy: 'networking.k8s.io/v1',
  PeerAuthentication: 'security.istio.io/v1',
  PodDisruptionBudget: 'policy/v1',
  Sidecar: 'networking.istio.io/v1',
};
const make = (kind: string, spec: Body, name = 'x'): Manifest => ({
  apiVersion: API[kind] ?? 'v1',
  kind,
  metadata: { name, namespace: 'bank' },
  spec,
});
const namespace = (labels: Record<string, string>, annotations = {}): Manifest => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'bank', labels, annotations },
});
const pod = (container: Body, spec: Body = {}, labels: Body = {}): Body => ({
  template: { metadata: { labels }, spec: { containers: [{ name: 'main', ...container }], ...spec } },
});
const secure = (securityContext: Body): Body => pod({ securityContext });
const requests = (cpu?: string, memory?: string): Body => pod({ resources: { requests: { cpu, memory } } });
const rolling = (maxUnavailable: unknown): Body => ({ strategy: { rollingUpdate: { maxUnavailable } } });
const server = (tls?: Body): Body => ({ servers: [{ port: { number: 443 }, tls }] });
const ingress = (rule: Body): Body => ({ ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 1 }], ...rule }] });

/** kind, staging, production, what is said when production is the weaker; the other way round nothing is said. */
const cases: [string, Body, Body, RegExp][] = [
  [
    'PeerAuthentication',
    { mtls: { mode: 'STRICT' } },
    { mtls: { mode: 'PERMISSIVE' } },
    /mtls.mode is PERMISSIVE, weaker than STRICT/,
  ],
  ['PeerAuthentication', { mtls: { mode: 'PERMISSIVE' } }, {}, /mtls.mode is nothing/],
  [
    'PeerAuthentication',
    { mtls: { mode: 'STRICT' } },
    { mtls: { mode: 'STRICT' }, portLevelMtls: { 8081: { mode: 'DISABLE' } } },
    /portLevelMtls.8081.mode is DISABLE/,
  ],
  ['Sidecar', { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } }, {}, /is ALLOW_ANY, weaker than REGISTRY_ONLY/],
  ['HorizontalPodAutoscaler', { minReplicas: 3, maxReplicas: 7 }, { maxReplicas: 7 }, /minReplicas is 1/],
  ['HorizontalPodAutoscaler', { maxReplicas: 7 }, { maxReplicas: 5 }, /maxReplicas is 5/],
  ['PodDisruptionBudget', { maxUnavailable: 1 }, { maxUnavailable: 2 }, /maxUnavailable is 2/],
  ['PodDisruptionBudget', { maxUnavailable: 0 }, { maxUnavailable: '10%' }, /maxUnavailable is 10%/],
  ['PodDisruptionBudget', { minAvailable: '80%' }, { minAvailable: '50%' }, /minAvailable is 50%/],
  ['Deployment', secure({ runAsNonRoot: true }), secure({}), /runAsNonRoot is nothing/],
  ['Deployment', pod({}, { securityContext: { runAsNonRoot: true } }), secure({ runAsNonRoot: false }), /runAsNonRoot is false/],
  [
    'Deployment',
    secure({ seccompProfile: { type: 'RuntimeDefault' } }),
    secure({ seccompProfile: { type: 'Unconfined' } }),
    /is Unconfined/,
  ],
  ['Deployment', secure({ readOnlyRootFilesystem: true }), secure({}), /readOnlyRootFilesystem/],
  ['Deployment', secure({ allowPrivilegeEscalation: false }), secure({}), /allowPrivilegeEscalation/],
  ['Deployment', secure({}), secure({ privileged: true }), /privileged is true/],
  ['Deployment', secure({ capabilities: { drop: ['ALL'] } }), secure({ capabilities: { drop: ['NET_RAW'] } }), /lacks ALL/],
  ['Deployment', secure({}), secure({ capabilities: { add: ['SYS_ADMIN'] } }), /has SYS_ADMIN/],
  ['Deployment', pod({ readinessProbe: {}, livenessProbe: {} }), pod({ livenessProbe: {} }), /no readinessProbe/],
  ['Deployment', requests('1', '1Gi'), requests('900m', '1Gi'), /requests.cpu is 900m/],
  ['Deployment', requests('100m', '1G'), requests('100m', '900Mi'), /requests.memory is 900Mi/],
  ['Deployment', requests('100m'), pod({}), /requests.cpu is nothing/],
  ['Deployment', pod({}), pod({}, { hostNetwork: true }), /hostNetwork is true/],
  ['Deployment', {}, { strategy: { type: 'Recreate' } }, /strategy.type is Recreate/],
  ['Deployment', rolling(0), {}, /maxUnavailable is 25%/],
  ['Deployment', rolling(1), rolling(2), /maxUnavailable is 2/],
  ['Deployment', { replicas: 3 }, { replicas: 2 }, /replicas is 2/],
  [
    'Gateway',
    server({ mode: 'SIMPLE', minProtocolVersion: 'TLSV1_3' }),
    server({ mode: 'SIMPLE' }),
    /minProtocolVersion is TLSV1_2/,
  ],
  ['Gateway', server({ mode: 'MUTUAL' }), server({ mode: 'SIMPLE' }), /port 443: tls.mode is SIMPLE/],
  ['Gateway', server({ mode: 'SIMPLE' }), server(), /tls.mode is nothing/],
  ['Gateway', server({ httpsRedirect: true }), server(), /httpsRedirect/],
  [
    'NetworkPolicy',
    ingress({}),
    ingress({ from: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }),
    /ingress has an ipBlock with every address/,
  ],
  ['NetworkPolicy', ingress({}), ingress({ from: [{ ipBlock: { cidr: '::/0' } }] }), /every address/],
  ['NetworkPolicy', ingress({}), ingress({ from: [] }), /rule without "from"/],
  ['NetworkPolicy', ingress({}), ingress({ ports: [{ protocol: 'TCP' }] }), /rule without a port/],
  ['NetworkPolicy', { policyTypes: ['Ingress', 'Egress'] }, { policyTypes: ['Ingress'] }, /policyTypes lacks Egress/],
  ['AuthorizationPolicy', { rules: [{ from: [{ source: {} }] }] }, { rules: [{}] }, /rule without from, to and when/],
  ['AuthorizationPolicy', { action: 'DENY' }, { action: 'AUDIT' }, /action is AUDIT/],
  ['RequestAuthentication', { jwtRules: [{ issuer: 'a' }] }, {}, /no jwtRules/],
];

test.each(cases)('%s %j -> %j', (kind, staging, production, message) => {
  expect(weakerThan([make(kind, staging)], [make(kind, production)])).toEqual([
    { where: `${kind} bank/x`, what: expect.stringMatching(message) },
  ]);
  expect(weakerThan([make(kind, production)], [make(kind, staging)])).toEqual([]);
  expect(weakerThan([make(kind, staging)], [make(kind, staging)])).toEqual([]);
});

test('a number and a percentage are not compared', () => {
  const budget = (maxUnavailable: unknown): Manifest[] => [make('PodDisruptionBudget', { maxUnavailable })];
  expect(weakerThan(budget(1), budget('90%'))).toEqual([]);
});

describe('a Namespace', () => {
  test.each([
    [{ 'pod-security.kubernetes.io/enforce': 'restricted' }, { 'pod-security.kubernetes.io/enforce': 'baseline' }, /is baseline/],
    [{ 'pod-security.kubernetes.io/enforce': 'baseline' }, {}, /is privileged/],
    [{ 'istio-injection': 'enabled' }, {}, /not in the mesh/],
    [{ 'istio.io/rev': '1-30' }, { 'istio.io/rev': '' }, /not in the mesh/],
  ] as [Record<string, string>, Record<string, string>, RegExp][])('%j -> %j', (staging, production, message) => {
    expect(weakerThan([namespace(staging)], [namespace(production)])[0]!.what).toMatch(message);
    expect(weakerThan([namespace(production)], [namespace(staging)])).toEqual([]);
  });
});

describe('a guard that production lacks', () => {
  const GUARDS = [
    'AuthorizationPolicy',
    'HorizontalPodAutoscaler',
    'LimitRange',
    'NetworkPolicy',
    'PeerAuthentication',
    'PodDisruptionBudget',
    'RequestAuthentication',
    'ResourceQuota',
    'Sidecar',
  ];
  test.each(GUARDS)('%s', (kind) => {
    const found = weakerThan([make(kind, {}), namespace({})], [namespace({})]);
    expect(found).toEqual([{ where: `${kind} bank/x`, what: 'staging has it and production lacks it; define it in both' }]);
  });

  test('is no loss where production lacks the namespace, or the workload that it guards', () => {
    const guard = make('NetworkPolicy', { podSelector: { matchLabels: { w: 'load' } } });
    const load = make('Deployment', pod({}, {}, { w: 'load' }), 'load');
    expect(weakerThan([guard, load], [])).toEqual([]);
    expect(weakerThan([guard, load], [namespace({})])).toEqual([]);
    expect(weakerThan([guard, load], [load])).toHaveLength(1);
  });

  test('is accepted by the annotation on the Namespace', () => {
    const accepted = namespace({}, { 'banking.acceptance/weaker-than-staging': 'moved elsewhere' });
    expect(weakerThan([make('NetworkPolicy', {})], [accepted])).toEqual([]);
  });

  test('other kinds may be missing', () => {
    expect(weakerThan([make('ConfigMap', {})], [namespace({})])).toEqual([]);
  });
});
