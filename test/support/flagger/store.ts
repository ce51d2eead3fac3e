import { deepFreeze } from '../../../lib/kernel/freeze';
import { copyOf } from '../reachability/mutation';
import { groupOf, nameOf, namespaceOf, type KubeObject } from '../reachability/objects';
import type { Live } from './canary';

/** The kinds that Flagger reads and writes, each with the API version that it writes (the clients in its pkg/ and cmd/flagger). */
const API_VERSIONS = {
  Canary: 'flagger.app/v1beta1',
  ConfigMap: 'v1',
  DaemonSet: 'apps/v1',
  Deployment: 'apps/v1',
  DestinationRule: 'networking.istio.io/v1beta1',
  HorizontalPodAutoscaler: 'autoscaling/v2',
  ScaledObject: 'keda.sh/v1alpha1',
  Secret: 'v1',
  Service: 'v1',
  VirtualService: 'networking.istio.io/v1beta1',
} as const;

export type Kind = keyof typeof API_VERSIONS;

export const apiVersionOf = (kind: Kind): string => API_VERSIONS[kind];

function keyOf(group: string, kind: string, namespace: string, name: string): string {
  return [group, kind, namespace, name].join('/');
}

/** The objects of a cluster. Like the API server, it keeps copies; what it hands out is frozen, and who wants to change it puts another. */
export class Store {
  private readonly byKey = new Map<string, Live>();

  constructor(objects: readonly KubeObject[]) {
    objects.forEach((object) => this.put(object));
  }

  /** All of them, to look at: what is put later does not change them. */
  objects(): readonly Live[] {
    return [...this.byKey.values()];
  }

  find<T extends Live>(kind: Kind, namespace: string, name: string): T | undefined {
    const group = groupOf({ apiVersion: API_VERSIONS[kind] });
    return this.byKey.get(keyOf(group, kind, namespace, name)) as T | undefined;
  }

  put(object: KubeObject): void {
    const key = keyOf(groupOf(object), object.kind ?? '', namespaceOf(object), nameOf(object));
    this.byKey.set(key, deepFreeze(copyOf(object)));
  }
}
