import { Duration } from 'cdk8s';
import { Problems } from '../../../lib/kernel/errors';
import type { TrafficPolicyProps } from '../../../lib/release/flagger/traffic-policy';
import { trafficPolicyProblems } from '../../../lib/release/flagger/traffic-policy-problems';
import { linesOf } from '../said';

/* What Istio would refuse in a DestinationRule of Flagger, and what would leave nobody to answer. */

/** What is wrong with a policy, a line each. */
const judged = (policy: TrafficPolicyProps) =>
  linesOf((problems) => trafficPolicyProblems(policy, problems, (prop) => prop), 'orders');

type Http = NonNullable<TrafficPolicyProps['connectionPool']>['http'];
type Balancer = TrafficPolicyProps['loadBalancer'];
type Outliers = TrafficPolicyProps['outlierDetection'];
const zones = (from: string, to: Readonly<Record<string, number>>) =>
  ({ simple: 'RANDOM', localityLbSetting: { distribute: [{ from, to }] } }) as const;
const failover = (from: string, to: string) => ({ simple: 'RANDOM', localityLbSetting: { failover: [{ from, to }] } }) as const;
const errors = { consecutive5xxErrors: 5 };
/** What JavaScript may leave out. */
const without = undefined as never;

test.each<[string, Http, string[]]>([
  ['none', {}, ['orders.connectionPool: is empty, which Istio refuses; say something, or leave it out']],
  ['the least', { http1MaxPendingRequests: 1, http2MaxRequests: 1, maxRequestsPerConnection: 1, maxRetries: 1 }, []],
  ['the most', { http2MaxRequests: 2147483647 }, []],
  [
    'one more than an int32',
    { http2MaxRequests: 2147483648 },
    ['orders.connectionPool.http: http2MaxRequests 2147483648 must be a whole number from 1 to 2147483647'],
  ],
  [
    'no requests at all',
    { http1MaxPendingRequests: 0 },
    ['orders.connectionPool.http: http1MaxPendingRequests 0 must be a whole number from 1 to 2147483647'],
  ],
  [
    'half a request',
    { maxRetries: 1.5 },
    ['orders.connectionPool.http: maxRetries 1.5 must be a whole number from 1 to 2147483647'],
  ],
  ['a time, and HTTP/2', { idleTimeout: Duration.seconds(3), h2UpgradePolicy: 'UPGRADE' }, []],
])('limits: %s', (_what, given, problems) => {
  expect(judged({ connectionPool: { http: given } })).toEqual(problems);
});

test.each<[string, Balancer, string[]]>([
  [
    'none',
    {},
    [
      'orders.loadBalancer: is empty, which Istio refuses; say something, or leave it out',
      'orders.loadBalancer: needs exactly one of simple and consistentHash',
    ],
  ],
  ['one after the other', { simple: 'ROUND_ROBIN' }, []],
  [
    'two ways at once',
    { simple: 'RANDOM', consistentHash: { useSourceIp: true } },
    ['orders.loadBalancer: needs exactly one of simple and consistentHash'],
  ],
  ['by a header', { consistentHash: { httpHeaderName: 'x-customer' } }, []],
  [
    'by a hash of nothing',
    { consistentHash: {} },
    ['orders.loadBalancer.consistentHash: needs exactly one of httpHeaderName, httpCookie and useSourceIp'],
  ],
  [
    'by a header and the caller',
    { consistentHash: { httpHeaderName: 'x-customer', useSourceIp: true } },
    ['orders.loadBalancer.consistentHash: needs exactly one of httpHeaderName, httpCookie and useSourceIp'],
  ],
  ['by a cookie', { consistentHash: { httpCookie: { name: 'pod', ttl: Duration.seconds(0) } } }, []],
  [
    'by a cookie without a name',
    { consistentHash: { httpCookie: { name: '', ttl: Duration.hours(1) } } },
    ['orders.loadBalancer.consistentHash: httpCookie needs a name and a ttl'],
  ],
  [
    'by a cookie with no name at all',
    { consistentHash: { httpCookie: { name: without, ttl: Duration.hours(1) } } },
    ['orders.loadBalancer.consistentHash: httpCookie needs a name and a ttl'],
  ],
  [
    'by a cookie without an end',
    { consistentHash: { httpCookie: { name: 'pod', ttl: without } } },
    ['orders.loadBalancer.consistentHash: httpCookie needs a name and a ttl'],
  ],
  [
    'by no zone',
    { simple: 'RANDOM', localityLbSetting: {} },
    ['orders.loadBalancer.localityLbSetting: needs exactly one of distribute and failover'],
  ],
  [
    'by zones and regions',
    {
      simple: 'RANDOM',
      localityLbSetting: { distribute: [{ from: '*', to: { '*': 100 } }], failover: [{ from: 'a', to: 'b' }] },
    },
    ['orders.loadBalancer.localityLbSetting: needs exactly one of distribute and failover'],
  ],
  ['by zones', zones('eu/a/*', { 'eu/a/*': 80, 'eu/b/*': 19, 'eu/c/*': 1 }), []],
  [
    'with 101 percent',
    zones('eu/a/*', { 'eu/a/*': 80, 'eu/b/*': 21 }),
    [
      'orders.loadBalancer.localityLbSetting: from "eu/a/*" to {"eu/a/*":80,"eu/b/*":21} gives 101 percent; shares are whole numbers that add up to 100',
    ],
  ],
  [
    'with nothing for a zone',
    zones('eu/a/*', { 'eu/a/*': 100, 'eu/b/*': 0 }),
    [
      'orders.loadBalancer.localityLbSetting: from "eu/a/*" to {"eu/a/*":100,"eu/b/*":0} gives 100 percent; shares are whole numbers that add up to 100',
    ],
  ],
  [
    'with halves',
    zones('eu/a/*', { 'eu/a/*': 99.5, 'eu/b/*': 0.5 }),
    [
      'orders.loadBalancer.localityLbSetting: from "eu/a/*" to {"eu/a/*":99.5,"eu/b/*":0.5} gives 100 percent; shares are whole numbers that add up to 100',
    ],
  ],
  [
    'with halves of more',
    zones('eu/a/*', { 'eu/a/*': 97.5, 'eu/b/*': 2.5 }),
    [
      'orders.loadBalancer.localityLbSetting: from "eu/a/*" to {"eu/a/*":97.5,"eu/b/*":2.5} gives 100 percent; shares are whole numbers that add up to 100',
    ],
  ],
  [
    'from nowhere',
    zones(without, { '*': 100 }),
    [
      'orders.loadBalancer.localityLbSetting: from nothing to {"*":100} gives 100 percent; shares are whole numbers that add up to 100',
    ],
  ],
  [
    'to nowhere',
    zones('*', without),
    ['orders.loadBalancer.localityLbSetting: from "*" to {} gives 0 percent; shares are whole numbers that add up to 100'],
  ],
  ['by regions', failover('eu', 'us'), []],
  [
    'to the same region',
    failover('eu', 'eu'),
    ['orders.loadBalancer.localityLbSetting: failover from "eu" to "eu" must name two regions'],
  ],
  [
    'to no region',
    failover('eu', without),
    ['orders.loadBalancer.localityLbSetting: failover from "eu" to nothing must name two regions'],
  ],
  [
    'from no region',
    failover(without, 'us'),
    ['orders.loadBalancer.localityLbSetting: failover from nothing to "us" must name two regions'],
  ],
])('which pod gets a request: %s', (_what, given, problems) => {
  expect(judged({ loadBalancer: given })).toEqual(problems);
});

test.each<[string, Outliers, string[]]>([
  ['none', {}, ['orders.outlierDetection: is empty, which Istio refuses; say something, or leave it out']],
  ['by one error', { consecutive5xxErrors: 1 }, []],
  [
    'by no error',
    { consecutive5xxErrors: 0 },
    ['orders.outlierDetection: consecutive5xxErrors 0 must be a whole number from 1 on'],
  ],
  [
    'by a part of one',
    { consecutive5xxErrors: 2.5 },
    ['orders.outlierDetection: consecutive5xxErrors 2.5 must be a whole number from 1 on'],
  ],
  ['by errors of gateways', { consecutiveGatewayErrors: 3 }, []],
  [
    'by no error of gateways',
    { consecutiveGatewayErrors: -1 },
    ['orders.outlierDetection: consecutiveGatewayErrors -1 must be a whole number from 1 on'],
  ],
  [
    'by times alone',
    { interval: Duration.seconds(10) },
    ['orders.outlierDetection: names no errors to count; give consecutive5xxErrors or consecutiveGatewayErrors'],
  ],
  ['by connections', { ...errors, splitExternalLocalOriginErrors: true, consecutiveLocalOriginFailures: 1 }, []],
  [
    'by connections that are not told apart',
    { ...errors, splitExternalLocalOriginErrors: false, consecutiveLocalOriginFailures: 1 },
    ['orders.outlierDetection: consecutiveLocalOriginFailures counts only with splitExternalLocalOriginErrors: true; set both'],
  ],
  [
    'by no connection',
    { ...errors, splitExternalLocalOriginErrors: true, consecutiveLocalOriginFailures: 0 },
    ['orders.outlierDetection: consecutiveLocalOriginFailures 0 must be a whole number from 1 on'],
  ],
  ['one percent of them', { ...errors, maxEjectionPercent: 1 }, []],
  [
    'none of them',
    { ...errors, maxEjectionPercent: 0 },
    ['orders.outlierDetection: maxEjectionPercent 0 must be from 1 to 99: at 100 every pod can be out at once'],
  ],
  ['nearly all of them', { ...errors, maxEjectionPercent: 99 }, []],
  [
    'all of them',
    { ...errors, maxEjectionPercent: 100 },
    ['orders.outlierDetection: maxEjectionPercent 100 must be from 1 to 99: at 100 every pod can be out at once'],
  ],
  [
    'half a percent more',
    { ...errors, maxEjectionPercent: 50.5 },
    ['orders.outlierDetection: maxEjectionPercent 50.5 must be from 1 to 99: at 100 every pod can be out at once'],
  ],
  ['however many are healthy', { ...errors, minHealthPercent: 0 }, []],
  ['while all are healthy', { ...errors, minHealthPercent: 100 }, []],
  [
    'while more than all are healthy',
    { ...errors, minHealthPercent: 101 },
    ['orders.outlierDetection: minHealthPercent 101 must be from 0 to 100'],
  ],
  [
    'while fewer than none are healthy',
    { ...errors, minHealthPercent: -1 },
    ['orders.outlierDetection: minHealthPercent -1 must be from 0 to 100'],
  ],
  [
    'while a part of a percent is healthy',
    { ...errors, minHealthPercent: 0.5 },
    ['orders.outlierDetection: minHealthPercent 0.5 must be from 0 to 100'],
  ],
])('which pods are left out: %s', (_what, given, problems) => {
  expect(judged({ outlierDetection: given })).toEqual(problems);
});

test('a part that did not fit is told of once, and not as empty too', () => {
  const problems = new Problems('orders');
  problems.add('must be left out: the Canary does not know it', 'loadBalancer.consistentHash.minimumRingSize');
  trafficPolicyProblems({ loadBalancer: { consistentHash: {} }, outlierDetection: {} }, problems, (prop) => prop);
  expect(() => problems.throwIfAny()).toThrow(
    /^orders\.loadBalancer\.consistentHash\.minimumRingSize: must be left out: the Canary does not know it$/,
  );
});
