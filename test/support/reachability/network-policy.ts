import { inCidr } from './cidr';
import type { Party, ResolvedFlow } from './flow';
import { idOf, namespaceOf, onlyKnown, specOf, Unsupported, type KubeObject } from './objects';
import type { Pod } from './pods';
import { selects, type Labels, type LabelSelector } from './selectors';
import { closed, open, unguarded, type Verdict } from './verdict';

/* Kubernetes' networking/v1 API: types.go for the meaning, defaults.go for policyTypes, validation.go for what is refused. */

export interface NetworkPolicyPeer {
  podSelector?: LabelSelector;
  namespaceSelector?: LabelSelector;
  ipBlock?: { cidr: string; except?: string[] };
}

export interface NetworkPolicyPort {
  protocol?: string;
  port?: number | string;
  endPort?: number;
}

export interface NetworkPolicyRule {
  from?: NetworkPolicyPeer[];
  to?: NetworkPolicyPeer[];
  ports?: NetworkPolicyPort[];
}

export interface NetworkPolicySpec {
  podSelector?: LabelSelector;
  policyTypes?: string[];
  ingress?: NetworkPolicyRule[];
  egress?: NetworkPolicyRule[];
}

export type Direction = 'ingress' | 'egress';

/** Ingress is always meant unless the types say otherwise; egress only if a rule for it is there. */
export function policyTypes(spec: NetworkPolicySpec): string[] {
  if (spec.policyTypes !== undefined && spec.policyTypes.length > 0) {
    return spec.policyTypes;
  }
  return (spec.egress ?? []).length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}

export class NetworkPolicies {
  private readonly selecting = new Map<string, KubeObject[]>();

  constructor(
    private readonly policies: readonly KubeObject[],
    private readonly namespaceLabels: (namespace: string) => Labels,
  ) {}

  verdict(direction: Direction, flow: ResolvedFlow): Verdict {
    const [subject, other] = direction === 'ingress' ? [flow.to, flow.from] : [flow.from, flow.to];
    if (subject.kind !== 'pod') {
      return unguarded(`${subject.name} is no pod`);
    }
    if (subject.pod.hostNetwork) {
      return unguarded(`${subject.name} uses the node's network, to which NetworkPolicies do not apply`);
    }
    if (other.kind === 'node') {
      return unguarded('traffic between a pod and its own node is never stopped');
    }
    const policies = this.policiesFor(subject.pod, direction);
    if (policies.length === 0) {
      return unguarded(`no NetworkPolicy selects ${subject.name} for ${direction}`);
    }
    const by = policies.flatMap((policy) => this.allowing(policy, direction, flow, other));
    return by.length > 0
      ? open(`a rule lets ${direction} through`, by)
      : closed(`${policies.length} NetworkPolicies select ${subject.name} and none has a rule for it`, policies.map(idOf));
  }

  private policiesFor(pod: Pod, direction: Direction): KubeObject[] {
    const key = `${direction} ${pod.id}`;
    let found = this.selecting.get(key);
    if (found === undefined) {
      const type = direction === 'ingress' ? 'Ingress' : 'Egress';
      found = this.policies.filter((policy) => {
        const spec = specOf<NetworkPolicySpec>(policy);
        return (
          namespaceOf(policy) === pod.namespace && policyTypes(spec).includes(type) && selects(spec.podSelector ?? {}, pod.labels)
        );
      });
      this.selecting.set(key, found);
    }
    return found;
  }

  private allowing(policy: KubeObject, direction: Direction, flow: ResolvedFlow, other: Party): string[] {
    const rules = specOf<NetworkPolicySpec>(policy)[direction] ?? [];
    return rules.flatMap((rule, index) => {
      const where = `${idOf(policy)}#${direction}[${index}]`;
      onlyKnown(where, rule, [direction === 'ingress' ? 'from' : 'to', 'ports']);
      const peers = (direction === 'ingress' ? rule.from : rule.to) ?? [];
      const ports = rule.ports ?? [];
      // None at all and an empty list are the same: everybody, and every port of every protocol.
      const peerFits = peers.length === 0 || peers.some((peer) => this.peerFits(where, peer, other, namespaceOf(policy)));
      const portFits = ports.length === 0 || ports.some((port) => fitsPort(where, port, flow));
      return peerFits && portFits ? [where] : [];
    });
  }

  private peerFits(where: string, peer: NetworkPolicyPeer, party: Party, namespace: string): boolean {
    onlyKnown(where, peer, ['podSelector', 'namespaceSelector', 'ipBlock']);
    const { podSelector, namespaceSelector, ipBlock } = peer;
    if (ipBlock !== undefined) {
      if (podSelector !== undefined || namespaceSelector !== undefined) {
        throw new Unsupported(`${where}: the API server refuses an ipBlock together with a selector in one peer`);
      }
      // A pod has an address only where the cluster was given one: CNIs differ on whether a block holds pods.
      const { ip } = party;
      return ip !== undefined && inCidr(ip, ipBlock.cidr) && !(ipBlock.except ?? []).some((except) => inCidr(ip, except));
    }
    if (podSelector === undefined && namespaceSelector === undefined) {
      throw new Unsupported(`${where}: the API server refuses a peer without selector and ipBlock`);
    }
    if (party.kind !== 'pod' || party.pod.hostNetwork) {
      return false;
    }
    const { pod } = party;
    const namespaceFits =
      namespaceSelector === undefined
        ? pod.namespace === namespace
        : selects(namespaceSelector, this.namespaceLabels(pod.namespace));
    return namespaceFits && selects(podSelector ?? {}, pod.labels);
  }
}

function fitsPort(where: string, entry: NetworkPolicyPort, flow: ResolvedFlow): boolean {
  onlyKnown(where, entry, ['protocol', 'port', 'endPort']);
  const { port, endPort, protocol = 'TCP' } = entry;
  if (endPort !== undefined && typeof port !== 'number') {
    throw new Unsupported(`${where}: the API server refuses endPort without a port number`);
  }
  if (protocol !== flow.protocol) {
    return false;
  }
  if (port === undefined) {
    return true;
  }
  if (typeof port === 'number') {
    return port <= flow.port && flow.port <= (endPort ?? port);
  }
  // A name means a port of the pod that is called, in both directions.
  return (
    flow.to.kind === 'pod' &&
    flow.to.pod.ports.some((named) => named.name === port && named.port === flow.port && named.protocol === protocol)
  );
}
