import type { Cluster, KubeObject, Pod } from '../../reachability';
import { groupOf, idOf, namespaceOf } from '../../reachability/objects';
import { selects, type LabelSelector } from '../../reachability/selectors';
import { identityOf, IDENTITY } from './intent';

/* Which objects guard or watch a pod, by their selectors. Rules 1, 3 and 26. */

interface Guard {
  readonly group: string;
  /** Undefined where it means every pod of the namespace. */
  readonly selector: (spec: Spec) => LabelSelector | undefined;
}

interface Spec {
  podSelector?: LabelSelector;
  selector?: LabelSelector;
  workloadSelector?: { labels?: Record<string, string>; matchLabels?: Record<string, string> };
  namespaceSelector?: { any?: boolean; matchNames?: string[] };
}

const bySelector = ({ selector }: Spec): LabelSelector | undefined => selector;
const byWorkload = ({ workloadSelector }: Spec): LabelSelector | undefined =>
  workloadSelector && { matchLabels: workloadSelector.labels ?? workloadSelector.matchLabels };

const GUARDS: Readonly<Record<string, Guard>> = {
  NetworkPolicy: { group: 'networking.k8s.io', selector: ({ podSelector }) => podSelector },
  AuthorizationPolicy: { group: 'security.istio.io', selector: bySelector },
  Sidecar: { group: 'networking.istio.io', selector: byWorkload },
  PodDisruptionBudget: { group: 'policy', selector: bySelector },
  PodMonitor: { group: 'monitoring.coreos.com', selector: bySelector },
  PeerAuthentication: { group: 'security.istio.io', selector: bySelector },
  RequestAuthentication: { group: 'security.istio.io', selector: bySelector },
  EnvoyFilter: { group: 'networking.istio.io', selector: byWorkload },
  Telemetry: { group: 'telemetry.istio.io', selector: bySelector },
};

/** Every track needs one of its own of each. Monitors are needed where there is any monitor at all. */
const NEEDED = ['NetworkPolicy', 'AuthorizationPolicy', 'Sidecar', 'PodDisruptionBudget'];

/** What is wrong with the guards of workloads that are released in several tracks. */
export function guardFindings(cluster: Cluster, objects: readonly KubeObject[], released: ReadonlySet<string>): string[] {
  const guards = objects.filter(({ kind, ...object }) => GUARDS[kind ?? '']?.group === groupOf(object));
  const monitored = guards.some(({ kind }) => kind === 'PodMonitor');
  const needed = monitored ? [...NEEDED, 'PodMonitor'] : NEEDED;
  const tracks = cluster.pods().filter((pod) => released.has(identityOf(pod)));
  return [...grouped(tracks).values()].flatMap((pods) => {
    const own = new Map(pods.map((pod) => [pod.id, guards.filter((guard) => selectsItself(guard, pod))]));
    const all = [...new Set([...own.values()].flat())];
    return [
      ...pods.flatMap((pod) => lacking(pod, own.get(pod.id) ?? [], needed)),
      ...all.flatMap((guard) => {
        const missed = pods.filter((pod) => !own.get(pod.id)!.includes(guard)).map(({ id }) => id);
        const met = pods.filter((pod) => own.get(pod.id)!.includes(guard)).map(({ id }) => id);
        return missed.length === 0 ? [] : [`${idOf(guard)} selects ${met.join(', ')}, but not ${missed.join(', ')}`];
      }),
    ];
  });
}

function grouped(pods: readonly Pod[]): Map<string, Pod[]> {
  const groups = new Map<string, Pod[]>();
  pods.forEach((pod) => groups.set(identityOf(pod), [...(groups.get(identityOf(pod)) ?? []), pod]));
  return groups;
}

function lacking(pod: Pod, guards: readonly KubeObject[], needed: readonly string[]): string[] {
  const count = (kind: string): number => guards.filter((guard) => guard.kind === kind).length;
  const budgets = count('PodDisruptionBudget');
  return [
    ...(pod.labels[IDENTITY] === undefined ? [`${pod.id} has no label ${IDENTITY}`] : []),
    ...needed.filter((kind) => count(kind) === 0).map((kind) => `${pod.id} is selected by no ${kind} of its own`),
    // https://kubernetes.io/docs/tasks/run-application/configure-pdb/: the eviction of such a pod is refused.
    ...(budgets > 1 ? [`${pod.id} is selected by ${budgets} PodDisruptionBudgets, so it can't be evicted`] : []),
  ];
}

/** Does it select the pod by its labels? One for the whole namespace is nobody's own. */
function selectsItself(guard: KubeObject, pod: Pod): boolean {
  const spec = (guard['spec'] ?? {}) as Spec;
  const selector = GUARDS[guard.kind!]!.selector(spec);
  const { any = false, matchNames } = spec.namespaceSelector ?? {};
  const namespaces = guard.kind === 'PodMonitor' && matchNames !== undefined ? matchNames : [namespaceOf(guard)];
  const empty = Object.keys(selector?.matchLabels ?? {}).length + (selector?.matchExpressions ?? []).length === 0;
  return selector !== undefined && !empty && (any || namespaces.includes(pod.namespace)) && selects(selector, pod.labels);
}
