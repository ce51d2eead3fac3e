import { Health, HealthProbe, GatewayTls, MeshGateway, PortProtocol } from 'cdk8s-banking';
import { type WrongInput, edge, gateway, js, ledger, namespace, pair, payments, type Site } from '../wrong-input';

const routed = (path: unknown, options: unknown = undefined) => (site: Site) => edge(site.chart, { namespace: namespace(site.chart) }).route(js(path), payments(site.chart, {}, lastHome(site)), js(options));
const lastHome = ({ chart }: Site) => chart.node.findChild('namespace') as never;

export const gateways: readonly WrongInput[] = [
  { kind: 'host', what: 'A gateway serves no host', build: gateway({ hosts: [] }), message: '' },
  { kind: 'host', what: 'A gateway serves everything below .com', build: gateway({ hosts: ['*.com'] }), message: '' },
  { kind: 'host', what: 'A gateway serves everything', build: gateway({ hosts: ['*'] }), message: '' },
  { kind: 'host', what: 'A host has a scheme, another a port', build: gateway({ hosts: ['https://bank.example.com', 'bank.example.com:443'] }), message: '' },
  { kind: 'declared twice', what: 'A host is named twice', build: gateway({ hosts: ['bank.example.com', 'bank.example.com'] }), message: '' },
  { kind: 'list', what: 'Hosts are one string', build: gateway({ hosts: js('bank.example.com') }), message: '' },
  { kind: 'certificate', what: 'A certificate comes from two places', build: gateway({ certificateSecret: 'bank-tls' }), message: '' },
  { kind: 'certificate', what: 'A certificate comes from nowhere', build: gateway({ issuer: undefined }), message: '' },
  { kind: 'certificate', what: 'An issuer has no name', build: gateway({ issuer: js({ kind: 'Issuer' }) }), message: '' },
  { kind: 'choice', what: 'An issuer is of an unknown kind', build: gateway({ issuer: { name: 'letsencrypt', kind: js('Vault') } }), message: '' },
  { kind: 'TLS version', what: 'TLS is too old', build: gateway({ minTlsVersion: js('TLSV1_0') }), message: '' },
  { kind: 'secret name', what: 'Partners are known by no authority', build: gateway({ tls: GatewayTls.mutual(js({})) }), message: '' },
  { kind: 'partner', what: 'Any partner is as good as another', build: gateway({ tls: GatewayTls.mutual({ clientCa: 'partners', clientNames: ['*.partner.example.net'] }) }), message: '' },
  { kind: 'count', what: 'Browsers are told to use https for less than nothing', build: gateway({ hstsSeconds: -1 }), message: '' },
  { kind: 'flag of another type', what: 'A redirect is a code', build: gateway({ redirect: js(301) }), message: '' },
  { kind: 'no route', what: 'A gateway has no route', build: gateway({}), message: '' },
  { kind: 'namespace left out', what: 'A gateway comes before its namespace', build: ({ chart }) => edge(chart), message: '' },
  { kind: 'route path', what: 'A route has a wildcard', build: routed('/api/*'), message: '' },
  { kind: 'route path', what: 'A route is null', build: routed(null), message: '' },
  { kind: 'list', what: 'The methods of a route are one string', build: routed('/api', { methods: 'GET' }), message: '' },
  { kind: 'options of another type', what: 'The options of a route are a list of methods', build: routed('/api', ['GET']), message: '' },
  {
    kind: 'ambiguous routes',
    what: 'Two services want the same requests',
    build: ({ chart }) => {
      const both = pair(chart);
      edge(chart).route('/api', both.payments).route('/api', both.ledger);
    },
    message: '',
  },
  {
    kind: 'requests on bytes',
    what: 'Requests are sent to a port that speaks bytes',
    build: ({ chart }) => {
      const bytes = { protocol: PortProtocol.TCP, health: Health.of({ liveness: HealthProbe.tcp(), readiness: HealthProbe.exec(['ready']) }) };
      const service = ledger(chart, namespace(chart), bytes);
      edge(chart).route('/', service);
    },
    message: '',
  },
  {
    kind: 'no peer',
    what: 'A route leads to a name',
    build: ({ chart }) => {
      namespace(chart);
      edge(chart).route('/', js('payments'));
    },
    message: '',
  },
  { kind: 'options left out', what: 'A gateway has no props', build: ({ chart }) => new MeshGateway(chart, 'edge', js(undefined)), message: '' },
];
