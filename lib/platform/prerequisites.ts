import type { PlatformModel } from './model';
import { SidecarMode } from './props';

const labels = (of: Readonly<Record<string, string>>) =>
  Object.entries(of)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');

/** What must be true of the cluster before the manifests are applied, a sentence each, in a fixed order. */
export function prerequisites(platform: PlatformModel): string[] {
  const { istio, prometheus, dns, ingressGateway, egressGateway } = platform;
  const lines = [
    `Kubernetes ${platform.kubernetes.text} or newer.`,
    'The CNI enforces NetworkPolicies, egress included; where it does not, nothing that they close is closed.',
    `Istio ${istio.version.text} with its control plane (${labels(istio.istiod.podLabels)}) in namespace ${istio.istiod.namespace}, ` +
      `root namespace ${istio.rootNamespace}, trust domain ${istio.trustDomain}.`,
    istio.cni
      ? 'istio-cni is installed: without it the injected init container is refused by Pod Security.'
      : 'istio-cni is not installed: namespaces stay at Pod Security `privileged`, since istio-init needs NET_ADMIN as root.',
    `DNS answers from pods ${labels(dns.podLabels)} in namespace ${dns.namespace}` +
      (dns.nodeLocal ? ` and from NodeLocal DNSCache at ${dns.nodeLocal}.` : '.'),
    `Prometheus runs as ${labels(prometheus.podLabels)} in namespace ${prometheus.namespace} and selects monitors by ${labels(prometheus.discoveryLabels)}.`,
    `The ingress gateway runs as ${labels(ingressGateway.podLabels)} in namespace ${ingressGateway.namespace} ` +
      `under service account ${ingressGateway.serviceAccount}.`,
  ];
  if (istio.sidecar === SidecarMode.NATIVE) {
    lines.push('Istio runs the proxy as a native sidecar (ENABLE_NATIVE_SIDECARS on istiod).');
  }
  if (egressGateway) {
    lines.push(
      `The egress gateway ${egressGateway.host} runs as ${labels(egressGateway.podLabels)} in namespace ${egressGateway.namespace} ` +
        `and listens on ${egressGateway.port}.`,
    );
  }
  return lines;
}
