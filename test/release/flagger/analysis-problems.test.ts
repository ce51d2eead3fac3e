import { Duration } from 'cdk8s';
import { type AnalysisProps, Audience, CanaryMetric, type IWebhook, type WebhookType } from '../../../lib';
import { type AnalysisFacts, resolveAnalysis } from '../../../lib/release/flagger/analysis';
import { linesOf } from '../said';

/* Where the limits of an analysis are, each from both sides. */

const ABOUT: AnalysisFacts = { canary: 'teller', visible: 'requests', splits: true, severalPorts: false };

/** What is wrong with an analysis, a line each. */
const judged = (props: AnalysisProps, about: Partial<AnalysisFacts> = {}) =>
  linesOf((problems) => resolveAnalysis(props, { ...ABOUT, ...about }, problems, (prop) => prop));

const hook = (name: string, type: WebhookType): IWebhook => ({
  ...{ name, type, timeoutSeconds: 5 },
  validate() {},
  bind: () => ({}) as never,
});
const load = hook('load', 'rollout');
const audience = Audience.customerGroup('premium');

test.each<[string, AnalysisProps, string[]]>([
  ['from one percent on', { steps: [1, 100] }, []],
  ['no percent', { steps: [0, 100] }, ['teller.steps: 0 must be a whole number of percent from 1 to 100']],
  ['more than all', { steps: [50, 101] }, ['teller.steps: 101 must be a whole number of percent from 1 to 100']],
  ['a step back', { steps: [10, 50, 30] }, ['teller.steps: [10, 50, 30] must rise; write [10, 30, 50]']],
  ['the same step again', { steps: [10, 10] }, ['teller.steps: [10, 10] must rise; write [10]']],
  ['one step', { steps: [100] }, []],
  ['no step', { steps: [] }, ['teller.steps: [] gives the new version nothing; write [10, 50, 100]']],
  ['by one percent each', { stepWeight: 1 }, []],
  ['by all at once', { stepWeight: 100 }, []],
  ['by nothing', { stepWeight: 0 }, ['teller.stepWeight: 0 must be a whole number of percent from 1 to 100']],
  ['by half percents', { stepWeight: 0.5 }, ['teller.stepWeight: 0.5 must be a whole number of percent from 1 to 100']],
  [
    'up to more than all',
    { stepWeight: 10, maxWeight: 110 },
    ['teller.maxWeight: 110 must be a whole number of percent from 1 to 100'],
  ],
  [
    'up to no multiple',
    { stepWeight: 20, maxWeight: 50 },
    ['teller.maxWeight: 50 is no multiple of stepWeight 20, and Flagger would go on to 60; write steps: [20, 40, 50]'],
  ],
  [
    'up to a part, without even steps',
    { maxWeight: 50 },
    ['teller.maxWeight: 50 goes with stepWeight alone; let the last of steps be the largest'],
  ],
  [
    'steps and an audience',
    { steps: [10], abTest: { audience } },
    ['teller.abTest: steps and abTest say in different ways how requests move; keep one of them'],
  ],
  ['an audience of all', { abTest: { audience, share: 100, iterations: 1 } }, []],
  [
    'an audience of more than all',
    { abTest: { audience, share: 101 } },
    ['teller.abTest.share: 101 must be above 0 and at most 100 percent of the requests'],
  ],
  [
    'an audience of nobody',
    { abTest: { audience: [], share: 0.1 } },
    ['teller.abTest.audience: names nobody; say whose requests get the new version'],
  ],
  [
    "an audience whose header can't be matched",
    { abTest: { audience: [audience, Audience.header('X-A', { exact: 'b' })] } },
    ['teller.abTest.audience: header "X-A" must be a name in lower case, as HTTP/2 carries it, other than "host"'],
  ],
  ['a thousand checks', { blueGreen: { iterations: 1000 }, webhooks: [load] }, []],
  [
    'a check more',
    { blueGreen: { iterations: 1001 }, webhooks: [load] },
    ['teller.blueGreen: iterations 1001 must be a whole number from 1 to 1000'],
  ],
  [
    'no check',
    { blueGreen: { iterations: 0 }, webhooks: [load] },
    ['teller.blueGreen: iterations 0 must be a whole number from 1 to 1000'],
  ],
  ['blue-green, called by a test before', { blueGreen: {}, webhooks: [hook('bats', 'pre-rollout')] }, []],
  ['blue-green, called by copies', { blueGreen: {}, mirror: { idempotent: true } }, []],
  [
    'blue-green, called by nobody',
    { blueGreen: {}, webhooks: [hook('board', 'confirm-promotion')] },
    [
      'teller.blueGreen: nobody calls the new version while it is checked, so that each check finds no values and fails; give a webhook that calls it (a load test), or mirror requests that are idempotent',
    ],
  ],
  ['all back at once', { blueGreen: {}, webhooks: [load], stepWeightPromotion: 100 }, []],
  ['back by one percent', { stepWeightPromotion: 1 }, []],
  [
    'back by more than all',
    { stepWeightPromotion: 101 },
    ['teller.stepWeightPromotion: 101 must be a whole number of percent from 1 to 100'],
  ],
  [
    'back by nothing',
    { stepWeightPromotion: 0 },
    ['teller.stepWeightPromotion: 0 must be a whole number of percent from 1 to 100'],
  ],
])('how requests move: %s', (_what, given, problems) => {
  expect(judged(given)).toEqual(problems);
});

test.each<[string, AnalysisProps, string[]]>([
  ['one failed check', { threshold: 1 }, []],
  ['no failed check', { threshold: 0 }, ['teller.threshold: 0 must be a whole number of failed checks from 1 on']],
  ['ten seconds', { interval: Duration.seconds(10) }, []],
  [
    'nine seconds',
    { interval: Duration.seconds(9) },
    ['teller.interval: 9 s must be a whole number of seconds from 10 on, the least that Flagger keeps to'],
  ],
  ['one percent of the pods', { primaryReadyThreshold: 1, canaryReadyThreshold: 100 }, []],
  [
    'none of the pods',
    { primaryReadyThreshold: 0, canaryReadyThreshold: 101 },
    [
      'teller.primaryReadyThreshold: 0 must be a whole number of percent of the pods, from 1 to 100',
      'teller.canaryReadyThreshold: 101 must be a whole number of percent of the pods, from 1 to 100',
    ],
  ],
  ['one percent of copies', { mirror: { idempotent: true, percentage: 1 } }, []],
  [
    'no copies',
    { mirror: { idempotent: true, percentage: 0 } },
    ['teller.mirror: percentage 0 must be a whole number of percent from 1 to 100'],
  ],
  [
    'a part of a percent of copies',
    { mirror: { idempotent: true, percentage: 1.5 } },
    ['teller.mirror: percentage 1.5 must be a whole number of percent from 1 to 100'],
  ],
  [
    'copies of more than all',
    { mirror: { idempotent: true, percentage: 101 } },
    ['teller.mirror: percentage 101 must be a whole number of percent from 1 to 100'],
  ],
  [
    'copies and cookies',
    { mirror: { idempotent: true }, sessionAffinity: {} },
    [
      "teller.sessionAffinity: mirror and sessionAffinity can't go together: Flagger writes all of them to the first route, and the last one wins; keep one",
    ],
  ],
  [
    'cookies of an audience',
    { abTest: { audience }, sessionAffinity: {} },
    [
      "teller.sessionAffinity: abTest and sessionAffinity can't go together: Flagger writes all of them to the first route, and the last one wins; keep one",
    ],
  ],
  [
    'cookies of blue-green',
    { blueGreen: {}, webhooks: [load], sessionAffinity: {} },
    [
      'teller.sessionAffinity: keeps users to a version while weights change, and there are none here; use steps, or leave it out',
    ],
  ],
  [
    'a gate of steps where there are none',
    { blueGreen: {}, webhooks: [load, hook('board', 'confirm-traffic-increase')] },
    [
      'teller.webhooks: board waits before each step of the weights, and there are none here, so that nobody would be asked; use a confirm-promotion gate',
    ],
  ],
  ['a gate of steps', { webhooks: [hook('board', 'confirm-traffic-increase')] }, []],
  ['every request', { successRate: 100 }, []],
  [
    'more than every request',
    { successRate: 100.1 },
    ['teller.successRate: 100.1 must be a percentage above 0 and at most 100, like 99.9'],
  ],
  ['no request', { successRate: 0 }, ['teller.successRate: 0 must be a percentage above 0 and at most 100, like 99.9']],
  ['a millisecond', { p99: Duration.millis(1) }, []],
  ['no time', { p99: Duration.millis(0) }, ['teller.p99: 0 ms must be whole milliseconds from 1 on: Flagger cuts off the rest']],
  [
    'said twice',
    {
      successRate: 99,
      p99: Duration.millis(70),
      objective: { analysis: { successRate: 98, latencies: [{ percentile: 99, limit: Duration.millis(80) }], derivation: [] } },
    },
    [
      'teller.successRate: 99 is said here, and the objective says 98; leave one of them out',
      'teller.p99: 70 ms is said here, and the objective says 80 ms; leave one of them out',
    ],
  ],
])('how it is looked at: %s', (_what, given, problems) => {
  expect(judged(given)).toEqual(problems);
});

test.each<[string, AnalysisProps, string[]]>([
  ["a metric of the user's own", { metrics: [CanaryMetric.errorRate(1)] }, []],
  [
    'what nobody sees',
    { successRate: 99, p99: Duration.millis(70) },
    [
      'teller.successRate: is about requests, and the mesh sees none on a port that speaks bytes; give a metric of your own',
      'teller.p99: is about requests, and the mesh sees none on a port that speaks bytes; give a metric of your own',
      'teller.metrics: is empty, and Flagger sees no requests on a port that speaks bytes: every version would be promoted; give a metric of your own',
    ],
  ],
  [
    'an audience',
    { metrics: [CanaryMetric.errorRate(1)], abTest: { audience } },
    [
      'teller.abTest: on a port that speaks bytes Flagger knows weights alone, and would send everybody to the new version; use steps',
    ],
  ],
  [
    'copies',
    { metrics: [CanaryMetric.errorRate(1)], mirror: { idempotent: true } },
    ['teller.mirror: on a port that speaks bytes Flagger knows weights alone, and would leave it out; use steps'],
  ],
])('bytes: %s', (_what, given, problems) => {
  expect(judged(given, { visible: 'bytes' })).toEqual(problems);
});

test.each<[string, AnalysisProps, string[]]>([
  [
    'copies',
    { mirror: { idempotent: true } },
    [
      'teller.mirror: Flagger names no port for the copies, which a gateway then sends to its own; leave mirror out, or have one port only',
    ],
  ],
  ['steps', { steps: [50] }, []],
])('several ports: %s', (_what, given, problems) => {
  expect(judged(given, { severalPorts: true })).toEqual(problems);
});

test.each<[string, AnalysisProps, string[]]>([
  ['checked side by side', { webhooks: [load] }, []],
  [
    "checked by nobody's requests",
    {},
    [
      'teller.blueGreen: nobody calls the new version while it is checked, so that each check finds no values and fails; give a webhook that calls it (a load test), or mirror requests that are idempotent',
    ],
  ],
  [
    'steps',
    { steps: [50] },
    ["teller.steps: needs a mesh that splits requests, and provider 'kubernetes' has none; use blueGreen, or provider 'istio'"],
  ],
  [
    'even steps',
    { stepWeight: 10, maxWeight: 50, stepWeightPromotion: 5 },
    [
      "teller.stepWeight: needs a mesh that splits requests, and provider 'kubernetes' has none; use blueGreen, or provider 'istio'",
      "teller.maxWeight: needs a mesh that splits requests, and provider 'kubernetes' has none; use blueGreen, or provider 'istio'",
      "teller.stepWeightPromotion: needs a mesh that splits requests, and provider 'kubernetes' has none; use blueGreen, or provider 'istio'",
    ],
  ],
  [
    'cookies',
    { sessionAffinity: {}, webhooks: [load], blueGreen: {} },
    [
      'teller.sessionAffinity: keeps users to a version while weights change, and there are none here; use steps, or leave it out',
      "teller.sessionAffinity: needs a mesh that splits requests, and provider 'kubernetes' has none; use blueGreen, or provider 'istio'",
    ],
  ],
])('without a mesh: %s', (_what, given, problems) => {
  expect(judged(given, { splits: false, visible: 'application' })).toEqual(problems);
});
