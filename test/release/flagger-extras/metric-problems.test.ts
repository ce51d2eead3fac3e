import { Duration } from 'cdk8s';
import { CanaryMetric, type ICanaryMetric, PortProtocol } from '../../../lib';
import { linesOf } from '../said';
import { FACTS } from './world';

/* Metrics, each limit from both sides: a check that can't fail, or can't hold, would be found out in a release. */

/** What making it, or giving it to a canary, says; a line each. */
const said = (make: () => ICanaryMetric, protocol: PortProtocol = PortProtocol.HTTP) =>
  linesOf((problems) => make().validate(problems, 'it', { ...FACTS, port: { ...FACTS.port, protocol } }));

const own = (interval: Duration) =>
  said(() => CanaryMetric.promql({ name: 'rejected', query: 'sum(a{b="{{ target }}"})', threshold: { max: 3 }, interval }));
const seconds = (n: number) => Duration.millis(n * 1000);
const text = (value: string) => value as never;

test.each<[string, () => ICanaryMetric, string[]]>([
  ['all of them', () => CanaryMetric.successRate(100), []],
  [
    'more than all',
    () => CanaryMetric.successRate(100.5),
    ['teller.it: 100.5 must be a percentage above 1 and up to 100; write it like 99.5'],
  ],
  ['a share', () => CanaryMetric.successRate(0.995), ['teller.it: 0.995 is a share, and percent are asked for; write 99.5']],
  [
    'one, which is a share of all',
    () => CanaryMetric.successRate(1),
    ['teller.it: 1 is a share, and percent are asked for; write 100'],
  ],
  ['a little above one', () => CanaryMetric.successRate(1.5), []],
  ['none', () => CanaryMetric.successRate(0), ['teller.it: 0 must be a percentage above 1 and up to 100; write it like 99.5']],
  [
    'less than none',
    () => CanaryMetric.successRate(-1),
    ['teller.it: -1 must be a percentage above 1 and up to 100; write it like 99.5'],
  ],
  ['no number', () => CanaryMetric.successRate(text('99')), ['CanaryMetric.successRate.percent: "99" must be a number']],
  [
    'of a minute and a second',
    () => CanaryMetric.successRate(99, { interval: seconds(61) }),
    [
      'teller.it.interval: 61 s looks back beyond the 60 s since the last look, so that the step before is judged too; use at most 60 s',
    ],
  ],
  ['no error', () => CanaryMetric.errorRate(0), []],
  [
    'less than no error',
    () => CanaryMetric.errorRate(-1),
    ['teller.it: -1 must be a percentage from 0 to below 50, of what may fail; write it like 1'],
  ],
  ['nearly half', () => CanaryMetric.errorRate(49.9), []],
  [
    'half',
    () => CanaryMetric.errorRate(50),
    ['teller.it: 50 must be a percentage from 0 to below 50, of what may fail; write it like 1'],
  ],
  [
    'calls, on a port of HTTP',
    () => CanaryMetric.grpcSuccessRate(99),
    ['teller.it: counts gRPC calls, and port 81 speaks http, so that it would never find one; use CanaryMetric.successRate'],
  ],
])('a percentage: %s', (_what, given, problems) => {
  expect(said(given)).toEqual(problems);
});

test.each<[string, () => ICanaryMetric, string[]]>([
  ['calls', () => CanaryMetric.grpcSuccessRate(99), []],
  [
    'a share of calls',
    () => CanaryMetric.grpcSuccessRate(0.99),
    ['teller.it: 0.99 is a share, and percent are asked for; write 99'],
  ],
  [
    'statuses of HTTP',
    () => CanaryMetric.successRate(99),
    [
      'teller.it: counts statuses of HTTP, and port 81 speaks grpc, whose errors travel inside a 200; use CanaryMetric.grpcSuccessRate',
    ],
  ],
  ['latency', () => CanaryMetric.latencyP99(Duration.millis(300)), []],
])('on a port of gRPC: %s', (_what, given, problems) => {
  expect(said(given, PortProtocol.GRPC)).toEqual(problems);
});

test.each<[string, () => ICanaryMetric, string[]]>([
  [
    'statuses of HTTP',
    () => CanaryMetric.successRate(99),
    [
      'teller.it: counts requests, and port 81 speaks tcp, where the mesh sees none; use CanaryMetric.promql with a metric of the service',
    ],
  ],
  [
    'latency',
    () => CanaryMetric.latencyP99(Duration.millis(300)),
    [
      'teller.it: counts requests, and port 81 speaks tcp, where the mesh sees none; use CanaryMetric.promql with a metric of the service',
    ],
  ],
  [
    'errors',
    () => CanaryMetric.errorRate(1),
    [
      'teller.it: counts requests, and port 81 speaks tcp, so that it would never find one; use CanaryMetric.promql with a metric of the service',
    ],
  ],
])('on a port of bytes: %s', (_what, given, problems) => {
  expect(said(given, PortProtocol.TCP)).toEqual(problems);
});

test.each<[string, () => ICanaryMetric, string[]]>([
  ['of one percent', () => CanaryMetric.latencyQuantile(1, Duration.millis(200)), []],
  ['of nearly all', () => CanaryMetric.latencyQuantile(99.999, Duration.millis(200)), []],
  [
    'of all',
    () => CanaryMetric.latencyQuantile(100, Duration.millis(200)),
    [
      'CanaryMetric.latencyQuantile.percentile: 100 must be a percentage from 1 to below 100, with up to three decimals; write it like 95',
    ],
  ],
  [
    'of four decimals',
    () => CanaryMetric.latencyQuantile(99.9999, Duration.millis(200)),
    [
      'CanaryMetric.latencyQuantile.percentile: 99.9999 must be a percentage from 1 to below 100, with up to three decimals; write it like 95',
    ],
  ],
  [
    'of a share',
    () => CanaryMetric.latencyQuantile(0.95, Duration.millis(200)),
    ['CanaryMetric.latencyQuantile.percentile: 0.95 is a share, and percent are asked for; write 95'],
  ],
  [
    'of none',
    () => CanaryMetric.latencyQuantile(0, Duration.millis(200)),
    [
      'CanaryMetric.latencyQuantile.percentile: 0 must be a percentage from 1 to below 100, with up to three decimals; write it like 95',
    ],
  ],
  [
    'of less than none',
    () => CanaryMetric.latencyQuantile(-1, Duration.millis(200)),
    [
      'CanaryMetric.latencyQuantile.percentile: -1 must be a percentage from 1 to below 100, with up to three decimals; write it like 95',
    ],
  ],
  [
    'of no number',
    () => CanaryMetric.latencyQuantile(text('95'), Duration.millis(200)),
    ['CanaryMetric.latencyQuantile.percentile: "95" must be a number'],
  ],
  [
    'of no time',
    () => CanaryMetric.latencyQuantile(95, Duration.millis(0)),
    ['CanaryMetric.latencyQuantile.limit: 0 ms is no time; give the longest that a request may take'],
  ],
  [
    'of nothing',
    () => CanaryMetric.latencyQuantile(95, undefined as never),
    ['CanaryMetric.latencyQuantile.limit: is missing; it must be a Duration, like Duration.seconds(10)'],
  ],
  ['of half milliseconds, from the histogram', () => CanaryMetric.latencyQuantile(95, Duration.millis(1.5)), []],
  [
    'of half milliseconds, by Flagger itself',
    () => CanaryMetric.latencyP99(Duration.millis(7.6)),
    ['CanaryMetric.latencyQuantile.limit: 7.6 ms must be whole milliseconds, which is what Flagger compares; use 8 ms'],
  ],
])('a latency: %s', (_what, given, problems) => {
  expect(said(given)).toEqual(problems);
});

test.each<[string, Duration, string[]]>([
  ['a second', seconds(1), []],
  ['no time', seconds(0), ['teller.it.interval: 0 s must be a whole number of seconds from 1 on']],
  ['a second and a half', seconds(1.5), ['teller.it.interval: 1.5 s must be a whole number of seconds from 1 on']],
  ['as far as the last look', seconds(60), []],
  [
    'a second more',
    seconds(61),
    [
      'teller.it.interval: 61 s looks back beyond the 60 s since the last look, so that the step before is judged too; use at most 60 s',
    ],
  ],
])('how far it looks back, of 60 s: %s', (_what, given, problems) => {
  expect(own(given)).toEqual(problems);
});

test.each<[string, () => ICanaryMetric, string[]]>([
  [
    'of a success rate',
    () => CanaryMetric.successRate(99, { window: 1 } as never),
    ['CanaryMetric.successRate: there is no prop "window"; there are interval'],
  ],
  [
    'of gRPC',
    () => CanaryMetric.grpcSuccessRate(99, { window: 1 } as never),
    ['CanaryMetric.grpcSuccessRate: there is no prop "window"; there are interval'],
  ],
  [
    'of errors',
    () => CanaryMetric.errorRate(1, { window: 1 } as never),
    ['CanaryMetric.errorRate: there is no prop "window"; there are interval'],
  ],
  [
    'of a latency',
    () => CanaryMetric.latencyQuantile(95, Duration.millis(1), { window: 1 } as never),
    ['CanaryMetric.latencyQuantile: there is no prop "window"; there are interval'],
  ],
  [
    'of a query',
    () => CanaryMetric.promql({ name: 'a', query: 'b', threshold: { max: 1 }, window: 1 } as never),
    [
      'CanaryMetric.promql: there is no prop "window"; there are interval, name, query, threshold, variables, describes, countsErrors',
    ],
  ],
  [
    'a query without a threshold',
    () => CanaryMetric.promql({ name: 'a', query: 'b' } as never),
    ['CanaryMetric.promql.threshold: is missing; it must be a map of props, like { key: value }'],
  ],
  [
    'no percentage',
    () => CanaryMetric.errorRate(undefined as never),
    ['CanaryMetric.errorRate.percent: is missing; it must be a number'],
  ],
  [
    'no provider',
    () => CanaryMetric.template({ name: 'a', query: 'b', threshold: { max: 1 } } as never),
    ['CanaryMetric.template.provider: is missing; it must be made with MetricProvider.prometheus() or one of its sisters'],
  ],
])('options: %s', (_what, given, problems) => {
  expect(said(given)).toEqual(problems);
});
