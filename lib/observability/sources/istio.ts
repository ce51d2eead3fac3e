import { metricSet } from './metric-set';

/**
 * Istio's standard metrics. `reporter="source"` is what the caller's proxy saw, requests that never arrived included;
 * `reporter="destination"` is what the proxy of the service saw.
 */
export const ISTIO = metricSet('https://istio.io/latest/docs/reference/config/metrics/', {
  requests: 'istio_requests_total',
  durationBucket: 'istio_request_duration_milliseconds_bucket',
  durationCount: 'istio_request_duration_milliseconds_count',
  durationSum: 'istio_request_duration_milliseconds_sum',
  requestBytesSum: 'istio_request_bytes_sum',
  responseBytesSum: 'istio_response_bytes_sum',
  tcpOpened: 'istio_tcp_connections_opened_total',
  tcpClosed: 'istio_tcp_connections_closed_total',
  tcpSentBytes: 'istio_tcp_sent_bytes_total',
  tcpReceivedBytes: 'istio_tcp_received_bytes_total',
});

/** Labels that queries of this library read. The names are those of the metrics filter of the proxy. */
export const ISTIO_LABELS = {
  reporter: 'reporter',
  sourceWorkload: 'source_workload',
  sourceNamespace: 'source_workload_namespace',
  sourceService: 'source_canonical_service',
  sourcePrincipal: 'source_principal',
  workload: 'destination_workload',
  workloadNamespace: 'destination_workload_namespace',
  canonicalService: 'destination_canonical_service',
  serviceName: 'destination_service_name',
  serviceNamespace: 'destination_service_namespace',
  protocol: 'request_protocol',
  code: 'response_code',
  grpcStatus: 'grpc_response_status',
  flags: 'response_flags',
  security: 'connection_security_policy',
} as const;

/**
 * Upper bounds of the buckets of the duration histogram, in milliseconds: Envoy's default, which Istio keeps. Pods change
 * theirs with the annotation `sidecar.istio.io/statsHistogramBuckets`.
 * https://github.com/envoyproxy/envoy/blob/main/source/common/stats/histogram_impl.cc
 */
export const ISTIO_BUCKETS: readonly number[] = [
  0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000, 30000, 60000, 300000, 600000, 1800000, 3600000,
];

/** What `destination_service_name` says of requests that the mesh has sent nowhere, since nothing declares their host. */
export const BLACK_HOLE = 'BlackHoleCluster';

/**
 * Response flags, matched whether they stand alone or with others (`UF,URX`).
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage#response-flags
 */
export function withFlag(...flags: readonly string[]): string {
  return `(.*,)?(${flags.join('|')})(,.*)?`;
}
