import { Duration } from 'cdk8s';
import { ExistingWorkload, type ILoadTester, type IWebhook, PortProtocol, Webhook } from '../../../lib';
import { linesOf } from '../said';
import { CanaryWorld, FACTS } from './world';

/* Calls that Flagger makes, each limit from both sides. */

type Make = (tester: ILoadTester, world: CanaryWorld) => IWebhook;

/** What making it, or giving it to a canary on a port of this kind, says; a line each. */
function said(make: Make, protocol: PortProtocol = PortProtocol.HTTP): string[] {
  const world = new CanaryWorld();
  const facts = { ...FACTS, port: { ...FACTS.port, protocol } };
  return linesOf((problems) => make(world.tester(), world).validate(problems, 'it', facts));
}
const seconds = (n: number) => Duration.millis(n * 1000);
const accepted = (request: object, props: object = {}) =>
  said((tester) => Webhook.acceptanceTest(tester, { requests: [{ path: '/a', ...request }], ...props }));
const ran = (props: object) => said((tester) => Webhook.command(tester, { command: ['bats'], ...props }));
const called = (props: object) => said(() => Webhook.custom('rollout', { url: 'https://a.example.com/', ...props }));
const sent = (props: object) => {
  const ports = [{ port: 9091 }, { port: 9092, protocol: PortProtocol.TCP, name: 'feed' }];
  return said((_tester, { chart, namespace }) =>
    Webhook.toService('event', new ExistingWorkload(chart, 'board', { namespace, ports }), props),
  );
};

test.each<[string, object, string[]]>([
  ['a letter', { name: 'a' }, []],
  ['63 letters', { name: 'n'.repeat(63) }, []],
  [
    '64 letters',
    { name: 'n'.repeat(64) },
    [
      'teller.it.name: "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn" is not a name; use 1 to 63 printable characters',
    ],
  ],
  ['a blank at its end', { name: 'board ' }, ['teller.it.name: "board " is not a name; use 1 to 63 printable characters']],
  ['no letter', { name: '' }, ['teller.it.name: "" is not a name; use 1 to 63 printable characters']],
  ['a second', { timeout: seconds(1) }, []],
  ['no time', { timeout: seconds(0) }, ['teller.it.timeout: 0 s must be a whole number of seconds from 1 to 3600']],
  ['an hour', { timeout: seconds(3600) }, []],
  ['a second more', { timeout: seconds(3601) }, ['teller.it.timeout: 3601 s must be a whole number of seconds from 1 to 3600']],
  ['half a second', { timeout: seconds(0.5) }, ['teller.it.timeout: 0.5 s must be a whole number of seconds from 1 to 3600']],
  ['ten more tries', { retries: 10 }, []],
  ['eleven', { retries: 11 }, ['teller.it.retries: 11 must be a whole number from 0 to 10']],
  ['fewer than none', { retries: -1 }, ['teller.it.retries: -1 must be a whole number from 0 to 10']],
  ['one and a half', { retries: 1.5 }, ['teller.it.retries: 1.5 must be a whole number from 0 to 10']],
  [
    'any certificate, without a reason',
    { skipTlsVerification: { accept: 'why not' } },
    [
      'teller.it.skipTlsVerification: needs a reason of at least ten characters, got "why not"; write { accept: \'why any certificate is fine\' }',
    ],
  ],
  [
    'any certificate of nobody',
    { url: 'http://a.b.svc/', skipTlsVerification: { accept: 'there is none here' } },
    ['teller.it.skipTlsVerification: is for https; leave it out'],
  ],
  [
    'a credential in what is sent',
    { metadata: { token: 'abc' } },
    [
      'teller.it.metadata: "token" carries a credential, and manifests are committed to Git; let the receiver hold it, since Flagger can\'t read it from a Secret',
    ],
  ],
  [
    'a URL that is a number',
    { url: 7, skipTlsVerification: { accept: 'there is none here' } },
    ['teller.it.url: 7 is not a URL; write it like "https://approvals.example.com/canary"'],
  ],
])('the name and the times of any call: %s', (_what, given, problems) => {
  expect(called(given)).toEqual(problems);
});

test.each<[string, object, string[]]>([
  ['a page that is not there', { status: 404 }, []],
  ['the least status', { status: 200 }, []],
  ['the largest', { status: 599 }, []],
  [
    'one that is none',
    { status: 199 },
    ['teller.it.requests[0].status: 199 is not the status of an answer; use one from 200 to 599'],
  ],
  ['one beyond', { status: 600 }, ['teller.it.requests[0].status: 600 is not the status of an answer; use one from 200 to 599']],
  [
    'a part of one',
    { status: 200.5 },
    ['teller.it.requests[0].status: 200.5 is not the status of an answer; use one from 200 to 599'],
  ],
  [
    'a change',
    { method: 'POST' },
    [
      'teller.it.requests[0]: POST is carried out by the new version, on real data; write idempotent: true if the service carries out a request once, however often it is sent',
    ],
  ],
  ['a path without a slash', { path: 'a' }, ['teller.it.requests[0].path: "a" must start with "/"']],
])('an acceptance test: %s', (_what, given, problems) => {
  expect(accepted(given)).toEqual(problems);
});

test.each<[string, object, string[]]>([
  ['two seconds for one request', { timeout: seconds(2) }, []],
  [
    'a second for one request',
    { timeout: seconds(1) },
    ['teller.it.timeout: 1 s leave less than a second for each of 1 requests; use at least 2 s'],
  ],
  [
    'no request',
    { requests: [], timeout: seconds(1) },
    ['teller.it.requests: is empty, which would test nothing; name a request'],
  ],
])('the time of an acceptance test: %s', (_what, given, problems) => {
  expect(accepted({}, given)).toEqual(problems);
});

test.each<[string, object, string[]]>([
  ['two seconds', { timeout: seconds(2) }, []],
  ['one second', { timeout: seconds(1) }, ['teller.it.timeout: 1 s leaves no time to run; use at least 2 s']],
  ['no word', { command: [] }, ['teller.it.command: [] must start with a program']],
  ['an empty word', { command: [''] }, ['teller.it.command: [""] must start with a program']],
  ['a NUL', { command: ['a', 'b\0'] }, ['teller.it.command: holds a NUL character, which no command line takes']],
  ['calls of everything', { calls: [{}] }, []],
  [
    'a method that is none',
    { calls: [{ paths: ['/a'] }, { methods: ['get'] }] },
    [
      'teller.it.calls[1].methods: "get" is not an HTTP method; use GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS, TRACE, PATCH, in upper case',
    ],
  ],
  [
    'a path that is none',
    { calls: [{ methods: ['GET'] }, { paths: ['a'] }] },
    ['teller.it.calls[1].paths: "a" must start with "/", or with "*" to match by suffix'],
  ],
])('a program: %s', (_what, given, problems) => {
  expect(ran(given)).toEqual(problems);
});

test.each<[string, object, string[]]>([
  ['its first port', {}, []],
  ['a port by its number', { port: 9091 }, []],
  [
    'a port of bytes',
    { port: 'tcp-feed' },
    ['teller.it.port: port 9092 speaks tcp, and webhooks are requests; name a port that speaks HTTP'],
  ],
  ['a port that is not there', { port: 9093 }, ['teller.it.port: has no port 9093; it has 9091 (http), 9092 (tcp-feed)']],
  ['a path without a slash', { path: 'a' }, ['teller.it.path: "a" must start with "/"']],
  ['a pattern', { path: '/a/*' }, ['teller.it.path: "/a/*" is a pattern; write one plain path']],
  [
    'a credential',
    { metadata: { apiKey: 'a' } },
    [
      'teller.it.metadata: "apiKey" carries a credential, and manifests are committed to Git; let the receiver hold it, since Flagger can\'t read it from a Secret',
    ],
  ],
])('a call of a service: %s', (_what, given, problems) => {
  expect(sent(given)).toEqual(problems);
});

test.each<[string, Make, string[]]>([
  [
    'an acceptance test',
    (tester) => Webhook.acceptanceTest(tester, { requests: [{ path: '/a' }] }),
    ['teller.it: sends requests of HTTP, and port 81 speaks grpc; use Webhook.command with a program that speaks it'],
  ],
])('on a port of gRPC: %s', (_what, given, problems) => {
  expect(said(given, PortProtocol.GRPC)).toEqual(problems);
});

test.each<[string, Make, string[]]>([
  [
    'an acceptance test',
    (tester) => Webhook.acceptanceTest(tester, { requests: [{ path: '/a' }] }),
    ['teller.it: sends requests of HTTP, and port 81 speaks tcp; use Webhook.command with a program that speaks it'],
  ],
  [
    'a load test',
    (tester) => Webhook.loadTest(tester, { requestsPerSecond: 1 }),
    ['teller.it: sends requests, and port 81 speaks tcp; use Webhook.command with a program that speaks it'],
  ],
])('on a port of bytes: %s', (_what, given, problems) => {
  expect(said(given, PortProtocol.TCP)).toEqual(problems);
});

test.each<[string, Make, string[]]>([
  [
    'a load test without a rate',
    (tester) => Webhook.loadTest(tester, {} as never),
    ['Webhook.loadTest.requestsPerSecond: is missing; it must be a number'],
  ],
  [
    'an acceptance test without requests',
    (tester) => Webhook.acceptanceTest(tester, {} as never),
    ['Webhook.acceptanceTest.requests: is missing; it must be a list, like [...]'],
  ],
  [
    'a program without one',
    (tester) => Webhook.command(tester, {} as never),
    ['Webhook.command.command: is missing; it must be a list, like [...]'],
  ],
  [
    'a program of nobody',
    () => Webhook.command(undefined as never, { command: ['a'] }),
    ['Webhook.command.loadTester: is missing; it must be made with new LoadTester(chart, id, { … }) or LoadTester.existing(…)'],
  ],
  [
    'an event without a URL',
    () => Webhook.event(undefined as never),
    ['Webhook.event.url: is missing; it must be a URL, like "https://approvals.example.com/canary"'],
  ],
  [
    'a call without a URL',
    () => Webhook.custom('rollout', {} as never),
    ['Webhook.custom.url: is missing; it must be a URL, like "https://approvals.example.com/canary"'],
  ],
  [
    'a call of an unknown kind',
    () => Webhook.custom('before' as never, { url: 'https://a.example.com/' }),
    [
      'Webhook.custom.type: "before" must be one of confirm-rollout, pre-rollout, rollout, confirm-traffic-increase, confirm-promotion, post-rollout, rollback, event',
    ],
  ],
  [
    'a gate of a number',
    () => Webhook.confirmPromotion(7 as never),
    ['Webhook.confirmPromotion.at: 7 must be a URL, or made with new LoadTester(chart, id, { … }) or LoadTester.existing(…)'],
  ],
  [
    'a gate to start, answered here',
    () => Webhook.confirmRollout('https://a.example.com/', { approved: true }),
    ['Webhook.confirmRollout: the answer is what the URL says; leave it out here, or give a load tester'],
  ],
  [
    'a gate of steps, answered here',
    () => Webhook.confirmTrafficIncrease('https://a.example.com/', { approved: false }),
    ['Webhook.confirmTrafficIncrease: the answer is what the URL says; leave it out here, or give a load tester'],
  ],
  [
    'a way back, answered here',
    () => Webhook.rollback('https://a.example.com/', { rollBack: false }),
    ['Webhook.rollback: the answer is what the URL says; leave it out here, or give a load tester'],
  ],
  [
    'a gate with an unknown option',
    (tester) => Webhook.rollback(tester, { approved: true } as never),
    ['Webhook.rollback: there is no prop "approved"; there are name, timeout, retries, muteAlert, rollBack'],
  ],
  [
    'a service that is none',
    () => Webhook.toService('event', {} as never),
    [
      'Webhook.toService.service: {} is no service of the mesh; give a BankingService, an ExistingWorkload or a ForeignWorkload, or its URL to Webhook.custom',
    ],
  ],
  [
    'no service',
    () => Webhook.toService('event', undefined as never),
    [
      'Webhook.toService.service: nothing is no service of the mesh; give a BankingService, an ExistingWorkload or a ForeignWorkload, or its URL to Webhook.custom',
    ],
  ],
  [
    'a URL for a service',
    () => Webhook.toService('event', 'https://a.example.com/' as never),
    [
      'Webhook.toService.service: "https://a.example.com/" is no service of the mesh; give a BankingService, an ExistingWorkload or a ForeignWorkload, or its URL to Webhook.custom',
    ],
  ],
])('what cannot be made: %s', (_what, given, problems) => {
  expect(said(given)).toEqual(problems);
});
