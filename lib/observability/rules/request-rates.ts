import { type Matchers, is, matches, series } from '../../promql/selector';
import { promDuration, tidy } from '../objective/arithmetic';
import type { Goal } from '../objective/goals';
import type { ObservedModel } from '../observed-model';
import type { RequestMetrics } from '../request-metrics';
import { RATE_WINDOW } from './recorded';

const WINDOW = promDuration(RATE_WINDOW);

/** How many requests a second count for a goal, and how many of them break it. */
export interface GoalRates {
  readonly requests: string;
  readonly failures: string;
}

export function goalRates(metrics: RequestMetrics, service: ObservedModel, goal: Goal): GoalRates {
  const all = { ...metrics.of(service), ...routeMatchers(metrics, goal) };
  return goal.limit === undefined ? availability(metrics, all) : latency(metrics, all, goal.limit);
}

/** The matchers of a goal's requests. */
function routeMatchers({ route }: RequestMetrics, goal: Goal): Matchers {
  if (!goal.route || !route) return {};
  const { method, path } = goal.route;
  return { ...(method === undefined ? {} : { [route.method]: is(method) }), [route.path]: is(path) };
}

function availability(metrics: RequestMetrics, all: Matchers): GoalRates {
  const rate = (more: Matchers = {}) => `rate(${series(metrics.requests, { ...all, ...more })}[${WINDOW}])`;
  // One request may fail in two ways (a gRPC fault with an HTTP 503): `or` takes it once.
  const failed = metrics.failed.map(rate).join('\n  or\n  ');
  // Where nothing has failed yet there is no series to sum, and nothing is not zero.
  return { requests: `sum(${rate()})`, failures: `sum(\n  ${failed}\n)\nor\n0 * sum(${rate()})` };
}

/** Of requests that failed, nobody asks how fast: they count for the availability. */
function latency(metrics: RequestMetrics, all: Matchers, limit: number): GoalRates {
  const succeeded = { ...all, ...metrics.succeeded };
  const requests = `sum(rate(${series(metrics.durationCount, succeeded)}[${WINDOW}]))`;
  const fast = sharesBelow(metrics, limit).map(({ bound, share }) => {
    const below = `sum(rate(${series(metrics.durationBucket, { ...succeeded, le: boundMatcher(bound) })}[${WINDOW}]))`;
    return share === 1 ? below : `${share} * ${below}`;
  });
  return { requests, failures: `clamp_min(\n  ${requests}\n  - ${fast.join('\n  - ')},\n  0\n)` };
}

/**
 * How the requests below a limit are counted from the buckets. Where no bucket ends at the limit, those between its two
 * neighbours are taken to be spread evenly, as histogram_quantile does: an alert, a percentile on a dashboard and the
 * check of a canary then agree on the same requests.
 */
export function sharesBelow(
  { buckets, millisecond }: RequestMetrics,
  limit: number,
): readonly { readonly bound: number; readonly share: number }[] {
  const at = tidy(limit * millisecond);
  if (!buckets || buckets.includes(at)) return [{ bound: at, share: 1 }];
  const upper = buckets.find((bound) => bound > at)!;
  const lower = [...buckets].reverse().find((bound) => bound < at);
  const share = tidy((at - (lower ?? 0)) / (upper - (lower ?? 0)));
  return [...(lower === undefined ? [] : [{ bound: lower, share: tidy(1 - share) }]), { bound: upper, share }];
}

/**
 * A bound as a label. Prometheus 3 writes every bound as a fraction (`100.0`), older ones as it was exposed (`100`).
 * https://prometheus.io/docs/prometheus/latest/migration/#le-and-quantile-label-values
 */
function boundMatcher(bound: number) {
  return Number.isInteger(bound) ? matches(`${bound}(\\.0)?`) : is(String(bound));
}

/** The percentile of the requests that succeed, over two minutes, in the unit of the source. */
export function percentile(metrics: RequestMetrics, service: ObservedModel, goal: Goal): string {
  const matchers = { ...metrics.of(service), ...routeMatchers(metrics, goal), ...metrics.succeeded };
  const buckets = `sum by (le) (rate(${series(metrics.durationBucket, matchers)}[${WINDOW}]))`;
  return `histogram_quantile(${tidy(goal.percent / 100)}, ${buckets})`;
}
