import type { SidecarSpec, SidecarSpecOutboundTrafficPolicyMode } from '../../../imports/networking.istio.io';
import { compare } from '../../kernel/order';

/** `~` is no namespace: nothing is imported. https://istio.io/latest/docs/reference/config/networking/sidecar/#IstioEgressListener */
const NOTHING = '~/*';

/**
 * What the proxy of a workload (or, without a selector, of every other pod in the namespace) knows of the world.
 * A host that it does not know is refused: REGISTRY_ONLY.
 */
export function sidecar(hosts: readonly string[], selector?: Readonly<Record<string, string>>): SidecarSpec {
  const known = [...new Set(hosts)].sort(compare);
  return {
    workloadSelector: selector && { labels: { ...selector } },
    egress: [{ hosts: known.length ? known : [NOTHING] }],
    outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' as SidecarSpecOutboundTrafficPolicyMode },
  };
}
