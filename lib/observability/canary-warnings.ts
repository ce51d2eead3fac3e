import { tidy } from './objective/arithmetic';
import { type Goal, fastestPage } from './objective/goals';
import type { Objective } from './objective/objective';
import type { CanaryThreshold } from './observed-facts';
import { FLAGGER_DURATION, FLAGGER_SUCCESS_RATE } from './rules/part-rules';

/** By the names that `CanaryMetric` gives: of what must succeed, and of what may fail. */
const SUCCESS_RATES = [FLAGGER_SUCCESS_RATE, 'grpc-success-rate'];
const ERROR_RATES = ['error-rate', 'grpc-error-rate'];
/** `latency-p95`, `latency-p99-9` */
const QUANTILE = /^latency-p([0-9]+(?:-[0-9]+)?)$/;

/**
 * Where a canary goes on although its stack pages for what it does: its release has numbers of its own. Of routes an analysis knows
 * nothing. What a query of the user's asks is not known, so nothing is said where it may be the same.
 *
 * @param service how the warnings call it
 */
export function canaryWarnings(service: string, { goals }: Objective, thresholds: readonly CanaryThreshold[]): string[] {
  return goals
    .filter(({ route }) => route === undefined)
    .flatMap((goal) => {
      const what = goal.limit === undefined ? passesErrors(goal, thresholds) : passesLatency(goal, goal.limit, thresholds);
      return what ? [`${service}: ${goal.promise}: ${what}; give the release the objective of the stack`] : [];
    });
}

function passesErrors(goal: Goal, thresholds: readonly CanaryThreshold[]): string | undefined {
  const allowed = thresholds.flatMap(({ metric, min, max }) => {
    if (SUCCESS_RATES.includes(metric) && min !== undefined) return [100 - min];
    return ERROR_RATES.includes(metric) && max !== undefined ? [max] : [];
  });
  if (allowed.length === 0) return undefined;
  const [most, paged] = [tidy(Math.min(...allowed)), tidy(fastestPage(goal).threshold * 100)];
  return most > paged ? `its canary goes on while up to ${most} % fail, and somebody is paged above ${paged} %` : undefined;
}

function passesLatency({ percent }: Goal, limit: number, thresholds: readonly CanaryThreshold[]): string | undefined {
  const asked = thresholds.some(({ metric, max }) => {
    if (max === undefined || ERROR_RATES.includes(metric)) return false;
    const percentile = percentileOf(metric);
    return percentile === undefined || (percentile >= percent && max <= limit);
  });
  return asked ? undefined : 'its canary goes on when they take longer';
}

/** Undefined for a metric of the user's. */
function percentileOf(metric: string): number | undefined {
  if (metric === FLAGGER_DURATION) return 99;
  const quantile = QUANTILE.exec(metric);
  return quantile ? Number(quantile[1]!.replace('-', '.')) : undefined;
}
