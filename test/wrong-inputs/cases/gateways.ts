import { Health, HealthProbe, GatewayTls, MeshGateway, PortProtocol, ZeroTrustNamespace } from 'cdk8s-banking';
import { type WrongInput, edge, gateway, js, ledger, namespace, pair, payments, type Site, several } from '../wrong-input';

const routed = (path: unknown, options?: unknown) => (site: Site) => {
  const home = namespace(site.chart);
  edge(site.chart).route(js(path), payments(site.chart, {}, home), js(options));
};

export const gateways: readonly WrongInput[] = [
  {
    kind: 'host',
    what: 'A gateway serves no host',
    build: gateway({ hosts: [] }),
    message: 'edge.hosts: is empty; name the hosts that the gateway serves',
  },
  {
    kind: 'host',
    what: 'The hosts of a gateway are left out, and it is called by two words',
    build: gateway({ hosts: js(undefined), name: 'front door' }),
    message: several(
      'gateway "front door".name: "front door" is not a name that Kubernetes takes; use 1 to 40 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
      'gateway "front door".hosts: is empty; name the hosts that the gateway serves',
    ),
  },
  {
    kind: 'host',
    what: 'A gateway serves everything below .com',
    build: gateway({ hosts: ['*.com'] }),
    message:
      'edge.hosts: "*.com" is not a host name; write it like "bank.example.com", in lower case, without scheme, port or path',
  },
  {
    kind: 'host',
    what: 'A gateway serves everything',
    build: gateway({ hosts: ['*'] }),
    message: 'edge.hosts: "*" is not a host name; write it like "bank.example.com", in lower case, without scheme, port or path',
  },
  {
    kind: 'host',
    what: 'A host has a scheme, another a port',
    build: gateway({ hosts: ['https://bank.example.com', 'bank.example.com:443'] }),
    message: several(
      'edge.hosts: "https://bank.example.com" is not a host name; write it like "bank.example.com", in lower case, without scheme, port or path',
      'edge.hosts: "bank.example.com:443" is not a host name; write it like "bank.example.com", in lower case, without scheme, port or path',
    ),
  },
  {
    kind: 'declared twice',
    what: 'A host is named twice',
    build: gateway({ hosts: ['bank.example.com', 'bank.example.com'] }),
    message: 'edge.hosts: "bank.example.com" is named twice; name it once',
  },
  {
    kind: 'list',
    what: 'Hosts are one string',
    build: gateway({ hosts: js('bank.example.com') }),
    message: 'edge.hosts: "bank.example.com" must be a list, like [...]',
  },
  {
    kind: 'certificate',
    what: 'A certificate comes from two places',
    build: gateway({ certificateSecret: 'bank-tls' }),
    message: 'edge.issuer: needs a certificate from one place: give either issuer or certificateSecret',
  },
  {
    kind: 'certificate',
    what: 'A certificate comes from nowhere',
    build: gateway({ issuer: undefined }),
    message: 'edge.issuer: needs a certificate from one place: give either issuer or certificateSecret',
  },
  {
    kind: 'certificate',
    what: 'The Secret of a certificate can not be called so',
    build: gateway({ issuer: undefined, certificateSecret: 'Bank TLS' }),
    message:
      'edge.certificateSecret: "Bank TLS" is not a name that Kubernetes takes; use up to 253 lower-case letters, digits, "-" and ".", starting and ending with a letter or digit',
  },
  {
    kind: 'certificate',
    what: 'An issuer has no name',
    build: gateway({ issuer: js({ kind: 'Issuer' }) }),
    message:
      'edge.issuer: nothing is not a name that Kubernetes takes; use up to 253 lower-case letters, digits, "-" and ".", starting and ending with a letter or digit',
  },
  {
    kind: 'choice',
    what: 'An issuer is of an unknown kind',
    build: gateway({ issuer: { name: 'letsencrypt', kind: js('Vault') } }),
    message: 'edge.issuer.kind: "Vault" must be one of ClusterIssuer, Issuer',
  },
  {
    kind: 'TLS version',
    what: 'TLS is too old',
    build: gateway({ minTlsVersion: js('TLSV1_0') }),
    message: 'edge.minTlsVersion: "TLSV1_0" is not safe; use TlsVersion.V1_2 or V1_3',
  },
  {
    kind: 'secret name',
    what: 'Partners are known by no authority',
    build: gateway({ tls: GatewayTls.mutual(js({})) }),
    message:
      'edge.tls.clientCa: nothing is not a name that Kubernetes takes; use up to 253 lower-case letters, digits, "-" and ".", starting and ending with a letter or digit',
  },
  {
    kind: 'partner',
    what: 'Any partner is as good as another',
    build: gateway({ tls: GatewayTls.mutual({ clientCa: 'partners', clientNames: ['*.partner.example.net'] }) }),
    message: 'edge.tls.clientNames: "*.partner.example.net" is no name to compare with; write it in full',
  },
  {
    kind: 'partner',
    what: 'Partners have names that say nothing',
    build: (site) => gateway({ tls: GatewayTls.mutual({ clientCa: 'partners', clientNames: ['', ' ', js(17)] }) })(site),
    message: several(
      'edge.tls.clientNames: "" is no name to compare with; write it in full',
      'edge.tls.clientNames: " " is no name to compare with; write it in full',
      'edge.tls.clientNames: 17 is no name to compare with; write it in full',
    ),
  },
  {
    kind: 'unknown prop',
    what: 'The authority of partners is misspelled',
    build: () => GatewayTls.mutual(js({ clientCA: 'partners' })),
    message: 'GatewayTls.mutual: there is no prop "clientCA"; there are clientCa, clientNames',
  },
  {
    kind: 'count',
    what: 'Browsers are told to use https for less than nothing',
    build: gateway({ hstsSeconds: -1 }),
    message: 'edge.hstsSeconds: -1 must be a whole number of seconds from 0 on',
  },
  {
    kind: 'flag of another type',
    what: 'A redirect is a code',
    build: gateway({ redirect: js(301) }),
    message: 'edge.redirect: 301 must be true or false',
  },
  {
    kind: 'host served twice',
    what: 'Two gateways serve one host',
    build: (site) => {
      const home = namespace(site.chart);
      const service = payments(site.chart, {}, home);
      const common = { hosts: ['bank.example.com'], issuer: 'ca', namespace: home };
      new MeshGateway(site.chart, 'north', common).route('/a', service);
      new MeshGateway(site.chart, 'south', common).route('/b', service);
    },
    message: 'bank/south: host bank.example.com is served by gateway north too; give each host one gateway',
  },
  {
    kind: 'no route',
    what: 'A gateway has no route',
    build: gateway({}),
    message: 'bank/edge: has no route, so that every request ends in a 404; add one with route(path, service)',
  },
  {
    kind: 'namespace left out',
    what: 'A gateway comes before its namespace',
    build: ({ chart }) => edge(chart),
    message: 'edge: the chart has no ZeroTrustNamespace before it; make one first, or name one with namespace',
  },
  {
    kind: 'namespace left out',
    what: 'A gateway has two namespaces to choose from',
    build: ({ chart }) => {
      namespace(chart);
      new ZeroTrustNamespace(chart, 'other', { name: 'retail' });
      edge(chart);
    },
    message: "edge: the chart has the namespaces banking, retail; say with namespace which one the gateway's objects live in",
  },
  {
    kind: 'route path',
    what: 'A route has a wildcard',
    build: routed('/api/*'),
    message:
      'edge.route: path "/api/*" must be plain, without wildcard, query or fragment; everything below a path is meant unless exact is set',
  },
  { kind: 'route path', what: 'A route is null', build: routed(null), message: 'edge.route: path null must start with "/"' },
  {
    kind: 'list',
    what: 'The methods of a route are one string',
    build: routed('/api', { methods: 'GET' }),
    message: 'edge.route.methods: "GET" must be a list, like [...]',
  },
  {
    kind: 'options of another type',
    what: 'The options of a route are a list of methods',
    build: routed('/api', ['GET']),
    message: 'edge.route: ["GET"] must be a map of props, like { key: value }',
  },
  {
    kind: 'ambiguous routes',
    what: 'Two services want the same requests',
    build: ({ chart }) => {
      const both = pair(chart);
      edge(chart).route('/api', both.payments).route('/api', both.ledger);
    },
    message:
      'edge.route: "/api" to ledger matches the same requests as "/api" to payments, and neither is more specific; tell them apart by path, methods or headers',
  },
  {
    kind: 'requests on bytes',
    what: 'Requests are sent to a port that speaks bytes',
    build: ({ chart }) => {
      const bytes = {
        protocol: PortProtocol.TCP,
        health: Health.of({ liveness: HealthProbe.tcp(), readiness: HealthProbe.exec(['ready']) }),
      };
      const service = ledger(chart, namespace(chart), bytes);
      edge(chart).route('/', service);
    },
    message: 'edge.route: ledger has no port that speaks HTTP; a gateway routes requests only',
  },
  {
    kind: 'no peer',
    what: 'A route leads to a name',
    build: ({ chart }) => {
      namespace(chart);
      edge(chart).route('/', js('payments'));
    },
    message: 'edge.route.service: "payments" must be made with new BankingService(chart, id, { … })',
  },
  {
    kind: 'options left out',
    what: 'A gateway has no props',
    build: ({ chart }) => new MeshGateway(chart, 'edge', js(undefined)),
    message: 'edge: the props are nothing; give a map of props, like { key: value }',
  },
];
