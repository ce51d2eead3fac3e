import type { Duration } from 'cdk8s';
import { type Problems, show } from '../../kernel/errors';
import { latencyInWords, tidy } from './arithmetic';
import { type BurnRate, burnRates } from './burn-rates';

/** What is promised of requests. */
export interface ObjectiveTargets {
  /** Percent of the requests that succeed: 99.99. @default - not promised */
  readonly availability?: number;
  /** Half of the requests take at most this long. @default - not promised */
  readonly p50?: Duration;
  /** 75 % of the requests take at most this long. @default - not promised */
  readonly p75?: Duration;
  /** 90 % of the requests take at most this long. @default - not promised */
  readonly p90?: Duration;
  /** 95 % of the requests take at most this long. @default - not promised */
  readonly p95?: Duration;
  /** 99 % of the requests take at most this long. @default - not promised */
  readonly p99?: Duration;
  /** 99.9 % of the requests take at most this long. @default - not promised */
  readonly p999?: Duration;
}

/** The percentiles that there are props for. */
export const PERCENTILES = { p50: 50, p75: 75, p90: 90, p95: 95, p99: 99, p999: 99.9 } as const;
type Percentile = keyof typeof PERCENTILES;

/** Requests that a goal is about, where it is not about all. */
export interface Route {
  /** As the user wrote it: `POST /api/v1/payments`. */
  readonly name: string;
  readonly method?: string;
  /** The path template, as the service itself names it: `/api/v1/payments/{id}`. */
  readonly path: string;
}

/** One promise: a share of the requests of which something holds. */
export interface Goal {
  /** The label `objective` of what is recorded of it: `availability`, `latency-p95`. */
  readonly id: string;
  /** As people say it: `99.99 % succeed`, `95 % take at most 200 ms`. */
  readonly promise: string;
  /** Percent of the requests. */
  readonly percent: number;
  /** The share of the requests that may break it. */
  readonly budget: number;
  /** What a request may take, in milliseconds. Undefined: the goal is that it succeeds. */
  readonly limit?: number;
  /** @default - all requests of the service */
  readonly route?: Route;
  readonly burnRates: readonly BurnRate[];
  /** Alerts that there can't be, and why. */
  readonly missingAlerts: readonly string[];
}

/** Of an availability, the alert that fires first: the fastest stands first, and an availability that could page nobody is refused. */
export const fastestPage = ({ burnRates }: Goal): BurnRate => burnRates[0]!;

/** Reads the targets of all requests, or of a route. @param window in seconds */
export function resolveGoals(
  targets: ObjectiveTargets,
  window: number,
  problems: Problems,
  route?: { readonly is?: Route; readonly part: string },
): Goal[] {
  const at = (key: string) => (route ? `${route.part}.${key}` : key);
  const goals: Goal[] = [];
  const { availability } = targets;
  if (availability !== undefined && availabilityFits(availability, at('availability'), problems)) {
    const budget = tidy(1 - availability / 100);
    const { rates, missing } = burnRates(window, budget);
    problems.check(
      rates.some(({ severity }) => severity === 'page'),
      `availability ${availability} leaves so much to fail that not even failure of every request would page anybody; promise more`,
      at('availability'),
    );
    goals.push({
      id: 'availability',
      promise: `${availability} % succeed`,
      percent: availability,
      budget,
      route: route?.is,
      burnRates: rates,
      missingAlerts: missing,
    });
  }
  let slowest = 0;
  for (const [key, percent] of Object.entries(PERCENTILES) as [Percentile, number][]) {
    const limit = targets[key]?.toMilliseconds({ integral: false });
    if (limit === undefined) continue;
    if (!problems.check(limit > 0, `${show(limit)} ms is no time; give the longest that a request may take`, at(key))) continue;
    problems.check(
      limit >= slowest,
      `${latencyInWords(limit)} is shorter than what fewer requests may take, ${latencyInWords(slowest)}; the limits must rise with the percentile`,
      at(key),
    );
    slowest = limit;
    const budget = tidy(1 - percent / 100);
    const { rates, missing } = burnRates(window, budget);
    goals.push({
      id: `latency-${key}`,
      promise: `${percent} % take at most ${latencyInWords(limit)}`,
      percent,
      budget,
      limit,
      route: route?.is,
      burnRates: rates,
      missingAlerts: missing,
    });
  }
  return goals;
}

function availabilityFits(value: number, part: string, problems: Problems): boolean {
  return problems.check(
    Number.isFinite(value) && value > 0 && value <= 99.999,
    value === 100
      ? '100 leaves nothing to fail: every release and every lost packet breaks it; promise at most 99.999'
      : `${show(value)} is no percentage that can be kept; write percent, like 99.9, at most 99.999`,
    part,
  );
}
