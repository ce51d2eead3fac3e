import { metricSet } from './metric-set';

/**
 * Counters of the proxy itself. Istio's proxies keep most of them back: `rbac` comes by default, what is said of a cluster
 * only where a pod asks for it.
 */
export const ENVOY = metricSet(
  'https://www.envoyproxy.io/docs/envoy/latest/configuration/upstream/cluster_manager/cluster_stats',
  {
    /** With the label `authz_enforce_result`: allowed or denied by an AuthorizationPolicy. */
    rbac: 'envoy_http_rbac',
    ejected: 'envoy_cluster_outlier_detection_ejections_active',
  },
);

/**
 * What a pod needs for its proxy to say which hosts it has ejected.
 * https://istio.io/latest/docs/ops/configuration/telemetry/envoy-stats/
 */
export const ENVOY_STATS_ANNOTATION = {
  'sidecar.istio.io/statsInclusionRegexps': 'cluster\\.outbound.*outlier_detection\\.ejections_active',
} as const;

/** Whether the proxies of pods with these annotations say which hosts they have ejected. */
export function reportsEjections(podAnnotations: Readonly<Record<string, string>>): boolean {
  const keys = [
    'proxy.istio.io/config',
    ...['Prefixes', 'Suffixes', 'Regexps'].map((by) => `sidecar.istio.io/statsInclusion${by}`),
  ];
  return keys.some((key) => podAnnotations[key]?.includes('outlier_detection') ?? false);
}
