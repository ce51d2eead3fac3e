import { metricSet } from './metric-set';

/** HTTP server metrics by OpenTelemetry's semantic conventions, as Prometheus names them. Durations in seconds. */
export const OPENTELEMETRY = metricSet(
  'https://opentelemetry.io/docs/specs/semconv/http/http-metrics/#metric-httpserverrequestduration',
  {
    durationBucket: 'http_server_request_duration_seconds_bucket',
    durationCount: 'http_server_request_duration_seconds_count',
    durationSum: 'http_server_request_duration_seconds_sum',
  },
);

export const OPENTELEMETRY_LABELS = {
  method: 'http_request_method',
  route: 'http_route',
  code: 'http_response_status_code',
} as const;

/** The boundaries that the convention advises, in seconds. */
export const OPENTELEMETRY_BUCKETS: readonly number[] = [
  0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
];
