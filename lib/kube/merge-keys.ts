import { apiGroup } from './manifest';

/**
 * Which lists of Kubernetes' own types are merged item by item, and by which field: the struct tags `patchStrategy` and
 * `patchMergeKey` of k8s.io/api (v0.37), in core/v1, apps/v1, batch/v1, policy/v1 and admissionregistration/v1
 * `types.go`; the OpenAPI document has them as `x-kubernetes-patch-merge-key`. Fields below `status` are left out, for
 * nobody writes them into a manifest. A list that is not named here (args, command, envFrom, tolerations, the rules of a
 * NetworkPolicy or a Role, every list of a custom resource) is replaced as a whole.
 */

/** How the items of a list are told apart. */
export interface ListKey {
  /** The patchMergeKey. */
  readonly key: string;
  /**
   * A second field that tells items of the same key apart (`x-kubernetes-list-map-keys`): one number may be a TCP and a
   * UDP port. With `fallback`, it always counts, and this is its default; without, only where the key alone leaves a
   * choice.
   */
  readonly also?: string;
  readonly fallback?: string;
}

/** What is special about the fields of a map. A field that is not named holds nothing special. */
export interface Shape {
  /** Lists that are merged by a key, and the shape of their items. */
  readonly lists?: Readonly<Record<string, ListKey & { readonly item?: Shape }>>;
  /** Lists of strings that are united. */
  readonly sets?: readonly string[];
  /** Maps with special fields further down. */
  readonly maps?: Readonly<Record<string, Shape>>;
  /** Maps that are replaced as a whole: `patchStrategy: replace`. */
  readonly replaced?: readonly string[];
}

const BY_NAME: ListKey = { key: 'name' };

const CONTAINER: Shape = {
  lists: {
    env: BY_NAME,
    ports: { key: 'containerPort', also: 'protocol', fallback: 'TCP' },
    volumeDevices: { key: 'devicePath' },
    volumeMounts: { key: 'mountPath' },
  },
};

const POD_SPEC: Shape = {
  lists: {
    containers: { key: 'name', item: CONTAINER },
    ephemeralContainers: { key: 'name', item: CONTAINER },
    hostAliases: { key: 'ip' },
    imagePullSecrets: BY_NAME,
    initContainers: { key: 'name', item: CONTAINER },
    resourceClaims: BY_NAME,
    schedulingGates: BY_NAME,
    topologySpreadConstraints: { key: 'topologyKey', also: 'whenUnsatisfiable' },
    volumes: BY_NAME,
  },
};

const METADATA: Shape = { lists: { ownerReferences: { key: 'uid' } }, sets: ['finalizers'] };

const POD: Shape = { maps: { metadata: METADATA, spec: POD_SPEC } };
const WORKLOAD: Shape = { maps: { metadata: METADATA, spec: { maps: { template: POD } } } };
const CRON_JOB: Shape = { maps: { metadata: METADATA, spec: { maps: { jobTemplate: WORKLOAD } } } };

const WEBHOOKS: Shape = {
  maps: { metadata: METADATA },
  lists: { webhooks: { key: 'name', item: { lists: { matchConditions: BY_NAME } } } },
};
const ADMISSION_POLICY: Shape = {
  maps: { metadata: METADATA, spec: { lists: { matchConditions: BY_NAME, variables: BY_NAME } } },
};

const SHAPES: Readonly<Record<string, Shape>> = {
  '/Pod': POD,
  '/PodTemplate': { maps: { metadata: METADATA, template: POD } },
  '/ReplicationController': WORKLOAD,
  '/Service': {
    maps: { metadata: METADATA, spec: { lists: { ports: { key: 'port', also: 'protocol', fallback: 'TCP' } } } },
  },
  '/ServiceAccount': { maps: { metadata: METADATA }, lists: { secrets: BY_NAME } },
  'admissionregistration.k8s.io/MutatingAdmissionPolicy': ADMISSION_POLICY,
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': WEBHOOKS,
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy': ADMISSION_POLICY,
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': WEBHOOKS,
  'apps/DaemonSet': WORKLOAD,
  'apps/Deployment': WORKLOAD,
  'apps/ReplicaSet': WORKLOAD,
  'apps/StatefulSet': WORKLOAD,
  'batch/CronJob': CRON_JOB,
  'batch/Job': WORKLOAD,
  'policy/PodDisruptionBudget': { maps: { metadata: METADATA, spec: { replaced: ['selector'] } } },
};

/** What all objects share. A custom resource has lists of its own, but the metadata is Kubernetes'. */
const OTHER: Shape = { maps: { metadata: METADATA } };

/** The shape of a kind. The group counts: a Service of Knative is not the one of Kubernetes. */
export function shapeOf(type: { readonly apiVersion: string; readonly kind: string }): Shape {
  return SHAPES[`${apiGroup(type.apiVersion)}/${type.kind}`] ?? OTHER;
}
