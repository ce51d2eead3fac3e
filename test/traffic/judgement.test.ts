import { Duration } from 'cdk8s';
import { Audience, CircuitBreaker, type CircuitBreakerProps, Exposure, Fault } from '../../lib';
import { resolveRetries, type RetryProps, usualTryMs } from '../../lib/traffic/retries';
import { ambiguous, bySpecificity, covers, describeCondition } from '../../lib/traffic/route-condition';
import { conditionProblems } from '../../lib/traffic/route-problems';
import { noted, problemsOf } from '../support/problems';

describe('a circuit breaker', () => {
  const wrong = (props: CircuitBreakerProps) => noted((problems) => CircuitBreaker.standard(props).validate(problems));
  const most = 2 ** 31 - 1;

  test.each<CircuitBreakerProps>([
    {},
    { consecutive5xxErrors: 1, maxConnections: most, maxPendingRequests: 1, maxRequests: most, maxRequestsPerConnection: 1 },
    { maxEjectionPercent: 1, minHealthPercent: 0 },
    { maxEjectionPercent: 99, minHealthPercent: 100 },
    { interval: Duration.millis(1), baseEjectionTime: Duration.millis(1) },
  ])('may be %j', (props) => expect(wrong(props)).toEqual([]));

  const whole = (key: string, value: unknown) => `x.circuitBreaker: ${key} ${String(value)} must be a whole number from 1 on`;
  const ejection = (value: unknown) =>
    `x.circuitBreaker: maxEjectionPercent ${String(value)} must be from 1 to 99: at 100 every pod can be out at once`;
  const health = (value: unknown) => `x.circuitBreaker: minHealthPercent ${String(value)} must be from 0 to 100`;
  test.each<[CircuitBreakerProps, string]>([
    [{ consecutive5xxErrors: 0 }, whole('consecutive5xxErrors', 0)],
    [{ maxConnections: most + 1 }, whole('maxConnections', most + 1)],
    [{ maxPendingRequests: 1.5 }, whole('maxPendingRequests', 1.5)],
    [{ maxRequests: -1 }, whole('maxRequests', -1)],
    [{ maxRequestsPerConnection: 0 }, whole('maxRequestsPerConnection', 0)],
    [{ maxEjectionPercent: 0 }, ejection(0)],
    [{ maxEjectionPercent: 100 }, ejection(100)],
    [{ maxEjectionPercent: 50.5 }, ejection(50.5)],
    [{ minHealthPercent: -1 }, health(-1)],
    [{ minHealthPercent: 101 }, health(101)],
    [{ minHealthPercent: 30.5 }, health(30.5)],
    [{ interval: Duration.millis(0) }, 'x.circuitBreaker: interval must be at least 1 ms'],
    [{ baseEjectionTime: Duration.millis(0) }, 'x.circuitBreaker: baseEjectionTime must be at least 1 ms'],
  ])('may not be %j', (props, expected) => expect(wrong(props)).toEqual([expected]));

  test('has props of its own', () => {
    for (const kind of ['standard', 'strict'] as const) {
      expect(problemsOf(() => CircuitBreaker[kind]({ a: 1 } as never))[0]).toMatch(
        new RegExp(`^CircuitBreaker.${kind}: there is no prop "a"; `),
      );
    }
  });
});

describe('an exposure', () => {
  const wrong = (exposure: Exposure) => noted((problems) => exposure.validate(problems));
  const sourceRanges = ['203.0.113.0/24'];

  test.each<[string, () => Exposure]>([
    ['one second', () => Exposure.clusterIp({ clientIpAffinity: Duration.seconds(1) })],
    ['a day', () => Exposure.clusterIp({ clientIpAffinity: Duration.days(1) })],
    ['the first port', () => Exposure.nodePort({ sourceRanges, nodePort: 30000 })],
    ['the last port', () => Exposure.nodePort({ sourceRanges, nodePort: 32767 })],
  ])('may have %s', (_what, exposure) => expect(wrong(exposure())).toEqual([]));

  test.each([0, 0.5, 1.5, 86401])('has no affinity of %d s', (seconds) => {
    expect(wrong(Exposure.clusterIp({ clientIpAffinity: Duration.millis(seconds * 1000) }))).toEqual([
      `x.exposure: clientIpAffinity ${seconds} s must be a whole number of seconds from 1 to 86400`,
    ]);
  });

  test.each([29999, 32768, 30000.5])('has no port %d', (nodePort) => {
    expect(wrong(Exposure.nodePort({ sourceRanges, nodePort }))).toEqual([
      `x.exposure: nodePort ${nodePort} must be from 30000 to 32767`,
    ]);
  });

  test('to the outside says who may connect', () => {
    const nobody = ['x.exposure: sourceRanges must name who may connect; without it the port is open to whoever finds it'];
    for (const kind of ['networkLoadBalancer', 'loadBalancer', 'nodePort'] as const) {
      const make = (options: { sourceRanges: string[] }) => Exposure[kind](options);
      expect(wrong(make({ sourceRanges }))).toEqual([]);
      expect(wrong(make({ sourceRanges: [] }))).toEqual(nobody);
      expect(wrong(make({} as never))).toEqual(nobody);
      expect(wrong(make({ sourceRanges: ['10.0.0.1/8', '169.254.169.254/32', '0.0.0.0/1'] }))).toEqual([
        'x.exposure.sourceRanges: "10.0.0.1/8" is not a CIDR: it has bits set behind its prefix of 8; use 10.0.0.1/32 for the one address, or clear them',
        'x.exposure.sourceRanges: 169.254.169.254/32 is the cloud metadata address, which calls nobody; name who may connect',
        'x.exposure.sourceRanges: 0.0.0.0/1 is too large a part of all addresses; name who may connect',
      ]);
    }
    expect(wrong(Exposure.headless())).toEqual([]);
  });

  test('takes ports of nodes where packets come by them', () => {
    const all = [
      Exposure.clusterIp(),
      Exposure.headless(),
      Exposure.networkLoadBalancer({ sourceRanges }),
      Exposure.loadBalancer({ sourceRanges }),
      Exposure.nodePort({ sourceRanges }),
    ];
    expect(all.map((one) => [one.type, one.nodePorts(3)])).toEqual([
      ['ClusterIP', 0],
      ['ClusterIP', 0],
      ['LoadBalancer', 0],
      ['LoadBalancer', 3],
      ['NodePort', 3],
    ]);
  });

  test('has options of its own', () => {
    const factories = ['clusterIp', 'headless', 'networkLoadBalancer', 'loadBalancer', 'nodePort'] as const;
    for (const name of factories) {
      expect(problemsOf(() => Exposure[name]({ a: 1 } as never))[0]).toMatch(
        new RegExp(`^Exposure.${name}: there is no prop "a"; `),
      );
    }
  });
});

describe('a fault', () => {
  const wrong = (fault: Fault) => noted((problems) => fault.validate(problems, 'faults', true));

  test('has its limits', () => {
    const good = [
      Fault.abort(400, { percentage: 100 }),
      Fault.abort(599, { percentage: 0.001 }),
      Fault.delay(Duration.millis(1), { percentage: 1 }),
      Fault.abortGrpc('UNAVAILABLE', { percentage: 1 }),
    ];
    expect(good.flatMap(wrong)).toEqual([]);
    for (const percentage of [0, 100.1, Number.NaN]) {
      expect(wrong(Fault.abort(503, { percentage }))).toEqual([
        `x.faults: percentage ${percentage} must be above 0 and at most 100`,
      ]);
    }
    expect(wrong(Fault.abort(503, {} as never))).toEqual(['x.faults: percentage nothing must be above 0 and at most 100']);
    for (const status of [399, 600, 503.5]) {
      expect(wrong(Fault.abort(status, { percentage: 1 }))).toEqual([
        `x.faults: status ${status} is no failure; use one from 400 to 599, like 503`,
      ]);
    }
    expect(wrong(Fault.delay(Duration.millis(0), { percentage: 1 }))).toEqual([
      'x.faults: a delay of 0 ms is none; use at least 1 ms, like Duration.seconds(5)',
    ]);
  });

  test('has options of its own', () => {
    const made = {
      delay: () => Fault.delay(Duration.seconds(5), { a: 1 } as never),
      abort: () => Fault.abort(503, { a: 1 } as never),
      abortGrpc: () => Fault.abortGrpc('ABORTED', { a: 1 } as never),
    };
    for (const [name, make] of Object.entries(made)) {
      expect(problemsOf(make)).toEqual([
        `Fault.${name}: there is no prop "a"; there are percentage, path, exact, methods, headers, acknowledge`,
      ]);
    }
  });

  test('says what it does', () => {
    const delay = Fault.delay(Duration.millis(1500), { percentage: 7 });
    expect([delay.model, delay.describes, delay.grpc]).toEqual([{ delay: { percentage: 7, ms: 1500 } }, 'wait 1.5 s', false]);
    const abort = Fault.abort(503, { percentage: 8 });
    expect([abort.model, abort.describes]).toEqual([{ abort: { percentage: 8, httpStatus: 503 } }, 'fail with 503']);
    const grpc = Fault.abortGrpc('ABORTED', { percentage: 9 });
    expect([grpc.model, grpc.describes, grpc.grpc]).toEqual([
      { abort: { percentage: 9, grpcStatus: 'ABORTED' } },
      'fail with ABORTED',
      true,
    ]);
  });
});

describe('retries', () => {
  const wrong = (props: RetryProps) => noted((problems) => resolveRetries(props, true, 10_000, problems, 'retries'));

  test('have their limits', () => {
    expect([{ attempts: 0 }, { attempts: 10 }, { perTry: Duration.millis(1) }].flatMap(wrong)).toEqual([]);
    for (const attempts of [-1, 11, 1.5]) {
      expect(wrong({ attempts })).toEqual([`x.retries: attempts ${attempts} must be a whole number from 0 to 10`]);
    }
    expect(wrong({ perTry: Duration.millis(0) })).toEqual(['x.retries: perTry must be above zero']);
    const harmful = { on: ['5xx', 'connect-failure', 'reset'] };
    expect(noted((problems) => resolveRetries(harmful, false, 10_000, problems, 'retries'))).toEqual([
      'x.retries.on: 5xx, reset would repeat a request that the service may have carried out; keep connect-failure, refused-stream, or declare the route idempotent: true',
    ]);
  });

  test('share the time that there is, the waits between them included', () => {
    expect([usualTryMs(10_000, 3), usualTryMs(10_000, 0), usualTryMs(1000, 10), usualTryMs(1, 3)]).toEqual([2000, 5000, 1, 1]);
    // Of 300 ms, 25 + 75 may be waits; the rest is for three tries.
    expect(usualTryMs(300, 2)).toBe(66);
  });
});

describe('conditions', () => {
  test('are plain', () => {
    expect(conditionProblems({ path: '/a.b/..c', headers: { 'x-a': 'b c' } })).toEqual([]);
    const dots = 'has "//" or dot segments, which Envoy resolves before it matches; write the plain path';
    expect(conditionProblems({ path: 'api' })).toEqual(['path "api" must start with "/"']);
    for (const path of ['/a/..', '/./a', '//a', '/a/../b'])
      expect(conditionProblems({ path })).toEqual([`path "${path}" ${dots}`]);
    const name = 'must be a name in lower case, as HTTP/2 carries it';
    for (const header of ['x a', 'X-A', '-a']) {
      expect(conditionProblems({ path: '/', headers: { [header]: 'b' } })).toEqual([`header "${header}" ${name}`]);
    }
    expect(conditionProblems({ path: '/', headers: { a: 7 as never, b: ['c'] as never } })).toEqual([
      'header "a": 7 must be a non-empty value on one line',
      'header "b": ["c"] must be a non-empty value on one line',
    ]);
  });

  test('cover what asks for no other method', () => {
    const of = (...methods: string[]) => ({ path: '/', methods });
    expect([covers(of('GET', 'PUT'), of('GET')), covers(of('GET'), of('GET', 'PUT')), covers(of('GET'), { path: '/' })]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('have one order, and are ambiguous where a request meets both', () => {
    expect([bySpecificity({ path: '/a' }, { path: '/b' }), bySpecificity({ path: '/b' }, { path: '/a' })]).toEqual([-1, 1]);
    expect(bySpecificity({ path: '/a' }, { path: '/a' })).toBe(0);
    const header = (name: string, value: string) => ({ path: '/a', headers: { [name]: value } });
    expect(ambiguous(header('x', '1'), header('y', '2'))).toBe(true);
    expect(ambiguous(header('x', '1'), header('x', '2'))).toBe(false);
    expect(ambiguous({ path: '/a' }, header('x', '1'))).toBe(false);
    expect(describeCondition({ path: '/a', exact: true, methods: ['GET', 'PUT'], headers: { x: '1', y: '2' } })).toBe(
      'GET,PUT /a (exact) x=1 y=2',
    );
    expect(describeCondition({ path: '/a' })).toBe('/a');
  });
});

describe('an audience', () => {
  const wrong = (audience: Audience) => noted((problems) => audience.validate(problems, 'audience'));

  test('may be told by headers, cookies and callers', () => {
    const good = [
      Audience.header('x-a', 'b'),
      Audience.header('x-a', { prefix: 'b ' }),
      Audience.header('x-a', { regex: ' (?P<a>b) ' }),
      Audience.header('x-a', { regex: '(?im)b' }),
      Audience.header('x-a', '(?!b)*'),
      Audience.customerGroup('gold'),
      Audience.sourceLabels({ team: 'a' }).and(Audience.sourceLabels({ team: 'a', tier: 'b' })),
      Audience.cookie('tier', 'gold').and(Audience.header('x-a', 'b')),
    ];
    expect(good.flatMap(wrong)).toEqual([]);
    expect(good.slice(3).map((one) => one.describe())).toEqual([
      'x-a ~ (?im)b',
      'x-a = (?!b)*',
      'x-customer-group = gold',
      'callers with team=a and callers with team=a and callers with tier=b',
      'cookie tier = gold and x-a = b',
    ]);
    expect(Audience.customerGroup('gold', { header: 'x-tier' }).match()).toEqual({
      headers: { 'x-tier': { exact: 'gold' } },
      sourceLabels: undefined,
    });
  });

  const blanks = 'has blanks around it, which a proxy takes away, so that it never matches; trim it';
  test.each<[string, () => Audience, string]>([
    [
      'a name',
      () => Audience.header('x a', 'b'),
      'header "x a" must be a name in lower case, as HTTP/2 carries it, other than "host"',
    ],
    [
      'no host',
      () => Audience.header('host', 'b'),
      'header "host" must be a name in lower case, as HTTP/2 carries it, other than "host"',
    ],
    ['no blanks behind', () => Audience.header('x-a', 'b '), `header x-a: "b " ${blanks}`],
    ['no blanks before', () => Audience.header('x-a', { prefix: ' b' }), `header x-a: " b" ${blanks}`],
    [
      'a regular expression',
      () => Audience.header('x-a', { regex: 'b(?im)*' }),
      'header x-a: "b(?im)*" is not a regular expression; write it in the syntax of RE2',
    ],
    [
      'a regular expression behind its flags',
      () => Audience.header('x-a', { regex: '(?im)*' }),
      'header x-a: "(?im)*" is not a regular expression; write it in the syntax of RE2',
    ],
    [
      'labels',
      () => Audience.sourceLabels({ 'a b': 'c' }),
      '"a b" is not a label key; use [prefix/]name with up to 63 characters',
    ],
    [
      'labels that do not contradict',
      () => Audience.sourceLabels({ team: 'a' }).and(Audience.sourceLabels({ team: 'b' })),
      'label team can\'t be "a" and "b" at once; nobody would be meant',
    ],
    [
      'a cookie that is judged as one, not as the header that it is in',
      () => Audience.cookie('tier', 'go\nld').and(Audience.header('x-b', 'c')),
      'cookie "tier": "go\\nld" is no value of a cookie; leave out blanks, quotes, commas, semicolons and backslashes',
    ],
    ['sound parts', () => Audience.header('x-a', 'b ').and(Audience.header('x-b', 'c')), `header x-a: "b " ${blanks}`],
  ])('has %s', (_what, make, expected) => {
    const [problem, ...more] = wrong(make());
    expect(more).toEqual([]);
    expect(problem).toBe(`x.audience: ${expected}`);
  });

  test('has options of its own', () => {
    expect(problemsOf(() => Audience.customerGroup('gold', { a: 1 } as never))).toEqual([
      'Audience.customerGroup: there is no prop "a"; there are header',
    ]);
    expect(problemsOf(() => Audience.customerGroup(undefined as never))).toEqual([
      'Audience.customerGroup.group: is missing; it must be a string',
    ]);
  });
});
