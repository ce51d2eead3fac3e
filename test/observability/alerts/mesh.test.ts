import type { Json } from '../../banking-service/world';
import { TILLS, database, groupsOf, lines, teller } from './world';

const TELLER = { namespace: 'vault', service: 'teller' };
const SAFE = { namespace: 'vault', service: 'safe' };
const CALLERS =
  'reporter="source",destination_service_namespace="vault",destination_service_name=~"counter|counter-canary|counter-primary"';
const CALLER = '{{ $labels.source_workload_namespace }}/{{ $labels.source_workload }}';
let groups: Record<string, Json[]>;
beforeAll(() => {
  groups = groupsOf('teller', { services: [teller()] });
});

test('what goes wrong between callers and the service, by the flags of the callers', () => {
  expect(groups['connections']).toEqual([
    {
      alert: 'ConnectionPoolOverflow',
      for: '5m',
      labels: { ...TELLER, severity: 'ticket' },
      expr: `sum by (source_workload, source_workload_namespace) (increase(istio_requests_total{${CALLERS},response_flags=~"(.*,)?(UO)(,.*)?"}[5m])) >= 10`,
      annotations: {
        summary: `teller: ${CALLER} drops requests to it`,
        description: `The proxies of ${CALLER} dropped {{ printf "%.0f" $value }} requests to vault/teller within 5 minutes, since the limits of the circuit breaker were reached.`,
      },
    },
    {
      alert: 'CallersCannotConnect',
      for: '5m',
      labels: { ...TELLER, severity: 'ticket' },
      expr: `sum by (source_workload, source_workload_namespace) (increase(istio_requests_total{${CALLERS},response_flags=~"(.*,)?(UF|UH)(,.*)?"}[5m])) >= 10`,
      annotations: {
        summary: `teller: ${CALLER} does not get through`,
        description: `{{ printf "%.0f" $value }} requests of ${CALLER} found no way to vault/teller within 5 minutes: a broken edge, or no healthy pod.`,
      },
    },
    {
      alert: 'HostsEjected',
      for: '5m',
      labels: { ...TELLER, severity: 'ticket' },
      expr: `max by (cluster_name) (envoy_cluster_outlier_detection_ejections_active{namespace="vault",${TILLS}}) > 0`,
      annotations: {
        summary: 'teller: it has stopped calling pods of {{ $labels.cluster_name }}',
        description:
          'The proxies of vault/teller have ejected up to {{ $value }} hosts of {{ $labels.cluster_name }}, which answered with errors.',
      },
    },
  ]);
});

test('signs of an attack', () => {
  expect(groups['security']).toEqual([
    {
      alert: 'PolicyDenials',
      labels: { ...TELLER, severity: 'ticket' },
      expr: `sum(increase(envoy_http_rbac{namespace="vault",${TILLS},authz_enforce_result="denied"}[10m])) >= 10`,
      annotations: {
        summary: 'teller: the mesh denies requests to it',
        description:
          'AuthorizationPolicies denied {{ printf "%.0f" $value }} requests to vault/teller within 10 minutes: an edge that is not declared, or an attack.',
      },
    },
    {
      alert: 'PlainTextAccepted',
      labels: { ...TELLER, severity: 'page' },
      expr: 'sum(increase(istio_requests_total{reporter="destination",destination_workload_namespace="vault",destination_canonical_service="teller",connection_security_policy="none"}[10m])) > 0',
      annotations: {
        summary: 'teller: it takes requests in plain text',
        description: 'vault/teller took requests without mutual TLS, which its policies rule out: somebody has weakened them.',
      },
    },
    {
      alert: 'EgressBlocked',
      labels: { ...TELLER, severity: 'ticket' },
      expr: lines(
        'sum(',
        '  increase(istio_requests_total{reporter="source",source_workload_namespace="vault",source_canonical_service="teller",destination_service_name="BlackHoleCluster"}[10m])',
        '  or',
        '  increase(istio_tcp_connections_opened_total{reporter="source",source_workload_namespace="vault",source_canonical_service="teller",destination_service_name="BlackHoleCluster"}[10m])',
        ') >= 10',
      ),
      annotations: {
        summary: 'teller: it calls hosts that nothing declares',
        description:
          'vault/teller tried {{ printf "%.0f" $value }} times within 10 minutes to reach hosts that no edge names: an edge that is missing, or code that should not run.',
      },
    },
  ]);
});

describe('of what answers no requests', () => {
  let safe: Record<string, Json[]>;
  beforeAll(() => {
    safe = groupsOf('safe', { services: [database()] });
  });

  test('connections are counted, and nobody tells of ejected hosts', () => {
    expect(safe['connections']).toEqual([
      {
        alert: 'ConnectionPoolOverflow',
        for: '5m',
        labels: { ...SAFE, severity: 'ticket' },
        expr: 'sum by (source_workload, source_workload_namespace) (increase(istio_tcp_connections_closed_total{reporter="source",destination_service_namespace="vault",destination_service_name="safe",response_flags=~"(.*,)?(UO)(,.*)?"}[5m])) >= 10',
        annotations: {
          summary: `safe: ${CALLER} drops connections to it`,
          description: `The proxies of ${CALLER} dropped {{ printf "%.0f" $value }} connections to vault/safe within 5 minutes, since the limits of the circuit breaker were reached.`,
        },
      },
      {
        alert: 'CallersCannotConnect',
        for: '5m',
        labels: { ...SAFE, severity: 'ticket' },
        expr: 'sum by (source_workload, source_workload_namespace) (increase(istio_tcp_connections_closed_total{reporter="source",destination_service_namespace="vault",destination_service_name="safe",response_flags=~"(.*,)?(UF|UH)(,.*)?"}[5m])) >= 10',
        annotations: {
          summary: `safe: ${CALLER} does not get through`,
          description: `{{ printf "%.0f" $value }} connections of ${CALLER} found no way to vault/safe within 5 minutes: a broken edge, or no healthy pod.`,
        },
      },
    ]);
  });

  test('the mesh denies no requests, and plain text is a connection', () => {
    expect(safe['security']).toEqual([
      {
        alert: 'PlainTextAccepted',
        labels: { ...SAFE, severity: 'page' },
        expr: 'sum(increase(istio_tcp_connections_opened_total{reporter="destination",destination_workload_namespace="vault",destination_canonical_service="safe",connection_security_policy="none"}[10m])) > 0',
        annotations: {
          summary: 'safe: it takes connections in plain text',
          description: 'vault/safe took connections without mutual TLS, which its policies rule out: somebody has weakened them.',
        },
      },
      {
        alert: 'EgressBlocked',
        labels: { ...SAFE, severity: 'ticket' },
        expr: lines(
          'sum(',
          '  increase(istio_requests_total{reporter="source",source_workload_namespace="vault",source_canonical_service="safe",destination_service_name="BlackHoleCluster"}[10m])',
          '  or',
          '  increase(istio_tcp_connections_opened_total{reporter="source",source_workload_namespace="vault",source_canonical_service="safe",destination_service_name="BlackHoleCluster"}[10m])',
          ') >= 10',
        ),
        annotations: {
          summary: 'safe: it calls hosts that nothing declares',
          description:
            'vault/safe tried {{ printf "%.0f" $value }} times within 10 minutes to reach hosts that no edge names: an edge that is missing, or code that should not run.',
        },
      },
    ]);
  });
});
