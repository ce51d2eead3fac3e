import { Duration } from 'cdk8s';
import {
  type BankingServiceProps,
  CanaryMetric,
  CircuitBreaker,
  Health,
  Objective,
  PortProtocol,
  Release,
  type TrafficProps,
} from '../../lib';
import { notesOn } from '../../lib/kube';
import { type Json, World } from '../banking-service/world';
import { problemsOf } from '../support/problems';

/* Answers that go on for as long as both sides want: no timeout ends them, and what counts requests must not mistake them. */

const FEED = { path: '/feed', methods: ['GET'], streaming: true } as const;
const ENOUGH = CircuitBreaker.standard({ maxConnections: 2003, maxRequests: 4007 });

/** Props of a service that speaks this. */
const speaking = (protocol?: PortProtocol) => ({
  protocol,
  ...(protocol === PortProtocol.GRPC && { health: Health.grpc({ readinessService: 'ready' }) }),
});

/** The routes of a teller with this traffic. */
function routesOf(traffic: TrafficProps, protocol?: PortProtocol): Json[] {
  const world = new World();
  world.service('teller', { ...speaking(protocol), traffic: { circuitBreaker: ENOUGH, ...traffic } });
  return world.one('VirtualService', 'teller').spec.http;
}

/** All warnings of the app, in order. */
const warnings = (world: World): string[] =>
  world.chart.node
    .findAll()
    .flatMap(notesOn)
    .flatMap(({ kind, text }) => (kind === 'warning' ? [text] : []));

describe('a route of streams', () => {
  const never = { attempts: 3, retryOn: 'connect-failure,refused-stream', retryRemoteLocalities: true };

  test('has no timeout, which Istio refuses to read as 0s, and none for a try', () => {
    const [feed, ...others] = routesOf({
      timeout: Duration.seconds(7),
      retries: { perTry: Duration.seconds(1) },
      routes: [FEED],
    });
    expect(feed).toEqual({
      match: [
        { uri: { exact: '/feed' }, method: { exact: 'GET' } },
        { uri: { prefix: '/feed/' }, method: { exact: 'GET' } },
      ],
      retries: { ...never, retryOn: 'connect-failure,refused-stream,gateway-error' },
      route: expect.any(Array) as unknown,
    });
    expect(others.map(({ timeout, retries }) => [timeout, retries.perTryTimeout])).toEqual([
      ['7s', '1s'],
      ['7s', undefined],
    ]);
  });

  test('that may change something is retried only when it has not arrived', () => {
    const [calls] = routesOf({ routes: [{ path: '/vault.Prices/Watch', exact: true, streaming: true }] }, PortProtocol.GRPC);
    expect(calls!.retries).toEqual(never);
    expect(calls).not.toHaveProperty('timeout');
  });

  test('can be all of a service', () => {
    const all = routesOf({ routes: [{ path: '/', streaming: true }] });
    expect(all.map(({ match, timeout }) => [match?.[0].method, timeout])).toEqual([
      [{ regex: 'GET|HEAD|OPTIONS' }, undefined],
      [undefined, undefined],
    ]);
  });

  test('is told from one that is none', () => {
    expect(routesOf({ routes: [{ ...FEED, streaming: false }] })[0]).toMatchObject({ timeout: '10s' });
  });

  test('keeps its own retries', () => {
    expect(routesOf({ routes: [{ ...FEED, retries: { attempts: 0 } }] })[0]!.retries).toEqual({ attempts: 0 });
    expect(routesOf({ routes: [{ ...FEED, retries: { attempts: 9 } }] })[0]!.retries).toMatchObject({ attempts: 9 });
  });

  test('a gateway and a canary hand it on without a timeout', () => {
    const world = new World();
    world.service('teller', {
      traffic: { circuitBreaker: CircuitBreaker.standard({ maxRequests: 4007 }), routes: [FEED] },
      release: Release.canary(),
    });
    const [feed, other] = world.one('VirtualService', 'teller-mesh').spec.http;
    expect(feed).toMatchObject({ delegate: { name: 'teller', namespace: 'vault' } });
    expect([feed.timeout, other.timeout]).toEqual([undefined, '10s']);
    // Else the leaf's would count first, for streams too.
    expect(world.one('Canary').spec.service).not.toHaveProperty('timeout');
  });

  test('refuses what would end it', () => {
    const world = new World();
    const route = { ...FEED, timeout: Duration.minutes(5), retries: { perTry: Duration.seconds(3) } };
    expect(problemsOf(() => world.service('teller', { traffic: { routes: [route] } }))).toEqual([
      'teller.traffic.routes[GET /feed]: a stream has no timeout; leave timeout out, or streaming',
      'teller.traffic.routes[GET /feed].retries: perTry would end a stream; leave it out',
    ]);
  });

  test('is what somebody means who writes a timeout of 0', () => {
    const world = new World();
    const routes = [{ path: '/feed', methods: ['GET'], timeout: Duration.seconds(0), retries: { attempts: 0 } }];
    expect(problemsOf(() => world.service('teller', { traffic: { routes } }))).toEqual([
      'teller.traffic.routes[GET /feed]: timeout must be above zero, or a caller waits for ever; a route of streams says streaming: true',
    ]);
  });
});

describe('limits', () => {
  const warned = (circuitBreaker?: CircuitBreaker, protocol?: PortProtocol, release?: BankingServiceProps['release']) => {
    const world = new World();
    const route = { path: '/feed', streaming: true };
    world.service('teller', { ...speaking(protocol), release, traffic: { routes: [route], circuitBreaker } });
    return warnings(world);
  };
  const text = (limits: string, props: string) =>
    `Streams of teller count against ${limits} of each caller's proxy for as long as they last, and what comes above that waits or gets a 503; ` +
    `say how many there may be: CircuitBreaker.standard({ ${props} })`;

  test('that nobody has set for streams are named', () => {
    const both = [text('maxConnections 100 and maxRequests 1000', 'maxConnections: …, maxRequests: …')];
    expect(warned()).toEqual(both);
    expect(warned(CircuitBreaker.strict())).toEqual(both);
    expect(warned(CircuitBreaker.standard({ maxRequests: 5000 }))).toEqual([text('maxConnections 100', 'maxConnections: …')]);
    expect(warned(ENOUGH)).toEqual([]);
  });

  test.each([
    ['HTTP/2', undefined, PortProtocol.HTTP2],
    ['gRPC', undefined, PortProtocol.GRPC],
    ['HTTP/1.1 that the proxies upgrade', CircuitBreaker.standard({ h2Upgrade: true }), PortProtocol.HTTP],
  ])('of connections are none for %s, whose streams share them', (_, breaker, protocol) => {
    expect(warned(breaker, protocol)).toEqual([text('maxRequests 1000', 'maxRequests: …')]);
  });

  test("of connections Flagger's DestinationRules don't have", () => {
    expect(warned(undefined, undefined, Release.canary())).toEqual([text('maxRequests 1000', 'maxRequests: …')]);
    expect(warned(CircuitBreaker.standard({ maxRequests: 5000 }), undefined, Release.canary())).toEqual([]);
  });

  test('are as they were for a service without streams', () => {
    const world = new World();
    world.service('teller', { traffic: { routes: [{ path: '/feed' }] } });
    expect(warnings(world)).toEqual([]);
  });
});

describe('durations', () => {
  const traffic = { routes: [FEED], circuitBreaker: CircuitBreaker.standard({ maxRequests: 4007 }) };
  const canary = (props: Parameters<typeof Release.canary>[0]) => {
    const world = new World();
    world.service('teller', { traffic, release: Release.canary(props) });
    const { metrics } = world.one('Canary').spec.analysis;
    return { metrics: (metrics as Json[]).map(({ name }) => name as string), warnings: warnings(world) };
  };
  const text = (names: string) => [
    `Canary teller is judged by ${names}, where a stream counts with all the time that it lasts, so that one that ends may stop a good version; ` +
      'leave them out, and ask the application for the durations of its other routes: CanaryMetric.promql',
  ];

  test('nobody asked for are not looked at by a canary', () => {
    expect(canary({})).toEqual({ metrics: ['request-success-rate'], warnings: [] });
  });

  test('somebody asked for are, with a warning', () => {
    expect(canary({ p99: Duration.millis(700) })).toEqual({
      metrics: ['request-success-rate', 'request-duration'],
      warnings: text('request-duration'),
    });
    expect(canary({ objective: Objective.of({ p95: Duration.millis(250), p99: Duration.millis(500) }) })).toEqual({
      metrics: ['request-success-rate', 'request-duration', 'latency-p95'],
      warnings: text('request-duration and latency-p95'),
    });
    expect(canary({ metrics: [CanaryMetric.latencyP99(Duration.millis(500)), CanaryMetric.errorRate(0.5)] }).warnings).toEqual(
      text('request-duration'),
    );
  });

  test('without streams the default is a p99 of 500 ms, and no warning', () => {
    const world = new World();
    world.service('teller', { traffic: { routes: [{ path: '/feed' }] }, release: Release.canary() });
    expect(world.one('Canary').spec.analysis.metrics).toMatchObject([
      { name: 'request-success-rate' },
      { name: 'request-duration', thresholdRange: { max: 500 } },
    ]);
    expect(warnings(world)).toEqual([]);
  });
});
