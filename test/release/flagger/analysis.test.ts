import { Duration } from 'cdk8s';
import { Audience, CanaryMetric, type AnalysisProps, type IObjective } from '../../../lib';
import { Problems } from '../../../lib/kernel/errors';
import { type AnalysisFacts, type AnalysisModel, resolveAnalysis } from '../../../lib/release/flagger/analysis';
import { longestSeconds } from '../../../lib/release/flagger/looks';

const FACTS: AnalysisFacts = { canary: 'teller', visible: 'requests', splits: true, severalPorts: false };

function resolved(props: AnalysisProps, facts: Partial<AnalysisFacts> = {}) {
  const problems = new Problems('teller');
  const model = resolveAnalysis(props, { ...FACTS, ...facts }, problems, (prop) => prop);
  problems.throwIfAny();
  return model;
}

const loadTest = { name: 'load', type: 'rollout', timeoutSeconds: 5, validate() {}, bind: () => ({}) as never } as const;

describe('the defaults (R6)', () => {
  let rest: AnalysisModel;
  beforeAll(() => {
    rest = resolved({});
  });

  test('tens up to all requests (rule 8), and back by tens (rule 7)', () => {
    expect(rest.shift).toEqual({ kind: 'weights', weights: [10, 20, 30, 40, 50, 60, 70, 80, 90, 100] });
    expect(rest.stepWeightPromotion).toBe(10);
  });

  test('a look a minute, five failed checks, all pods ready (rule 22)', () => {
    expect(rest).toMatchObject({ interval: 60, threshold: 5, primaryReadyThreshold: 100, canaryReadyThreshold: 100 });
  });

  test('both built-in checks (rule 19), which a metric of the same name may take the place of', () => {
    expect(rest.builtIn).toEqual({ successRate: 99, p99: 500 });
    expect(rest.assumed).toEqual(['successRate', 'p99']);
  });

  test('nothing else', () => {
    expect(rest).toMatchObject({
      mirrored: undefined,
      sessionAffinity: undefined,
      metrics: [],
      derived: [],
      webhooks: [],
      alerts: [],
    });
  });
});

describe('how requests move (rule 9)', () => {
  test.each<[string, AnalysisProps, unknown, number | undefined]>([
    ['listed steps', { steps: [5, 25, 50, 100] }, { kind: 'weights', weights: [5, 25, 50, 100] }, 10],
    ['listed steps that leave some', { steps: [3, 41], stepWeightPromotion: 7 }, { kind: 'weights', weights: [3, 41] }, 7],
    [
      'even steps',
      { stepWeight: 15, maxWeight: 45 },
      { kind: 'weights', weights: [15, 30, 45], evenly: { stepWeight: 15, maxWeight: 45 } },
      10,
    ],
    [
      'even steps up to everything, of which the last is cut off',
      { stepWeight: 30 },
      { kind: 'weights', weights: [30, 60, 90, 100], evenly: { stepWeight: 30, maxWeight: 100 } },
      10,
    ],
    [
      'blue-green by iterations',
      { blueGreen: { iterations: 7 }, webhooks: [loadTest] },
      { kind: 'blueGreen', iterations: 7 },
      10,
    ],
    ['blue-green without a word', { blueGreen: {}, webhooks: [loadTest] }, { kind: 'blueGreen', iterations: 10 }, 10],
  ])('%s', (_name, props, shift, promotion) => {
    const model = resolved(props);
    expect(model.shift).toEqual(shift);
    expect(model.stepWeightPromotion).toBe(promotion);
  });

  test('an audience by iterations (rule 10), which comes back at once', () => {
    const audience = [Audience.customerGroup('premium'), Audience.cookie('beta', 'on')];
    const model = resolved({ abTest: { audience, iterations: 3, share: 20 } });
    expect(model.shift).toEqual({ kind: 'abTest', audiences: audience, share: 20, iterations: 3 });
    expect(model.stepWeightPromotion).toBeUndefined();
  });

  test('without a mesh, versions are only checked side by side, and what the application counts is not assumed', () => {
    const model = resolved({ webhooks: [loadTest] }, { splits: false, visible: 'application' });
    expect(model).toMatchObject({ shift: { kind: 'blueGreen', iterations: 10 }, builtIn: {}, stepWeightPromotion: undefined });
  });
});

describe('what must hold (rule 19)', () => {
  const objective = (analysis: IObjective['analysis']): IObjective => ({ analysis });

  test.each<[string, AnalysisProps, object, string[]]>([
    ['what the user says', { successRate: 99.9, p99: Duration.millis(300) }, { successRate: 99.9, p99: 300 }, []],
    ['one of them, beside a default', { p99: Duration.seconds(2) }, { successRate: 99, p99: 2000 }, ['successRate']],
    [
      'what the objective promises, without a default p99 beside its latencies',
      {
        objective: objective({
          successRate: 99.95,
          latencies: [{ percentile: 95, limit: Duration.millis(200) }],
          derivation: [],
        }),
      },
      { successRate: 99.95, p99: undefined },
      ['p99'],
    ],
    [
      "an objective's p99 is Flagger's own",
      { objective: objective({ latencies: [{ percentile: 99, limit: Duration.millis(450) }], derivation: [] }) },
      { successRate: 99, p99: 450 },
      ['successRate'],
    ],
    [
      'what an objective leaves open the user may say',
      {
        successRate: 98,
        objective: objective({ latencies: [{ percentile: 99, limit: Duration.millis(450) }], derivation: [] }),
      },
      { successRate: 98, p99: 450 },
      [],
    ],
  ])('%s', (_name, props, builtIn, assumed) => {
    const model = resolved(props);
    expect(model.builtIn).toEqual(builtIn);
    expect(model.assumed).toEqual(assumed);
  });

  test('latencies of other percentiles are metrics of their own', () => {
    const latencies = [50, 95, 99].map((percentile) => ({ percentile, limit: Duration.millis(percentile * 4) }));
    const model = resolved({ objective: objective({ latencies, derivation: [] }) });
    expect(model.derived).toHaveLength(2);
  });

  test.each<[string, AnalysisProps, number]>([
    ['gRPC is counted by a template, since its errors are answers of status 200', {}, 1],
    ['of as many as the user says', { successRate: 99.5 }, 1],
    ['or by the metric that the user gives', { metrics: [CanaryMetric.grpcSuccessRate(99.5)] }, 0],
    ['an objective counts all the same', { objective: objective({ successRate: 99.9, latencies: [], derivation: [] }) }, 1],
  ])('%s', (_name, props, derived) => {
    const model = resolved(props, { visible: 'grpc' });
    expect(model.builtIn.successRate).toBeUndefined();
    expect(model.builtIn.p99).toBe(500);
    expect(model.derived).toHaveLength(derived);
    expect([...model.derived, ...model.metrics].every((one) => one.seesErrors)).toBe(true);
    // Nobody asked for the latency; the share of errors is a metric of its own, which none of the same name replaces.
    expect(model.assumed).toEqual(['p99']);
  });

  test('a latency of gRPC that is asked for is not assumed', () => {
    const model = resolved({ p99: Duration.millis(430) }, { visible: 'grpc' });
    expect([model.builtIn.p99, model.assumed]).toEqual([430, []]);
  });
});

test.each<[number, number | undefined, number]>([
  [10, undefined, 10],
  [10, 0, 10],
  [7, 1, 7 + 1 + 7],
  [7, 3, 4 * 7 + 1 + 2 + 4],
  [1, 7, 8 + 1 + 2 + 4 + 8 + 16 + 30 + 30],
])('a webhook of %i s with %s retries takes at most %i s', (timeoutSeconds, retries, longest) => {
  expect(longestSeconds({ timeoutSeconds, retries })).toBe(longest);
});
