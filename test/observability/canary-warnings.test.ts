import { Duration } from 'cdk8s';
import {
  CanaryMetric,
  type CanaryProps,
  Objective,
  type ObjectiveProps,
  ObservabilityStack,
  Release,
  RequestSource,
} from '../../lib';
import { notesOn } from '../../lib/kube';
import { canaryWarnings } from '../../lib/observability/canary-warnings';
import type { CanaryThreshold } from '../../lib/observability/observed-facts';
import { World } from '../banking-service/world';

/* What pages somebody also stops a canary. Where a release has numbers of its own, the stack says what they let through. */

const ADVICE = 'give the release the objective of the stack';

const said = (objective: ObjectiveProps, ...thresholds: CanaryThreshold[]): string[] =>
  canaryWarnings('vault/till', Objective.of(objective), thresholds);

describe('of 99.95 %, with a page above 0.72 %', () => {
  const of = (...thresholds: CanaryThreshold[]) => said({ availability: 99.95 }, ...thresholds);
  const warning = (percent: number) => [
    `vault/till: 99.95 % succeed: its canary goes on while up to ${percent} % fail, and somebody is paged above 0.72 %; ${ADVICE}`,
  ];

  test.each([
    ['request-success-rate', { min: 99 }, 1],
    ['request-success-rate', { min: 99.27 }, 0.73],
    ['grpc-success-rate', { min: 97.5 }, 2.5],
    ['error-rate', { max: 0.9 }, 0.9],
    ['grpc-error-rate', { max: 4 }, 4],
  ])('%s of %j lets through %d %', (metric, bound, percent) => {
    expect(of({ metric, ...bound })).toEqual(warning(percent));
  });

  test.each([
    ['request-success-rate', { min: 99.28 }],
    ['grpc-success-rate', { min: 100 }],
    ['error-rate', { max: 0.72 }],
    ['grpc-error-rate', { max: 0 }],
  ])('%s of %j lets nothing through', (metric, bound) => {
    expect(of({ metric, ...bound })).toEqual([]);
  });

  test('the strictest check counts', () => {
    expect(of({ metric: 'request-success-rate', min: 99 }, { metric: 'error-rate', max: 0.5 })).toEqual([]);
    expect(of({ metric: 'request-success-rate', min: 99 }, { metric: 'error-rate', max: 3 })).toEqual(warning(1));
  });

  test('of a query of the user, and of a bound on the other side, nothing is known', () => {
    expect(
      of({ metric: 'rejected-payments', max: 5 }, { metric: 'request-success-rate', max: 5 }, { metric: 'error-rate', min: 5 }),
    ).toEqual([]);
    expect(of()).toEqual([]);
  });

  test('such a bound hides no other', () => {
    const weak = { metric: 'request-success-rate', min: 99 };
    for (const other of [
      { metric: 'rejected-payments', max: 0.1 },
      { metric: 'seen-by-others', min: 99.99 },
      { metric: 'grpc-success-rate', max: 1 },
      { metric: 'error-rate', min: 1 },
    ]) {
      expect(of(weak, other)).toEqual(warning(1));
    }
  });
});

describe('of 95 % within 250 ms', () => {
  const of = (...thresholds: CanaryThreshold[]) => said({ p95: Duration.millis(250) }, ...thresholds);
  const warning = [`vault/till: 95 % take at most 250 ms: its canary goes on when they take longer; ${ADVICE}`];

  test.each([
    ['request-duration', 500],
    ['request-duration', 251],
    ['latency-p95', 251],
    ['latency-p94-9', 250],
    ['latency-p90', 100],
    ['error-rate', 1],
  ])('%s of at most %d is less', (metric, max) => {
    expect(of({ metric, max })).toEqual(warning);
  });

  test.each([
    ['request-duration', 250],
    ['latency-p95', 250],
    ['latency-p95-5', 249],
    ['latency-p99-9', 250],
    ['latency-p95-of-ours', 900],
    ['checkout-seconds', 3],
  ])('%s of at most %d keeps to it, or may', (metric, max) => {
    expect(of({ metric, max })).toEqual([]);
  });

  test('without a limit on time, nothing keeps to it', () => {
    expect(of()).toEqual(warning);
    expect(of({ metric: 'request-duration', min: 1 })).toEqual(warning);
    expect(of({ metric: 'latency-p95', max: 900 }, { metric: 'request-duration', max: 240 })).toEqual([]);
  });
});

test('promises for routes are not for a canary, which sees no paths', () => {
  const routes = { 'POST /q': { availability: 99.99, p99: Duration.millis(100) } };
  const objective = { p50: Duration.seconds(1), routes, measuredBy: RequestSource.springBoot() };
  const thresholds = [
    { metric: 'request-duration', max: 900 },
    { metric: 'request-success-rate', min: 90 },
  ];
  expect(said(objective, ...thresholds)).toEqual([]);
});

describe('in a stack', () => {
  /** What a stack with an objective of 99.95 % and p95 says of a canary. */
  function warned(release: CanaryProps): string[] {
    const world = new World();
    const services = [world.service('till', { release: Release.canary(release) }), world.service('desk')];
    const stack = new ObservabilityStack(world.chart, 'watch', { services, objective, runbooks: 'https://git.example.com/r' });
    return notesOn(stack).flatMap(({ kind, text }) => (kind === 'warning' ? [text] : []));
  }
  const objective = Objective.of({ availability: 99.95, p95: Duration.millis(250) });
  const errors = `99.95 % succeed: its canary goes on while up to 1 % fail, and somebody is paged above 0.72 %; ${ADVICE}`;
  const latency = `95 % take at most 250 ms: its canary goes on when they take longer; ${ADVICE}`;

  test('a canary with the defaults lets through what the stack pages for', () => {
    const [first = '', ...others] = warned({});
    const [at] = first.split(': ');
    expect(at).toMatch(/^[a-z]+\/till$/);
    expect([first, ...others]).toEqual([`${at}: ${errors}`, `${at}: ${latency}`]);
  });

  test('one with the same objective, or with numbers as strict, does not', () => {
    expect(warned({ objective })).toEqual([]);
    expect(warned({ successRate: 99.5, metrics: [CanaryMetric.latencyQuantile(95, Duration.millis(200))] })).toEqual([]);
    expect(warned({ successRate: 99.5, p99: Duration.millis(250) })).toEqual([]);
  });

  test('names that CanaryMetric gives are the ones that are known', () => {
    expect(warned({ metrics: [CanaryMetric.errorRate(0.5), CanaryMetric.latencyQuantile(99.9, Duration.millis(249))] })).toEqual(
      [],
    );
    expect(warned({ metrics: [CanaryMetric.successRate(99.5), CanaryMetric.latencyQuantile(90, Duration.millis(10))] })).toEqual([
      expect.stringContaining(latency) as string,
    ]);
  });
});
