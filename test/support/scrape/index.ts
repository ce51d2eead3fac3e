import type { KubeObject } from '../reachability/objects';
import { podTargets, serviceTargets } from './discovery';
import { scrapeConfigs } from './operator';
import { type RunningPod, type Sidecar, runningPods } from './pods';
import { type Labels, relabel } from './relabel';

export { scrapeConfigs } from './operator';
export { type RunningPod, type Sidecar, runningPods } from './pods';
export { relabel } from './relabel';

/** What Prometheus scrapes, before it would notice that two targets are the same. */
export interface Target {
  readonly job: string;
  readonly url: string;
  /** Those that every metric of the target gets. */
  readonly labels: Labels;
}

/** Every target of the monitors among the objects, while the pods of the Deployments among them run. */
export function targetsOf(objects: readonly KubeObject[], sidecar: Sidecar): { pods: RunningPod[]; targets: Target[] } {
  const pods = runningPods(objects, sidecar);
  const found = { pod: podTargets(pods), endpointslice: serviceTargets(objects, pods) };
  const monitors = objects.filter(({ kind }) => kind === 'PodMonitor' || kind === 'ServiceMonitor');
  const targets = monitors.flatMap(scrapeConfigs).flatMap(({ job, role, namespace, path, relabelConfigs }) =>
    found[role]
      .filter((one) => one['__meta_kubernetes_namespace'] === namespace)
      .map((one) => relabel(one, relabelConfigs))
      .filter((one) => one !== undefined)
      .map((labels) => ({
        job,
        url: `http://${labels['__address__']}${path}`,
        labels: Object.fromEntries(Object.entries(labels).filter(([name]) => !name.startsWith('__'))),
      })),
  );
  return { pods, targets };
}
