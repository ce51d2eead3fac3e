import type { Duration } from 'cdk8s';
import { Problems, show } from '../../../kernel/errors';
import { DURATION, NUMBER, needed } from '../../../kernel/shape';
import type { ICanaryMetric } from '../contract';
import { BuiltInMetric } from './built-in-metric';
import { MetricProvider } from './metric-provider';
import { BUILT_IN, latencyName } from './names';
import { latencyQuery } from './requests';
import { RequestsMetric } from './requests-metric';

/** `95 % of the requests take at most 200 ms` */
function describe(percentile: number, limitMs: number): string {
  const limit = limitMs >= 1000 && limitMs % 100 === 0 ? `${limitMs / 1000} s` : `${limitMs} ms`;
  return `${percentile} % of the requests take at most ${limit}`;
}

/**
 * A share of the requests must not take longer than this, as the proxies of the new version see it. p99 is Flagger's own metric; any
 * other percentile is read from Istio's histogram. @throws ConfigError
 */
export function latencyQuantile(percentile: number, limit: Duration, interval?: Duration): ICanaryMetric {
  const problems = new Problems('CanaryMetric.latencyQuantile');
  needed(percentile, NUMBER, problems, 'percentile');
  needed(limit, DURATION, problems, 'limit');
  problems.throwIfAny();
  const whole = Math.round(percentile * 1000);
  problems.check(
    percentile >= 1 && percentile < 100 && Math.abs(percentile * 1000 - whole) < 1e-6,
    percentile > 0 && percentile < 1
      ? `${show(percentile)} is a share, and percent are asked for; write ${Number((percentile * 100).toPrecision(10))}`
      : `${show(percentile)} must be a percentage from 1 to below 100, with up to three decimals; write it like 95`,
    'percentile',
  );
  const limitMs = limit.toMilliseconds({ integral: false });
  problems.check(limitMs > 0, `${limitMs} ms is no time; give the longest that a request may take`, 'limit');
  // Flagger cuts its threshold to whole milliseconds: scheduler_metrics.go
  problems.check(
    percentile !== 99 || Number.isInteger(limitMs),
    `${limitMs} ms must be whole milliseconds, which is what Flagger compares; use ${Math.max(1, Math.round(limitMs))} ms`,
    'limit',
  );
  problems.throwIfAny();
  const shown = { threshold: { max: limitMs }, describes: describe(percentile, limitMs), interval };
  if (percentile === 99) return new BuiltInMetric({ name: BUILT_IN.p99, ...shown, check: () => {} });
  const measured = {
    ...shown,
    name: latencyName(percentile),
    provider: MetricProvider.prometheus(),
    // 99.9 / 100 is 0.9990000000000001.
    query: latencyQuery(Number((whole / 100_000).toFixed(5))),
  };
  return new RequestsMetric(measured, 'any', () => {});
}
