import { is, matches, oneOf, series } from '../../promql/selector';
import type { ObservedModel } from '../observed-model';
import { podPattern } from '../pod-pattern';
import type { AlertRule } from '../rules/rule-group';
import { CADVISOR } from '../sources/cadvisor';
import { KUBE_STATE_METRICS } from '../sources/kube-state-metrics';
import { type AlertContext, alert, subjectOf } from './alert';

/** Resources of the service that are nearly used up. */
export function saturation(context: AlertContext, service: ObservedModel): AlertRule[] {
  const { name, namespace, deployments, autoscalers } = service;
  const subject = subjectOf(service);
  const pods = { namespace: is(namespace), pod: matches(podPattern(deployments)) };
  // cAdvisor also counts the pod as a whole, as a container without a name.
  const containers = { ...pods, container: { text: '!=""' } };
  const { throttledPeriods, periods, memory } = CADVISOR.metrics;
  const increase = (metric: string) => `sum by (pod, container) (increase(${series(metric, containers)}[10m]))`;
  const limit = series(KUBE_STATE_METRICS.metrics.containerLimits, { ...pods, resource: is('memory') });
  const hpa = (metric: string) => series(metric, { namespace: is(namespace), horizontalpodautoscaler: oneOf(autoscalers) });
  const { autoscalerReplicas, autoscalerMaximum, autoscalerMinimum } = KUBE_STATE_METRICS.metrics;
  const scaled = (metric: string) => `max by (horizontalpodautoscaler) (${hpa(metric)})`;
  return [
    alert(context, 'CpuThrottled', subject, {
      severity: 'ticket',
      expr: `${increase(throttledPeriods)}\n/\n(${increase(periods)} > 0)\n> 0.25`,
      for: '15m',
      summary: `${name}: {{ $labels.container }} is throttled`,
      description:
        `{{ $labels.container }} of {{ $labels.pod }} in ${namespace} had used up its CPU limit in {{ $value | humanizePercentage }} ` +
        'of the periods of 100 ms, and stood still until their end.',
    }),
    alert(context, 'MemoryNearLimit', subject, {
      severity: 'ticket',
      expr: `max by (pod, container) (${series(memory, containers)})\n/\n(max by (pod, container) (${limit}) > 0)\n> 0.9`,
      for: '10m',
      summary: `${name}: {{ $labels.container }} is near its memory limit`,
      description: `{{ $labels.container }} of {{ $labels.pod }} in ${namespace} uses {{ $value | humanizePercentage }} of its memory limit, at which it is killed.`,
    }),
    ...(autoscalers.length
      ? [
          alert(context, 'AutoscalerAtMaximum', subject, {
            severity: 'ticket',
            // Where the least is the most, the maximum is meant to be reached.
            expr: `${scaled(autoscalerReplicas)} >= ${scaled(autoscalerMaximum)}\nand\n${scaled(autoscalerMaximum)} > ${scaled(autoscalerMinimum)}`,
            for: '15m',
            summary: `${name}: the autoscaler is at its maximum`,
            description: `{{ $labels.horizontalpodautoscaler }} in ${namespace} has kept its maximum of {{ $value }} pods for 15 minutes: more load finds no more pods.`,
          }),
        ]
      : []),
  ];
}
