import { Chart, Duration, Testing } from 'cdk8s';
import { CanaryRelease, type CanaryReleaseProps, type ICanaryMetric, type IWebhook } from '../../../lib';
import { type Json, only } from '../../banking-service/world';
import { linesOf } from '../said';

/* A Canary says what it was told, and nothing where it was told nothing. */

function spec(props: Partial<CanaryReleaseProps>): Json {
  const chart = new Chart(Testing.app(), 'world');
  const target = { kind: 'Deployment', name: 'orders' } as const;
  new CanaryRelease(chart, 'orders', { namespace: 'shop', target, port: 83, ...props });
  return only(Testing.synth(chart) as Json[], 'Canary').spec;
}

test('of a webhook: its name, kind, address and time; of a metric, its own time where it has one', () => {
  const hook: IWebhook = {
    ...{ name: 'load', type: 'rollout', timeoutSeconds: 7 },
    validate() {},
    bind: () => ({ name: 'load', type: 'rollout', url: 'http://tester.shop/', timeoutSeconds: 7 }),
  };
  const metric = (name: string, more: object): ICanaryMetric => ({
    validate() {},
    bind: () => ({ name, query: 'up', thresholdRange: { min: 1 }, describes: 'it is up', ...more }),
  });
  const metrics = [metric('now', { intervalSeconds: 37 }), metric('then', {})];
  const { analysis } = spec({ interval: Duration.seconds(73), webhooks: [hook], metrics });
  expect(analysis.webhooks).toStrictEqual([{ name: 'load', type: 'rollout', url: 'http://tester.shop/', timeout: '7s' }]);
  expect((analysis.metrics as Json[]).filter(({ query }) => query !== undefined)).toStrictEqual([
    { name: 'now', interval: '37s', query: 'up', thresholdRange: { min: 1 } },
    { name: 'then', interval: '73s', query: 'up', thresholdRange: { min: 1 } },
  ]);
});

test('of pages that may send requests: who they are', () => {
  const allowOrigins = [{ exact: 'https://shop.example.com' }];
  expect(spec({ service: { corsPolicy: { allowOrigins } } }).service.corsPolicy).toStrictEqual({ allowOrigins });
});

test('of a cookie that nobody shares out: no partitions', () => {
  const said = (sessionAffinity: object) => spec({ steps: [50, 100], sessionAffinity }).analysis.sessionAffinity as Json;
  expect(said({})).not.toHaveProperty('partitioned');
  expect(said({ partitioned: true, sameSite: 'None' }).partitioned).toBe(true);
});

test('of no further attempts: that there are none', () => {
  expect(spec({ service: { retries: { attempts: 0 } } }).service.retries).toStrictEqual({ attempts: 0 });
});

test.each([{ min: 2 }, { max: 23 }, { min: 2, max: 23 }])(
  'of the primary of an autoscaler: the limits that are given, %j',
  (primary) => {
    const { autoscalerRef } = spec({ autoscaler: { kind: 'HorizontalPodAutoscaler', name: 'orders', primary } });
    const { min: minReplicas, max: maxReplicas } = primary as { min?: number; max?: number };
    expect(autoscalerRef.primaryScalerReplicas).toEqual({ minReplicas, maxReplicas });
  },
);

test('a problem is said with the canary and the prop that it is about', () => {
  const never: ICanaryMetric = {
    validate: (problems, part) => problems.add('is never up', part),
    bind: () => ({ name: 'up', query: 'up', thresholdRange: { min: 1 }, describes: 'it is up' }),
  };
  expect(linesOf(() => spec({ metrics: [never], progressDeadline: Duration.seconds(0) }))).toEqual([
    'orders.progressDeadline: 0 s must be a whole number of seconds from 1 on',
    'orders.metrics[0]: is never up',
  ]);
  const nothing: ICanaryMetric = { validate() {}, bind: () => undefined as never };
  expect(linesOf(() => spec({ metrics: [nothing] }))).toEqual([
    'orders.metrics: has made nothing, which lacks name, thresholdRange, describes',
  ]);
  expect(linesOf(() => spec({ name: 'the orders' }))).toEqual([
    'canary "the orders".name: "the orders" is not a name that Kubernetes takes; use 1 to 63 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
  ]);
});
