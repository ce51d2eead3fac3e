import { type ConfigError, Platform, type PlatformProps, SidecarMode } from '../../lib';
import { atLeast, pairWarning, parseVersion } from '../../lib/platform/versions';

const model = (props: PlatformProps = {}) => new Platform(props).model;

/** What is wrong with props, a line each. */
function wrong(props: PlatformProps): string[] {
  try {
    new Platform(props);
    return [];
  } catch (e) {
    return (e as ConfigError).problems.map(({ where, what }) => `${where}: ${what}`);
  }
}

test('the defaults', () => {
  expect(model()).toMatchObject({
    kubernetes: { text: '1.34' },
    istio: {
      version: { text: '1.30' },
      rootNamespace: 'istio-system',
      trustDomain: 'cluster.local',
      cni: true,
      revision: undefined,
      sidecar: SidecarMode.AUTO,
      proxy: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '2', memory: '1Gi' } },
      istiod: { namespace: 'istio-system', podLabels: { app: 'istiod' } },
    },
    flagger: {
      version: '1.44.0',
      namespace: 'flagger-system',
      podLabels: { 'app.kubernetes.io/name': 'flagger' },
      serviceAccount: 'flagger',
    },
    prometheus: {
      namespace: 'monitoring',
      podLabels: { 'app.kubernetes.io/name': 'prometheus' },
      address: 'http://prometheus-operated.monitoring.svc.cluster.local:9090',
      discoveryLabels: { release: 'kube-prometheus-stack' },
    },
    grafana: {
      namespace: 'monitoring',
      dashboardLabels: { grafana_dashboard: '1' },
      instanceSelector: { dashboards: 'grafana' },
    },
    ingressGateway: { namespace: 'istio-ingress', podLabels: { istio: 'ingress' }, serviceAccount: 'istio-ingress' },
    dns: { namespace: 'kube-system', podLabels: { 'k8s-app': 'kube-dns' }, port: 53 },
    clusterDomain: 'cluster.local',
    warnings: [],
  });
});

test('what follows from other props', () => {
  const { istio, prometheus, alertmanager, egressGateway, traceCollector, apiServer } = model({
    istio: { rootNamespace: 'mesh' },
    prometheus: { namespace: 'metrics', discoveryLabels: { team: 'metrics' } },
    clusterDomain: 'corp.local',
    egressGateway: { namespace: 'out', podLabels: { a: 'b' }, serviceAccount: 'out-sa', host: 'egress.out.svc.corp.local' },
    traceCollector: { namespace: 'traces', podLabels: { c: 'd' }, host: 'otel.traces.svc.corp.local' },
    apiServer: { cidrs: ['198.51.100.7/32'] },
  });
  expect(istio.istiod.namespace).toBe('mesh');
  expect(prometheus.address).toBe('http://prometheus-operated.metrics.svc.corp.local:9090');
  expect(alertmanager.discoveryLabels).toEqual({ team: 'metrics' });
  expect(model({ alertmanager: { discoveryLabels: { team: 'alerts' } } }).alertmanager.discoveryLabels).toEqual({
    team: 'alerts',
  });
  expect([egressGateway?.port, traceCollector?.port, apiServer?.port]).toEqual([443, 4317, 443]);
});

test.each([['http://prometheus'], ['https://prometheus.monitoring.svc:9090'], ['http://prometheus:19090/base/%41?x']])(
  '%s is where Prometheus may answer',
  (address) => {
    expect(model({ prometheus: { address } }).prometheus.address).toBe(address);
  },
);

test.each([
  ['prometheus:9090'],
  ['xhttp://prometheus'],
  ['ftp://prometheus'],
  ['http://'],
  ['http://_'],
  ['http://prometheus:'],
  ['http://prometheus:123456'],
  ['http://prometheus:9o90'],
  ['http://prometheus/a b'],
  ['http://user@prometheus'],
])('%s is no address of Prometheus', (address) => {
  expect(wrong({ prometheus: { address } })).toEqual([
    `platform.prometheus.address: ${JSON.stringify(address)} is not an address; write it like "http://prometheus.monitoring.svc:9090"`,
  ]);
});

test.each(['1-30-3', 'a', 'canary', `a${'-'.repeat(61)}b`])('%s is a revision', (revision) => {
  expect(model({ istio: { revision } }).istio.revision).toBe(revision);
});

test.each(['', '-a', 'a-', 'A', '1.30', `a${'-'.repeat(62)}b`, 7 as never])('%j is no revision', (revision) => {
  expect(wrong({ istio: { revision } })).toEqual([
    `platform.istio.revision: ${JSON.stringify(revision)} is not a revision; write it like "1-30-3", as istiod was installed`,
  ]);
});

test('a problem says which part it is of', () => {
  const pods = { namespace: 'A', podLabels: { '-': 'a' } };
  const resources = { cpu: '0', memory: '0' };
  const problems = wrong({
    istio: {
      version: '1',
      rootNamespace: 'A',
      trustDomain: 'A',
      istiod: pods,
      proxy: { requests: resources, limits: resources },
    },
    flagger: { ...pods, serviceAccount: 'A' },
    prometheus: { ...pods, discoveryLabels: { '-': 'a' } },
    alertmanager: { discoveryLabels: { '-': 'a' } },
    grafana: { namespace: 'A', dashboardLabels: { '-': 'a' }, instanceSelector: { '-': 'a' } },
    ingressGateway: { ...pods, serviceAccount: 'A' },
    egressGateway: { ...pods, serviceAccount: 'A', host: 'A', port: 0 },
    traceCollector: { ...pods, host: 'A', port: 0 },
    dns: pods,
    apiServer: { cidrs: ['A'], port: 0 },
    clusterDomain: 'A',
  });
  const where = problems.map((problem) => problem.split(': ')[0]!.replace('platform.', '')).sort();
  expect(where).toEqual([
    'alertmanager.discoveryLabels',
    'apiServer.cidrs',
    'apiServer.port',
    'clusterDomain',
    'dns.namespace',
    'dns.podLabels',
    'egressGateway.host',
    'egressGateway.namespace',
    'egressGateway.podLabels',
    'egressGateway.port',
    'egressGateway.serviceAccount',
    'flagger.namespace',
    'flagger.podLabels',
    'flagger.serviceAccount',
    'grafana.dashboardLabels',
    'grafana.instanceSelector',
    'grafana.namespace',
    'ingressGateway.namespace',
    'ingressGateway.podLabels',
    'ingressGateway.serviceAccount',
    'istio.istiod.namespace',
    'istio.istiod.podLabels',
    'istio.proxy.limits.cpu',
    'istio.proxy.limits.memory',
    'istio.proxy.requests.cpu',
    'istio.proxy.requests.memory',
    'istio.rootNamespace',
    'istio.trustDomain',
    'istio.version',
    'prometheus.discoveryLabels',
    'prometheus.namespace',
    'prometheus.podLabels',
    'traceCollector.host',
    'traceCollector.namespace',
    'traceCollector.podLabels',
    'traceCollector.port',
  ]);
});

test('labels of nobody say of whose pods they are', () => {
  const pods = { namespace: 'a', podLabels: {} };
  const problems = wrong({
    istio: { istiod: pods },
    flagger: { podLabels: {} },
    prometheus: { podLabels: {} },
    ingressGateway: { ...pods, serviceAccount: 'a' },
    egressGateway: { ...pods, serviceAccount: 'a', host: 'a.b' },
    traceCollector: { ...pods, host: 'a.b' },
    dns: { podLabels: {} },
  });
  const all = ['egressGateway', 'traceCollector', 'ingressGateway', 'istio.istiod', 'flagger', 'prometheus', 'dns'];
  expect(problems).toEqual(
    all.map((of) => `platform.${of}: podLabels {} select every pod of the namespace; name the labels that its pods carry`),
  );
});

test.each(['169.254.0.0/16', 'fd00:ec2::/32'])('%s is no block of an API server', (cidr) => {
  expect(wrong({ apiServer: { cidrs: ['10.20.0.10/32', cidr, '2001:db8::1/128'] } })).toEqual([
    `platform.apiServer.cidrs: ${cidr} holds the cloud metadata address; name the API server's own addresses`,
  ]);
});

test('an API server that is nowhere', () => {
  expect(wrong({ apiServer: {} as never })).toEqual([
    'platform.apiServer: cidrs must name at least one block, like "10.20.0.10/32"',
  ]);
});

test('is frozen', () => {
  const { istio } = model() as { istio: { trustDomain: string } };
  expect(() => (istio.trustDomain = 'evil')).toThrow(TypeError);
});

describe('versions', () => {
  test.each([
    ['1.34', '1.34'],
    ['v1.30.17', '1.30'],
    ['12.5', '12.5'],
    ['1.08', '1.8'],
  ])('%s is %s', (text, expected) => expect(parseVersion(text).text).toBe(expected));

  test.each(['1', '1.', 'latest', '1.2.3.4', '', '1.x'])('%j is none', (text) => {
    expect(() => parseVersion(text)).toThrow(RangeError);
  });

  test.each([
    ['1.30', 1, 30, true],
    ['1.29', 1, 30, false],
    ['2.0', 1, 30, true],
    ['0.31', 1, 30, false],
  ])('%s at least %d.%d: %s', (text, major, minor, expected) => {
    expect(atLeast(parseVersion(text), major, minor)).toBe(expected);
  });

  test.each([
    ['1.30', '1.31', /supports Kubernetes 1.32 to 1.36; this platform says 1.31/],
    ['1.30', '1.32', undefined],
    ['1.30', '1.36', undefined],
    ['1.30', '2.34', /supports Kubernetes 1.32 to 1.36; this platform says 2.34/],
    ['1.30', '1.37', /supports Kubernetes 1.32 to 1.36/],
    ['1.28', '1.34', /written for the API of Istio 1.30, and this platform says 1.28/],
  ])('Istio %s on Kubernetes %s', (istio, kubernetes, expected) => {
    const warning = pairWarning(parseVersion(istio), parseVersion(kubernetes));
    if (expected) expect(warning).toMatch(expected);
    else expect(warning).toBeUndefined();
    expect(new Platform({ istio: { version: istio }, kubernetes }).warnings()).toEqual(warning === undefined ? [] : [warning]);
  });
});

test('the prerequisites name everything that was assumed', () => {
  const lines = new Platform({
    kubernetes: '1.33',
    istio: { cni: false, sidecar: SidecarMode.NATIVE, trustDomain: 'corp.example' },
    dns: { nodeLocal: '169.254.20.10' },
    egressGateway: {
      namespace: 'out',
      podLabels: { istio: 'egress' },
      serviceAccount: 'out-sa',
      host: 'egress.out.svc',
      port: 8443,
    },
  }).prerequisites();
  expect(lines.join('\n')).toMatchInlineSnapshot(`
    "Kubernetes 1.33 or newer.
    The CNI enforces NetworkPolicies, egress included; where it does not, nothing that they close is closed.
    Istio 1.30 with its control plane (app=istiod) in namespace istio-system, root namespace istio-system, trust domain corp.example.
    istio-cni is not installed: namespaces stay at Pod Security \`privileged\`, since istio-init needs NET_ADMIN as root.
    DNS answers from pods k8s-app=kube-dns in namespace kube-system and from NodeLocal DNSCache at 169.254.20.10.
    Prometheus runs as app.kubernetes.io/name=prometheus in namespace monitoring and selects monitors by release=kube-prometheus-stack.
    The ingress gateway runs as istio=ingress in namespace istio-ingress under service account istio-ingress.
    Istio runs the proxy as a native sidecar (ENABLE_NATIVE_SIDECARS on istiod).
    The egress gateway egress.out.svc runs as istio=egress in namespace out and listens on 8443."
  `);
});

test('what was not asked for is no prerequisite', () => {
  const istiod = { namespace: 'mesh', podLabels: { app: 'istiod', 'istio.io/rev': '1-30' } };
  expect(new Platform({ istio: { istiod } }).prerequisites().join('\n')).toMatchInlineSnapshot(`
    "Kubernetes 1.34 or newer.
    The CNI enforces NetworkPolicies, egress included; where it does not, nothing that they close is closed.
    Istio 1.30 with its control plane (app=istiod,istio.io/rev=1-30) in namespace mesh, root namespace istio-system, trust domain cluster.local.
    istio-cni is installed: without it the injected init container is refused by Pod Security.
    DNS answers from pods k8s-app=kube-dns in namespace kube-system.
    Prometheus runs as app.kubernetes.io/name=prometheus in namespace monitoring and selects monitors by release=kube-prometheus-stack.
    The ingress gateway runs as istio=ingress in namespace istio-ingress under service account istio-ingress."
  `);
});
