import { BUILT_IN } from '../../release/flagger/metrics/names';
import type { ObservedModel } from '../observed-model';
import type { RecordingRule } from './rule-group';

/**
 * What is recorded of what a service consists of, so that a dashboard, which knows no names but those that Prometheus knows,
 * finds the Deployments behind a service: series of the value 1 whose labels say it.
 */
export const PARTS = {
  /** With the labels `namespace`, `service`, `kind` and `name`. */
  part: 'service:part:info',
  /** What a canary must keep to, with the labels `namespace`, `service`, `metric` and `bound` (`min` or `max`). */
  threshold: 'service:canary_threshold:value',
} as const;

/** What `kind` says. The name of a Canary is that of the workload that it releases, as in Flagger's own metrics. */
export type PartKind = 'Service' | 'Deployment' | 'HorizontalPodAutoscaler' | 'Canary';

export function partRules(service: ObservedModel): RecordingRule[] {
  const { namespace, name: called, hosts, deployments, autoscalers, canary } = service;
  const parts: Readonly<Record<PartKind, readonly string[]>> = {
    Service: hosts,
    Deployment: deployments,
    HorizontalPodAutoscaler: autoscalers,
    Canary: canary ? [canary.target] : [],
  };
  const infos = Object.entries(parts).flatMap(([kind, names]) =>
    [...new Set(names)].map((name) => ({
      record: PARTS.part,
      expr: 'vector(1)',
      labels: { namespace, service: called, kind, name },
    })),
  );
  const bounds = (canary?.thresholds ?? []).flatMap(({ metric, ...bound }) =>
    (['min', 'max'] as const).flatMap((key) => {
      const value = bound[key];
      if (value === undefined) return [];
      // Flagger takes its limit in milliseconds, and reports what it has measured in seconds.
      // https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/controller/scheduler_metrics.go (SetAnalysis)
      const reported = metric === BUILT_IN.p99 ? value / 1000 : value;
      return [
        { record: PARTS.threshold, expr: `vector(${reported})`, labels: { namespace, service: called, metric, bound: key } },
      ];
    }),
  );
  return [...infos, ...bounds];
}
