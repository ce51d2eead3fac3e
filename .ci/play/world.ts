import { ISTIO_BUCKETS } from '../../lib/observability/sources/istio';
import type { KubeObject } from '../judge/systems';
import { type Played, ofKind } from './bank';
import { CANARY_FAILS, CANARY_WELL, PRIMARY_SHARE, RELEASE } from './story';
import { type Steps, always, combined, counted } from './steps';

export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Something that Prometheus scrapes. */
export interface Target {
  readonly path: string;
  /** The labels that its monitor gives to all that it says. */
  readonly labels: Readonly<Record<string, string>>;
  /** Whether labels of its own come first (honorLabels). */
  readonly honoured: boolean;
  /** @default - it has always been there */
  readonly from?: number;
  samples(t: number): Sample[];
}

export const NAMESPACE = 'banking';
const DATA = 'banking-data';
const INGRESS = 'istio-ingress';

/** Each Deployment is played by two pods, which carry what all of its pods would. */
const PODS = 2;
const SUFFIXES = ['x7k2p', 'm4q9t'];
export const podsOf = (deployment: string): string[] => SUFFIXES.map((suffix) => `${deployment}-6d8f7c9b5d-${suffix}`);

interface Workload {
  readonly name: string;
  readonly namespace: string;
  /** The canonical name: the same for all tracks. */
  readonly service: string;
  readonly from?: number;
}

const own = (name: string, service = name, from?: number): Workload => ({ name, namespace: NAMESPACE, service, from });
const GATEWAY: Workload = { name: 'istio-ingress', namespace: INGRESS, service: 'istio-ingress' };
const WEB = own('web');
const ACCOUNTS = own('accounts');
const LOANS = own('enterprise-loan-system-blue', 'enterprise-loan-system');
const LOANS_STAGED = own('enterprise-loan-system-green', 'enterprise-loan-system');
const PRIMARY = own('payments-primary', 'payments');
const CANARY = own('payments', 'payments', RELEASE);
const TESTER = own('load-tester');
const POSTGRES: Workload = { name: 'postgres', namespace: DATA, service: 'postgres' };
const REDIS: Workload = { name: 'redis', namespace: DATA, service: 'redis' };

export const WORKLOADS: readonly Workload[] = [GATEWAY, WEB, ACCOUNTS, LOANS, LOANS_STAGED, PRIMARY, CANARY, TESTER];

/** Requests of one kind from one workload to another. */
interface Edge {
  readonly from: Workload;
  readonly to: Workload;
  /** The Service that is meant. */
  readonly host: string;
  /** A second. */
  readonly rate: Steps;
  readonly code: string;
  readonly flags?: string;
  /** Half of them take at most this long, in milliseconds. */
  readonly median: number;
}

const scaled = (rate: number, share: Steps): Steps => combined(always(rate), share, (a, b) => a * b);

function edges(): Edge[] {
  const calls = (from: Workload, to: Workload, rate: number, median: number, host = to.service): Edge[] => [
    { from, to, host, rate: always(rate), code: '200', median },
    { from, to, host, rate: always(rate * 0.004), code: '404', median: 5 },
    // A few in a hundred thousand fail on any day.
    { from, to, host, rate: always(rate * 0.00002), code: '503', flags: 'UF', median: 1 },
  ];
  const transfers = 60;
  return [
    ...calls(GATEWAY, WEB, 110, 24),
    ...calls(GATEWAY, LOANS, 45, 46),
    ...calls(GATEWAY, ACCOUNTS, 80, 18),
    ...calls(WEB, LOANS, 20, 49),
    ...calls(WEB, ACCOUNTS, 50, 19),
    ...calls(LOANS, ACCOUNTS, 40, 17),
    { from: LOANS, to: PRIMARY, host: 'payments-primary', rate: scaled(transfers, PRIMARY_SHARE), code: '200', median: 38 },
    {
      from: LOANS,
      to: PRIMARY,
      host: 'payments-primary',
      rate: scaled(0.001, PRIMARY_SHARE),
      code: '503',
      flags: 'UO',
      median: 1,
    },
    {
      from: LOANS,
      to: PRIMARY,
      host: 'payments-primary',
      rate: scaled(0.0005, PRIMARY_SHARE),
      code: '503',
      flags: 'UF',
      median: 1,
    },
    { from: LOANS, to: CANARY, host: 'payments-canary', rate: scaled(transfers, CANARY_WELL), code: '200', median: 46 },
    { from: LOANS, to: CANARY, host: 'payments-canary', rate: scaled(transfers, CANARY_FAILS), code: '500', median: 9 },
  ];
}

const EDGES: readonly Edge[] = edges();

const revision = (workload: Workload): string => (workload === CANARY ? '2.5.0' : '2.4.1');

function ends(from: Workload, to: Workload | undefined, host: string, namespace: string): Record<string, string> {
  return {
    source_workload: from.name,
    source_workload_namespace: from.namespace,
    source_principal: `spiffe://cluster.local/ns/${from.namespace}/sa/${from.service}`,
    source_app: from.name,
    source_version: revision(from),
    source_cluster: 'Kubernetes',
    source_canonical_service: from.service,
    source_canonical_revision: revision(from),
    destination_workload: to?.name ?? 'unknown',
    destination_workload_namespace: to?.namespace ?? 'unknown',
    destination_principal: to ? `spiffe://cluster.local/ns/${to.namespace}/sa/${to.service}` : 'unknown',
    destination_app: to?.name ?? 'unknown',
    destination_version: to ? revision(to) : 'unknown',
    destination_service: to ? `${host}.${namespace}.svc.cluster.local` : host,
    destination_canonical_service: to?.service ?? 'unknown',
    destination_canonical_revision: to ? revision(to) : 'latest',
    destination_service_name: host,
    destination_service_namespace: namespace,
    destination_cluster: to ? 'Kubernetes' : 'unknown',
  };
}

/** How many of these take at most so long: a lognormal distribution whose p95 is about 2.5 times its median. */
function within(limit: number, median: number): number {
  return 1 / (1 + Math.exp((-1.702 * Math.log(limit / median)) / 0.55));
}

function requestSamples(edge: Edge, reporter: 'source' | 'destination', t: number): Sample[] {
  // What never got there, nobody there has seen.
  if (edge.flags && reporter === 'destination') return [];
  const count = Math.floor(counted(edge.rate, t) / PODS);
  if (count === 0) return [];
  const { plain, buckets } = labelsOf(edge, reporter);
  return [
    { name: 'istio_requests_total', labels: plain, value: count },
    ...ISTIO_BUCKETS.map((le, i) => ({
      name: `${DURATION}_bucket`,
      labels: buckets[i]!,
      value: Math.round(count * within(le, edge.median)),
    })),
    { name: `${DURATION}_bucket`, labels: buckets.at(-1)!, value: count },
    { name: `${DURATION}_sum`, labels: plain, value: count * edge.median * 1.2 },
    { name: `${DURATION}_count`, labels: plain, value: count },
  ];
}

const DURATION = 'istio_request_duration_milliseconds';
type Labels = Record<string, string>;
/** The same objects each time, so that their text is made once. */
const KNOWN = new Map<string, { readonly plain: Labels; readonly buckets: readonly Labels[] }>();

function labelsOf(
  edge: Edge,
  reporter: 'source' | 'destination',
): { readonly plain: Labels; readonly buckets: readonly Labels[] } {
  const key = `${EDGES.indexOf(edge)} ${reporter}`;
  const known = KNOWN.get(key);
  if (known) return known;
  const plain = {
    reporter,
    ...ends(edge.from, edge.flags === 'UF' ? undefined : edge.to, edge.host, NAMESPACE),
    destination_service: `${edge.host}.${NAMESPACE}.svc.cluster.local`,
    request_protocol: 'http',
    response_code: edge.code,
    grpc_response_status: '',
    response_flags: edge.flags ?? '-',
    connection_security_policy: reporter === 'destination' ? 'mutual_tls' : 'unknown',
  };
  const made = { plain, buckets: [...ISTIO_BUCKETS.map(String), '+Inf'].map((le) => ({ ...plain, le })) };
  KNOWN.set(key, made);
  return made;
}

/** Connections that live for a minute, and what goes through them. */
function tcpSamples(
  played: Played,
): readonly { readonly from: Workload; readonly to?: Workload; readonly host: string; readonly rate: number }[] {
  const outside = ofKind(played, 'ServiceEntry').flatMap(({ spec }) => (spec as { hosts: string[] }).hosts);
  return [
    ...[ACCOUNTS, LOANS, PRIMARY, CANARY].map((from) => ({ from, to: POSTGRES, host: 'postgres', rate: 0.4 })),
    ...[LOANS, WEB].map((from) => ({ from, to: REDIS, host: 'redis', rate: 0.2 })),
    ...outside.map((host) => ({ from: PRIMARY, host, rate: 0.6 })),
    { from: WEB, host: 'BlackHoleCluster', rate: 0.002 },
  ];
}

function proxySamples(played: Played, workload: Workload, t: number): Sample[] {
  const tcp = tcpSamples(played)
    .filter(({ from }) => from === workload)
    .flatMap(({ from, to, host, rate }): Sample[] => {
      const opened = Math.floor(counted(always(rate), t) / PODS);
      const labels = {
        reporter: 'source',
        ...ends(from, to, host, to?.namespace ?? NAMESPACE),
        request_protocol: 'tcp',
        response_flags: '-',
        connection_security_policy: 'unknown',
      };
      return Object.entries({ connections_opened: 1, connections_closed: 0.99, sent_bytes: 5200, received_bytes: 21000 }).map(
        ([what, each]) => ({ name: `istio_tcp_${what}_total`, labels, value: Math.floor(opened * each) }),
      );
    });
  return [
    ...EDGES.filter(({ from }) => from === workload).flatMap((edge) => requestSamples(edge, 'source', t)),
    ...EDGES.filter(({ to }) => to === workload).flatMap((edge) => requestSamples(edge, 'destination', t)),
    ...tcp,
    ...(['allowed', 'denied'] as const).map((authz_enforce_result) => ({
      name: 'envoy_http_rbac',
      labels: { authz_enforce_result, http_conn_manager_prefix: 'inbound_0.0.0.0_8080' },
      value: Math.floor(counted(always(authz_enforce_result === 'allowed' ? 30 : 0.0005), t) / PODS),
    })),
  ];
}

/** What is scraped: proxies, and those who know of objects. */
export function targets(played: Played, others: readonly Target[]): Target[] {
  const proxies = WORKLOADS.flatMap((workload) =>
    podsOf(workload.name).map((pod): Target => ({
      path: `/pods/${workload.namespace}/${pod}`,
      labels: { job: `${workload.namespace}/${workload.service}`, namespace: workload.namespace, pod, workload: workload.name },
      honoured: false,
      from: workload.from,
      samples: (t) => proxySamples(played, workload, t),
    })),
  );
  return [...proxies, ...others];
}

export const specOf = <T>(object: KubeObject): T => object.spec as T;
