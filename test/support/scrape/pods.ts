import { nameOf, namespaceOf, type KubeObject } from '../reachability/objects';
import type { Labels } from './relabel';

/* Pods as the API server has them: of each Deployment two, one with an address of either family. */

export interface Port {
  readonly name?: string;
  readonly containerPort: number;
}

export interface RunningContainer {
  readonly name: string;
  readonly ports?: readonly Port[];
}

export interface RunningPod {
  readonly name: string;
  readonly namespace: string;
  readonly ip: string;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly controller: { readonly kind: string; readonly name: string };
  readonly containers: readonly RunningContainer[];
  readonly initContainers: readonly RunningContainer[];
}

/** How the proxy runs, or that there is none. */
export type Sidecar = 'classic' | 'native' | 'none';

interface Template {
  metadata?: { labels?: Record<string, string>; annotations?: Record<string, string> };
  spec: { containers: RunningContainer[]; initContainers?: RunningContainer[] };
}

/** Pods of all Deployments, but of those that are scaled to nothing. */
export function runningPods(objects: readonly KubeObject[], sidecar: Sidecar): RunningPod[] {
  return objects
    .filter(({ kind }) => kind === 'Deployment')
    .flatMap((deployment, i) => {
      const { replicas, template } = deployment['spec'] as { replicas?: number; template: Template };
      const of = (ip: string, random: string) => pod(deployment, template, sidecar, ip, random);
      return replicas === 0 ? [] : [of(`10.0.${i}.7`, 'x2vbq'), of(`fd00::${i}:7`, 'k8smc')];
    });
}

function pod(owner: KubeObject, { metadata = {}, spec }: Template, sidecar: Sidecar, ip: string, random: string): RunningPod {
  const replicaSet = `${nameOf(owner)}-7c9f8d5b6c`;
  return {
    name: `${replicaSet}-${random}`,
    namespace: namespaceOf(owner),
    ip,
    controller: { kind: 'ReplicaSet', name: replicaSet },
    ...injected({ ...metadata, ...spec }, sidecar),
  };
}

type Injectable = NonNullable<Template['metadata']> & Template['spec'];
type Injected = Pick<RunningPod, 'labels' | 'annotations' | 'containers' | 'initContainers'>;

/** files/injection-template.yaml and applyPrometheusMerge (pkg/kube/inject/webhook.go), as far as Prometheus can see it. */
function injected({ labels = {}, annotations = {}, containers, initContainers = [] }: Injectable, sidecar: Sidecar): Injected {
  if (sidecar === 'none') return { labels, annotations, containers, initContainers };
  const proxy: RunningContainer = { name: 'istio-proxy', ports: [{ name: 'http-envoy-prom', containerPort: 15090 }] };
  const validation: RunningContainer = { name: 'istio-validation' };
  const merged = { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '15020', 'prometheus.io/path': '/stats/prometheus' };
  return {
    labels: {
      ...labels,
      'service.istio.io/canonical-name': labels['service.istio.io/canonical-name'] ?? labels['app'] ?? 'unknown',
      'service.istio.io/canonical-revision': labels['service.istio.io/canonical-revision'] ?? labels['version'] ?? 'latest',
    },
    annotations: annotations['prometheus.io/scrape'] === 'false' ? annotations : { ...annotations, ...merged },
    containers: sidecar === 'classic' ? [...containers, proxy] : containers,
    initContainers: [validation, ...(sidecar === 'native' ? [proxy] : []), ...initContainers],
  };
}
