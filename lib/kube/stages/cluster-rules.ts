import type { Manifest } from '../manifest';
import { above, at, less, maps, number, type Rule, weaker } from './rule';

const ENFORCE = 'pod-security.kubernetes.io/enforce';
const LEVELS = ['privileged', 'baseline', 'restricted'];

/** https://kubernetes.io/docs/concepts/security/pod-security-standards/; without a label, everything is admitted. */
const podSecurity: Rule = (s, p) => {
  const level = (o: Manifest): string => o.metadata.labels?.[ENFORCE] ?? 'privileged';
  return LEVELS.indexOf(level(p)) < LEVELS.indexOf(level(s)) ? [weaker(`label ${ENFORCE}`, level(p), level(s))] : [];
};

const injection: Rule = (s, p) => {
  const inMesh = ({ metadata: { labels = {} } }: Manifest): boolean =>
    labels['istio-injection'] === 'enabled' || Boolean(labels['istio.io/rev']) || labels['istio.io/dataplane-mode'] === 'ambient';
  return inMesh(s) && !inMesh(p) ? ['its pods are not in the mesh, but those of staging are; label it like staging'] : [];
};

/** minReplicas is 1 when absent. */
const scaling: Rule = (s, p) =>
  ['minReplicas', 'maxReplicas'].flatMap((field) => {
    const of = (o: Manifest): number | undefined => number(at(o, 'spec', field)) ?? (field === 'minReplicas' ? 1 : undefined);
    const [was, is] = [of(s), of(p)];
    return less(is, was) ? [weaker(field, is, was)] : [];
  });

const disruption: Rule = (s, p) => {
  const of = (o: Manifest, field: string): unknown => at(o, 'spec', field);
  const found: string[] = [];
  if (above(of(p, 'maxUnavailable'), of(s, 'maxUnavailable'))) {
    found.push(weaker('maxUnavailable', of(p, 'maxUnavailable'), of(s, 'maxUnavailable')));
  }
  if (above(of(s, 'minAvailable'), of(p, 'minAvailable'))) {
    found.push(weaker('minAvailable', of(p, 'minAvailable'), of(s, 'minAvailable')));
  }
  return found;
};

const DIRECTIONS = [
  { rules: 'ingress', peers: 'from', type: 'Ingress' },
  { rules: 'egress', peers: 'to', type: 'Egress' },
] as const;

/** Whether some rule of a policy is as described. */
function someRule(policy: Manifest, rules: string, is: (rule: Record<string, unknown>) => boolean): boolean {
  return maps(at(policy, 'spec', rules)).some(is);
}

const anyAddress: Rule = (s, p) =>
  DIRECTIONS.flatMap(({ rules, peers }) => {
    const open = (rule: Record<string, unknown>): boolean =>
      maps(rule[peers]).some((peer) => /\/0+$/.test(String(at(peer, 'ipBlock', 'cidr'))));
    return someRule(p, rules, open) && !someRule(s, rules, open)
      ? [`${rules} has an ipBlock with every address, and staging has none; name the blocks that are needed`]
      : [];
  });

const anyPeer: Rule = (s, p) =>
  DIRECTIONS.flatMap(({ rules, peers }) => {
    const open = (rule: Record<string, unknown>): boolean => maps(rule[peers]).length === 0;
    return someRule(p, rules, open) && !someRule(s, rules, open)
      ? [`${rules} has a rule without "${peers}", which is open to everybody, and staging has none; name the peers`]
      : [];
  });

/** Also an item of `ports` without a port: all ports of a protocol. */
const anyPort: Rule = (s, p) =>
  DIRECTIONS.flatMap(({ rules }) => {
    const open = (rule: Record<string, unknown>): boolean =>
      maps(rule.ports).length === 0 || maps(rule.ports).some((port) => port.port === undefined);
    return someRule(p, rules, open) && !someRule(s, rules, open)
      ? [`${rules} has a rule without a port, which is open on all of them, and staging has none; name the ports`]
      : [];
  });

/** A direction that a policy does not speak of is open. Ingress always counts; egress does when it has rules. */
const directions: Rule = (s, p) => {
  const covers = (o: Manifest, type: string): boolean => {
    const types = at(o, 'spec', 'policyTypes');
    if (Array.isArray(types)) return types.includes(type);
    return type === 'Ingress' || at(o, 'spec', 'egress') !== undefined;
  };
  return DIRECTIONS.filter(({ type }) => covers(s, type) && !covers(p, type)).map(
    ({ type }) => `policyTypes lacks ${type}, which staging has; add it`,
  );
};

export const NAMESPACE_RULES: readonly Rule[] = [podSecurity, injection];
export const AUTOSCALER_RULES: readonly Rule[] = [scaling];
export const DISRUPTION_BUDGET_RULES: readonly Rule[] = [disruption];
export const NETWORK_POLICY_RULES: readonly Rule[] = [anyAddress, anyPeer, anyPort, directions];
