import type { Manifest } from '../manifest';

/**
 * The order of kinds in a file: what others need comes first, guards come before what they guard. After Helm's
 * `InstallOrder` (helm.sh/helm pkg/release/util/kind_sorter.go), with Istio's and Flagger's kinds added, and with unknown
 * kinds before what lets traffic in. `…` stands for the unknown ones.
 */
const ORDER = `
  Namespace CustomResourceDefinition
  PriorityClass RuntimeClass StorageClass IngressClass
  ResourceQuota LimitRange
  NetworkPolicy PeerAuthentication RequestAuthentication AuthorizationPolicy Sidecar Telemetry
  ServiceAccount ClusterRole ClusterRoleBinding Role RoleBinding
  ClusterIssuer Issuer Certificate Secret ConfigMap
  PersistentVolume PersistentVolumeClaim
  Service ServiceEntry DestinationRule EnvoyFilter WasmPlugin
  PodDisruptionBudget
  DaemonSet Pod ReplicaSet Deployment StatefulSet
  HorizontalPodAutoscaler ScaledObject
  PodMonitor ServiceMonitor PrometheusRule
  …
  Job CronJob
  MetricTemplate AlertProvider Canary
  Gateway VirtualService HTTPRoute Ingress
  APIService MutatingWebhookConfiguration ValidatingWebhookConfiguration
`;

const RANKS: ReadonlyMap<string, number> = new Map(
  ORDER.split(/\s+/)
    .filter(Boolean)
    .map((kind, i) => [kind, i]),
);

/** Compares by code units: `localeCompare` would give another order on another machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The order of two objects: by kind, then namespace, then name. It does not look at the construct tree, so that moving a
 * construct moves nothing in the output.
 */
export function compareObjects(a: Manifest, b: Manifest): number {
  const rank = (m: Manifest): number => RANKS.get(m.kind) ?? RANKS.get('…')!;
  return (
    rank(a) - rank(b) ||
    compareText(a.kind, b.kind) ||
    compareText(a.metadata.namespace ?? '', b.metadata.namespace ?? '') ||
    compareText(a.metadata.name, b.metadata.name) ||
    compareText(a.apiVersion, b.apiVersion)
  );
}
