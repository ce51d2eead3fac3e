import { boardOf, everyKind, linesOf } from './world';

const HASH = '[bcdfghjklmnpqrstvwxz2456789]';
const EDGE = 'source_workload_namespace, source_workload, destination_service_namespace, destination_canonical_service';
const CALLERS = 'reporter="source",destination_service_namespace=~"$namespace",destination_service_name=~"$host"';
const W = '[$__rate_interval]';
const ARRIVING = 'reporter="destination",destination_workload_namespace=~"$namespace",destination_canonical_service=~"$service"';
const LEGEND = '{{source_workload_namespace}}/{{source_workload}} → {{destination_canonical_service}}';
const MEANT = '{{source_workload_namespace}}/{{source_workload}} → {{destination_service_name}}';
const ATTEMPT = 'source_workload_namespace, source_workload, destination_service_namespace, destination_service_name';
const PODS = `namespace=~"$namespace",pod=~"$track-${HASH}{1,10}-${HASH}{5}"`;
const TRACK = '"track", "$1", "pod", "(.+)-[^-]+-[^-]+"';
const LEAVING = 'reporter="source",source_workload_namespace=~"$namespace",source_canonical_service=~"$service"';

test('O3: the dashboard mesh shows who calls whom, what does not get through, what is encrypted, what leaves', () => {
  expect(linesOf(boardOf('mesh', { services: everyKind().slice(0, 1) }))).toEqual([
    '== Edges',
    'Who calls whom: table 24×9 reqps',
    '  "As the proxies of the callers count; mutual TLS as those of the service see it."',
    '  Namespace of the caller: source_workload_namespace',
    '  Caller: source_workload',
    '  Namespace: destination_service_namespace',
    '  Service: destination_canonical_service',
    `  Requests = sum by (${EDGE}) (rate(istio_requests_total{${CALLERS}}${W}))`,
    `  Fail percentunit (green yellow from 0.001 red from 0.01) = (sum by (${EDGE}) (rate(istio_requests_total{${CALLERS},response_code=~"5.."}${W}) or rate(istio_requests_total{${CALLERS},grpc_response_status=~"2|4|12|13|14|15"}${W})) or 0 * sum by (${EDGE}) (rate(istio_requests_total{${CALLERS}}${W}))) / (sum by (${EDGE}) (rate(istio_requests_total{${CALLERS}}${W})) > 0)`,
    `  p95 ms = histogram_quantile(0.95, sum by (le, ${EDGE}) (rate(istio_request_duration_milliseconds_bucket{${CALLERS},response_code!~"5..",grpc_response_status!~"2|4|12|13|14|15"}${W})))`,
    `  Mutual TLS percentunit (red green from 1) = (sum by (${EDGE}) (rate(istio_requests_total{${ARRIVING},connection_security_policy="mutual_tls"}${W}) or rate(istio_tcp_connections_opened_total{${ARRIVING},connection_security_policy="mutual_tls"}${W})) or 0 * sum by (${EDGE}) (rate(istio_requests_total{${ARRIVING}}${W}) or rate(istio_tcp_connections_opened_total{${ARRIVING}}${W}))) / (sum by (${EDGE}) (rate(istio_requests_total{${ARRIVING}}${W}) or rate(istio_tcp_connections_opened_total{${ARRIVING}}${W})) > 0)`,
    'Requests: timeseries 8×8 reqps 0.. stacked',
    `  ${LEGEND} = sum by (${EDGE}) (rate(istio_requests_total{${CALLERS}}${W}))`,
    'Fail: timeseries 8×8 percentunit 0..',
    `  ${LEGEND} = (sum by (${EDGE}) (rate(istio_requests_total{${CALLERS},response_code=~"5.."}${W}) or rate(istio_requests_total{${CALLERS},grpc_response_status=~"2|4|12|13|14|15"}${W})) or 0 * sum by (${EDGE}) (rate(istio_requests_total{${CALLERS}}${W}))) / (sum by (${EDGE}) (rate(istio_requests_total{${CALLERS}}${W})) > 0)`,
    'p95: timeseries 8×8 ms 0..',
    `  ${LEGEND} = histogram_quantile(0.95, sum by (le, ${EDGE}) (rate(istio_request_duration_milliseconds_bucket{${CALLERS},response_code!~"5..",grpc_response_status!~"2|4|12|13|14|15"}${W})))`,
    '== What does not get through',
    'Not connected: timeseries 8×8 short 0.. CallersCannotConnect',
    '  "The connection failed, or no healthy pod is left: nobody listens, a policy closes the way, TLS does not fit."',
    `  ${MEANT} = sum by (${ATTEMPT}) (increase(istio_requests_total{${CALLERS},response_flags=~"(.*,)?(UF|UH)(,.*)?"}${W}) or increase(istio_tcp_connections_closed_total{${CALLERS},response_flags=~"(.*,)?(UF|UH)(,.*)?"}${W}))`,
    'Dropped by circuit breakers: timeseries 8×8 short 0.. ConnectionPoolOverflow',
    '  "More was under way than the limits of connections and requests allow."',
    `  ${MEANT} = sum by (${ATTEMPT}) (increase(istio_requests_total{${CALLERS},response_flags=~"(.*,)?(UO)(,.*)?"}${W}) or increase(istio_tcp_connections_closed_total{${CALLERS},response_flags=~"(.*,)?(UO)(,.*)?"}${W}))`,
    'Hosts that are no longer called: timeseries 8×8 short 0.. steps HostsEjected',
    '  "They answered with errors, so that proxies have ejected them. Only proxies that are told to report this do."',
    `  {{cluster_name}} = max by (cluster_name) (envoy_cluster_outlier_detection_ejections_active{${PODS}})`,
    '== Trust',
    'Mutual TLS: timeseries 8×8 percentunit (red green from 1) 0..1 PlainTextAccepted',
    '  "The share of the requests and connections that arrive by mutual TLS."',
    `  {{destination_workload_namespace}}/{{destination_canonical_service}} = (sum by (destination_workload_namespace, destination_canonical_service) (rate(istio_requests_total{${ARRIVING},connection_security_policy="mutual_tls"}${W}) or rate(istio_tcp_connections_opened_total{${ARRIVING},connection_security_policy="mutual_tls"}${W})) or 0 * sum by (destination_workload_namespace, destination_canonical_service) (rate(istio_requests_total{${ARRIVING}}${W}) or rate(istio_tcp_connections_opened_total{${ARRIVING}}${W}))) / (sum by (destination_workload_namespace, destination_canonical_service) (rate(istio_requests_total{${ARRIVING}}${W}) or rate(istio_tcp_connections_opened_total{${ARRIVING}}${W})) > 0)`,
    'Denied: timeseries 8×8 short 0.. PolicyDenials',
    '  "Requests that AuthorizationPolicies turned away: an edge that is not declared, or an attack."',
    `  {{track}} = sum by (track) (label_replace(increase(envoy_http_rbac{${PODS},authz_enforce_result="denied"}${W}), ${TRACK}))`,
    'Calls to hosts that nothing declares: timeseries 8×8 short 0.. EgressBlocked',
    '  "The mesh has sent them nowhere."',
    `  {{source_workload}} = sum by (source_workload) (increase(istio_requests_total{${LEAVING},destination_service_name="BlackHoleCluster"}${W}) or increase(istio_tcp_connections_opened_total{${LEAVING},destination_service_name="BlackHoleCluster"}${W}))`,
    '== What leaves the mesh, and plain connections',
    'Calls to the outside: timeseries 8×8 cps 0..',
    '  "Requests and connections a second, by the host that was meant."',
    `  {{destination_service_name}} = sum by (destination_service_name) (rate(istio_requests_total{${LEAVING},destination_workload="unknown"}${W}) or rate(istio_tcp_connections_opened_total{${LEAVING},destination_workload="unknown"}${W}))`,
    'Connections opened: timeseries 8×8 cps 0..',
    '  "Of TCP, which has no requests that the mesh could see."',
    `  ${LEGEND} = sum by (${EDGE}) (rate(istio_tcp_connections_opened_total{${ARRIVING}}${W}))`,
    `  ${LEGEND} (from here) = sum by (${EDGE}) (rate(istio_tcp_connections_opened_total{${LEAVING}}${W}))`,
    'Bytes by TCP: timeseries 8×8 Bps 0..',
    '  "As the proxies of the service count: received is what the caller has sent."',
    `  ${LEGEND} sent = sum by (${EDGE}) (rate(istio_tcp_sent_bytes_total{${ARRIVING}}${W}))`,
    `  ${LEGEND} received = sum by (${EDGE}) (rate(istio_tcp_received_bytes_total{${ARRIVING}}${W}))`,
  ]);
});
