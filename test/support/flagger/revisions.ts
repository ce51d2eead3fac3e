import { copyOf } from '../reachability/mutation';
import { nameOf, namespaceOf, type KubeObject } from '../reachability/objects';
import type { Canary } from './canary';
import type { Workload } from './workload';

/* Revisions of a target that differ in nothing that matters, as `kubectl rollout restart` makes them. */

const RESTARTED = 'kubectl.kubernetes.io/restartedAt';

/** The same objects, with a target that was restarted at another time. */
export function restarted(objects: readonly KubeObject[], canary: Canary, at: 'before' | 'again'): KubeObject[] {
  const { kind, name } = canary.spec.targetRef;
  return objects.map((object) => {
    if (object.kind !== kind || nameOf(object) !== name || namespaceOf(object) !== namespaceOf(canary)) {
      return object;
    }
    const copy = copyOf(object) as Workload;
    const { template } = copy.spec;
    template.metadata = { ...template.metadata, annotations: { ...template.metadata?.annotations, [RESTARTED]: at } };
    return copy;
  });
}

/** The object as if it had never been restarted by the above. */
export function neverRestarted(object: KubeObject): KubeObject {
  if ((object as Partial<Workload>).spec?.template?.metadata?.annotations?.[RESTARTED] === undefined) {
    return object;
  }
  const copy = copyOf(object) as Workload;
  const { annotations } = copy.spec.template.metadata!;
  if (['before', 'again'].includes(annotations![RESTARTED]!)) {
    delete annotations![RESTARTED];
  }
  return copy;
}
