/**
 * Codes of gRPC by which a server says that the fault is its own: UNKNOWN, DEADLINE_EXCEEDED, UNIMPLEMENTED, INTERNAL,
 * UNAVAILABLE, DATA_LOSS. https://opentelemetry.io/docs/specs/semconv/rpc/grpc/#recording-errors
 */
const GRPC_FAULTS = '2|4|12|13|14|15';

/** What the proxies of the new version alone have seen. Labels: https://istio.io/latest/docs/reference/config/metrics/ */
const OF_TARGET = [
  'reporter="destination"',
  'destination_workload_namespace="{{ namespace }}"',
  'destination_workload="{{ target }}"',
];

const HTTP = [...OF_TARGET];
const GRPC = [...OF_TARGET, 'request_protocol="grpc"'];
const GOOD = 'response_code!~"5.*"';
const GOOD_GRPC = `grpc_response_status!~"${GRPC_FAULTS}"`;

const rate = (metric: string, ...matchers: readonly string[]) => `rate(${metric}{${matchers.join(',')}}[{{ interval }}])`;
const counted = (...matchers: readonly string[]) => `sum(${rate('istio_requests_total', ...matchers)})`;

/**
 * A share in percent. No traffic is 0 / 0, which is NaN and fails the check; so does a numerator without series, where every
 * request has failed.
 */
const percent = (good: string, all: string) => `${good}\n/\n${all}\n* 100`;

/**
 * Percent of the gRPC calls that did not fail by the fault of the service. An error of gRPC travels inside a 200, which is all
 * that Flagger's own metric sees.
 */
export const GRPC_SUCCESS_RATE = percent(counted(...GRPC, GOOD_GRPC, GOOD), counted(...GRPC));

const HTTP_SUCCESS_RATE = percent(counted(...HTTP, GOOD), counted(...HTTP));

/**
 * Percent that failed, as what is left of those that did not: a count of failures would have no series as long as nothing
 * fails, and a check without a series fails.
 */
export const HTTP_ERROR_RATE = `100 -\n${HTTP_SUCCESS_RATE}`;
export const GRPC_ERROR_RATE = `100 -\n${GRPC_SUCCESS_RATE}`;

/** The time, in milliseconds, that a share of the requests keeps to. @param quantile from 0 to 1 */
export function latencyQuery(quantile: number): string {
  const buckets = rate('istio_request_duration_milliseconds_bucket', ...OF_TARGET);
  return `histogram_quantile(${quantile}, sum by (le) (${buckets}))`;
}
