import type { ResolvedFlow } from './flow';
import { Unsupported } from './objects';
import type { Pod } from './pods';

/* Which traffic iptables hands to a pod's proxy (istio-discovery: files/injection-template.yaml; istio-iptables: run.go). */

const TRAFFIC = 'traffic.sidecar.istio.io';
/** The proxy's own ports: merged metrics and probes, health, Envoy's metrics. */
const PROXY_PORTS = [15020, 15021, 15090];

function portList(pod: Pod, annotation: string): number[] {
  const text = pod.annotations[`${TRAFFIC}/${annotation}`];
  if (text === undefined) return [];
  return text
    .split(',')
    .map((port) => port.trim())
    .filter(Boolean)
    .map(Number);
}

/** Why the destination's proxy never sees the flow; undefined if it does. */
export function inboundBypass({ to, port, protocol }: ResolvedFlow): string | undefined {
  if (to.kind !== 'pod') {
    return `${to.name} is no pod`;
  }
  const { pod } = to;
  if (!pod.inMesh) {
    return `${pod.id} has no proxy`;
  }
  if (protocol !== 'TCP') {
    return `proxies do not capture ${protocol}`;
  }
  if (PROXY_PORTS.includes(port)) {
    return `port ${port} bypasses the proxy`;
  }
  if (pod.gateway) {
    return undefined; // a gateway listens itself, nothing is captured
  }
  const included = pod.annotations[`${TRAFFIC}/includeInboundPorts`] ?? '*';
  if (included !== '*') {
    return portList(pod, 'includeInboundPorts').includes(port) ? undefined : `port ${port} of ${pod.id} is not captured`;
  }
  return portList(pod, 'excludeInboundPorts').includes(port) ? `port ${port} of ${pod.id} is excluded from capture` : undefined;
}

/** Why the source's proxy never sees the flow; undefined if it does. */
export function outboundBypass({ from, port, protocol, request, sender }: ResolvedFlow): string | undefined {
  if (from.kind !== 'pod') {
    return `${from.name} is no pod`;
  }
  const { pod } = from;
  if (!pod.inMesh) {
    return `${pod.id} has no proxy`;
  }
  if (protocol !== 'TCP') {
    return `proxies do not capture ${protocol}`;
  }
  if (sender === 'proxy') {
    return 'the proxy sends it itself';
  }
  for (const annotation of ['includeOutboundIPRanges', 'excludeOutboundIPRanges', 'includeOutboundPorts', 'excludeInterfaces']) {
    if ((pod.annotations[`${TRAFFIC}/${annotation}`] ?? '*') !== '*') {
      throw new Unsupported(`${pod.id}: the annotation ${TRAFFIC}/${annotation} is not evaluated here`);
    }
  }
  // iptables in the pod sees what the client dials, before the cluster IP is resolved.
  const dialled = request.servicePort ?? port;
  return portList(pod, 'excludeOutboundPorts').includes(dialled) ? `port ${dialled} is excluded from capture` : undefined;
}
