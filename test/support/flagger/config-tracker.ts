import { nameOf, Unsupported, type KubeObject } from '../reachability/objects';
import type { Canary, Live } from './canary';
import { ownedBy } from './metadata';
import type { Store } from './store';

/* ConfigMaps and Secrets that follow the tracks: pkg/canary/config_tracker.go. */

interface Ref {
  name?: string;
  secretName?: string;
  optional?: boolean;
}

interface Container {
  name?: string;
  ports?: { name?: string; containerPort: number }[];
  env?: { valueFrom?: { configMapKeyRef?: Ref; secretKeyRef?: Ref } }[];
  envFrom?: { configMapRef?: Ref; secretRef?: Ref }[];
}

export interface PodSpec {
  volumes?: { configMap?: Ref; secret?: Ref; projected?: { sources?: { configMap?: Ref; secret?: Ref }[] } }[];
  containers?: Container[];
  initContainers?: Container[];
  nodeSelector?: Record<string, string>;
  affinity?: {
    podAntiAffinity?: {
      preferredDuringSchedulingIgnoredDuringExecution?: { podAffinityTerm?: { labelSelector?: Selector } }[];
      requiredDuringSchedulingIgnoredDuringExecution?: { labelSelector?: Selector }[];
    };
  };
  topologySpreadConstraints?: { labelSelector?: Selector }[];
  [field: string]: unknown;
}

export interface Selector {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}

interface Config extends Live {
  type?: string;
  data?: Record<string, string>;
}

/** One mention of a ConfigMap or Secret in a pod spec. */
interface Mention {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly optional: boolean;
  readonly rename: (name: string) => void;
}

/** Types of Secrets that follow; those of registries belong to the service account. */
const TRACKED_TYPES = ['Opaque', 'kubernetes.io/basic-auth', 'kubernetes.io/ssh-auth', 'kubernetes.io/tls'];

const TRACKING = 'flagger.app/config-tracking';

export type TrackedConfigs = ReadonlyMap<string, Config>;

/** Everywhere a pod names a ConfigMap or a Secret: volumes before containers before init containers. */
function mentions(spec: PodSpec): Mention[] {
  const found: Mention[] = [];
  const mention = (kind: Mention['kind'], ref: Ref | undefined, field: 'name' | 'secretName' = 'name'): void => {
    if (ref !== undefined) {
      found.push({ kind, name: ref[field] ?? '', optional: ref.optional ?? false, rename: (name) => (ref[field] = name) });
    }
  };
  for (const { configMap, secret, projected } of spec.volumes ?? []) {
    mention('ConfigMap', configMap);
    mention('Secret', secret, 'secretName');
    for (const source of projected?.sources ?? []) {
      mention('ConfigMap', source.configMap);
      mention('Secret', source.secret);
    }
  }
  for (const { env = [], envFrom = [] } of [...(spec.containers ?? []), ...(spec.initContainers ?? [])]) {
    for (const { valueFrom } of env) {
      mention('ConfigMap', valueFrom?.configMapKeyRef);
      mention('Secret', valueFrom?.secretKeyRef);
    }
    for (const { configMapRef, secretRef } of envFrom) {
      mention('ConfigMap', configMapRef);
      mention('Secret', secretRef);
    }
  }
  return found;
}

/** The names that a pod spec mentions; the last mention of a name decides whether it may be missing. */
export function configsNamedBy(spec: PodSpec): { kind: Mention['kind']; name: string; optional: boolean }[] {
  const byKey = new Map(mentions(spec).map(({ kind, name, optional }) => [`${kind}/${name}`, { kind, name, optional }]));
  return [...byKey.values()];
}

/** What Flagger copies for the primary, by kind and name (GetTargetConfigs). */
export function trackedConfigs(store: Store, namespace: string, spec: PodSpec): TrackedConfigs {
  const tracked = new Map<string, Config>();
  for (const { kind, name, optional } of configsNamedBy(spec)) {
    const config = store.find<Config>(kind, namespace, name);
    if (config === undefined) {
      if (!optional) {
        throw new Unsupported(`${kind} ${namespace}/${name} does not exist, and Flagger does not go on without it`);
      }
      continue;
    }
    const ofType = kind === 'ConfigMap' || TRACKED_TYPES.includes(config.type ?? 'Opaque');
    if (ofType && !(config.metadata?.annotations?.[TRACKING] ?? '').startsWith('disable')) {
      tracked.set(`${kind}/${name}`, config);
    }
  }
  return tracked;
}

/** Makes the primary's copies, with `data` alone: no binaryData, no labels, no annotations, not immutable (CreatePrimaryConfigs). */
export function createPrimaryConfigs(store: Store, canary: Canary, tracked: TrackedConfigs, namespace: string): void {
  for (const config of tracked.values()) {
    const kind = config.kind as Mention['kind'];
    const name = `${nameOf(config)}-primary`;
    const [owner] = ownedBy(canary);
    const before = store.find(kind, namespace, name)?.metadata?.ownerReferences ?? [];
    const others = before
      .filter((reference) => reference.kind !== 'Canary' || reference.name !== nameOf(canary))
      .map((reference) => ({ ...reference, controller: false }));
    const copy: KubeObject = {
      apiVersion: 'v1',
      kind,
      metadata: { name, namespace, labels: {}, ...{ ownerReferences: [owner, ...others] } },
      ...(kind === 'Secret' ? { type: config.type ?? 'Opaque' } : {}),
      ...(dataOf(config) === undefined ? {} : { data: dataOf(config) }),
    };
    store.put(copy);
  }
}

/** The API server keeps a Secret's `stringData` in `data`. */
function dataOf(config: Config): Record<string, string> | undefined {
  const plain = (config['stringData'] ?? {}) as Record<string, string>;
  const encoded = Object.entries(plain).map(([key, value]) => [key, Buffer.from(value).toString('base64')]);
  return encoded.length === 0 ? config.data : { ...config.data, ...(Object.fromEntries(encoded) as Record<string, string>) };
}

/** Lets a pod spec read the primary's copies (ApplyPrimaryConfigs). */
export function readPrimaryConfigs(spec: PodSpec, tracked: TrackedConfigs): void {
  for (const { kind, name, rename } of mentions(spec)) {
    if (tracked.has(`${kind}/${name}`)) {
      rename(`${name}-primary`);
    }
  }
}

/** What the Canary's status remembers of them. */
export function checksums(tracked: TrackedConfigs): Record<string, string> {
  return Object.fromEntries([...tracked].map(([key, config]) => [key, JSON.stringify(dataOf(config) ?? {})]));
}
