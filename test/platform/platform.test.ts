import { Platform, type PlatformProps, SidecarMode } from '../../lib';
import { atLeast, pairWarning, parseVersion } from '../../lib/platform/versions';

const model = (props: PlatformProps = {}) => new Platform(props).model;

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
  const { istio, prometheus, egressGateway, traceCollector, apiServer } = model({
    istio: { rootNamespace: 'mesh' },
    prometheus: { namespace: 'metrics' },
    clusterDomain: 'corp.local',
    egressGateway: { namespace: 'out', podLabels: { a: 'b' }, serviceAccount: 'out-sa', host: 'egress.out.svc.corp.local' },
    traceCollector: { namespace: 'traces', podLabels: { c: 'd' }, host: 'otel.traces.svc.corp.local' },
    apiServer: { cidrs: ['198.51.100.7/32'] },
  });
  expect(istio.istiod.namespace).toBe('mesh');
  expect(prometheus.address).toBe('http://prometheus-operated.metrics.svc.corp.local:9090');
  expect([egressGateway?.port, traceCollector?.port, apiServer?.port]).toEqual([443, 4317, 443]);
});

test('is frozen', () => {
  const { istio } = model() as { istio: { trustDomain: string } };
  expect(() => (istio.trustDomain = 'evil')).toThrow(TypeError);
});

describe('versions', () => {
  test.each([
    ['1.34', '1.34'],
    ['v1.30.7', '1.30'],
    ['1.08', '1.8'],
  ])('%s is %s', (text, expected) => expect(parseVersion(text).text).toBe(expected));

  test.each(['1', '1.', 'latest', '1.2.3.4', '', '1.x'])('%j is none', (text) => {
    expect(() => parseVersion(text)).toThrow(RangeError);
  });

  test.each([
    ['1.30', 1, 30, true],
    ['1.29', 1, 30, false],
    ['2.0', 1, 30, true],
  ])('%s at least %d.%d: %s', (text, major, minor, expected) => {
    expect(atLeast(parseVersion(text), major, minor)).toBe(expected);
  });

  test.each([
    ['1.30', '1.31', /supports Kubernetes 1.32 to 1.36; this platform says 1.31/],
    ['1.30', '1.32', undefined],
    ['1.30', '1.36', undefined],
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
