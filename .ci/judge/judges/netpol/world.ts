import type { NetworkPeer } from '../../../../lib/contracts/peer';
import type { Declaration } from '../../declared';
import { type KubeObject, type System, ofKind } from '../../systems';
import { templateOf } from '../api-server/pods';
import { isVersion4 } from './ranges';

export interface Pod {
  /** As netpol-analyzer calls it. */
  readonly id: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** A system with everybody who could be in its cluster. */
export interface World {
  readonly objects: readonly KubeObject[];
  readonly pods: readonly Pod[];
}

type Selected = Pick<Extract<NetworkPeer, { kind: 'pods' }>, 'namespace' | 'podLabels'>;

const ELSEWHERE = 'elsewhere';
const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'];

export const selects = ({ namespace, podLabels }: Selected, pod: Pod): boolean =>
  namespace === pod.namespace && Object.entries(podLabels).every(([key, value]) => pod.labels[key] === value);

/**
 * The system's own pods, those that it says are there, what Flagger adds, and strangers: in each namespace one that nobody
 * knows, and in a namespace elsewhere one with the labels of each friend.
 */
export function worldOf(system: System, declaration: Declaration): World {
  const own = ofKind(system, ...WORKLOADS);
  const pods = own.map((workload): Pod => {
    const { kind, metadata } = workload;
    return { id: `${metadata.namespace}/${metadata.name}[${kind}]`, namespace: metadata.namespace!, labels: labelsOf(workload) };
  });
  const primaries = ofKind(system, 'Canary').flatMap(({ metadata, spec }): Pod[] => {
    const { name } = (spec as { targetRef: { name: string } }).targetRef;
    const target = own.find((one) => one.metadata.name === name && one.metadata.namespace === metadata.namespace);
    return target ? [stub(metadata.namespace!, `${name}-primary`, { ...labelsOf(target), app: `${name}-primary` })] : [];
  });
  const friends = friendsOf(declaration);
  const absent = friends
    .filter((friend) => ![...pods, ...primaries].some((pod) => selects(friend, pod)))
    .map((friend, i) => stub(friend.namespace, `friend-${i}`, friend.podLabels));
  const namespaces = [...new Set([...pods, ...absent].map(({ namespace }) => namespace))];
  const strangers = namespaces.map((namespace) => stub(namespace, 'stranger', { app: 'stranger' }));
  const impostors = friends.map(({ podLabels }, i) => stub(ELSEWHERE, `impostor-${i}`, podLabels));
  const added = [...primaries, ...absent, ...strangers, ...impostors];
  const known = ofKind(system, 'Namespace').map(({ metadata }) => metadata.name);
  const missing = [...new Set([...namespaces, ELSEWHERE])].filter((name) => !known.includes(name));
  return {
    pods: [...pods, ...added],
    objects: [
      ...ofKind(system, 'Namespace', ...WORKLOADS),
      ...ofKind(system, 'NetworkPolicy').map(withoutVersion6),
      ...missing.map((name) => ({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
      })),
      ...added.map(podObject),
    ],
  };
}

function friendsOf({ namespaces, workloads }: Declaration): Selected[] {
  const platforms = namespaces.map(({ platform }) => platform);
  const all: Selected[] = [
    ...workloads,
    ...workloads.flatMap(({ callers, callees }) =>
      [...callers, ...callees].flatMap(({ peer }) => (peer.kind === 'pods' ? peer : [])),
    ),
    ...platforms.flatMap(({ dns, istio, prometheus, traceCollector }) =>
      [dns, istio.istiod, prometheus, traceCollector ?? []].flat(),
    ),
  ];
  const key = ({ namespace, podLabels }: Selected) => JSON.stringify([namespace, Object.entries(podLabels).sort()]);
  return [...new Map(all.map((one) => [key(one), { namespace: one.namespace, podLabels: one.podLabels }])).values()];
}

const labelsOf = (workload: KubeObject): Record<string, string> => ({ ...templateOf(workload).metadata?.labels });

const stub = (namespace: string, name: string, labels: Readonly<Record<string, string>>): Pod => ({
  id: `${namespace}/${name}[Pod]`,
  namespace,
  labels,
});

const podObject = ({ id, namespace, labels }: Pod): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: /\/(.*)\[/.exec(id)![1]!, namespace, labels },
  spec: { containers: [{ name: 'main', image: 'registry.example.com/stub:1' }] },
});

interface Rule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
}

interface Peer {
  readonly ipBlock?: { readonly cidr: string };
}

/**
 * netpol-analyzer reads an IPv6 block as one of IPv4: `fd00::/8` becomes `253.0.0.0/8`. They are left out, here and in what
 * is expected; a rule that named nothing else goes with them, since a rule without peers opens to everybody.
 */
export function withoutVersion6(policy: KubeObject): KubeObject {
  const keep = (rules: readonly Rule[] | undefined, side: 'from' | 'to') =>
    rules?.flatMap((rule) => {
      const peers = rule[side];
      const left = peers?.filter(({ ipBlock }) => !ipBlock || isVersion4(ipBlock.cidr));
      return peers?.length && !left?.length ? [] : [{ ...rule, [side]: left }];
    });
  const spec = policy.spec as { ingress?: Rule[]; egress?: Rule[] };
  return { ...policy, spec: { ...spec, ingress: keep(spec.ingress, 'from'), egress: keep(spec.egress, 'to') } };
}
