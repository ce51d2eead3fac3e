import type { Problem } from '../../kernel/errors';
import { apiGroup, describe, type Manifest } from '../manifest';
import { AUTOSCALER_RULES, DISRUPTION_BUDGET_RULES, NAMESPACE_RULES, NETWORK_POLICY_RULES } from './cluster-rules';
import { isGuard, isNeeded } from './guards';
import {
  AUTHORIZATION_POLICY_RULES,
  GATEWAY_RULES,
  PEER_AUTHENTICATION_RULES,
  REQUEST_AUTHENTICATION_RULES,
  SIDECAR_RULES,
} from './mesh-rules';
import { DEPLOYMENT_RULES, POD_RULES, STATEFUL_SET_RULES } from './pod-rules';
import { POD_KINDS } from './pod-templates';
import type { Rule } from './rule';

/**
 * On an object of production that is meant to be weaker than that of staging: the reason. It silences the comparison of
 * this object; on a Namespace, also that of guards that are missing there.
 */
export const WEAKER_ANNOTATION = 'banking.acceptance/weaker-than-staging';

const RULES: Readonly<Record<string, readonly Rule[]>> = {
  ...Object.fromEntries(POD_KINDS.map((kind) => [kind, POD_RULES])),
  AuthorizationPolicy: AUTHORIZATION_POLICY_RULES,
  Deployment: [...POD_RULES, ...DEPLOYMENT_RULES],
  Gateway: GATEWAY_RULES,
  HorizontalPodAutoscaler: AUTOSCALER_RULES,
  Namespace: NAMESPACE_RULES,
  NetworkPolicy: NETWORK_POLICY_RULES,
  PeerAuthentication: PEER_AUTHENTICATION_RULES,
  PodDisruptionBudget: DISRUPTION_BUDGET_RULES,
  RequestAuthentication: REQUEST_AUTHENTICATION_RULES,
  Sidecar: SIDECAR_RULES,
  StatefulSet: [...POD_RULES, ...STATEFUL_SET_RULES],
};

/**
 * In which ways production is weaker than staging. What was tested in staging is what one trusts, so a guard that is
 * relaxed on the way to production was never seen at work. Objects are matched by group, kind, namespace and name; what
 * only production has is not judged here.
 */
export function weakerThan(staging: readonly Manifest[], production: readonly Manifest[]): Problem[] {
  const inProduction = new Map(production.map((o) => [identity(o), o]));
  const accepted = new Set(
    production.filter((o) => o.kind === 'Namespace' && isAccepted(o)).map((o) => o.metadata.name as string | undefined),
  );
  return staging.flatMap((s) => {
    const where = describe(s);
    const p = inProduction.get(identity(s));
    if (p) {
      if (isAccepted(p)) return [];
      return (RULES[s.kind] ?? []).flatMap((rule) => rule(s, p)).map((what) => ({ where, what }));
    }
    if (!isGuard(s) || accepted.has(s.metadata.namespace) || !isNeeded(s, staging, production)) return [];
    return [{ where, what: 'staging has it and production lacks it; define it in both' }];
  });
}

function identity({ apiVersion, kind, metadata }: Manifest): string {
  return JSON.stringify([apiGroup(apiVersion), kind, metadata.namespace, metadata.name]);
}

function isAccepted(object: Manifest): boolean {
  return Boolean(object.metadata.annotations?.[WEAKER_ANNOTATION]?.trim());
}
