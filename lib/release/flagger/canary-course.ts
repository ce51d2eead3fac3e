import type { CourseStep, ReleaseCourse, TimeSpan } from '../course';
import type { CanaryModel } from './canary-model';
import type { CanaryWebhook, WebhookType } from './contract';
import { type BoundLooks, WAITS_FOR_A_PERSON } from './looks';
import { madeByFlagger } from './made-by-flagger';
import { BUILT_IN } from './metrics/names';
import { topWeight } from './shift';

/** What is known of the pods of both tracks. Seconds. */
export interface TrackPods {
  /** Fewest and most pods of the primary; it replaces them one by one. */
  readonly min: number;
  readonly max: number;
  /** How long a new pod must stay ready, and how long it may take until it counts. */
  readonly minReadySeconds: number;
  readonly startSeconds: number;
  /** Most pods that exist at once, by the name of their Deployment. */
  readonly peak: Readonly<Record<string, number>>;
}

/** Where nothing is known: the pods are ready by the next look. */
export const UNKNOWN_PODS: TrackPods = { min: 1, max: 1, minReadySeconds: 0, startSeconds: 0, peak: {} };

const span = (shortest: number, longest = shortest): TimeSpan => ({ shortest, longest });

/**
 * How a release by Flagger goes on. Flagger looks at the canary once an interval and takes one step with each look:
 * https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/controller/scheduler.go (advanceCanary)
 * - the first look sees the new version and starts its pods; the first one that finds them ready gives them the first step
 * - each further look checks what has happened since, and takes the next step; the one after the last step copies the new
 *   version to the primary
 * - the first look that finds the primary ready begins to give it its requests back, and the one after the last of them stops
 *   the canary
 */
export function canaryCourse(strategy: string, model: CanaryModel, looks: BoundLooks, pods: TrackPods): ReleaseCourse {
  const { analysis, target } = model;
  const { interval, threshold } = analysis;
  const primary = `${target.name}-primary`;
  const weights = (canary: number) => ({ [primary]: 100 - canary, [target.name]: canary });
  /** Nothing happens between two looks. */
  const byLooks = (seconds: number) => Math.max(1, Math.ceil(seconds / interval)) * interval;
  const waits = (type: WebhookType) => looks.webhooks.filter((one) => one.type === type).flatMap(waitsFor);
  const checks = [...builtInChecks(looks), ...looks.metrics.map(({ describes }) => describes), ...waits('rollout')];
  const top = topWeight(analysis.shift);
  // Of an audience, and of everybody, all come back; of steps, those of the last one.
  const backLooks = Math.ceil((analysis.shift.kind === 'weights' ? top : 100) / (analysis.stepWeightPromotion ?? 100));

  const steps: CourseStep[] = [
    { what: 'Flagger sees the new version', weights: weights(0), checks: waits('confirm-rollout'), takes: span(0, interval) },
    {
      what: `The pods of ${target.name} start with it`,
      weights: weights(0),
      checks: [`${analysis.canaryReadyThreshold} % of them are available`, ...waits('pre-rollout')],
      takes: span(byLooks(pods.minReadySeconds), byLooks(pods.startSeconds)),
    },
    ...analysed(model, checks, waits),
    {
      what: `${primary} gets the new version, pod by pod`,
      weights: weights(model.provider === 'kubernetes' ? 0 : top),
      checks: [`${analysis.primaryReadyThreshold} % of its pods are available`],
      takes: span(byLooks(pods.min * pods.minReadySeconds), byLooks(pods.max * pods.startSeconds)),
    },
    {
      what: back(model, backLooks),
      weights: weights(0),
      checks: [],
      takes: span(backLooks * interval),
    },
  ];
  const spans = steps.map(({ takes }) => takes!);
  const sum = (of: keyof TimeSpan) => spans.reduce((all, one) => all + one[of], 0);
  // A release survives all failed checks but the last, and each of them costs a look.
  const toPromote = span(sum('shortest'), sum('longest') + (threshold - 1) * interval);
  const waiting = looks.webhooks.some(({ type }) => WAITS_FOR_A_PERSON.includes(type));
  return {
    strategy,
    steps: steps.map((step) => (gated(step, looks) ? { ...step, takes: undefined } : step)),
    toPromote: waiting ? undefined : toPromote,
    // What goes wrong is seen by the next look; so many looks must see it, and the one after them turns back.
    toRollBack: span(threshold * interval, (threshold + 1) * interval),
    rollback: rollbackOf(looks, target.name),
    peakPods: pods.peak,
    thresholds: thresholds(looks),
    madeByOthers: madeByFlagger(model),
  };
}

/** The steps that are checked. */
function analysed(model: CanaryModel, checks: readonly string[], waits: (type: WebhookType) => readonly string[]): CourseStep[] {
  const { analysis, target, provider } = model;
  const { interval, shift, mirrored } = analysis;
  const primary = `${target.name}-primary`;
  const weights = (canary: number) => ({ [primary]: 100 - canary, [target.name]: canary });
  const copies = mirrored === undefined ? '' : `${mirrored} % of the requests are copied to ${target.name}`;
  const promoted = waits('confirm-promotion');
  if (shift.kind === 'abTest') {
    const who = shift.audiences.map((one) => one.describe()).join(', or ');
    return [
      {
        what: `Requests with ${who} go to ${target.name}, all others to ${primary}`,
        weights: weights(shift.share),
        checks: [...checks, ...promoted],
        takes: span(shift.iterations * interval),
      },
    ];
  }
  if (shift.kind === 'blueGreen') {
    const moves = provider !== 'kubernetes';
    return [
      {
        what: copies || `${target.name} is checked without requests of callers`,
        weights: weights(0),
        checks: [...checks, ...promoted],
        takes: span(shift.iterations * interval),
      },
      {
        what: moves ? `All requests go to ${target.name}` : `${target.name} is checked once more`,
        weights: weights(moves ? 100 : 0),
        checks: [...checks, ...promoted],
        takes: span(interval),
      },
    ];
  }
  const increase = waits('confirm-traffic-increase');
  const last = shift.weights.length - 1;
  return [
    ...(copies ? [{ what: copies, weights: weights(0), checks, takes: span(interval) }] : []),
    ...shift.weights.map((weight, i) => ({
      what: `${weight} % of the requests go to ${target.name}`,
      weights: weights(weight),
      checks: [...checks, ...increase, ...(i === last ? promoted : [])],
      takes: span(interval),
    })),
  ];
}

/** Under the names by which Flagger reports what it has measured. */
function thresholds({ builtIn: { successRate, p99 }, metrics }: BoundLooks): NonNullable<ReleaseCourse['thresholds']> {
  return [
    ...(successRate === undefined ? [] : [{ metric: BUILT_IN.successRate, min: successRate }]),
    ...(p99 === undefined ? [] : [{ metric: BUILT_IN.p99, max: p99 }]),
    ...metrics.map(({ name, thresholdRange: { min, max } }) => ({ metric: name, min, max })),
  ];
}

function builtInChecks({ builtIn: { successRate, p99 } }: BoundLooks): string[] {
  return [
    ...(successRate === undefined ? [] : [`${successRate} % of the requests end without a 5xx`]),
    ...(p99 === undefined ? [] : [`99 of 100 requests take at most ${p99} ms`]),
  ];
}

function back({ analysis, target, provider }: CanaryModel, looks: number): string {
  const stops = `the pods of ${target.name} stop`;
  if (provider === 'kubernetes') return `With the next look ${stops}`;
  const { stepWeightPromotion } = analysis;
  return looks === 1
    ? `All requests go to ${target.name}-primary, and ${stops}`
    : `${stepWeightPromotion} % of the requests go back to ${target.name}-primary with each look, then ${stops}`;
}

function waitsFor({ name, describes }: CanaryWebhook): string[] {
  return describes === '' ? [] : [describes ?? `${name} agrees`];
}

/** Whether a person decides how long it takes. */
function gated({ checks }: CourseStep, looks: BoundLooks): boolean {
  const gates = looks.webhooks.filter(({ type }) => WAITS_FOR_A_PERSON.includes(type)).flatMap(waitsFor);
  return checks.some((check) => gates.includes(check));
}

function rollbackOf({ webhooks }: BoundLooks, target: string): string {
  const gate = webhooks.find(({ type }) => type === 'rollback');
  return (
    (gate ? `Tell ${gate.name} to roll back: the next look gives all requests to ${target}-primary. Or put` : 'Put') +
    ` the former image back and commit: while the release runs, the pods of ${target} are replaced by the former version, one by ` +
    'one, and the release ends with it; after a release, the former version is released like any other.'
  );
}
