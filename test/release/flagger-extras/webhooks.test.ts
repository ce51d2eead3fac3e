import { Duration } from 'cdk8s';
import { ExistingWorkload, Health, type LoadTester, PortProtocol, Webhook } from '../../../lib';
import type { IWebhook } from '../../../lib/release/flagger/contract';
import { arranged, gateProblems } from '../../../lib/release/flagger/webhooks/arrange';
import { CanaryWorld, FACTS, problemsOf } from './world';

const TESTER = 'http://prober.vault.svc.cluster.local:8080';

describe('a load test', () => {
  let world: CanaryWorld, load: IWebhook;
  beforeAll(() => {
    world = new CanaryWorld();
    const tester = world.tester();
    load = Webhook.loadTest(tester, {
      requestsPerSecond: 21,
      connections: 4,
      duration: Duration.seconds(41),
      requestTimeout: Duration.seconds(7),
      path: '/rates?pair=CHF%2FEUR',
      method: 'POST',
      headers: { 'x-desk': 'till 3', 'Content-Type': 'application/json' },
      body: '{"a":1}',
      idempotent: true,
      timeout: Duration.seconds(6),
      retries: 1,
    });
  });

  test('of HTTP is a run of hey against the new version alone', () => {
    expect(world.bind(load)).toEqual({
      name: 'load-test',
      type: 'rollout',
      url: `${TESTER}/`,
      timeoutSeconds: 6,
      retries: 1,
      muteAlert: undefined,
      // hey counts its rate for each worker: 21 / 4.
      metadata: {
        type: 'cmd',
        cmd:
          "hey -z 41s -c 4 -q 5.25 -t 7 -disable-redirects -m POST -H 'x-desk: till 3' -T application/json " +
          `-d '{"a":1}' 'http://teller-canary.vault.svc.cluster.local:81/rates?pair=CHF%2FEUR'`,
        logCmdOutput: 'true',
      },
      describes: '',
    });
  });

  test('asks for the root by GET, unless it says otherwise', () => {
    const plain = new CanaryWorld();
    expect(plain.bind(Webhook.loadTest(plain.tester(), { requestsPerSecond: 8, connections: 2 })).metadata!.cmd).toBe(
      'hey -z 53s -c 2 -q 4 -t 5 -disable-redirects -m GET http://teller-canary.vault.svc.cluster.local:81/',
    );
    expect(plain.one('AuthorizationPolicy', 'teller').spec.rules[0].to).toEqual([
      { operation: { ports: ['8071'], methods: ['GET'], paths: ['/'] } },
    ]);
  });

  test('rule 20: opens the new version for what it sends, and for nothing else', () => {
    expect(world.one('AuthorizationPolicy', 'teller').spec.rules).toEqual([
      {
        from: [{ source: { principals: ['cluster.local/ns/vault/sa/prober'] } }],
        to: [{ operation: { ports: ['8071'], methods: ['POST'], paths: ['/rates'] } }],
      },
    ]);
    expect(world.one('Sidecar', 'prober').spec.egress).toEqual([{ hosts: ['vault/teller-canary.vault.svc.cluster.local'] }]);
  });

  test('rule 21: the load tester takes it from Flagger alone, by its identity', () => {
    expect(world.one('AuthorizationPolicy', 'prober').spec.rules).toEqual([
      {
        from: [{ source: { principals: ['cluster.local/ns/ships/sa/flag-sa'] } }],
        to: [{ operation: { ports: ['8080'], methods: ['POST'], paths: ['/'] } }],
      },
    ]);
    expect(world.notes('prerequisite')).toContain(
      'Flagger runs as k=flag in namespace ships under service account flag-sa, with the proxy of the mesh in its pods: by that identity its webhooks are let in.',
    );
  });

  // runner.go: a command that still runs is not started again, so that one as long as the interval leaves every other one empty.
  test.each([
    [60, undefined, 53],
    [60, 10, 48],
    [30, 2, 26],
    [300, 20, 278],
  ])('lasts as long as it may: of %d s, with %s s for a request, %d s', (intervalSeconds, requestTimeout, duration) => {
    const one = new CanaryWorld({ context: { intervalSeconds } });
    const { metadata } = one.bind(
      Webhook.loadTest(one.tester(), {
        requestsPerSecond: 1,
        connections: 1,
        requestTimeout: requestTimeout === undefined ? undefined : Duration.seconds(requestTimeout),
      }),
    );
    expect(metadata!.cmd).toMatch(new RegExp(`^hey -z ${duration}s -c 1 -q 1 -t ${requestTimeout ?? 5} `));
  });

  test('starts before the first check, which looks back over an interval without `rollout` hooks', () => {
    const [warmUp, ...more] = arranged([load]).slice(1);
    expect(more).toEqual([]);
    const { metadata } = world.bind(load);
    expect(world.bind(warmUp!)).toMatchObject({ name: 'load-test-warm-up', type: 'pre-rollout', url: `${TESTER}/`, metadata });
  });

  test('of gRPC is a run of ghz, by the health protocol unless it says otherwise', () => {
    const service = { protocol: PortProtocol.GRPC, health: Health.grpc({ readinessService: 'teller' }) };
    const grpc = new CanaryWorld({ service });
    const ghz = grpc.tester({ files: { 'till.proto': 'syntax = "proto3";' } });
    const run = '--duration 53s --duration-stop wait --rps 9 --concurrency 2 --connections 2 --timeout 5s';
    const data = '--disable-template-functions --disable-template-data --data';
    const host = 'teller-canary.vault.svc.cluster.local:81';
    expect(grpc.bind(Webhook.loadTest(ghz, { requestsPerSecond: 9 })).metadata!.cmd).toBe(
      `ghz --insecure --proto /etc/load-tester/health.proto --call grpc.health.v1.Health/Check ${run} ${data} '{}' ${host}`,
    );
    const own = { requestsPerSecond: 9, call: 'till.v1.Till/Get', proto: 'till.proto', data: { id: "o'7" }, idempotent: true };
    expect(grpc.bind(Webhook.loadTest(ghz, own)).metadata!.cmd).toBe(
      `ghz --insecure --proto /etc/load-tester/till.proto --call till.v1.Till/Get ${run} ${data} '{"id":"o'\\''7"}' ${host}`,
    );
    expect(grpc.one('AuthorizationPolicy', 'teller').spec.rules[0].to).toEqual([
      { operation: { ports: ['8071'], methods: ['POST'], paths: ['/grpc.health.v1.Health/Check'] } },
      { operation: { ports: ['8071'], methods: ['POST'], paths: ['/till.v1.Till/Get'] } },
    ]);
  });

  test('of pods that nothing of ours guards tells what somebody else has to open', () => {
    const bare = new CanaryWorld({ context: { guard: undefined } });
    bare.bind(Webhook.loadTest(bare.tester(), { requestsPerSecond: 1, path: '/rates' }));
    expect(bare.notes('prerequisite')).toContain(
      'prober may send GET /rates to teller-canary.vault.svc.cluster.local, port 81: nothing here guards the pods of teller, so nothing here lets it in.',
    );
  });
});

describe('a program of the load tester', () => {
  test('is ended before Flagger turns away, and knows the host of the new version', () => {
    const world = new CanaryWorld();
    const command = ['bats', '/etc/load-tester/a b.bats'];
    const calls = [{ methods: ['GET'], paths: ['/rates'] }, { paths: ['/till'] }];
    const hook = Webhook.command(world.tester(), { name: 'bats', command, calls, timeout: Duration.seconds(71) });
    expect(world.bind(hook)).toMatchObject({
      name: 'bats',
      type: 'pre-rollout',
      url: `${TESTER}/`,
      timeoutSeconds: 71,
      metadata: {
        type: 'bash',
        cmd: "env 'CANARY_HOST=teller-canary.vault.svc.cluster.local:81' timeout 70 bats '/etc/load-tester/a b.bats'",
      },
      describes: 'bats (bats) ends well',
    });
    expect(world.one('AuthorizationPolicy', 'teller').spec.rules[0].to).toEqual([
      { operation: { ports: ['8071'], methods: ['GET'], paths: ['/rates'] } },
      { operation: { ports: ['8071'], paths: ['/till'] } },
    ]);
  });
});

describe('calls of others', () => {
  let world: CanaryWorld;
  beforeEach(() => {
    world = new CanaryWorld();
  });

  test('have their URL as it is given, and what is sent along', () => {
    const hook = Webhook.custom('confirm-promotion', {
      url: 'https://approvals.example.com:8443/canary?of=till',
      name: 'change board',
      metadata: { board: 'c7' },
      muteAlert: true,
      timeout: Duration.seconds(17),
      retries: 3,
    });
    expect(world.bind(hook)).toEqual({
      name: 'change board',
      type: 'confirm-promotion',
      url: 'https://approvals.example.com:8443/canary?of=till',
      timeoutSeconds: 17,
      retries: 3,
      muteAlert: true,
      metadata: { board: 'c7' },
      disableTls: undefined,
    });
  });

  test('tell of events', () => {
    expect(world.bind(Webhook.event('https://events.example.com/', { metadata: { cluster: 'c1' } }))).toMatchObject({
      name: 'events',
      type: 'event',
      timeoutSeconds: 10,
      metadata: { cluster: 'c1' },
    });
  });

  test('take any certificate only with a reason, which is reported', () => {
    const unverified = { skipTlsVerification: { accept: 'A box of the old data centre, until May' } };
    const hook = Webhook.custom('post-rollout', { url: 'https://old.example.com/', ...unverified });
    expect(world.bind(hook).disableTls).toBe(true);
    expect(world.notes('acceptance')).toEqual([
      'Releases of teller ask whoever answers at https://old.example.com/: A box of the old data centre, until May',
    ]);
  });

  test.each([
    ['http://checks.vault/', true],
    ['http://checks/', true],
    ['http://checks.vault.svc:8080/a', true],
    ['http://checks.vault.svc.cluster.local/', true],
    ['http://checks.example.com/', false],
    ['http://203.0.113.7/', false],
    ['https://checks.example.com/', true],
  ])('%s is taken: %s', (url, taken) => {
    expect(problemsOf(Webhook.event(url), FACTS)).toHaveLength(taken ? 0 : 1);
  });

  test('of a service of the mesh let Flagger in there, for exactly that', () => {
    const board = new ExistingWorkload(world.chart, 'board', {
      namespace: world.namespace,
      ports: [{ port: 9091 }, { port: 9092, name: 'hooks', servicePort: 92 }],
    });
    const hook = Webhook.toService('confirm-rollout', board, { path: '/agree', port: 92, metadata: { a: 'b' } });
    expect(world.bind(hook)).toMatchObject({
      name: 'board-confirm-rollout',
      type: 'confirm-rollout',
      url: 'http://board.vault.svc.cluster.local:92/agree',
      metadata: { a: 'b' },
    });
    expect(world.one('AuthorizationPolicy', 'board').spec.rules).toEqual([
      {
        from: [{ source: { principals: ['cluster.local/ns/ships/sa/flag-sa'] } }],
        to: [{ operation: { ports: ['9092'], methods: ['POST'], paths: ['/agree'] } }],
      },
    ]);
  });
});

describe('gates of the load tester', () => {
  let world: CanaryWorld, tester: LoadTester;
  beforeAll(() => {
    world = new CanaryWorld();
    tester = world.tester();
  });

  test.each([
    [
      'confirm-rollout',
      () => Webhook.confirmRollout(tester),
      'rollout-gate',
      '/gate/check',
      ['close-gate-before pre-rollout /gate/close'],
    ],
    [
      'confirm-traffic-increase',
      () => Webhook.confirmTrafficIncrease(tester),
      'traffic-gate',
      '/gate/check',
      ['close-gate-after post-rollout /gate/close'],
    ],
    [
      'confirm-promotion',
      () => Webhook.confirmPromotion(tester),
      'promotion-gate',
      '/gate/check',
      ['close-gate-after post-rollout /gate/close'],
    ],
    [
      'rollback',
      () => Webhook.rollback(tester),
      'rollback-gate',
      '/rollback/check',
      ['close-rollback-after post-rollout /rollback/close'],
    ],
  ])('%s asks the load tester, and is closed again when it was used', (type, make, name, path, closers) => {
    const gate = make();
    expect(world.bind(gate)).toMatchObject({ name, type, url: `${TESTER}${path}`, timeoutSeconds: 5 });
    const more = arranged([gate])
      .slice(1)
      .map((one) => world.bind(one));
    expect(more.map((one) => `${one.name} ${one.type} ${one.url.replace(TESTER, '')}`)).toEqual(closers);
  });

  // GitOps: the answer is a commit, and the load tester keeps nothing.
  test.each([
    [() => Webhook.confirmRollout(tester, { approved: false }), '/gate/halt'],
    [() => Webhook.confirmPromotion(tester, { approved: true }), '/gate/approve'],
    [() => Webhook.rollback(tester, { rollBack: true }), '/gate/approve'],
    [() => Webhook.rollback(tester, { rollBack: false }), '/gate/halt'],
  ])('an answer that is committed (%#)', (make, path) => {
    const gate = make();
    expect(world.bind(gate).url).toBe(`${TESTER}${path}`);
    expect(arranged([gate])).toEqual([gate]);
  });

  test('of two kinds are closed in between, since the load tester has one for both', () => {
    const names = arranged([Webhook.confirmRollout(tester), Webhook.confirmPromotion(tester)]).map(
      ({ name, type }) => `${type} ${name}`,
    );
    expect(names).toEqual([
      'confirm-rollout rollout-gate',
      'confirm-promotion promotion-gate',
      'pre-rollout close-gate-before',
      'post-rollout close-gate-after',
    ]);
  });

  const wrong = (steps: boolean, ...gates: IWebhook[]) =>
    problemsOf({ validate: (problems) => gateProblems(gates, steps, problems, 'webhooks') }, FACTS);

  test('that would open together are an error', () => {
    const both = [Webhook.confirmTrafficIncrease(tester), Webhook.confirmPromotion(tester)];
    expect(wrong(true, ...both)).toEqual([
      'teller.webhooks: traffic-gate and promotion-gate are one gate to the load tester, so that who lets more requests in also promotes; ' +
        'leave promotion-gate out, since traffic-gate is asked before the promotion too, or give one of them { approved }',
    ]);
    expect(wrong(true, both[0]!, Webhook.confirmPromotion(tester, { approved: false }))).toEqual([]);
    expect(wrong(true, both[0]!, Webhook.confirmRollout(tester))).toEqual([]);
  });

  test('that nobody asks are an error: without weights no request is let in step by step', () => {
    expect(wrong(false, Webhook.confirmTrafficIncrease('https://approvals.example.com/'))).toEqual([
      'teller.webhooks: traffic-gate waits before each step of the weights, and there are none here, so that nobody would be asked; use a confirm-promotion gate',
    ]);
  });

  test('may be somewhere else', () => {
    const gate = Webhook.confirmTrafficIncrease('https://approvals.example.com/', { name: 'board', muteAlert: true });
    expect(world.bind(gate)).toEqual({
      name: 'board',
      type: 'confirm-traffic-increase',
      url: 'https://approvals.example.com/',
      timeoutSeconds: 10,
      retries: undefined,
      muteAlert: true,
    });
  });
});
