import { Changes, without, type Change, type MutationKind } from './mutation';
import { policyTypes, type NetworkPolicyPeer, type NetworkPolicyRule, type NetworkPolicySpec } from './network-policy';
import { specOf, type KubeObject } from './objects';

type Direction = 'ingress' | 'egress';
type Edit = (rule: NetworkPolicyRule) => void;

/**
 * Everything that can be taken from or added to one NetworkPolicy. To delete a policy with rules counts as narrowing,
 * because another one is expected to hold the default deny; to delete one without rules is to lose that deny.
 */
export function mutateNetworkPolicy(object: KubeObject): Change[] {
  const changes = new Changes<NetworkPolicySpec>(object);
  const spec = specOf<NetworkPolicySpec>(object);
  const rules = (['ingress', 'egress'] as const).flatMap((direction) =>
    (spec[direction] ?? []).map((rule, index) => ({ direction, rule, index })),
  );
  const gone: MutationKind = rules.length > 0 ? 'narrow' : 'widen';
  changes.remove(gone);
  changes.edit(gone, 'podSelector', 'selects nothing', (target) => {
    target.podSelector = { matchLabels: { 'reachability.test/nothing': 'selected' } };
  });
  if (rules.length > 0) {
    changes.edit('widen', 'podSelector', '{}', (target) => {
      target.podSelector = {};
    });
  }
  for (const type of spec.policyTypes ?? []) {
    if ((spec.policyTypes ?? []).length > 1) {
      changes.edit('widen', 'policyTypes', `${type} deleted`, (target) => {
        target.policyTypes = policyTypes(spec).filter((other) => other !== type);
      });
    }
  }
  for (const { direction, rule, index } of rules) {
    mutateRule(changes, spec, direction, rule, index);
  }
  return changes.list;
}

function mutateRule(
  changes: Changes<NetworkPolicySpec>,
  spec: NetworkPolicySpec,
  direction: Direction,
  rule: NetworkPolicyRule,
  index: number,
): void {
  const side = direction === 'ingress' ? 'from' : 'to';
  const path = `${direction}[${index}]`;
  const edit = (kind: MutationKind, where: string, what: string, change: Edit): void =>
    changes.edit(kind, where, what, (target) => {
      const found = target[direction]?.[index];
      if (found !== undefined) {
        change(found);
      }
    });
  // Without policyTypes the last egress rule is what makes the policy speak of egress at all.
  const last = (spec.policyTypes ?? []).length === 0 && direction === 'egress' && spec.egress?.length === 1;
  changes.edit(last ? 'widen' : 'narrow', path, 'deleted', (target) => {
    target[direction] = without(target[direction] ?? [], index);
  });
  const peers = rule[side] ?? [];
  const ports = rule.ports ?? [];
  // An empty list means everybody, so the last entry to go opens the rule instead of closing it.
  peers.forEach((_, i) =>
    edit(peers.length === 1 ? 'widen' : 'narrow', `${path}.${side}[${i}]`, 'deleted', (target) => {
      target[side] = without(target[side] ?? [], i);
    }),
  );
  ports.forEach((_, i) =>
    edit(ports.length === 1 ? 'widen' : 'narrow', `${path}.ports[${i}]`, 'deleted', (target) => {
      target.ports = without(target.ports ?? [], i);
    }),
  );
  ports.forEach(({ port }, i) => {
    if (port !== undefined) {
      edit('widen', `${path}.ports[${i}]`, 'any port of the protocol', (target) => {
        delete target.ports?.[i]?.port;
        delete target.ports?.[i]?.endPort;
      });
    }
  });
  if (peers.length > 0) {
    edit('widen', `${path}.${side}`, 'dropped', (target) => {
      delete target[side];
    });
  }
  if (ports.length > 0) {
    edit('widen', `${path}.ports`, 'dropped', (target) => {
      delete target.ports;
    });
  }
  peers.forEach((peer, i) =>
    mutatePeer(peer, (what, change) =>
      edit('widen', `${path}.${side}[${i}]`, what, (target) => {
        const found = target[side]?.[i];
        if (found !== undefined) {
          change(found);
        }
      }),
    ),
  );
}

function mutatePeer(
  { podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer,
  widen: (what: string, change: (peer: NetworkPolicyPeer) => void) => void,
): void {
  if (podSelector !== undefined) {
    widen('podSelector {}', (peer) => {
      peer.podSelector = {};
    });
  }
  if (ipBlock === undefined) {
    // Where there was none, this widens from the policy's own namespace to all of them.
    widen(namespaceSelector === undefined ? 'namespaceSelector {} added' : 'namespaceSelector {}', (peer) => {
      peer.namespaceSelector = {};
    });
    return;
  }
  const whole = ipBlock.cidr.includes(':') ? '::/0' : '0.0.0.0/0';
  widen(`ipBlock ${whole}`, (peer) => {
    peer.ipBlock = { ...ipBlock, cidr: whole };
  });
  if ((ipBlock.except ?? []).length > 0) {
    widen('except dropped', (peer) => {
      peer.ipBlock = { cidr: ipBlock.cidr };
    });
  }
}
