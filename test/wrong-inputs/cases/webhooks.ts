import { Duration } from 'cdk8s';
import { type AcceptanceTestProps, ExternalHost, type LoadTestProps, LoadTester, Reach, Webhook } from 'cdk8s-banking';
import { onCanary } from '../canary';
import { type Site, type WrongInput, js, several } from '../wrong-input';

type Home = Parameters<Parameters<typeof onCanary>[1]>[0];
const tester = ({ chart, home }: Home) =>
  new LoadTester(chart, 'load-tester', { namespace: home, files: { 'a.proto': 'syntax = "proto3";' } });
const hook = (make: (site: Home) => ReturnType<typeof Webhook.event>, port?: 'http' | 'grpc' | 'tcp') =>
  onCanary('webhooks', make, port);
const load = (props: Partial<LoadTestProps>, port?: 'http' | 'grpc' | 'tcp') =>
  hook((site) => Webhook.loadTest(tester(site), { requestsPerSecond: 10, ...props }), port);
const asked = (one: Partial<AcceptanceTestProps['requests'][number]>, props: Partial<AcceptanceTestProps> = {}) =>
  hook((site) => Webhook.acceptanceTest(tester(site), { requests: [{ path: '/readyz', ...one }], ...props }));
const factory = (make: (loadTester: LoadTester) => unknown) => (site: Site) =>
  onCanary('webhooks', (at) => make(tester(at)) as never)(site);

export const webhooks: readonly WrongInput[] = [
  {
    kind: 'address',
    what: 'A webhook leaves the cluster in plain text',
    build: hook(() => Webhook.event('http://events.example.com/canary')),
    message:
      'payments.release.webhooks[0].url: "http://events.example.com/canary" is outside of the cluster, where http is neither secret nor proof of who answers; use https',
  },
  {
    kind: 'address',
    what: 'A webhook has no host',
    build: hook(() => Webhook.custom('rollout', { url: '/canary' })),
    message: 'payments.release.webhooks[0].url: "/canary" is not a URL; write it like "https://approvals.example.com/canary"',
  },
  {
    kind: 'address',
    what: 'A webhook has a scheme that Flagger does not speak',
    build: hook(() => Webhook.confirmRollout('ftp://approvals.example.com/canary')),
    message:
      'payments.release.webhooks[0].url: "ftp://approvals.example.com/canary" is neither http nor https; write it like "https://approvals.example.com/canary"',
  },
  {
    kind: 'address with credentials',
    what: 'A webhook has a password in its address',
    build: hook(() => Webhook.confirmPromotion('https://bank:pass@approvals.example.com/')),
    message:
      'payments.release.webhooks[0].url: "https://bank:pass@approvals.example.com/" has credentials in it, and manifests are committed to Git; let the receiver hold them',
  },
  {
    kind: 'secret in a manifest',
    what: 'A token is sent along',
    build: hook(() => Webhook.custom('post-rollout', { url: 'https://ci.example.com/done', metadata: { apiToken: 'x' } })),
    message:
      'payments.release.webhooks[0].metadata: "apiToken" carries a credential, and manifests are committed to Git; let the receiver hold it, since Flagger can\'t read it from a Secret',
  },
  {
    kind: 'unverified certificate',
    what: 'A certificate is not verified where there is none',
    build: hook(() =>
      Webhook.custom('rollout', {
        url: 'http://checks.banking/',
        skipTlsVerification: { accept: 'The name is not in its certificate' },
      }),
    ),
    message: 'payments.release.webhooks[0].skipTlsVerification: is for https; leave it out',
  },
  {
    kind: 'one of',
    what: 'A webhook has a type of its own',
    build: () => Webhook.custom(js('before'), { url: 'https://ci.example.com/' }),
    message:
      'Webhook.custom.type: "before" must be one of confirm-rollout, pre-rollout, rollout, confirm-traffic-increase, confirm-promotion, post-rollout, rollback, event',
  },
  {
    kind: 'no peer',
    what: 'A webhook is sent to an external host as if it were a service',
    build: () => Webhook.toService('rollout', js(ExternalHost.https('ci.example.com', { reach: Reach.cidrs('203.0.113.0/24') }))),
    message:
      'Webhook.toService.service: an instance of ExternalHost is no service of the mesh; give a BankingService, an ExistingWorkload or a ForeignWorkload, or its URL to Webhook.custom',
  },
  {
    kind: 'answer',
    what: 'The answer of somebody else is committed',
    build: () => Webhook.confirmPromotion('https://approvals.example.com/', { approved: true }),
    message: 'Webhook.confirmPromotion: the answer is what the URL says; leave it out here, or give a load tester',
  },
  {
    kind: 'made by a factory',
    what: 'A gate is nowhere',
    build: () => Webhook.rollback(js(undefined)),
    message:
      'Webhook.rollback.at: is missing; it must be a URL, or made with new LoadTester(chart, id, { … }) or LoadTester.existing(…)',
  },
  {
    kind: 'duration',
    what: 'A timeout is finer than a second',
    build: hook((site) => Webhook.confirmRollout(tester(site), { timeout: Duration.millis(500) })),
    message: 'payments.release.webhooks[0].timeout: 0.5 s must be a whole number of seconds from 1 to 3600',
  },
  {
    kind: 'whole number',
    what: 'A webhook is tried again for ever',
    build: hook((site) => Webhook.confirmRollout(tester(site), { retries: 99 })),
    message: 'payments.release.webhooks[0].retries: 99 must be a whole number from 0 to 10',
  },
  {
    kind: 'name',
    what: 'A webhook has a name of two lines',
    build: hook((site) => Webhook.confirmRollout(tester(site), { name: 'a\nb' })),
    message: 'payments.release.webhooks[0].name: "a\\nb" is not a name; use 1 to 63 printable characters',
  },
  {
    kind: 'load test',
    what: 'A load test outlasts the interval',
    build: load({ duration: Duration.seconds(60) }),
    message:
      'payments.release.webhooks[0].duration: 60 s, and 5 s for the last requests, are not over before the next look after 60 s, which would start nothing and leave an interval without requests; use at most 53 s',
  },
  {
    kind: 'load test',
    what: 'The last requests take the whole interval',
    build: load({ requestTimeout: Duration.seconds(58) }),
    message:
      'payments.release.webhooks[0].requestTimeout: a request of 58 s leaves nothing of the 60 s between two looks; use a longer interval, or at most 57 s',
  },
  {
    kind: 'load test',
    what: 'A load is half a request',
    build: load({ requestsPerSecond: 0.5, connections: 0 }),
    message: several(
      'payments.release.webhooks[0].requestsPerSecond: 0.5 must be a whole number from 1 to 10000',
      'payments.release.webhooks[0].connections: 0 must be a whole number from 1 to 1000',
    ),
  },
  {
    kind: 'requests that change something',
    what: 'Payments are made as a load',
    build: load({ path: '/api/v1/payments', method: 'POST', body: '{}' }),
    message:
      'payments.release.webhooks[0]: POST is carried out by the new version, on real data; write idempotent: true if the service carries out a request once, however often it is sent',
  },
  {
    kind: 'requests that change something',
    what: 'A gRPC call of the service is made as a load',
    build: load({ call: 'payments.v1.Payments/Create', proto: 'a.proto' }, 'grpc'),
    message:
      'payments.release.webhooks[0]: "payments.v1.Payments/Create" is carried out by the new version, on real data; write idempotent: true if it reads only, or is carried out once however often it is sent',
  },
  {
    kind: 'gRPC call',
    what: 'A gRPC call has no schema',
    build: load({ call: 'payments.v1.Payments/Get', idempotent: true }, 'grpc'),
    message:
      'payments.release.webhooks[0].proto: "payments.v1.Payments/Get" needs its schema; name a .proto file of the load tester',
  },
  {
    kind: 'gRPC call',
    what: 'The schema of a gRPC call is nowhere',
    build: load({ call: 'payments.v1.Payments/Get', proto: 'b.proto', idempotent: true }, 'grpc'),
    message:
      'payments.release.webhooks[0].proto: "b.proto" is no file of load tester load-tester; it has health.proto, a.proto: add it to files',
  },
  {
    kind: 'gRPC call',
    what: 'gRPC is asked for a path',
    build: load({ path: '/api' }, 'grpc'),
    message: 'payments.release.webhooks[0]: path is for HTTP, and port 9090 speaks grpc; use call and data',
  },
  {
    kind: 'gRPC call',
    what: 'HTTP is asked for a call',
    build: load({ call: 'a.B/C', data: {} }),
    message: 'payments.release.webhooks[0]: call, data are for gRPC, and port 8080 speaks http; use path, method and body',
  },
  {
    kind: 'requests on bytes',
    what: 'A database is tested with requests',
    build: load({}, 'tcp'),
    message:
      'payments.release.webhooks[0]: sends requests, and port 5432 speaks tcp; use Webhook.command with a program that speaks it',
  },
  {
    kind: 'path of a test',
    what: 'A test goes to a pattern',
    build: asked({ path: '/api/*' }),
    message:
      'payments.release.webhooks[0].requests[0].path: "/api/*" has "*", "{" or "}", which are patterns where requests are let in; write one plain path',
  },
  {
    kind: 'path of a test',
    what: 'A test goes to another host',
    build: asked({ path: 'http://ledger:8080/' }),
    message: 'payments.release.webhooks[0].requests[0].path: "http://ledger:8080/" must start with "/"',
  },
  {
    kind: 'path of a test',
    what: 'The query of a test has blanks',
    build: asked({ path: '/api?name=A B' }),
    message:
      'payments.release.webhooks[0].requests[0].path: "/api?name=A B" has blanks, "#" or characters outside ASCII in its query; write them percent-encoded',
  },
  {
    kind: 'method',
    what: 'A test has a method of its own',
    build: asked({ method: 'get' }),
    message:
      'payments.release.webhooks[0].requests[0].method: "get" is not a method of a test; use GET, HEAD, POST, PUT, DELETE, OPTIONS, PATCH, in upper case',
  },
  {
    kind: 'secret in a manifest',
    what: 'A test sends a token',
    build: asked({ headers: { Authorization: 'Bearer x' } }),
    message:
      'payments.release.webhooks[0].requests[0].headers: Authorization carries a credential, and manifests are committed to Git; send it from a program of the load tester that reads a Secret: Webhook.command',
  },
  {
    kind: 'header',
    what: 'A header of a test has two lines',
    build: asked({ headers: { 'x-a': 'b\r\nx-c: d' } }),
    message:
      'payments.release.webhooks[0].requests[0].headers: "x-a": "b\\r\\nx-c: d" is not a header; use letters, digits and "-", and a printable value',
  },
  {
    kind: 'status',
    what: 'A test waits for a status that there is not',
    build: asked({ status: 99 }),
    message: 'payments.release.webhooks[0].requests[0].status: 99 is not the status of an answer; use one from 200 to 599',
  },
  {
    kind: 'duration',
    what: 'A test has no time for its requests',
    build: asked({}, { requests: [{ path: '/a' }, { path: '/b' }, { path: '/c' }], timeout: Duration.seconds(3) }),
    message: 'payments.release.webhooks[0].timeout: 3 s leave less than a second for each of 3 requests; use at least 4 s',
  },
  {
    kind: 'empty list',
    what: 'A test has no requests',
    build: asked({}, { requests: [] }),
    message: 'payments.release.webhooks[0].requests: is empty, which would test nothing; name a request',
  },
  {
    kind: 'empty list',
    what: 'A program has no name',
    build: hook((site) => Webhook.command(tester(site), { command: [] })),
    message: 'payments.release.webhooks[0].command: [] must start with a program',
  },
  {
    kind: 'text without end',
    what: 'A program is given a NUL character',
    build: hook((site) => Webhook.command(tester(site), { command: ['bats', 'a\0b'] })),
    message: 'payments.release.webhooks[0].command: holds a NUL character, which no command line takes',
  },
  {
    kind: 'path',
    what: 'A program calls a broken path',
    build: hook((site) => Webhook.command(tester(site), { command: ['bats'], calls: [{ paths: ['api'] }] })),
    message: 'payments.release.webhooks[0].calls[0].paths: "api" must start with "/", or with "*" to match by suffix',
  },
  {
    kind: 'missing prop',
    what: 'A load has no rate',
    build: factory((loadTester) => Webhook.loadTest(loadTester, js({ path: '/' }))),
    message: 'Webhook.loadTest.requestsPerSecond: is missing; it must be a number',
  },
  {
    kind: 'made by a factory',
    what: 'A load test names its load tester',
    build: () => Webhook.loadTest(js('http://load-tester'), { requestsPerSecond: 1 }),
    message:
      'Webhook.loadTest.loadTester: "http://load-tester" must be made with new LoadTester(chart, id, { … }) or LoadTester.existing(…)',
  },
];
