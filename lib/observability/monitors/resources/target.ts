import { CANONICAL_NAME_LABEL, CANONICAL_REVISION_LABEL } from '../../../kernel/labels';
import { dropRegex } from '../drop';
import type { ScrapeModel } from '../monitors';

/**
 * The one port that the container of the proxy declares, 15090, by name: of all ports of a pod, the only one that leads to
 * exactly one target in every pod of the mesh, whether the proxy is a container or an init container.
 * https://github.com/istio/istio/blob/1.30.3/manifests/charts/istio-control/istio-discovery/files/injection-template.yaml
 */
export const PROXY_PORT = 'http-envoy-prom';

/**
 * Where the agent beside the proxy serves the metrics of proxy and application in one answer. No container declares the port
 * and iptables leave it alone, so that it is plain text for whoever the NetworkPolicy lets in.
 * https://github.com/istio/istio/blob/1.30.3/pilot/cmd/pilot-agent/status/server.go
 */
const METRICS_PORT = 15020;
const METRICS_PATH = '/stats/prometheus';

/** The label by which tracks of a service are told apart: the name of the Deployment, as in `destination_workload`. */
export const TRACK_LABEL = 'workload';

/** A step of relabelling. Those that name no action replace. */
export interface Relabeling {
  readonly sourceLabels?: readonly string[];
  readonly action?: 'keep' | 'drop' | 'labeldrop';
  readonly targetLabel?: string;
  readonly regex: string;
  readonly replacement?: string;
}

/** From the target that Prometheus has found to the one that it scrapes. */
export const RELABELINGS: readonly Relabeling[] = [
  // The address keeps the form that it has for IPv4 or IPv6.
  { sourceLabels: ['__address__'], regex: '(.+):[0-9]+', targetLabel: '__address__', replacement: `$1:${METRICS_PORT}` },
  // As Istio does it, so that both speak of the same workload: the ReplicaSet without its hash, or what else controls the pod.
  {
    sourceLabels: ['__meta_kubernetes_pod_controller_kind', '__meta_kubernetes_pod_controller_name'],
    regex: 'ReplicaSet;(.+)-[^-]+|[^;]+;(.+)',
    targetLabel: TRACK_LABEL,
    replacement: '$1$2',
  },
  // They would call the metrics of the application those of istio-proxy.
  { action: 'labeldrop', regex: 'container|endpoint' },
];

/**
 * Labels of pods that become labels of all their metrics. An application's own `version` or `service` keeps its name, and it is
 * by these that Kiali finds dashboards of a runtime.
 */
export const POD_TARGET_LABELS: readonly string[] = [CANONICAL_NAME_LABEL, CANONICAL_REVISION_LABEL];

interface Endpoint {
  readonly path: string;
  readonly interval: string;
  readonly scrapeTimeout?: string;
  readonly metricRelabelings?: readonly Relabeling[];
}

/** What an endpoint of either kind of monitor says. */
export function endpoint({ interval, scrapeTimeout, drop }: ScrapeModel): Endpoint {
  return {
    path: METRICS_PATH,
    interval: `${interval}s`,
    scrapeTimeout: scrapeTimeout === undefined ? undefined : `${scrapeTimeout}s`,
    metricRelabelings: drop.length ? [{ sourceLabels: ['__name__'], action: 'drop', regex: dropRegex(drop) }] : undefined,
  };
}
