/** What one program exports: names of metrics, exactly as upstream spells them. */
export interface MetricSet {
  /** Where upstream defines them. */
  readonly upstream: string;
  readonly metrics: Readonly<Record<string, string>>;
}

/** Keeps the names as literals, and sees to the shape. */
export function metricSet<const T extends Readonly<Record<string, string>>>(
  upstream: string,
  metrics: T,
): { readonly upstream: string; readonly metrics: T } {
  return { upstream, metrics };
}
