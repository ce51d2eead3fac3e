import { ERROR_RATE, SUCCESS_RATE, percentileOf } from '../release/flagger/metrics/names';
import { tidy } from './objective/arithmetic';
import { type Goal, fastestPage } from './objective/goals';
import type { Objective } from './objective/objective';
import type { CanaryThreshold } from './observed-facts';

/** Of what must succeed, and of what may fail. */
const SUCCESS_RATES: readonly string[] = Object.values(SUCCESS_RATE);
const ERROR_RATES: readonly string[] = Object.values(ERROR_RATE);

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
