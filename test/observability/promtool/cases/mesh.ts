import { answered, asked, counts, once, pod, stays } from '../inputs';
import type { AlertCase } from '../scenario';

const silentAt = (...times: string[]) => times.map((at) => ({ at, firing: 0 }));
const own = { namespace: 'banking', pod: pod('payments-primary') };
const leaving = {
  reporter: 'source',
  source_workload_namespace: 'banking',
  source_canonical_service: 'payments',
  destination_service_name: 'BlackHoleCluster',
};

export const CONNECTIONS: readonly AlertCase[] = [
  {
    alert: 'ConnectionPoolOverflow',
    what: 'the proxies of a caller drop a request every ten seconds for a quarter of an hour',
    onlyWith: ['reporter', 'destination_service_namespace', 'destination_service_name', 'response_flags'],
    where: { source_workload: 'web' },
    input: [
      asked(
        [
          ['15m', 0.1],
          ['15m', 0],
        ],
        { response_code: '503', response_flags: 'UO' },
      ),
    ],
    expect: [
      { at: '5m', firing: 0 },
      { at: '8m', firing: 1 },
      { at: '20m', firing: 0 },
    ],
  },
  {
    alert: 'ConnectionPoolOverflow',
    what: 'one is dropped every minute',
    input: [asked([['30m', 1 / 60]], { response_code: '503', response_flags: 'UO' })],
    expect: silentAt('10m', '30m'),
  },
  {
    alert: 'ConnectionPoolOverflow',
    what: 'five are dropped in all, and many fail for another reason',
    input: [
      asked(once('5m', '30m', 5), { response_code: '503', response_flags: 'UO' }),
      asked([['30m', 10]], { response_code: '503', response_flags: 'UH' }),
      asked([['30m', 10]], { response_code: '200', response_flags: '-' }),
    ],
    expect: silentAt('6m', '11m', '30m'),
  },
  {
    alert: 'CallersCannotConnect',
    what: 'connections fail, and are tried again in vain',
    onlyWith: ['reporter', 'destination_service_namespace', 'destination_service_name', 'response_flags'],
    where: { source_workload: 'web', source_workload_namespace: 'edge' },
    input: [
      asked(
        [
          ['15m', 0.1],
          ['15m', 0],
        ],
        { response_code: '503', response_flags: 'UF,URX' },
      ),
    ],
    expect: [
      { at: '5m', firing: 0 },
      { at: '8m', firing: 1 },
      { at: '20m', firing: 0 },
    ],
  },
  {
    alert: 'CallersCannotConnect',
    what: 'connections to a database fail',
    onlyWith: ['reporter', 'destination_service_namespace', 'destination_service_name', 'response_flags'],
    service: 'database',
    input: [
      counts(
        'istio_tcp_connections_closed_total',
        {
          reporter: 'source',
          source_workload: 'payments-primary',
          source_workload_namespace: 'banking',
          destination_service_namespace: 'banking',
          destination_service_name: 'database',
          response_flags: 'UF,URX',
        },
        ['15m', 0.1],
      ),
    ],
    expect: [
      { at: '5m', firing: 0 },
      { at: '8m', firing: 1 },
    ],
  },
  {
    alert: 'CallersCannotConnect',
    what: 'one in a minute does not get through',
    input: [asked([['30m', 1 / 60]], { response_code: '503', response_flags: 'UF' })],
    expect: silentAt('10m', '30m'),
  },
  {
    alert: 'CallersCannotConnect',
    what: 'a pod goes while nine requests are on their way, and clients hang up',
    input: [
      asked(once('5m', '30m', 9), { response_code: '503', response_flags: 'UF' }),
      asked([['30m', 1]], { response_code: '0', response_flags: 'DC' }),
    ],
    expect: silentAt('6m', '11m', '30m'),
  },
  {
    alert: 'HostsEjected',
    what: 'two hosts of the ledger are out for ten minutes',
    onlyWith: ['namespace', 'pod'],
    where: { cluster_name: 'outbound|8080||ledger.banking.svc.cluster.local' },
    input: [
      stays(
        'envoy_cluster_outlier_detection_ejections_active',
        { ...own, cluster_name: 'outbound|8080||ledger.banking.svc.cluster.local' },
        ['10m', 2],
        ['10m', 0],
      ),
    ],
    expect: [
      { at: '4m', firing: 0 },
      { at: '6m', firing: 1 },
      { at: '11m', firing: 0 },
    ],
  },
  {
    alert: 'HostsEjected',
    what: 'a host is out for half a minute, as often as it takes to come back',
    input: [
      stays(
        'envoy_cluster_outlier_detection_ejections_active',
        { ...own, cluster_name: 'x' },
        ['4m', 1],
        ['1m', 0],
        ['4m', 1],
        ['9m', 0],
      ),
    ],
    expect: silentAt('4m', '8m', '18m'),
  },
];

export const SECURITY: readonly AlertCase[] = [
  {
    alert: 'PolicyDenials',
    what: 'a request is denied every ten seconds for ten minutes',
    onlyWith: ['namespace', 'pod', 'authz_enforce_result'],
    input: [counts('envoy_http_rbac', { ...own, authz_enforce_result: 'denied' }, ['10m', 0.1], ['30m', 0])],
    expect: [
      { at: '1m', firing: 0 },
      { at: '3m', firing: 1 },
      { at: '20m', firing: 0 },
    ],
  },
  {
    alert: 'PolicyDenials',
    what: 'somebody tries five times; everybody else is let in',
    input: [
      counts('envoy_http_rbac', { ...own, authz_enforce_result: 'denied' }, ...once('5m', '30m', 5)),
      counts('envoy_http_rbac', { ...own, authz_enforce_result: 'allowed' }, ['30m', 100]),
    ],
    expect: silentAt('6m', '30m'),
  },
  {
    alert: 'PolicyDenials',
    what: 'the proxy restarts after a few denials a day, and counts from zero',
    input: [counts('envoy_http_rbac', { ...own, authz_enforce_result: 'denied' }, ['1h', 0.002], 'reset', ['1h', 0.002])],
    expect: silentAt('59m', '1h1m', '2h'),
  },
  {
    alert: 'PlainTextAccepted',
    what: 'requests without mutual TLS come for five minutes',
    onlyWith: ['reporter', 'destination_workload_namespace', 'destination_canonical_service', 'connection_security_policy'],
    input: [
      answered(
        [
          ['5m', 0.1],
          ['30m', 0],
        ],
        { connection_security_policy: 'none' },
      ),
    ],
    expect: [
      { at: '0m', firing: 0 },
      { at: '1m', firing: 1 },
      { at: '16m', firing: 0 },
    ],
  },
  {
    alert: 'PlainTextAccepted',
    what: 'all requests have mutual TLS',
    input: [answered([['30m', 10]])],
    expect: silentAt('5m', '30m'),
  },
  {
    alert: 'EgressBlocked',
    what: 'the application looks for a host that no edge names, by HTTP and by TLS',
    onlyWith: ['reporter', 'source_workload_namespace', 'source_canonical_service', 'destination_service_name'],
    input: [
      counts('istio_requests_total', { ...leaving, response_code: '502' }, ['10m', 0.05], ['20m', 0]),
      counts('istio_tcp_connections_opened_total', leaving, ['10m', 0.05], ['20m', 0]),
    ],
    expect: [
      { at: '1m', firing: 0 },
      { at: '3m', firing: 1 },
      { at: '20m', firing: 0 },
    ],
  },
  {
    alert: 'EgressBlocked',
    what: 'five tries, and many of another service',
    input: [
      counts('istio_tcp_connections_opened_total', leaving, ...once('5m', '30m', 5)),
      counts('istio_tcp_connections_opened_total', { ...leaving, source_canonical_service: 'ledger' }, ['30m', 1]),
    ],
    expect: silentAt('6m', '30m'),
  },
];
