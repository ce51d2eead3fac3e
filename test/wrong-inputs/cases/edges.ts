import { ApiServer, ExternalHost, ForeignWorkload, Platform, Reach } from 'cdk8s-banking';
import { type WrongInput, between, js } from '../wrong-input';

const to = (options: object) => between(({ payments, ledger }) => ledger.allowFrom(payments, options));
const paths = (...list: unknown[]) => to({ paths: list });
const platform = new Platform();

export const edges: readonly WrongInput[] = [
  {
    kind: 'method',
    what: 'A method is in lower case',
    build: to({ methods: ['post'] }),
    message:
      'payments → ledger.methods: "post" is not an HTTP method; use GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS, TRACE, PATCH, in upper case',
  },
  {
    kind: 'method',
    what: 'A method is a wildcard',
    build: to({ methods: ['*'] }),
    message:
      'payments → ledger.methods: "*" is not an HTTP method; use GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS, TRACE, PATCH, in upper case',
  },
  {
    kind: 'method',
    what: 'No method is allowed',
    build: to({ methods: [] }),
    message: 'payments → ledger.methods: is empty, which would allow nothing; name the methods, or leave the prop out for all',
  },
  {
    kind: 'list',
    what: 'Methods are one string',
    build: to({ methods: 'POST' }),
    message: 'payments → ledger.methods: "POST" must be a list, like [...]',
  },
  {
    kind: 'edge path',
    what: 'A wildcard stands in the middle',
    build: paths('/api/*/entries'),
    message:
      'payments → ledger.paths: "/api/*/entries" has "*" in the middle, which never matches; use it at the end or the start, or {*} for one segment',
  },
  {
    kind: 'edge path',
    what: 'A path climbs',
    build: paths('/api/../actuator'),
    message:
      'payments → ledger.paths: "/api/../actuator" has "//" or dot segments, which Envoy resolves before it matches; write the plain path',
  },
  {
    kind: 'edge path',
    what: 'A path has two slashes',
    build: paths('/api//entries'),
    message:
      'payments → ledger.paths: "/api//entries" has "//" or dot segments, which Envoy resolves before it matches; write the plain path',
  },
  {
    kind: 'edge path',
    what: 'A path has a query',
    build: paths('/api/entries?all=true'),
    message:
      'payments → ledger.paths: "/api/entries?all=true" has a query or fragment, which a path match never sees; leave it out',
  },
  {
    kind: 'edge path',
    what: 'A path has blanks',
    build: paths('/api/my entries'),
    message:
      'payments → ledger.paths: "/api/my entries" has blanks or characters outside ASCII; write them percent-encoded, as requests carry them',
  },
  {
    kind: 'edge path',
    what: 'A path has no slash',
    build: paths('api/entries'),
    message: 'payments → ledger.paths: "api/entries" must start with "/", or with "*" to match by suffix',
  },
  {
    kind: 'edge path',
    what: 'A path is a broken template',
    build: paths('/api/{id}/entries/{**}/all'),
    message:
      'payments → ledger.paths: "/api/{id}/entries/{**}/all" is not a path template; use {*} for one segment and {**} for the rest at the end',
  },
  {
    kind: 'text of another type',
    what: 'A path is a regular expression',
    build: paths(/api/),
    message: 'payments → ledger.paths[0]: an instance of RegExp must be a string',
  },
  {
    kind: 'no such port',
    what: 'A port is asked for that nobody has',
    build: to({ port: 9090 }),
    message: 'payments → ledger: has no port 9090; it has 8080 (http)',
  },
  {
    kind: 'no such port',
    what: 'A port is asked for by a name that nobody has',
    build: to({ port: 'grpc' }),
    message: 'payments → ledger: has no port "grpc"; it has 8080 (http)',
  },
  {
    kind: 'no such port',
    what: 'A workload that only calls is called',
    build: between(({ payments }) => payments.allowTo(new ForeignWorkload({ platform, namespace: 'rates', name: 'ticker' }))),
    message: 'payments → rates/ticker: has no port that can be called; declare its ports',
  },
  {
    kind: 'requests on bytes',
    what: 'A method is asked of a database',
    build: between(({ payments }) =>
      payments.allowTo(ForeignWorkload.postgres({ platform, namespace: 'data', name: 'db' }), { methods: ['GET'] }),
    ),
    message:
      'payments → data/db: port 5432 speaks tcp, where the mesh sees no methods or paths and such a rule never matches; leave them out',
  },
  {
    kind: 'no peer',
    what: 'A caller is a name',
    build: between(({ ledger }) => ledger.allowFrom(js('payments'))),
    message:
      'ledger.allowFrom: "payments" is no caller; give a BankingService, an ExistingWorkload, a ForeignWorkload, a MeshGateway or ExternalClients',
  },
  {
    kind: 'no peer',
    what: 'A caller is left out',
    build: between(({ ledger }) => ledger.allowFrom(js(undefined))),
    message:
      'ledger.allowFrom: nothing is no caller; give a BankingService, an ExistingWorkload, a ForeignWorkload, a MeshGateway or ExternalClients',
  },
  {
    kind: 'no peer',
    what: 'A caller is a chart',
    build: between(({ ledger, chart }) => ledger.allowFrom(js(chart))),
    message:
      'ledger.allowFrom: an instance of Chart is no caller; give a BankingService, an ExistingWorkload, a ForeignWorkload, a MeshGateway or ExternalClients',
  },
  {
    kind: 'no peer',
    what: 'A callee is the address of a host',
    build: between(({ payments }) => payments.allowTo(js('https://clearing.example.net'))),
    message:
      'payments.allowTo: "https://clearing.example.net" can not be called; give a BankingService, an ExistingWorkload, a ForeignWorkload, an ExternalHost or ApiServer.of(platform)',
  },
  {
    kind: 'no peer',
    what: 'An external host is a caller',
    build: between(({ payments }) =>
      payments.allowFrom(js(ExternalHost.https('clearing.example.net', { reach: Reach.cidrs('203.0.113.0/24') }))),
    ),
    message:
      'payments.allowFrom: an instance of ExternalHost is no caller; give a BankingService, an ExistingWorkload, a ForeignWorkload, a MeshGateway or ExternalClients',
  },
  {
    kind: 'platform left out',
    what: 'The API server is that of no platform',
    build: () => ApiServer.of(js({})),
    message: 'API server: {} must be made with new Platform({ … })',
  },
  {
    kind: 'platform does not say',
    what: 'The platform does not say where its API server is',
    build: () => ApiServer.of(platform),
    message: 'API server: the platform does not say where it is; set apiServer: { cidrs: [...] } on the Platform',
  },
  {
    kind: 'platform left out',
    what: 'A foreign workload has no platform',
    build: () => new ForeignWorkload(js({ namespace: 'rates', name: 'ticker' })),
    message: 'foreign workload "ticker".platform: is missing; it must be made with new Platform({ … })',
  },
];
