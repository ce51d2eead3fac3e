import { Platform, SidecarMode } from 'cdk8s-banking';
import { type WrongInput, js, platform } from '../wrong-input';

const gatewayPods = { namespace: 'istio-egress', podLabels: { istio: 'egress' }, serviceAccount: 'istio-egress' };

export const platforms: readonly WrongInput[] = [
  { kind: 'version of Kubernetes', what: 'Kubernetes is too old', build: platform({ kubernetes: '1.27' }), message: '' },
  { kind: 'version of Kubernetes', what: 'A version is a word', build: platform({ kubernetes: 'latest' }), message: '' },
  { kind: 'version of Kubernetes', what: 'A version is a number', build: platform({ kubernetes: js(1.34) }), message: '' },
  {
    kind: 'version of Kubernetes',
    what: 'Native sidecars are asked of a cluster that has none',
    build: platform({ kubernetes: '1.28', istio: { sidecar: SidecarMode.NATIVE } }),
    message: '',
  },
  { kind: 'version', what: 'A version of Istio is no version', build: platform({ istio: { version: 'v1' } }), message: '' },
  { kind: 'version', what: 'A version of Flagger is no version', build: platform({ flagger: { version: 'newest' } }), message: '' },
  { kind: 'nothing enforced', what: 'The network enforces no policies', build: platform({ enforcesNetworkPolicies: false }), message: '' },
  { kind: 'flag of another type', what: 'istio-cni is there by a word', build: platform({ istio: { cni: js('true') } }), message: '' },
  { kind: 'choice', what: 'A sidecar mode is unknown', build: platform({ istio: { sidecar: js('ambient') } }), message: '' },
  { kind: 'name', what: 'A trust domain has a scheme', build: platform({ istio: { trustDomain: 'spiffe://bank' } }), message: '' },
  { kind: 'memory', what: 'The proxy has no limits', build: platform({ istio: { proxy: js({ requests: { cpu: '100m', memory: '128Mi' } }) } }), message: '' },
  { kind: 'address', what: 'NodeLocal DNS is a name', build: platform({ dns: { nodeLocal: 'node-local-dns' } }), message: '' },
  { kind: 'port', what: 'DNS answers on port 0', build: platform({ dns: { port: 0 } }), message: '' },
  { kind: 'selector of everything', what: 'The pods of DNS are all pods', build: platform({ dns: { podLabels: {} } }), message: '' },
  { kind: 'cidr', what: 'The API server is nowhere', build: platform({ apiServer: { cidrs: [] } }), message: '' },
  { kind: 'metadata address', what: 'The API server is in a block that holds the metadata service', build: platform({ apiServer: { cidrs: ['169.254.0.0/16'] } }), message: '' },
  { kind: 'host', what: 'An egress gateway has a short name', build: platform({ egressGateway: { ...gatewayPods, host: 'istio-egress' } }), message: '' },
  { kind: 'selector of everything', what: 'An ingress gateway has no labels', build: platform({ ingressGateway: js({ namespace: 'edge', serviceAccount: 'edge' }) }), message: '' },
  { kind: 'address', what: 'The address of Prometheus has no scheme', build: platform({ prometheus: { address: 'prometheus:9090' } }), message: '' },
  { kind: 'label', what: 'Grafana looks for a label that is none', build: platform({ grafana: { dashboardLabels: { 'grafana dashboard': '1' } } }), message: '' },
  { kind: 'options left out', what: 'The props are null', build: () => new Platform(js(null)), message: '' },
  { kind: 'map of another type', what: 'Istio is a version', build: platform({ istio: js('1.30') }), message: '' },
];
