import { AlertChannel, CanaryAlert, ForeignWorkload, type ILoadTester, LoadTester, Webhook } from '../../../lib';
import { sectionsOn } from '../../../lib/kube/sections';
import { arranged, gateProblems } from '../../../lib/release/flagger/webhooks/arrange';
import { CanaryWorld, FACTS, problemsOf } from './world';

let world: CanaryWorld, tester: LoadTester;
beforeEach(() => {
  world = new CanaryWorld();
  tester = world.tester();
});

/** What the README says of the only gate. */
const told = () => sectionsOn(world.chart).map(({ heading, title, body }) => ({ heading, title, body: body() }));

test('how a gate is opened and closed, word by word', () => {
  world.bind(Webhook.confirmTrafficIncrease(tester, { name: 'board' }));
  const curl =
    'kubectl -n vault exec deploy/prober -c prober -- curl --fail --silent --show-error --data ' +
    `'{"name":"teller","namespace":"vault"}' http://localhost:8080/gate`;
  expect(told()).toEqual([
    {
      heading: 'Gates',
      title: 'teller: board',
      body: [
        'To let more requests in, at every step until it is closed:',
        '',
        '```sh',
        `${curl}/open`,
        '```',
        '',
        'To take that back:',
        '',
        '```sh',
        `${curl}/close`,
        '```',
        '',
        'The load tester keeps gates in memory: they are closed after a restart, and closed again once this one was used.',
      ].join('\n'),
    },
  ]);
});

test.each<[string, (at: ILoadTester) => ReturnType<typeof Webhook.rollback>, string, string]>([
  ['confirm-rollout', (at) => Webhook.confirmRollout(at), 'teller: rollout-gate', 'To start the release:'],
  ['confirm-promotion', (at) => Webhook.confirmPromotion(at), 'teller: promotion-gate', 'To promote the new version:'],
  ['rollback', (at) => Webhook.rollback(at), 'teller: rollback-gate', 'To roll back:'],
])('what a yes to %s means', (_type, make, title, first) => {
  world.bind(make(tester));
  const [section] = told();
  expect([section!.title, section!.body.split('\n')[0]]).toEqual([title, first]);
});

test('of a load tester whose container nobody knows, kubectl chooses it', () => {
  const workload = new ForeignWorkload({ platform: world.platform, namespace: 'test', name: 'tester', ports: [{ port: 8080 }] });
  world.bind(Webhook.confirmPromotion(LoadTester.existing(workload)));
  expect(told()[0]!.body).toContain('kubectl -n test exec deploy/tester -- curl ');
});

test.each([
  [true, '/gate/approve'],
  [false, '/gate/halt'],
])('an answer of %s that is committed: nothing is opened, closed or told of', (answer, path) => {
  const gate = Webhook.confirmPromotion(tester, { approved: answer, name: 'board', muteAlert: true });
  expect(world.bind(gate)).toEqual({
    name: 'board',
    type: 'confirm-promotion',
    url: `http://prober.vault.svc.cluster.local:8080${path}`,
    timeoutSeconds: 5,
    retries: undefined,
    muteAlert: true,
    describes: 'board is committed as a yes',
  });
  expect(world.bind(Webhook.rollback(tester, { rollBack: answer })).describes).toBe('rollback-gate is committed as a yes');
  expect(told()).toEqual([]);
  expect(arranged([gate])).toEqual([gate]);
});

test('a gate that waits says nothing of itself, nor does what closes it', () => {
  const gate = Webhook.confirmPromotion(tester);
  expect(world.bind(gate).describes).toBeUndefined();
  const [, closing] = arranged([gate]);
  expect(world.bind(closing!)).toEqual({
    name: 'close-gate-after',
    type: 'post-rollout',
    url: 'http://prober.vault.svc.cluster.local:8080/gate/close',
    timeoutSeconds: 5,
    retries: 2,
    muteAlert: undefined,
    describes: '',
  });
});

describe('what comes along', () => {
  const names = (...hooks: Parameters<typeof arranged>[0]) => arranged(hooks).map(({ type, name }) => `${type} ${name}`);

  test('a load test starts before the first look, by its own name', () => {
    expect(names(Webhook.loadTest(tester, { requestsPerSecond: 1, name: 'till' }))).toEqual([
      'rollout till',
      'pre-rollout till-warm-up',
    ]);
  });

  test('two load tests bring one each', () => {
    const load = (name: string) => Webhook.loadTest(tester, { requestsPerSecond: 1, name });
    expect(names(load('a'), load('b'))).toEqual(['rollout a', 'rollout b', 'pre-rollout a-warm-up', 'pre-rollout b-warm-up']);
  });

  test('gates of one place are closed once, and a user who closes it is enough', () => {
    expect(names(Webhook.confirmTrafficIncrease(tester), Webhook.confirmPromotion(tester))).toEqual([
      'confirm-traffic-increase traffic-gate',
      'confirm-promotion promotion-gate',
      'post-rollout close-gate-after',
    ]);
    const own = Webhook.custom('post-rollout', { url: 'https://a.example.com/', name: 'close-gate-after' });
    expect(names(Webhook.confirmPromotion(tester), own)).toEqual([
      'confirm-promotion promotion-gate',
      'post-rollout close-gate-after',
    ]);
  });

  test('gates of two load testers, or of a URL, do not open together', () => {
    const workload = new ForeignWorkload({ platform: world.platform, namespace: 'test', name: 'other', ports: [{ port: 8080 }] });
    const increase = Webhook.confirmTrafficIncrease(tester);
    const wrong = (...gates: Parameters<typeof arranged>[0]) =>
      problemsOf({ validate: (problems) => gateProblems(gates, true, problems, 'webhooks') }, FACTS);
    expect(wrong(increase, Webhook.confirmPromotion(LoadTester.existing(workload)))).toEqual([]);
    expect(wrong(increase, Webhook.confirmPromotion('https://a.example.com/'))).toEqual([]);
    expect(wrong(Webhook.confirmPromotion(tester), Webhook.rollback(tester))).toEqual([]);
    const url = 'https://a.example.com/';
    expect(wrong(Webhook.confirmTrafficIncrease(url), Webhook.confirmPromotion(url))).toEqual([]);
    expect(wrong(Webhook.confirmRollout(tester), Webhook.confirmPromotion(tester))).toEqual([]);
  });
});

test('an acceptance test says what it asks', () => {
  const requests = [{ path: '/a?b=c' }, { path: '/d', method: 'HEAD', status: 404 }];
  const hook = Webhook.acceptanceTest(tester, { requests });
  expect(world.bind(hook)).toMatchObject({
    name: 'acceptance-test',
    type: 'pre-rollout',
    timeoutSeconds: 30,
    retries: 2,
    describes: 'acceptance-test: GET /a?b=c is answered with 200, HEAD /d is answered with 404',
    metadata: { type: 'bash' },
  });
  expect(world.one('AuthorizationPolicy', 'teller').spec.rules[0].to).toEqual([
    { operation: { ports: ['8071'], methods: ['GET'], paths: ['/a'] } },
    { operation: { ports: ['8071'], methods: ['HEAD'], paths: ['/d'] } },
  ]);
});

test('events that a service of the mesh is told of are called events', () => {
  expect(world.bind(Webhook.toService('event', world.teller))).toMatchObject({
    name: 'events',
    type: 'event',
    url: 'http://teller.vault.svc.cluster.local:81/',
    timeoutSeconds: 10,
  });
});

test('of pods that nothing guards it is said what somebody has to open, as far as it is known', () => {
  const bare = new CanaryWorld({ context: { guard: undefined } });
  const calls = [{ methods: ['GET', 'HEAD'], paths: ['/a', '/b'] }, { methods: ['PUT'] }, { paths: ['/c'] }];
  bare.bind(Webhook.command(bare.tester(), { command: ['bats'], calls }));
  const to =
    'to teller-canary.vault.svc.cluster.local, port 81: nothing here guards the pods of teller, so nothing here lets it in.';
  expect(bare.notes('prerequisite').filter((text) => text.startsWith('prober'))).toEqual([
    `prober may send GET, HEAD /a, /b ${to}`,
    `prober may send PUT ${to}`,
    `prober may send /c ${to}`,
  ]);
});

test('an alert without a token needs the address alone', () => {
  const channel = AlertChannel.discord({ name: 'clerks', address: { secret: 'chats', key: 'address' } });
  expect(CanaryAlert.to(channel).bind(world.chart, world.context)).toEqual({
    name: 'clerks',
    severity: 'info',
    providerRef: { name: 'clerks', namespace: 'vault' },
  });
  expect(world.notes('prerequisite')).toContain(
    'Secret chats in namespace vault holds address of the chat that releases are told to.',
  );
  expect(world.one('AlertProvider').metadata).toEqual({
    name: 'clerks',
    namespace: 'vault',
    labels: { 'app.kubernetes.io/part-of': 'vault', 'app.kubernetes.io/managed-by': 'cdk8s-banking' },
  });
});
