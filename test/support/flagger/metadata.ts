import { nameOf, type KubeObject } from '../reachability/objects';
import type { Canary, OwnerReference } from './canary';

/* Names, labels and owners of what Flagger makes: pkg/canary/util.go, pkg/router/util.go. */

/** Flagger's -selector-labels, in its order (cmd/flagger/main.go). */
export const SELECTOR_LABELS = ['app', 'name', 'app.kubernetes.io/name'];

const TOOLKIT = 'toolkit.fluxcd.io';

/** What a workload or autoscaler keeps: everything but the marks of Flux (pkg/canary: filterMetadata). */
export function withoutToolkit(entries: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(entries).filter(([key]) => !key.includes(TOOLKIT)));
}

/** Marks that keep Flux away from Services and VirtualServices (pkg/router: filterMetadata). */
export function withToolkitOff(entries: Record<string, string> = {}): Record<string, string> {
  return {
    ...entries,
    'kustomize.toolkit.fluxcd.io/reconcile': 'disabled',
    'helm.toolkit.fluxcd.io/driftDetection': 'disabled',
  };
}

/** Every label but the one that tells the tracks apart (makePrimaryLabels). */
export function primaryLabels(labels: Record<string, string>, key: string, value: string): Record<string, string> {
  return { ...withoutToolkit(labels), [key]: value };
}

/** Pod annotations, with an id that makes each promotion a rollout (makeAnnotations). */
export function podAnnotations(annotations: Record<string, string> = {}, flaggerId: string): Record<string, string> {
  return { ...withoutToolkit(annotations), 'flagger-id': flaggerId };
}

/** metav1.NewControllerRef. */
export function ownedBy(canary: Canary): OwnerReference[] {
  return [
    {
      apiVersion: 'flagger.app/v1beta1',
      kind: 'Canary',
      name: nameOf(canary),
      uid: canary.metadata?.uid ?? '',
      controller: true,
      blockOwnerDeletion: true,
    },
  ];
}

/** Is the object controlled by the Canary of this name? (isOwnedByCanary) */
export function isOwnedBy(object: KubeObject, canary: Canary): boolean {
  const owners = (object.metadata as { ownerReferences?: OwnerReference[] } | undefined)?.ownerReferences ?? [];
  const controller = owners.find((owner) => owner.controller === true);
  return controller?.kind === 'Canary' && controller.name === nameOf(canary);
}
