import { k8s } from 'cdk8s-plus-28';
import type { WorkloadPort } from '../../contracts/port';
import { type Version, atLeast } from '../../platform/versions';
import type { Exposure } from '../exposure';

/** `spec.trafficDistribution`: on by default (beta) since 1.31. https://github.com/kubernetes/enhancements/issues/4444 */
const TRAFFIC_DISTRIBUTION_SINCE = [1, 31] as const;
/**
 * `PreferSameZone`, the newer name of `PreferClose`: stable since 1.35, from when on the API server warns of the old one.
 * https://github.com/kubernetes/enhancements/issues/3015
 */
const PREFER_SAME_ZONE_SINCE = [1, 35] as const;

/** The Service of a workload. Its ports say what they speak, by name and by `appProtocol`: Istio believes no other sign. */
export function service(
  selector: Readonly<Record<string, string>>,
  ports: readonly WorkloadPort[],
  exposure: Exposure,
): k8s.ServiceSpec {
  const affinity = exposure.options.clientIpAffinity;
  return {
    type: exposure.type,
    clusterIp: exposure.form.headless ? 'None' : undefined,
    selector: { ...selector },
    ports: ports.map((one, i) => ({
      name: one.name,
      appProtocol: one.protocol,
      port: one.port,
      targetPort: k8s.IntOrString.fromNumber(one.targetPort),
      protocol: 'TCP',
      nodePort: i === 0 ? exposure.form.nodePort : undefined,
    })),
    sessionAffinity: affinity ? 'ClientIP' : undefined,
    sessionAffinityConfig: affinity ? { clientIp: { timeoutSeconds: affinity.toSeconds() } } : undefined,
    // A client is known to policies by its address: keep it, and let only those in that are named.
    loadBalancerSourceRanges: exposure.type === 'LoadBalancer' ? [...exposure.sourceRanges!] : undefined,
    externalTrafficPolicy: exposure.type === 'ClusterIP' || exposure.form.direct ? undefined : 'Local',
    allocateLoadBalancerNodePorts: exposure.form.direct ? false : undefined,
  };
}

/** Annotations of the Service. */
export function serviceAnnotations(exposure: Exposure, kubernetes: Version): Record<string, string> {
  const byAnnotation = exposure.options.topologyAware && !atLeast(kubernetes, ...TRAFFIC_DISTRIBUTION_SINCE);
  return { ...exposure.options.annotations, ...(byAnnotation ? { 'service.kubernetes.io/topology-mode': 'Auto' } : {}) };
}

/** Fields of the Service that the typed API of Kubernetes 1.28 does not know yet. */
export function newerServiceFields(exposure: Exposure, kubernetes: Version): Record<string, unknown> {
  if (!exposure.options.topologyAware || !atLeast(kubernetes, ...TRAFFIC_DISTRIBUTION_SINCE)) return {};
  return { trafficDistribution: atLeast(kubernetes, ...PREFER_SAME_ZONE_SINCE) ? 'PreferSameZone' : 'PreferClose' };
}
