import { Platform, SidecarMode } from 'cdk8s-banking';
import { type WrongInput, js, platform } from '../wrong-input';

const gatewayPods = { namespace: 'istio-egress', podLabels: { istio: 'egress' }, serviceAccount: 'istio-egress' };

export const platforms: readonly WrongInput[] = [
  {
    kind: 'version of Kubernetes',
    what: 'Kubernetes is too old',
    build: platform({ kubernetes: '1.27' }),
    message: 'platform.kubernetes: 1.27 is too old; the manifests need 1.28 or newer',
  },
  {
    kind: 'version of Kubernetes',
    what: 'A version is a word',
    build: platform({ kubernetes: 'latest' }),
    message: 'platform.kubernetes: "latest" is not a version; write it as a string, like "1.34"',
  },
  {
    kind: 'version of Kubernetes',
    what: 'A version is a number',
    build: platform({ kubernetes: js(1.34) }),
    message: 'platform.kubernetes: 1.34 is not a version; write it as a string, like "1.34"',
  },
  {
    kind: 'version of Kubernetes',
    what: 'Native sidecars are asked of a cluster that has none',
    build: platform({ kubernetes: '1.28', istio: { sidecar: SidecarMode.NATIVE } }),
    message:
      'platform.istio.sidecar: native sidecars need Kubernetes 1.29 or newer, this platform says 1.28; use SidecarMode.CLASSIC',
  },
  {
    kind: 'version',
    what: 'A version of Istio is no version',
    build: platform({ istio: { version: 'v1' } }),
    message: 'platform.istio.version: "v1" is not a version; write it as a string, like "1.34"',
  },
  {
    kind: 'version',
    what: 'A version of Flagger is no version',
    build: platform({ flagger: { version: 'newest' } }),
    message: 'platform.flagger.version: "newest" is not a version; write it as a string, like "1.34"',
  },
  {
    kind: 'nothing enforced',
    what: 'The network enforces no policies',
    build: platform({ enforcesNetworkPolicies: false }),
    message:
      'platform.enforcesNetworkPolicies: the CNI does not enforce NetworkPolicies, so nothing that they close would be closed; install one that does',
  },
  {
    kind: 'flag of another type',
    what: 'istio-cni is there by a word',
    build: platform({ istio: { cni: js('true') } }),
    message: 'platform.istio.cni: "true" must be true or false',
  },
  {
    kind: 'choice',
    what: 'A sidecar mode is unknown',
    build: platform({ istio: { sidecar: js('ambient') } }),
    message: 'platform.istio.sidecar: "ambient" must be one of auto, native, classic',
  },
  {
    kind: 'name',
    what: 'A trust domain has a scheme',
    build: platform({ istio: { trustDomain: 'spiffe://bank' } }),
    message:
      'platform.istio.trustDomain: "spiffe://bank" is not a name that Kubernetes takes; use up to 253 lower-case letters, digits, "-" and ".", starting and ending with a letter or digit',
  },
  {
    kind: 'memory',
    what: 'The proxy has no limits',
    build: platform({ istio: { proxy: js({ requests: { cpu: '100m', memory: '128Mi' } }) } }),
    message:
      'platform.istio.proxy.limits.memory: nothing is not a quantity of bytes; write it like "512Mi" or "1Gi", in whole bytes and above zero',
  },
  {
    kind: 'address',
    what: 'NodeLocal DNS is a name',
    build: platform({ dns: { nodeLocal: 'node-local-dns' } }),
    message:
      'platform.dns.nodeLocal: "node-local-dns" is not an IP address; NodeLocal DNSCache usually listens on "169.254.20.10"',
  },
  {
    kind: 'port',
    what: 'DNS answers on port 0',
    build: platform({ dns: { port: 0 } }),
    message: 'platform.dns.port: 0 is not a port; use a whole number from 1 to 65535',
  },
  {
    kind: 'selector of everything',
    what: 'The pods of DNS are all pods',
    build: platform({ dns: { podLabels: {} } }),
    message: 'platform.dns: podLabels {} select every pod of the namespace; name the labels that its pods carry',
  },
  {
    kind: 'cidr',
    what: 'The API server is nowhere',
    build: platform({ apiServer: { cidrs: [] } }),
    message: 'platform.apiServer: cidrs must name at least one block, like "10.20.0.10/32"',
  },
  {
    kind: 'metadata address',
    what: 'The API server is in a block that holds the metadata service',
    build: platform({ apiServer: { cidrs: ['169.254.0.0/16'] } }),
    message: "platform.apiServer.cidrs: 169.254.0.0/16 holds the cloud metadata address; name the API server's own addresses",
  },
  {
    kind: 'host',
    what: 'An egress gateway has a short name',
    build: platform({ egressGateway: { ...gatewayPods, host: 'istio-egress' } }),
    message:
      'platform.egressGateway.host: "istio-egress" is not a host name; write it like "bank.example.com", in lower case, without scheme, port or path',
  },
  {
    kind: 'selector of everything',
    what: 'An ingress gateway has no labels',
    build: platform({ ingressGateway: js({ namespace: 'edge', serviceAccount: 'edge' }) }),
    message: 'platform.ingressGateway: podLabels {} select every pod of the namespace; name the labels that its pods carry',
  },
  {
    kind: 'address',
    what: 'The address of Prometheus has no scheme',
    build: platform({ prometheus: { address: 'prometheus:9090' } }),
    message:
      'platform.prometheus.address: "prometheus:9090" is not an address; write it like "http://prometheus.monitoring.svc:9090"',
  },
  {
    kind: 'label',
    what: 'Grafana looks for a label that is none',
    build: platform({ grafana: { dashboardLabels: { 'grafana dashboard': '1' } } }),
    message:
      'platform.grafana.dashboardLabels: "grafana dashboard" is not a label key; use [prefix/]name with up to 63 characters',
  },
  {
    kind: 'options left out',
    what: 'The props are null',
    build: () => new Platform(js(null)),
    message: 'platform: the props are null; give a map of props, like { key: value }',
  },
  {
    kind: 'map of another type',
    what: 'Istio is a version',
    build: platform({ istio: js('1.30') }),
    message: 'platform.istio: "1.30" must be a map of props, like { key: value }',
  },
];
