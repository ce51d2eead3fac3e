import { WORKLOAD_LABEL } from '../../kernel/labels';
import { type CheckedManifest, called, keyOf, ofKind, specOf } from '../manifest';

type Labels = Readonly<Record<string, string>>;

/** A Deployment, as far as it carries requests. */
export interface Track {
  /** `bank/loans-blue` */
  readonly key: string;
  readonly namespace: string;
  readonly called: string;
  /** What tracks of one service have in common: its namespace and stable identity, or else its own name. */
  readonly family: string;
  readonly podLabels: Labels;
  /** As text, to be compared. */
  readonly selector: string;
  /** The images of its containers, as text. */
  readonly images: string;
  readonly replicas?: number;
  readonly autoscaled: boolean;
  /** The pods that there are at least. */
  readonly fewest: number;
  /** The pods that there are at most. */
  readonly most: number;
  /** Percent of the requested CPU that its autoscaler aims at: how full its pods are. */
  readonly cpu?: number;
}

interface DeploymentSpec {
  replicas: number;
  selector: { matchLabels?: Labels };
  template: { metadata?: { labels?: Labels }; spec?: { containers?: readonly { name: string; image?: string }[] } };
}

interface Scaler {
  readonly fewest: number;
  readonly most: number;
  readonly cpu?: number;
}

/** The Deployments among some objects, by namespace and name. */
export function tracksOf(all: readonly CheckedManifest[]): Map<string, Track> {
  const scalers = scalersOf(all);
  return new Map([...ofKind(all, 'apps', 'Deployment')].map(([key, one]) => [key, trackOf(one, scalers.get(key))]));
}

function trackOf(object: CheckedManifest, scaler: Scaler | undefined): Track {
  const { replicas, selector, template } = specOf<DeploymentSpec>(object);
  const { name, namespace = '' } = object.metadata;
  const podLabels = template?.metadata?.labels ?? {};
  const containers = template?.spec?.containers ?? [];
  return {
    key: keyOf(object),
    namespace,
    called: called(object),
    family: `${namespace}/${podLabels[WORKLOAD_LABEL] ?? name}`,
    podLabels,
    selector: JSON.stringify(Object.entries(selector?.matchLabels ?? {}).sort()),
    images: JSON.stringify(containers.map(({ name: container, image }) => [container, image])),
    replicas,
    autoscaled: scaler !== undefined,
    fewest: scaler?.fewest ?? replicas ?? 1,
    most: scaler?.most ?? replicas ?? 1,
    cpu: scaler?.cpu,
  };
}

interface HpaSpec {
  scaleTargetRef: { kind?: string; name?: string };
  minReplicas: number;
  maxReplicas: number;
  metrics: readonly Metric[];
}

interface Metric {
  readonly resource?: { readonly name: string; readonly target?: { readonly averageUtilization?: number } };
  readonly containerResource?: Metric['resource'];
}

interface ScaledObjectSpec {
  scaleTargetRef: { kind?: string; name?: string };
  minReplicaCount: number;
  maxReplicaCount: number;
}

/** What scales each Deployment. The defaults are those of the APIs. */
function scalersOf(all: readonly CheckedManifest[]): Map<string, Scaler> {
  const found = new Map<string, Scaler>();
  const add = (object: CheckedManifest, ref: HpaSpec['scaleTargetRef'] | undefined, scaler: Scaler) => {
    if ((ref?.kind ?? 'Deployment') === 'Deployment') found.set(`${object.metadata.namespace ?? ''}/${ref?.name}`, scaler);
  };
  for (const object of ofKind(all, 'autoscaling', 'HorizontalPodAutoscaler').values()) {
    const { scaleTargetRef, minReplicas = 1, maxReplicas = minReplicas, metrics = [] } = specOf<HpaSpec>(object);
    const cpu = metrics.map((metric) => metric.containerResource ?? metric.resource).find((metric) => metric?.name === 'cpu')
      ?.target?.averageUtilization;
    add(object, scaleTargetRef, { fewest: minReplicas, most: maxReplicas, cpu });
  }
  for (const object of ofKind(all, 'keda.sh', 'ScaledObject').values()) {
    const { scaleTargetRef, minReplicaCount = 0, maxReplicaCount = 100 } = specOf<ScaledObjectSpec>(object);
    add(object, scaleTargetRef, { fewest: minReplicaCount, most: maxReplicaCount });
  }
  return found;
}
