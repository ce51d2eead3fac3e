import { MANAGED_BY, MANAGED_BY_LABEL } from '../../kernel/labels';
import type { NamespaceModel } from '../model';

/**
 * The labels that make a namespace part of the mesh and have its pods checked at admission. `warn` and `audit` stay at
 * `restricted` even where less is enforced, so that what is missing can be seen.
 */
export function namespaceLabels({ platform, podSecurity, labels }: NamespaceModel): Record<string, string> {
  const { revision } = platform.istio;
  return {
    ...labels,
    [MANAGED_BY_LABEL]: MANAGED_BY,
    ...(revision === undefined ? { 'istio-injection': 'enabled' } : { 'istio.io/rev': revision }),
    'pod-security.kubernetes.io/enforce': podSecurity,
    'pod-security.kubernetes.io/audit': 'restricted',
    'pod-security.kubernetes.io/warn': 'restricted',
  };
}
