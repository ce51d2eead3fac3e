import { nameOf, namespaceOf, type KubeObject } from '../reachability/objects';
import { type RelabelConfig, sanitized } from './relabel';

/* What Prometheus' operator makes of a monitor: pkg/prometheus/promcfg.go, generatePodMonitorConfig and its sister. */

interface Endpoint {
  port?: string;
  targetPort?: string | number;
  path?: string;
  interval?: string;
  relabelings?: RelabelConfig[];
  metricRelabelings?: RelabelConfig[];
}

interface MonitorSpec {
  selector: { matchLabels?: Record<string, string> };
  podTargetLabels?: string[];
  podMetricsEndpoints?: Endpoint[];
  endpoints?: Endpoint[];
}

/** A job of Prometheus' configuration. */
export interface ScrapeConfig {
  readonly job: string;
  readonly role: 'pod' | 'endpointslice';
  /** The only namespace whose pods it sees. */
  readonly namespace: string;
  readonly path: string;
  readonly relabelConfigs: readonly RelabelConfig[];
  readonly metricRelabelConfigs: readonly RelabelConfig[];
}

const keep = (sourceLabels: readonly string[], regex: string): RelabelConfig => ({ action: 'keep', sourceLabels, regex });
const copy = (from: string, targetLabel: string): RelabelConfig => ({ sourceLabels: [from], targetLabel });

export function scrapeConfigs(monitor: KubeObject): ScrapeConfig[] {
  const spec = monitor['spec'] as MonitorSpec;
  const ofPods = monitor.kind === 'PodMonitor';
  const { endpoints = [], podMetricsEndpoints = endpoints, selector, podTargetLabels = [] } = spec;
  const object = ofPods ? 'pod' : 'service';
  const id = `${namespaceOf(monitor)}/${nameOf(monitor)}`;
  return podMetricsEndpoints.map((endpoint, i) => ({
    job: `${ofPods ? 'podMonitor' : 'serviceMonitor'}/${id}/${i}`,
    role: ofPods ? 'pod' : 'endpointslice',
    namespace: namespaceOf(monitor),
    path: endpoint.path ?? '/metrics',
    metricRelabelConfigs: endpoint.metricRelabelings ?? [],
    relabelConfigs: [
      { action: 'drop', sourceLabels: ['__meta_kubernetes_pod_phase'], regex: '(Failed|Succeeded)' },
      ...Object.entries(selector.matchLabels ?? {}).map(([key, value]) =>
        keep(
          [`__meta_kubernetes_${object}_label_${sanitized(key)}`, `__meta_kubernetes_${object}_labelpresent_${sanitized(key)}`],
          `(${value});true`,
        ),
      ),
      ...(endpoint.port === undefined
        ? []
        : [
            keep(
              [ofPods ? '__meta_kubernetes_pod_container_port_name' : '__meta_kubernetes_endpointslice_port_name'],
              endpoint.port,
            ),
          ]),
      ...(typeof endpoint.targetPort === 'string'
        ? [keep(['__meta_kubernetes_pod_container_port_name'], endpoint.targetPort)]
        : []),
      copy('__meta_kubernetes_namespace', 'namespace'),
      ...(ofPods ? [] : [copy('__meta_kubernetes_service_name', 'service')]),
      copy('__meta_kubernetes_pod_name', 'pod'),
      copy('__meta_kubernetes_pod_container_name', 'container'),
      ...podTargetLabels.map((label) => ({
        sourceLabels: [`__meta_kubernetes_pod_label_${sanitized(label)}`],
        targetLabel: sanitized(label),
        regex: '(.+)',
      })),
      ofPods ? { targetLabel: 'job', replacement: id } : copy('__meta_kubernetes_service_name', 'job'),
      { targetLabel: 'endpoint', replacement: String(endpoint.port ?? endpoint.targetPort ?? '') },
      ...(endpoint.relabelings ?? []),
    ],
  }));
}
