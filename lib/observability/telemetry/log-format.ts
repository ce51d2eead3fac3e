const label = (name: string) => `%CEL(xds.node.metadata.LABELS['service.istio.io/canonical-${name}'])%`;
const peer = (side: 'upstream' | 'downstream', field: string) => `%CEL(filter_state.${side}_peer.${field})%`;

/**
 * One line of the access log: Istio's own fields, and what it leaves out. A field that has no value is null.
 *
 * - Who wrote it: namespace, workload (which tells tracks apart), pod, service and version. The labels are set on every pod that
 *   istiod injects, and stand in the proxy's own node.
 * - Who was on the other side, as the proxies tell one another: `upstream_version` is the version that answered.
 * - The identity of the caller, by its certificate, and the trace. The path comes without its query, which may hold names and
 *   account numbers.
 *
 * https://github.com/istio/istio/blob/1.30.3/pilot/pkg/model/telemetry_logging.go (EnvoyJSONLogFormatIstio)
 * https://github.com/istio/istio/blob/1.30.3/manifests/charts/istio-control/istio-discovery/files/injection-template.yaml
 * https://github.com/istio/istio/blob/1.30.3/releasenotes/notes/telemetry-cel.yaml (fields of a peer)
 * https://www.envoyproxy.io/docs/envoy/v1.38.0/configuration/observability/access_log/usage
 */
export const LOG_FORMAT: Readonly<Record<string, string>> = {
  start_time: '%START_TIME%',
  namespace: '%ENVIRONMENT(POD_NAMESPACE)%',
  workload: '%ENVIRONMENT(ISTIO_META_WORKLOAD_NAME)%',
  pod: '%ENVIRONMENT(POD_NAME)%',
  service: label('name'),
  version: label('revision'),
  downstream_workload: peer('downstream', 'workload'),
  downstream_namespace: peer('downstream', 'namespace'),
  downstream_principal: '%DOWNSTREAM_PEER_URI_SAN%',
  upstream_workload: peer('upstream', 'workload'),
  upstream_namespace: peer('upstream', 'namespace'),
  upstream_version: peer('upstream', 'revision'),
  method: '%REQ(:METHOD)%',
  path: '%REQ_WITHOUT_QUERY(X-ENVOY-ORIGINAL-PATH?:PATH)%',
  authority: '%REQ(:AUTHORITY)%',
  protocol: '%PROTOCOL%',
  response_code: '%RESPONSE_CODE%',
  grpc_status: '%GRPC_STATUS%',
  response_flags: '%RESPONSE_FLAGS%',
  response_code_details: '%RESPONSE_CODE_DETAILS%',
  connection_termination_details: '%CONNECTION_TERMINATION_DETAILS%',
  upstream_transport_failure_reason: '%UPSTREAM_TRANSPORT_FAILURE_REASON%',
  duration: '%DURATION%',
  upstream_service_time: '%RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)%',
  bytes_received: '%BYTES_RECEIVED%',
  bytes_sent: '%BYTES_SENT%',
  request_id: '%REQ(X-REQUEST-ID)%',
  trace_id: '%TRACE_ID%',
  user_agent: '%REQ(USER-AGENT)%',
  x_forwarded_for: '%REQ(X-FORWARDED-FOR)%',
  route_name: '%ROUTE_NAME%',
  upstream_cluster: '%UPSTREAM_CLUSTER_RAW%',
  upstream_host: '%UPSTREAM_HOST%',
  upstream_local_address: '%UPSTREAM_LOCAL_ADDRESS%',
  downstream_local_address: '%DOWNSTREAM_LOCAL_ADDRESS%',
  downstream_remote_address: '%DOWNSTREAM_REMOTE_ADDRESS%',
  requested_server_name: '%REQUESTED_SERVER_NAME%',
};
