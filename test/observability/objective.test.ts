import { Duration } from 'cdk8s';
import { Objective, type ObjectiveProps, RequestSource } from '../../lib';
import { inWords, latencyInWords, promDuration, tidy } from '../../lib/observability/objective/arithmetic';
import { burnRates } from '../../lib/observability/objective/burn-rates';

const rates = (props: ObjectiveProps) =>
  Objective.of(props).goals[0]!.burnRates.map(({ severity, long, short, factor, threshold }) => [
    severity,
    promDuration(long),
    promDuration(short),
    factor,
    threshold,
  ]);

describe('O2: burn rates, by hand', () => {
  test('99.99 % over 30 days: the paces of the SRE workbook times 0.01 %', () => {
    expect(rates({ availability: 99.99 })).toEqual([
      ['page', '1h', '5m', 14.4, 0.00144],
      ['page', '6h', '30m', 6, 0.0006],
      ['ticket', '1d', '2h', 3, 0.0003],
      ['ticket', '3d', '6h', 1, 0.0001],
    ]);
  });

  test('28 days: 2 % of 672 hours in one, 5 % in six, 10 % in a day; 0.93 would keep the objective, so it is 1', () => {
    expect(rates({ availability: 99.5, window: Duration.days(28) })).toEqual([
      ['page', '1h', '5m', 13.44, 0.0672],
      ['page', '6h', '30m', 5.6, 0.028],
      ['ticket', '1d', '2h', 2.8, 0.014],
      ['ticket', '3d', '6h', 1, 0.005],
    ]);
  });

  test('7 days: both tickets would be at pace 1, and the one over the longer window stays', () => {
    expect(rates({ availability: 99.9, window: Duration.days(7) })).toEqual([
      ['page', '1h', '5m', 3.36, 0.00336],
      ['page', '6h', '30m', 1.4, 0.0014],
      ['ticket', '3d', '6h', 1, 0.001],
    ]);
  });

  test('90 days: three times the paces of 30', () => {
    expect(rates({ availability: 99.95, window: Duration.days(90) }).map(([, , , factor]) => factor)).toEqual([43.2, 18, 9, 3]);
  });

  test('an alert that not even failure of every request could raise is not made, and that is said', () => {
    const [goal] = Objective.of({ p90: Duration.millis(200) }).goals;
    expect(goal!.burnRates.map(({ threshold }) => threshold)).toEqual([0.6, 0.3, 0.1]);
    expect(goal!.missingAlerts).toEqual([
      'no page for 2 % of the budget in 1h: not even failure of every request uses it up at 14.4 times the pace',
    ]);
  });

  test('50 days of p90: where just every request would have to fail, it could not fail more', () => {
    const [goal] = Objective.of({ p90: Duration.millis(200), window: Duration.days(50) }).goals;
    expect(goal!.burnRates.map(({ factor }) => factor)).toEqual([5, 1.666666667]);
    expect(goal!.missingAlerts).toEqual([
      'no page for 2 % of the budget in 1h: not even failure of every request uses it up at 24 times the pace',
      'no page for 5 % of the budget in 6h: not even failure of every request uses it up at 10 times the pace',
    ]);
  });

  test('10 days of p50: no page is left, and of two tickets at pace 1 the one over the longer window stays', () => {
    expect(rates({ p50: Duration.millis(200), window: Duration.days(10) })).toEqual([['ticket', '3d', '6h', 1, 0.5]]);
  });

  test('no ticket takes the place of a page at the same pace', () => {
    expect(burnRates(5 * 86_400, 0.001).rates.map(({ severity, factor }) => [severity, factor])).toEqual([
      ['page', 2.4],
      ['page', 1],
      ['ticket', 1],
    ]);
  });
});

describe('O8: what stops a canary follows from what pages a human', () => {
  test('99.99 %: below 99.856 %, and why', () => {
    const { analysis } = Objective.of({ availability: 99.99 });
    expect(analysis.successRate).toBe(99.856);
    expect(analysis.latencies).toEqual([]);
    expect(analysis.derivation).toEqual([
      '99.99 % over 30 days lets 0.01 % of the requests fail: the error budget.',
      'A human is paged when 2 % of that budget goes within 1h, which is 14.4 times the pace that it lasts for.',
      '14.4 × 0.01 % = 0.144 %: the canary stops below 99.856 %, where the page starts.',
      'In an interval of up to 694 requests one failed request is enough for that: where there are fewer, add a load test or a longer interval.',
    ]);
  });

  test('the threshold is that of the fastest page, whatever the window', () => {
    for (const [availability, days] of [
      [99.9, 7],
      [99.95, 90],
      [99.5, 28],
      [97, 30],
    ] as const) {
      const objective = Objective.of({ availability, window: Duration.days(days) });
      const [page] = objective.goals[0]!.burnRates;
      expect(objective.analysis.successRate).toBe(tidy(100 - 100 * page!.threshold));
    }
  });

  test('one failed request of 694 is below 99.856 %, one of 695 is not', () => {
    expect(100 - 100 / 694).toBeLessThan(99.856);
    expect(100 - 100 / 695).toBeGreaterThan(99.856);
  });

  test('latencies are taken as they are; of routes a canary knows nothing', () => {
    const { analysis } = Objective.of({
      p95: Duration.millis(200),
      p99: Duration.millis(650),
      routes: { '/a': { availability: 90, p50: Duration.seconds(7) } },
      measuredBy: RequestSource.openTelemetry(),
    });
    expect(analysis.successRate).toBeUndefined();
    expect(analysis.latencies.map(({ percentile, limit }) => [percentile, limit.toMilliseconds()])).toEqual([
      [95, 200],
      [99, 650],
    ]);
    expect(analysis.derivation).toEqual([
      "p95 of at most 200 ms is the objective itself: its budget, 5 % of the requests, is wide enough that one slow request stops no canary in an interval of 20 requests or more. Flagger's own duration is the p99, so p95 needs a MetricTemplate.",
      'p99 of at most 650 ms is the objective itself: its budget, 1 % of the requests, is wide enough that one slow request stops no canary in an interval of 100 requests or more.',
    ]);
  });
});

describe('an objective', () => {
  test('is a value that nobody can change', () => {
    const objective = Objective.of({ availability: 99.9 });
    expect(Object.isFrozen(objective)).toBe(true);
    expect(Object.isFrozen(objective.goals[0]!.burnRates[0])).toBe(true);
    expect(objective).toMatchObject({ window: 30 * 86_400, minimumFailures: 10 });
  });

  test('takes a limit in whatever unit it is written', () => {
    const [goal] = Objective.of({ p95: Duration.seconds(0.2005) }).goals;
    expect(goal).toMatchObject({
      id: 'latency-p95',
      promise: '95 % take at most 200.5 ms',
      percent: 95,
      budget: 0.05,
      limit: 200.5,
    });
  });

  test('says its goals in one order: all requests first, then routes', () => {
    const { goals } = Objective.of({
      p999: Duration.seconds(2),
      p50: Duration.millis(20),
      availability: 99.7,
      routes: { 'GET /b/{id}': { p90: Duration.millis(70) }, '/a': { availability: 99 } },
      measuredBy: RequestSource.springBoot(),
    });
    expect(goals.map(({ id, promise, route }) => [id, promise, route?.method, route?.path])).toEqual([
      ['availability', '99.7 % succeed', undefined, undefined],
      ['latency-p50', '50 % take at most 20 ms', undefined, undefined],
      ['latency-p999', '99.9 % take at most 2 s', undefined, undefined],
      ['latency-p90', '90 % take at most 70 ms', 'GET', '/b/{id}'],
      ['availability', '99 % succeed', undefined, '/a'],
    ]);
  });
});

test('times as PromQL and as people write them', () => {
  expect([0, 90, 300, 5400, 7200, 86_400, 259_200].map(promDuration)).toEqual(['0s', '90s', '5m', '90m', '2h', '1d', '3d']);
  expect([60, 600, 7200, 10_800, 180_000, 259_200, 2_592_000].map(inWords)).toEqual([
    '1 minute',
    '10 minutes',
    '120 minutes',
    '3 hours',
    '50 hours',
    '3 days',
    '30 days',
  ]);
  expect([0.5, 999, 1000, 1500].map(latencyInWords)).toEqual(['0.5 ms', '999 ms', '1 s', '1.5 s']);
});
