import { is, matches, oneOf, series } from '../../promql/selector';
import type { ObservedModel } from '../observed-model';
import { podPattern } from '../pod-pattern';
import type { AlertRule } from '../rules/rule-group';
import { KUBE_STATE_METRICS } from '../sources/kube-state-metrics';
import { type AlertContext, alert, subjectOf } from './alert';

/** Pods and Deployments that are not as they should be. */
export function workload(context: AlertContext, service: ObservedModel): AlertRule[] {
  const { name, namespace, deployments, disruptionBudgets } = service;
  const subject = subjectOf(service);
  const pods = { namespace: is(namespace), pod: matches(podPattern(deployments)) };
  const { containerWaiting, containerRestarts, deploymentCondition, disruptionsAllowed, disruptionsExpected } =
    KUBE_STATE_METRICS.metrics;
  const waiting = series(containerWaiting, { ...pods, reason: is('CrashLoopBackOff') });
  const pdb = (metric: string) =>
    `max by (poddisruptionbudget) (${series(metric, { namespace: is(namespace), poddisruptionbudget: oneOf(disruptionBudgets) })})`;
  return [
    alert(context, 'CrashLooping', subject, {
      severity: 'ticket',
      // Between two tries it runs for a moment, or waits for another reason: the last minutes count.
      expr:
        `max by (pod, container) (max_over_time(${waiting}[5m])) > 0\nor\n` +
        `sum by (pod, container) (increase(${series(containerRestarts, pods)}[30m])) >= 4`,
      for: '5m',
      summary: `${name}: {{ $labels.container }} ends again and again`,
      description: `{{ $labels.container }} of {{ $labels.pod }} in ${namespace} is restarted again and again.`,
    }),
    alert(context, 'RolloutStuck', subject, {
      severity: 'ticket',
      expr: `max by (deployment) (${series(deploymentCondition, {
        namespace: is(namespace),
        deployment: oneOf(deployments),
        condition: is('Progressing'),
        status: is('false'),
      })}) > 0`,
      for: '1m',
      summary: `${name}: the rollout of {{ $labels.deployment }} is stuck`,
      description: `Deployment {{ $labels.deployment }} in ${namespace} got no new pod ready within its progress deadline; the old ones still serve.`,
      dashboard: 'release',
    }),
    ...(disruptionBudgets.length
      ? [
          alert(context, 'DisruptionBudgetExhausted', subject, {
            severity: 'ticket',
            expr: `${pdb(disruptionsAllowed)} == 0\nand\n${pdb(disruptionsExpected)} > 0`,
            for: '30m',
            summary: `${name}: none of its pods may be evicted`,
            description: `PodDisruptionBudget {{ $labels.poddisruptionbudget }} in ${namespace} has allowed no eviction for 30 minutes: too few pods are ready, and drains of nodes wait.`,
          }),
        ]
      : []),
  ];
}
