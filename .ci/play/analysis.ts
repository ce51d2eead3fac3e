import { type Played, ofKind } from './bank';
import { specOf } from './world';

export interface Check {
  readonly metric: string;
  /** As Flagger sends it to Prometheus. */
  readonly query: string;
  readonly min?: number;
  readonly max?: number;
}

interface CanaryMetric {
  readonly name: string;
  readonly interval: string;
  readonly thresholdRange: { readonly min?: number; readonly max?: number };
  readonly templateRef?: { readonly name: string };
}

/**
 * What Flagger asks for request-success-rate of Istio.
 * https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/metrics/observers/istio.go
 */
const SUCCESS_RATE = [
  'sum(rate(istio_requests_total{reporter="destination",destination_workload_namespace="{{ namespace }}",',
  'destination_workload=~"{{ target }}",response_code!~"5.*"}[{{ interval }}]))',
  ' / ',
  'sum(rate(istio_requests_total{reporter="destination",destination_workload_namespace="{{ namespace }}",',
  'destination_workload=~"{{ target }}"}[{{ interval }}])) * 100',
].join('');

/** The checks of the canary of payments, with its words in the place of the variables. */
export function checks(played: Played): Check[] {
  const canary = ofKind(played, 'Canary').find(({ metadata }) => metadata.name === 'payments')!;
  const { analysis, targetRef } = specOf<{
    analysis: { metrics: readonly CanaryMetric[] };
    targetRef: { name: string };
  }>(canary);
  const { namespace } = canary.metadata;
  return analysis.metrics.map(({ name, interval, thresholdRange, templateRef }) => {
    const template = ofKind(played, 'MetricTemplate').find(({ metadata }) => metadata.name === templateRef?.name);
    const text = template ? specOf<{ query: string }>(template).query : SUCCESS_RATE;
    const words: Record<string, string> = { namespace: namespace!, target: targetRef.name, interval };
    const query = text.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, word: string) => words[word] ?? whole);
    return { metric: name, query, ...thresholdRange };
  });
}

export function passes({ min, max }: Check, value: number): boolean {
  return (min === undefined || value >= min) && (max === undefined || value <= max);
}
