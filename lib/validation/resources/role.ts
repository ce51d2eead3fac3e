import type { k8s } from 'cdk8s-plus-28';
import type { ServiceTarget } from '../target';

/**
 * Looks at these Deployments and Canaries and at the namespace's pods, and at nothing else. Pods have no names that are known before,
 * so their list can't be narrowed; a list or a watch of Deployments is allowed for the name that its field selector gives.
 * https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources
 */
export function validationRules(targets: readonly ServiceTarget[]): k8s.PolicyRule[] {
  const deployments = targets.flatMap(({ tracks }) => tracks.map(({ deployment }) => deployment));
  const canaries = targets.flatMap(({ canary }) => (canary === undefined ? [] : [canary]));
  return [
    { apiGroups: ['apps'], resources: ['deployments'], resourceNames: [...deployments].sort(), verbs: ['get', 'list', 'watch'] },
    { apiGroups: [''], resources: ['pods'], verbs: ['list'] },
    ...(canaries.length
      ? [{ apiGroups: ['flagger.app'], resources: ['canaries'], resourceNames: [...canaries].sort(), verbs: ['get'] }]
      : []),
  ];
}
