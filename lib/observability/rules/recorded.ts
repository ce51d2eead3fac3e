import { type Matchers, is, series } from '../../promql/selector';
import { promDuration } from '../objective/arithmetic';
import type { Goal } from '../objective/goals';
import type { ObservedModel } from '../observed-model';

/**
 * What the rules of an objective record. Every series has the labels `namespace`, `service` and `objective`, and `route`
 * where the goal is about one.
 */
export const RECORDED = {
  /** Requests a second that count for the goal. */
  requests: 'objective:requests:rate2m',
  /** Requests a second that break it: failed, or too slow. */
  failures: 'objective:failures:rate2m',
  /** The share that must keep it: 0.9999. */
  target: 'objective:target:ratio',
  /** The share of the error budget that is left in the objective's window; below 0 it is overdrawn. */
  budgetLeft: 'objective:error_budget_left:ratio',
} as const;

/** The share of requests that broke a goal within a window. @param window in seconds */
export function failureRatio(window: number): string {
  return `objective:failure_ratio:rate${promDuration(window)}`;
}

/** The labels of what is recorded of a goal. */
export function goalLabels(service: ObservedModel, goal: Goal): Record<string, string> {
  return {
    namespace: service.namespace,
    service: service.name,
    objective: goal.id,
    ...(goal.route ? { route: goal.route.name } : {}),
  };
}

/** One recorded series of a goal. */
export function recorded(metric: string, service: ObservedModel, goal: Goal): string {
  const labels: Matchers = Object.fromEntries(Object.entries(goalLabels(service, goal)).map(([key, value]) => [key, is(value)]));
  // A goal of all requests must not find those of a route.
  return series(metric, goal.route ? labels : { ...labels, route: is('') });
}

/** Seconds between two evaluations of the rules that look back for minutes and hours. */
export const SHORT_INTERVAL = 30;
/** Of those that look back for days: below the five minutes after which Prometheus takes a series for gone. */
export const LONG_INTERVAL = 120;
/**
 * The window of the recorded rates, in seconds: four scrapes, so that two may be missed. As the step of a look back over days
 * it covers them without overlap.
 */
export const RATE_WINDOW = 120;

const DAY = 86_400;
export const isLong = (window: number): boolean => window >= DAY;

/** The sum of a recorded rate over a window, by which windows and goals can be compared. @param window in seconds */
export function sumOver(rate: string, window: number): string {
  const step = isLong(window) ? `:${promDuration(RATE_WINDOW)}` : '';
  return `sum_over_time(${rate}[${promDuration(window)}${step}])`;
}

/** How many requests that were: each sample stands for the seconds until the next. */
export function countOver(rate: string, window: number): string {
  return `${sumOver(rate, window)} * ${isLong(window) ? RATE_WINDOW : SHORT_INTERVAL}`;
}
