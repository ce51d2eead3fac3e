import { nameOf, namespaceOf, type KubeObject } from '../reachability/objects';
import type { Canary } from './canary';
import { apiVersionOf, type Kind } from './store';

/** The target of a Canary and its autoscaler, where others apply them: as plain as can be. Empty where they are all there. */
export function standIns(canary: Canary, objects: readonly KubeObject[]): KubeObject[] {
  const { targetRef, autoscalerRef } = canary.spec;
  const { name } = targetRef;
  const labels = { app: name };
  const template = { metadata: { labels }, spec: { containers: [{ name, image: name }] } };
  const scaleTargetRef = { apiVersion: 'apps/v1', kind: targetRef.kind, name };
  const specs: Record<string, object> = {
    Deployment: { selector: { matchLabels: labels }, template },
    DaemonSet: { selector: { matchLabels: labels }, template },
    HorizontalPodAutoscaler: { scaleTargetRef, minReplicas: 2, maxReplicas: 3 },
    ScaledObject: { scaleTargetRef: { name }, minReplicaCount: 2, maxReplicaCount: 3, triggers: [] },
  };
  return [targetRef, ...(autoscalerRef === undefined ? [] : [autoscalerRef])]
    .filter((ref) => ref.kind !== undefined && ref.kind in specs)
    .filter(
      (ref) =>
        !objects.some((one) => one.kind === ref.kind && nameOf(one) === ref.name && namespaceOf(one) === namespaceOf(canary)),
    )
    .map((ref) => ({
      apiVersion: apiVersionOf(ref.kind as Kind),
      kind: ref.kind,
      metadata: { name: ref.name, namespace: namespaceOf(canary) },
      spec: specs[ref.kind!],
    }));
}
