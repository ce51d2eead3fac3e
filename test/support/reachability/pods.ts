import { nthAddress } from './cidr';
import { injected } from './injection';
import { idOf, namespaceOf, nameOf, specOf, Unsupported, type KubeObject } from './objects';
import type { Labels } from './selectors';

export interface NamedPort {
  readonly name?: string;
  readonly port: number;
  readonly protocol: string;
}

/** One pod, standing for all of its workload. */
export interface Pod {
  /** `namespace/name` of the workload; with the kind between where two workloads share a name. */
  readonly id: string;
  readonly namespace: string;
  readonly labels: Labels;
  readonly annotations: Readonly<Record<string, string>>;
  readonly serviceAccount: string;
  readonly ports: readonly NamedPort[];
  readonly inMesh: boolean;
  /** The proxy is a gateway (type router): Sidecars do not apply to it, nor does PeerAuthentication to its listeners. */
  readonly gateway: boolean;
  readonly hostNetwork: boolean;
  /** There is none of it at the moment: its workload is scaled to nothing. */
  readonly idle?: boolean;
  readonly ip?: string;
}

/** A pod that the manifests do not hold: istiod, kube-dns, Prometheus, a stranger. */
export interface ExtraPod {
  name: string;
  namespace: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  /** @default 'default' */
  serviceAccount?: string;
  /** @default as the labels of the namespace and of the pod decide */
  inMesh?: boolean;
  gateway?: boolean;
  hostNetwork?: boolean;
  ports?: { name?: string; port: number; protocol?: string }[];
  idle?: boolean;
  ip?: string;
}

interface Container {
  restartPolicy?: string;
  ports?: { name?: string; containerPort: number; protocol?: string }[];
}

interface PodTemplate {
  metadata?: { labels?: Record<string, string>; annotations?: Record<string, string> };
  spec?: {
    serviceAccountName?: string;
    serviceAccount?: string;
    hostNetwork?: boolean;
    nodeSelector?: Record<string, string>;
    containers?: Container[];
    initContainers?: Container[];
  };
}

const TEMPLATED = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'Rollout'];

function templateOf(object: KubeObject): PodTemplate | undefined {
  if (object.kind === 'Pod') {
    return { metadata: object.metadata ?? {}, spec: specOf(object) };
  }
  if (object.kind === 'CronJob') {
    return specOf<{ jobTemplate?: { spec?: { template?: PodTemplate } } }>(object).jobTemplate?.spec?.template;
  }
  return TEMPLATED.includes(object.kind ?? '') ? specOf<{ template?: PodTemplate }>(object).template : undefined;
}

export function podsOf(
  objects: readonly KubeObject[],
  extras: readonly ExtraPod[],
  namespaceLabels: (namespace: string) => Labels,
  podCidr?: string,
): Pod[] {
  const names = new Map<string, number>();
  const found: { name: string; kind: string; extra: ExtraPod }[] = [];
  for (const object of objects) {
    const template = templateOf(object);
    if (template !== undefined) {
      found.push({ name: nameOf(object), kind: object.kind ?? '', extra: fromTemplate(object, template) });
    }
  }
  for (const extra of extras) {
    found.push({ name: extra.name, kind: 'extra', extra });
  }
  for (const { extra, name } of found) {
    const key = `${extra.namespace}/${name}`;
    names.set(key, (names.get(key) ?? 0) + 1);
  }
  const pods = found.map(({ name, kind, extra }, index) => {
    const short = `${extra.namespace}/${name}`;
    const id = names.get(short) === 1 ? short : `${extra.namespace}/${kind}/${name}`;
    const address = extra.ip ?? (podCidr === undefined ? undefined : nthAddress(podCidr, index + 1));
    return podOf(id, extra, namespaceLabels(extra.namespace), address);
  });
  const twice = pods.find((pod, index) => pods.findIndex((other) => other.id === pod.id) !== index);
  if (twice !== undefined) {
    throw new Unsupported(`two workloads are called ${twice.id}`);
  }
  return pods;
}

function fromTemplate(object: KubeObject, { metadata = {}, spec = {} }: PodTemplate): ExtraPod {
  // Init containers that never end are sidecars, and their ports count (KEP-753).
  const containers = [...(spec.containers ?? []), ...(spec.initContainers ?? []).filter((c) => c.restartPolicy === 'Always')];
  const ports = containers.flatMap((container) => container.ports ?? []);
  // A DaemonSet has no replicas; Flagger parks one by a node selector that no node has.
  const parked = spec.nodeSelector?.['flagger.app/scale-to-zero'] !== undefined;
  return {
    name: nameOf(object),
    namespace: namespaceOf(object),
    idle: parked || specOf<{ replicas?: number }>(object).replicas === 0 ? true : undefined,
    labels: metadata.labels ?? {},
    annotations: metadata.annotations ?? {},
    serviceAccount: spec.serviceAccountName ?? spec.serviceAccount ?? 'default',
    hostNetwork: spec.hostNetwork ?? false,
    ports: ports.map(({ name, containerPort, protocol }) => {
      if (!Number.isInteger(containerPort)) {
        throw new Unsupported(`${idOf(object)}: containerPort ${JSON.stringify(containerPort)} is no number`);
      }
      return { name, port: containerPort, protocol };
    }),
  };
}

function podOf(id: string, extra: ExtraPod, namespaceLabels: Labels, ip: string | undefined): Pod {
  const labels = extra.labels ?? {};
  const annotations = extra.annotations ?? {};
  const hostNetwork = extra.hostNetwork ?? false;
  const inMesh = extra.inMesh ?? injected({ namespace: extra.namespace, namespaceLabels, labels, annotations, hostNetwork });
  const ports: NamedPort[] = (extra.ports ?? []).map(({ name, port, protocol }) => ({ name, port, protocol: protocol ?? 'TCP' }));
  if (inMesh) {
    // The only port which the injected container declares (injection-template.yaml).
    ports.push({ name: 'http-envoy-prom', port: 15090, protocol: 'TCP' });
  }
  return {
    id,
    namespace: extra.namespace,
    labels,
    annotations,
    serviceAccount: extra.serviceAccount ?? 'default',
    ports,
    inMesh,
    gateway: extra.gateway ?? annotations['inject.istio.io/templates'] === 'gateway',
    hostNetwork,
    idle: extra.idle,
    ip,
  };
}
