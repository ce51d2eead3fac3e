import { k8s } from 'cdk8s-plus-28';
import type { ServiceModel } from '../model';

/** Which drains may go on. It selects by the stable identity, so that it holds for every track of a release. */
export function podDisruptionBudget(
  { maxUnavailable, minAvailable }: ServiceModel['availability'],
  selector: Readonly<Record<string, string>>,
): k8s.PodDisruptionBudgetSpec {
  return {
    selector: { matchLabels: { ...selector } },
    maxUnavailable: maxUnavailable === undefined ? undefined : k8s.IntOrString.fromNumber(maxUnavailable),
    minAvailable: minAvailable === undefined ? undefined : k8s.IntOrString.fromNumber(minAvailable),
    // A pod that is not ready serves nobody; it must not keep a broken node from being drained.
    unhealthyPodEvictionPolicy: 'AlwaysAllow',
  };
}

/** The PriorityClass of a namespace's critical services. */
export function priorityClass(namespace: string, value: number, preempt: boolean): Omit<k8s.KubePriorityClassProps, 'metadata'> {
  return {
    value,
    preemptionPolicy: preempt ? 'PreemptLowerPriority' : 'Never',
    description: `Critical services of namespace ${namespace}.`,
  };
}
