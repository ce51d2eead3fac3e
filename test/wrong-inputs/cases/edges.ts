import { ApiServer, ExternalHost, ForeignWorkload, Platform, Reach } from 'cdk8s-banking';
import { type WrongInput, between, js } from '../wrong-input';

const to = (options: object) => between(({ payments, ledger }) => ledger.allowFrom(payments, options));
const paths = (...list: unknown[]) => to({ paths: list });
const platform = new Platform();

export const edges: readonly WrongInput[] = [
  { kind: 'method', what: 'A method is in lower case', build: to({ methods: ['post'] }), message: '' },
  { kind: 'method', what: 'A method is a wildcard', build: to({ methods: ['*'] }), message: '' },
  { kind: 'method', what: 'No method is allowed', build: to({ methods: [] }), message: '' },
  { kind: 'list', what: 'Methods are one string', build: to({ methods: 'POST' }), message: '' },
  { kind: 'edge path', what: 'A wildcard stands in the middle', build: paths('/api/*/entries'), message: '' },
  { kind: 'edge path', what: 'A path climbs', build: paths('/api/../actuator'), message: '' },
  { kind: 'edge path', what: 'A path has two slashes', build: paths('/api//entries'), message: '' },
  { kind: 'edge path', what: 'A path has a query', build: paths('/api/entries?all=true'), message: '' },
  { kind: 'edge path', what: 'A path has blanks', build: paths('/api/my entries'), message: '' },
  { kind: 'edge path', what: 'A path has no slash', build: paths('api/entries'), message: '' },
  { kind: 'edge path', what: 'A path is a broken template', build: paths('/api/{id}/entries/{**}/all'), message: '' },
  { kind: 'text of another type', what: 'A path is a regular expression', build: paths(/api/), message: '' },
  { kind: 'no such port', what: 'A port is asked for that nobody has', build: to({ port: 9090 }), message: '' },
  { kind: 'no such port', what: 'A port is asked for by a name that nobody has', build: to({ port: 'grpc' }), message: '' },
  {
    kind: 'no such port',
    what: 'A workload that only calls is called',
    build: between(({ payments }) => payments.allowTo(new ForeignWorkload({ platform, namespace: 'rates', name: 'ticker' }))),
    message: '',
  },
  {
    kind: 'requests on bytes',
    what: 'A method is asked of a database',
    build: between(({ payments }) => payments.allowTo(ForeignWorkload.postgres({ platform, namespace: 'data', name: 'db' }), { methods: ['GET'] })),
    message: '',
  },
  { kind: 'edge to itself', what: 'A service calls itself', build: between(({ payments }) => payments.allowTo(payments)), message: '' },
  { kind: 'no peer', what: 'A caller is a name', build: between(({ ledger }) => ledger.allowFrom(js('payments'))), message: '' },
  { kind: 'no peer', what: 'A caller is left out', build: between(({ ledger }) => ledger.allowFrom(js(undefined))), message: '' },
  { kind: 'no peer', what: 'A caller is a chart', build: between(({ ledger, chart }) => ledger.allowFrom(js(chart))), message: '' },
  { kind: 'no peer', what: 'A callee is the address of a host', build: between(({ payments }) => payments.allowTo(js('https://clearing.example.net'))), message: '' },
  {
    kind: 'no peer',
    what: 'An external host is a caller',
    build: between(({ payments }) => payments.allowFrom(js(ExternalHost.https('clearing.example.net', { reach: Reach.cidrs('203.0.113.0/24') })))),
    message: '',
  },
  { kind: 'platform left out', what: 'The API server is that of no platform', build: () => ApiServer.of(js({})), message: '' },
  { kind: 'platform does not say', what: 'The platform does not say where its API server is', build: () => ApiServer.of(platform), message: '' },
  { kind: 'platform left out', what: 'A foreign workload has no platform', build: () => new ForeignWorkload(js({ namespace: 'rates', name: 'ticker' })), message: '' },
];
