import { checks, passes } from '../../.ci/play/analysis';
import { Past, exposed } from '../../.ci/play/exposition';
import { nameOf, objections, type RanQuery } from '../../.ci/play/panels';
import { always, at, combined, counted, type Steps } from '../../.ci/play/steps';
import { CANARY_FAILS, CANARY_WELL, BAD, FAILING, PRIMARY_SHARE } from '../../.ci/play/story';
import { inUnit } from '../../.ci/play/units';
import type { Target } from '../../.ci/play/world';

describe('the play: counters', () => {
  const rate: Steps = [
    [-Infinity, 2],
    [100, 0],
    [160, 5],
  ];

  test('never fall, and stand still where nothing comes', () => {
    const seen = Array.from({ length: 40 }, (_, i) => counted(rate, i * 10));
    expect(seen.every((value, i) => i === 0 || value >= seen[i - 1]!)).toBe(true);
    expect(counted(rate, 110)).toBe(counted(rate, 150));
  });

  test('of two shares add up to the counter of the whole, but for fractions', () => {
    const [one, other] = [0.3, 0.7].map((share) =>
      counted(
        combined(rate, always(share), (a, b) => a * b),
        333,
      ),
    );
    expect(counted(rate, 333) - one! - other!).toBeGreaterThanOrEqual(0);
    expect(counted(rate, 333) - one! - other!).toBeLessThanOrEqual(2);
  });

  test('what the canary gets, well or not, and the primary add up to all', () => {
    for (const t of [-5000, 29, 31, 120, 169, 171, 400]) {
      expect(at(PRIMARY_SHARE, t) + at(CANARY_WELL, t) + at(CANARY_FAILS, t)).toBeCloseTo(1, 10);
    }
    expect([at(CANARY_FAILS, BAD - 1), at(CANARY_FAILS, BAD)]).toEqual([0, FAILING]);
  });
});

describe('the play: what is scraped', () => {
  const target = (honoured: boolean): Target => ({
    path: '/x',
    labels: { job: 'flagger', namespace: 'flagger-system' },
    honoured,
    samples: (t) => [{ name: 'weight', labels: { namespace: 'banking', said: 'a "b"\\\n' }, value: t }],
  });

  test('is the text format of Prometheus', () => {
    expect(exposed(target(false), 7)).toBe('weight{namespace="banking",said="a \\"b\\"\\\\\\n"} 7\n');
  });

  test.each([
    [false, 'exported_namespace="banking",said="a \\"b\\"\\\\\\n",instance="i",job="flagger",namespace="flagger-system"'],
    [true, 'instance="i",job="flagger",namespace="banking",said="a \\"b\\"\\\\\\n"'],
  ])('and its past has the labels that Prometheus joins (honoured: %s)', (honoured, labels) => {
    expect(new Past(target(honoured), 'i').at(7, 1700).split('\n').slice(1)).toEqual([`weight{${labels}} 7 1700`, '']);
  });
});

describe('the play: the checks of the canary', () => {
  const objects = [
    {
      apiVersion: 'flagger.app/v1beta1',
      kind: 'Canary',
      metadata: { name: 'payments', namespace: 'bank' },
      spec: {
        targetRef: { name: 'payments' },
        analysis: {
          metrics: [
            { name: 'request-success-rate', interval: '3m', thresholdRange: { min: 99.856 } },
            { name: 'slow', interval: '2m', thresholdRange: { max: 200 }, templateRef: { name: 'slow' } },
          ],
        },
      },
    },
    {
      apiVersion: 'flagger.app/v1beta1',
      kind: 'MetricTemplate',
      metadata: { name: 'slow', namespace: 'bank' },
      spec: { query: 'q{ns="{{ namespace }}",w="{{target}}"}[{{ interval }}]' },
    },
  ];
  const [rate, slow] = checks({ objects, stack: undefined as never });

  test('are what Flagger asks, with its words in the place of variables', () => {
    expect(rate!.query).toBe(
      'sum(rate(istio_requests_total{reporter="destination",destination_workload_namespace="bank",destination_workload=~"payments",response_code!~"5.*"}[3m]))' +
        ' / sum(rate(istio_requests_total{reporter="destination",destination_workload_namespace="bank",destination_workload=~"payments"}[3m])) * 100',
    );
    expect(slow!.query).toBe('q{ns="bank",w="payments"}[2m]');
  });

  test('pass at the threshold itself, as in Flagger', () => {
    expect([99.855, 99.856].map((value) => passes(rate!, value))).toEqual([false, true]);
    expect([200, 200.1].map((value) => passes(slow!, value))).toEqual([true, false]);
  });
});

describe('the play: panels', () => {
  const query = (legend: string, series: number): RanQuery => ({
    dashboard: 'release',
    panel: { kind: 'stat', title: 'p99', unit: 's', queries: [], width: 4, height: 4 },
    legend,
    expr: 'x',
    series: Array.from({ length: series }, () => ({ metric: {}, value: [0, '1'] as const })),
  });
  const complaints = (...queries: RanQuery[]) =>
    objections({ dashboards: [], queries, from: 0, to: 1 }).filter((line) => !line.startsWith('empty.ts speaks of'));

  test('one that gives nothing is an error, unless it can not; then it is one that it gives something', () => {
    expect(nameOf(query('{{metric}}', 0))).toBe('release / p99 / {{metric}}');
    expect(complaints(query('{{metric}}', 0), query('other', 2))).toEqual([]);
    expect(complaints(query('{{metric}}', 1), query('other', 0))).toEqual([
      'release / p99 / other gives nothing: x',
      'release / p99 / {{metric}} gives something; empty.ts says why it could not',
    ]);
  });

  test('numbers are read in their unit', () => {
    expect([inUnit(0.00144, 'percentunit'), inUnit(12_345, 'reqps'), inUnit(1500, 'ms'), inUnit(3 * 2 ** 20, 'bytes')]).toEqual([
      '0.144 %',
      '12.3 k req/s',
      '1.5 s',
      '3 MiB',
    ]);
  });
});
