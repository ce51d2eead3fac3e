import { Duration } from 'cdk8s';
import { CircuitBreaker, PortProtocol, type TrafficProps } from '../../lib';
import { Problems } from '../../lib/kernel/errors';
import { resolveTraffic } from '../../lib/traffic/model';
import { destinationRule } from '../../lib/traffic/resources/destination-rule';
import { longestBackoffMs, ms, resolveRetries } from '../../lib/traffic/retries';
import { problemsOf } from '../support/problems';

const port = (protocol: PortProtocol) => ({ name: protocol, port: 83, targetPort: 8073, protocol });

function resolved(props: TrafficProps, protocol = PortProtocol.HTTP) {
  const problems = new Problems('teller');
  const model = resolveTraffic(props, [port(protocol)], problems);
  problems.throwIfAny();
  return model;
}

describe('the longest that the waits between tries can take', () => {
  // 25 ms × (2^n − 1) before the nth retry, at most 250 ms: 25, 75, 175, 250, 250, …
  test.each([
    [0, 0],
    [1, 25],
    [2, 100],
    [3, 275],
    [4, 525],
    [5, 775],
    [10, 2025],
  ])('%d retries: %d ms', (attempts, expected) => {
    expect(longestBackoffMs(attempts)).toBe(expected);
  });
});

describe('the timeout holds every try and the waits between them', () => {
  const fits = (attempts: number, perTryMs: number, timeoutMs: number) => {
    const problems = new Problems('teller');
    resolveRetries({ attempts, perTry: Duration.millis(perTryMs) }, true, timeoutMs, problems, 'retries');
    return !problems.any;
  };
  test.each([
    [3, 2000, 8275],
    [1, 700, 1425],
    [10, 100, 3125],
    [0, 5000, 1],
  ])('%d retries of %d ms need %d ms', (attempts, perTry, needed) => {
    expect(fits(attempts, perTry, needed)).toBe(true);
    if (attempts > 0) expect(fits(attempts, perTry, needed - 1)).toBe(false);
  });

  test('one try and one retry of 2 s do not fit into 3 s, but 4.025 s hold them', () => {
    expect([fits(1, 2000, 3000), fits(1, 2000, 4025)]).toEqual([false, true]);
  });
});

describe('resolveTraffic', () => {
  const safe = ['connect-failure', 'refused-stream', 'gateway-error'];
  const unsafe = ['connect-failure', 'refused-stream'];
  const routes = (props: TrafficProps, protocol?: PortProtocol) =>
    resolved(props, protocol).routes.map(({ condition, timeoutMs, retries }) => [
      condition.methods?.join() ?? 'all',
      condition.path,
      timeoutMs,
      retries.attempts,
      retries.perTryMs,
      retries.on.join(),
    ]);

  test('by default: 3 retries, 2 s a try, 10 s in all, and nothing but lost requests for methods that change something', () => {
    expect(routes({})).toEqual([
      ['GET,HEAD,OPTIONS', '/', 10000, 3, 2000, safe.join()],
      ['all', '/', 10000, 3, undefined, unsafe.join()],
    ]);
  });

  test('a route takes from the service what it does not say itself', () => {
    const props: TrafficProps = {
      timeout: Duration.seconds(7),
      retries: { attempts: 2, perTry: Duration.millis(900) },
      routes: [{ path: '/quotes', methods: ['GET'], timeout: Duration.seconds(6), retries: { attempts: 4 } }],
    };
    expect(routes(props)).toEqual([
      ['GET', '/quotes', 6000, 4, 900, safe.join()],
      ['GET,HEAD,OPTIONS', '/', 7000, 2, 900, safe.join()],
      ['all', '/', 7000, 2, undefined, unsafe.join()],
    ]);
  });

  test('methods of both kinds are parted', () => {
    expect(routes({ routes: [{ path: '/x', methods: ['POST', 'GET', 'PUT'] }] }).slice(0, 2)).toEqual([
      ['GET', '/x', 10000, 3, 2000, safe.join()],
      ['POST,PUT', '/x', 10000, 3, undefined, unsafe.join()],
    ]);
  });

  test('an idempotent route may be repeated, whatever its method', () => {
    expect(routes({ routes: [{ path: '/x', methods: ['POST'], idempotent: true }] })[0]).toEqual([
      'POST',
      '/x',
      10000,
      3,
      2000,
      safe.join(),
    ]);
  });

  test('gRPC: every call is a POST, so that none may be repeated', () => {
    expect(routes({}, PortProtocol.GRPC)).toEqual([['all', '/', 10000, 3, undefined, unsafe.join()]]);
  });

  test('what the service retries on is meant for requests that may be repeated', () => {
    expect(routes({ retries: { on: ['5xx'] } }).map((one) => one[5])).toEqual(['5xx', unsafe.join()]);
  });

  const noted = (props: TrafficProps, ...protocols: PortProtocol[]) => {
    const problems = new Problems('teller');
    const ports = protocols.map((protocol, i) => ({ ...port(protocol), port: 83 + 2 * i }));
    resolveTraffic(props, ports, problems);
    return problemsOf(() => problems.throwIfAny());
  };

  test('what is said of requests needs a port that carries some', () => {
    expect(noted({ timeout: Duration.seconds(7) }, PortProtocol.TCP, PortProtocol.TLS)).toEqual([
      "teller.traffic: timeout is about requests, and no port speaks HTTP (83 tcp, 85 tls); leave it out, or set the port's protocol",
    ]);
  });

  test('routes of requests that there can not be are not judged further', () => {
    const route = { path: 'pay', timeout: Duration.seconds(0) };
    expect(noted({ routes: [route, route] }, PortProtocol.HTTP)).toEqual([
      'teller.traffic.routes: path "pay" must start with "/"',
    ]);
  });

  test.each([PortProtocol.TCP, PortProtocol.TLS])('%s has no routes', (protocol) => {
    expect(resolved({}, protocol)).toMatchObject({ routes: [], connectTimeoutMs: 2000 });
  });
});

describe('the DestinationRule', () => {
  test('of a port that carries requests', () => {
    const circuitBreaker = CircuitBreaker.standard({
      consecutive5xxErrors: 7,
      interval: Duration.seconds(11),
      baseEjectionTime: Duration.millis(13500),
      maxEjectionPercent: 41,
      minHealthPercent: 29,
      maxConnections: 101,
      maxPendingRequests: 53,
      maxRequests: 997,
      maxRequestsPerConnection: 3,
      h2Upgrade: true,
    });
    const model = resolved({ circuitBreaker, retries: { perTry: Duration.millis(1700) } });
    expect(destinationRule('h', model, true, false, [{ name: 'blue', labels: { colour: 'b' } }])).toMatchInlineSnapshot(`
{
  "host": "h",
  "subsets": [
    {
      "labels": {
        "colour": "b",
      },
      "name": "blue",
    },
  ],
  "trafficPolicy": {
    "connectionPool": {
      "http": {
        "h2UpgradePolicy": "UPGRADE",
        "http1MaxPendingRequests": 53,
        "http2MaxRequests": 997,
        "maxRequestsPerConnection": 3,
      },
      "tcp": {
        "connectTimeout": "1700ms",
        "maxConnections": 101,
      },
    },
    "loadBalancer": {
      "localityLbSetting": {
        "enabled": false,
      },
      "simple": "LEAST_REQUEST",
    },
    "outlierDetection": {
      "baseEjectionTime": "13500ms",
      "consecutive5XxErrors": 7,
      "interval": "11s",
      "maxEjectionPercent": 41,
      "minHealthPercent": 29,
    },
  },
}
`);
  });

  test('of bytes: connections only', () => {
    expect(destinationRule('h', resolved({}, PortProtocol.TCP), false, true).trafficPolicy?.connectionPool).toEqual({
      tcp: { maxConnections: 100, connectTimeout: '2s' },
      http: undefined,
    });
  });

  test.each<['standard' | 'strict', number[]]>([
    ['standard', [5, 30, 30, 50, 30, 100, 100, 1000]],
    ['strict', [3, 10, 30, 50, 30, 100, 50, 1000]],
  ])('%s', (name, expected) => {
    const { model } = CircuitBreaker[name]();
    expect([
      model.consecutive5xxErrors,
      model.interval.toSeconds(),
      model.baseEjectionTime.toSeconds(),
      model.maxEjectionPercent,
      model.minHealthPercent,
      model.maxConnections,
      model.maxPendingRequests,
      model.maxRequests,
    ]).toEqual(expected);
  });
});

test.each([
  [2000, '2s'],
  [250, '250ms'],
  [61500, '61500ms'],
])('%d ms is written %s', (value, text) => expect(ms(value)).toBe(text));
