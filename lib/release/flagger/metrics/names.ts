/** What Flagger measures by itself, by the prop that asks for it. https://docs.flagger.app/usage/metrics#builtin-metrics */
export const BUILT_IN = {
  successRate: 'request-success-rate',
  p99: 'request-duration',
} as const;

/** Flagger takes its own measure for these, whatever a MetricTemplate says. */
export const BUILT_IN_NAMES: readonly string[] = Object.values(BUILT_IN);

/** Metrics of what must succeed, and of what may fail, by what the port speaks. */
export const SUCCESS_RATE = { http: BUILT_IN.successRate, grpc: 'grpc-success-rate' } as const;
export const ERROR_RATE = { http: 'error-rate', grpc: 'grpc-error-rate' } as const;

/** `latency-p95`, `latency-p99-9`; the p99 is Flagger's own. */
export function latencyName(percentile: number): string {
  return percentile === 99 ? BUILT_IN.p99 : `latency-p${String(percentile).replace('.', '-')}`;
}

/** The percentile whose latency a metric of this name is. Undefined for any other metric. */
export function percentileOf(name: string): number | undefined {
  if (name === BUILT_IN.p99) return 99;
  const quantile = /^latency-p([0-9]+(?:-[0-9]+)?)$/.exec(name);
  return quantile ? Number(quantile[1]!.replace('-', '.')) : undefined;
}
