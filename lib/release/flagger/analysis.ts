import { type Problems, show } from '../../kernel/errors';
import type { AnalysisProps } from './analysis-props';
import type { ICanaryAlert, IWebhook } from './contract';
import { type SessionAffinityModel, resolveSessionAffinity } from './session-affinity';
import { type At, type Shift, resolveShift } from './shift';
import { arranged, gateProblems } from './webhooks/arrange';
import { type SeenRequests, type Thresholds, resolveThresholds } from './thresholds';

/** `AnalysisProps` with every default filled in. Times in seconds. */
export interface AnalysisModel extends Thresholds {
  readonly interval: number;
  readonly threshold: number;
  readonly shift: Shift;
  /** Percent that go back to the primary with each look; undefined when all do at once. */
  readonly stepWeightPromotion?: number;
  /** Percent of the requests that are copied; undefined when none are. */
  readonly mirrored?: number;
  readonly sessionAffinity?: SessionAffinityModel;
  readonly primaryReadyThreshold: number;
  readonly canaryReadyThreshold: number;
  readonly webhooks: readonly IWebhook[];
  readonly alerts: readonly ICanaryAlert[];
}

/** What the analysis must know of what it is about. */
export interface AnalysisFacts extends SeenRequests {
  /** Name of the Canary. */
  readonly canary: string;
  /** Whether requests can be split, as in a mesh; otherwise versions are only checked side by side. */
  readonly splits: boolean;
  readonly severalPorts: boolean;
}

const PROMOTION_STEP = 10;

/** Flagger takes no interval below 10 s. https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/apis/flagger/v1beta1/canary.go (GetAnalysisInterval) */
const SHORTEST_INTERVAL = 10;

/** Validates the props and fills in the defaults. */
export function resolveAnalysis(props: AnalysisProps, facts: AnalysisFacts, problems: Problems, at: At): AnalysisModel {
  const { threshold = 5, primaryReadyThreshold = 100, canaryReadyThreshold = 100 } = props;
  const webhooks = arranged(props.webhooks ?? []);
  const interval = props.interval?.toSeconds({ integral: false }) ?? 60;
  problems.check(
    Number.isInteger(interval) && interval >= SHORTEST_INTERVAL,
    `${interval} s must be a whole number of seconds from ${SHORTEST_INTERVAL} on, the least that Flagger keeps to`,
    at('interval'),
  );
  problems.check(
    Number.isInteger(threshold) && threshold >= 1,
    `${show(threshold)} must be a whole number of failed checks from 1 on`,
    at('threshold'),
  );
  for (const [key, percent] of Object.entries({ primaryReadyThreshold, canaryReadyThreshold })) {
    problems.check(
      Number.isInteger(percent) && percent >= 1 && percent <= 100,
      `${show(percent)} must be a whole number of percent of the pods, from 1 to 100`,
      at(key),
    );
  }
  const shift = resolveShift(props, facts.splits ? 'weights' : 'blueGreen', problems, at);
  shiftProblems(props, shift, facts, problems, at);
  gateProblems(webhooks, shift.kind === 'weights', problems, at('webhooks'));
  const { mirror } = props;
  return {
    interval,
    threshold,
    shift,
    stepWeightPromotion: promotionStep(props.stepWeightPromotion, shift, facts, problems, at('stepWeightPromotion')),
    mirrored: mirror && (mirror.percentage ?? 100),
    sessionAffinity:
      props.sessionAffinity &&
      resolveSessionAffinity(facts.canary, props.sessionAffinity, problems, (prop) => at(`sessionAffinity.${prop}`)),
    primaryReadyThreshold,
    canaryReadyThreshold,
    ...resolveThresholds(props, facts, problems, at),
    webhooks,
    alerts: props.alerts ?? [],
  };
}

function promotionStep(given: number | undefined, shift: Shift, facts: AnalysisFacts, problems: Problems, part: string) {
  problems.check(
    given === undefined || (Number.isInteger(given) && given >= 1 && given <= 100),
    `${show(given)} must be a whole number of percent from 1 to 100`,
    part,
  );
  if (!facts.splits) return undefined;
  return given ?? (shift.kind === 'abTest' ? undefined : PROMOTION_STEP);
}

/** What goes together, and what only one of the three writes into the same place of the VirtualService can do. */
function shiftProblems(props: AnalysisProps, shift: Shift, facts: AnalysisFacts, problems: Problems, at: At): void {
  const { mirror, sessionAffinity, webhooks = [] } = props;
  const writers = (['abTest', 'mirror', 'sessionAffinity'] as const).filter((prop) => props[prop] !== undefined);
  // https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/router/istio.go (SetRoutes): the later one overwrites the former.
  problems.check(
    writers.length <= 1,
    `${writers.join(' and ')} can't go together: Flagger writes all of them to the first route, and the last one wins; keep one`,
    at(writers[1] ?? ''),
  );
  if (mirror) {
    const { percentage = 100 } = mirror;
    problems.check(
      mirror.idempotent === true,
      'a copied request is carried out by both versions; write idempotent: true if that does no harm, or leave mirror out',
      at('mirror'),
    );
    problems.check(
      Number.isInteger(percentage) && percentage >= 1 && percentage <= 100,
      `percentage ${show(percentage)} must be a whole number of percent from 1 to 100`,
      at('mirror'),
    );
    problems.check(
      !facts.severalPorts,
      'Flagger names no port for the copies, which a gateway then sends to its own; leave mirror out, or have one port only',
      at('mirror'),
    );
  }
  problems.check(
    !sessionAffinity || shift.kind === 'weights' || writers.length > 1,
    'keeps users to a version while weights change, and there are none here; use steps, or leave it out',
    at('sessionAffinity'),
  );
  if (facts.visible === 'bytes') {
    for (const prop of writers) {
      problems.add(
        prop === 'abTest'
          ? 'on a port that speaks bytes Flagger knows weights alone, and would send everybody to the new version; use steps'
          : 'on a port that speaks bytes Flagger knows weights alone, and would leave it out; use steps',
        at(prop),
      );
    }
  }
  const fed = mirror !== undefined || webhooks.some(({ type }) => type === 'rollout' || type === 'pre-rollout');
  problems.check(
    shift.kind !== 'blueGreen' || fed,
    'nobody calls the new version while it is checked, so that each check finds no values and fails; ' +
      'give a webhook that calls it (a load test), or mirror requests that are idempotent',
    at('blueGreen'),
  );
  if (facts.splits) return;
  for (const prop of [
    'steps',
    'stepWeight',
    'maxWeight',
    'stepWeightPromotion',
    'abTest',
    'mirror',
    'sessionAffinity',
  ] as const) {
    problems.check(
      props[prop] === undefined,
      "needs a mesh that splits requests, and provider 'kubernetes' has none; use blueGreen, or provider 'istio'",
      at(prop),
    );
  }
}
