import { Duration } from 'cdk8s';
import { CanaryMetric, Health, PortProtocol } from '../../../lib';
import type { ICanaryMetric } from '../../../lib/release/flagger/contract';
import { CanaryWorld } from './world';

/* What a check says of itself in the plan of a release, which the person reads who is asked whether it may go on. */

const says = (metric: ICanaryMetric, world = new CanaryWorld()): string => metric.bind(world.chart, world.context).describes;

test.each([
  [900, '900 ms'],
  [999, '999 ms'],
  [1000, '1 s'],
  [1500, '1.5 s'],
  [1250, '1250 ms'],
  [12_000, '12 s'],
])('a limit of %s ms is %s', (ms, shown) => {
  expect(says(CanaryMetric.latencyP99(Duration.millis(ms)))).toBe(`99 % of the requests take at most ${shown}`);
});

test.each([
  [{ max: 3 }, 'rejected is at most 3'],
  [{ min: 2 }, 'rejected is at least 2'],
  [{ min: 2, max: 3 }, 'rejected is from 2 to 3'],
  [{ min: 0, max: 0 }, 'rejected is from 0 to 0'],
])('what a query must give: %j', (threshold, shown) => {
  const query = 'sum(rejected_total{deployment="{{ target }}"})';
  expect(says(CanaryMetric.promql({ name: 'rejected', query, threshold }))).toBe(shown);
});

test('a share of errors is one of requests, or of calls', () => {
  expect(says(CanaryMetric.errorRate(2.5))).toBe('at most 2.5 % of the requests fail');
  const grpc = new CanaryWorld({
    service: { protocol: PortProtocol.GRPC, health: Health.grpc({ readinessService: 'teller' }) },
  });
  expect(says(CanaryMetric.errorRate(2.5), grpc)).toBe('at most 2.5 % of the gRPC calls fail');
});
