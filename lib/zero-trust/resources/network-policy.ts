import { k8s } from 'cdk8s-plus-28';
import type { Edge, NetworkPeer } from '../../contracts/peer';
import { NAMESPACE_NAME_LABEL } from '../../kernel/labels';
import { sortedBy, uniqueBy } from '../../kernel/order';
import type { PlatformModel } from '../../platform/model';

type Spec = k8s.NetworkPolicySpec;

/** The port on which istio-agent serves the merged metrics of application and proxy. */
const MERGED_METRICS_PORT = 15020;
/** xDS and certificates from istiod, over mTLS. */
const ISTIOD_PORT = 15012;

const port = (number: number, protocol: 'TCP' | 'UDP' = 'TCP'): k8s.NetworkPolicyPort => ({
  port: k8s.IntOrString.fromNumber(number),
  protocol,
});

/** One peer. A pod peer always names its namespace, its own one too: it can't be read wrongly. */
export function networkPolicyPeer(peer: NetworkPeer): k8s.NetworkPolicyPeer {
  return peer.kind === 'block'
    ? { ipBlock: { cidr: peer.cidr, except: peer.except.length ? [...peer.except] : undefined } }
    : {
        namespaceSelector: { matchLabels: { [NAMESPACE_NAME_LABEL]: peer.namespace } },
        // Every pod of the namespace is an empty selector, not one with an empty list in it, which the API server would leave out.
        podSelector: Object.keys(peer.podLabels).length ? { matchLabels: { ...peer.podLabels } } : {},
      };
}

/**
 * Closes every pod of the namespace in both directions, but for what every pod of the mesh needs: names, certificates and
 * configuration, being scraped, and sending traces. One policy says both, so that no rule of it can be missing unnoticed.
 * Probes need no rule: they come from the pod's own node, which a NetworkPolicy can't refuse.
 */
export function defaultDeny(platform: PlatformModel): Spec {
  const { dns, istio, prometheus, traceCollector } = platform;
  const pods = (of: { namespace: string; podLabels: Readonly<Record<string, string>> }) =>
    networkPolicyPeer({ kind: 'pods', namespace: of.namespace, podLabels: of.podLabels });
  const nodeLocal = dns.nodeLocal
    ? [networkPolicyPeer({ kind: 'block', cidr: `${dns.nodeLocal}/${dns.nodeLocal.includes(':') ? 128 : 32}`, except: [] })]
    : [];
  return {
    podSelector: {},
    policyTypes: ['Ingress', 'Egress'],
    egress: [
      { to: [pods(dns)], ports: [port(dns.port, 'UDP'), port(dns.port)] },
      // NodeLocal DNSCache always listens on 53, whatever the cluster's DNS pods do.
      ...(nodeLocal.length ? [{ to: nodeLocal, ports: [port(53, 'UDP'), port(53)] }] : []),
      { to: [pods(istio.istiod)], ports: [port(ISTIOD_PORT)] },
      ...(traceCollector ? [{ to: [pods(traceCollector)], ports: [port(traceCollector.port)] }] : []),
    ],
    ingress: [{ from: [pods(prometheus)], ports: [port(MERGED_METRICS_PORT)] }],
  };
}

/** Opens the declared edges of one workload: its callers on the ports they call, its callees on theirs. */
export function workloadPolicy(
  selector: Readonly<Record<string, string>>,
  ingress: readonly Edge[],
  egress: readonly Edge[],
): Spec {
  const inward = ingress.flatMap((edge) => edge.caller.sources.map((peer) => ({ peer, port: edge.port.targetPort })));
  const outward = egress.flatMap((edge) => edge.callee.destinations(edge.port));
  return {
    podSelector: { matchLabels: { ...selector } },
    policyTypes: [...(inward.length ? ['Ingress'] : []), ...(outward.length ? ['Egress'] : [])],
    ingress: inward.length ? byPort(inward).map((g) => ({ from: g.peers, ports: [port(g.port)] })) : undefined,
    egress: outward.length ? byPort(outward).map((g) => ({ to: g.peers, ports: [port(g.port)] })) : undefined,
  };
}

/** One rule a port, so that a reader sees who may use it at a glance. */
function byPort(all: readonly { peer: NetworkPeer; port: number }[]) {
  const numbers = [...new Set(all.map((one) => one.port))].sort((a, b) => a - b);
  return numbers.map((number) => ({
    port: number,
    peers: sortedBy(
      uniqueBy(
        all.filter((one) => one.port === number).map((one) => one.peer),
        peerKey,
      ),
      peerKey,
    ).map(networkPolicyPeer),
  }));
}

function peerKey(peer: NetworkPeer): string {
  return peer.kind === 'block'
    ? `block ${peer.cidr} ${peer.except.join(' ')}`
    : `pods ${peer.namespace} ${JSON.stringify(Object.entries(peer.podLabels).sort())}`;
}
