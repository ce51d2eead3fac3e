import { type Input, type Phase, type Stay, counter, gauge, series } from './scenario';

type Labels = Readonly<Record<string, string>>;

/** A pod of a Deployment, as Kubernetes names it. */
export const pod = (deployment: string, hash = '7c9f8d5b6c'): string => `${deployment}-${hash}-x2vbq`;

/** Requests to payments, as the proxy of a caller counts them. */
export function asked(phases: Phase[], labels: Labels = {}): Input {
  return {
    series: series('istio_requests_total', {
      reporter: 'source',
      source_workload: 'web',
      source_workload_namespace: 'edge',
      source_canonical_service: 'web',
      destination_service_namespace: 'banking',
      destination_service_name: 'payments-primary',
      response_code: '200',
      response_flags: '-',
      ...labels,
    }),
    values: counter(...phases),
  };
}

/** Requests to payments, as its own proxy counts them. */
export function answered(phases: Phase[], labels: Labels = {}): Input {
  return {
    series: series('istio_requests_total', {
      reporter: 'destination',
      destination_workload_namespace: 'banking',
      destination_canonical_service: 'payments',
      response_code: '200',
      connection_security_policy: 'mutual_tls',
      ...labels,
    }),
    values: counter(...phases),
  };
}

/** Durations of requests to payments: how many a second took at most 100 ms, at most 250 ms, and any time. */
export function took(under100: Phase[], under250: Phase[], all: Phase[], { fraction = '', ...labels }: Labels = {}): Input[] {
  const base = {
    reporter: 'source',
    destination_service_namespace: 'banking',
    destination_service_name: 'payments-primary',
    response_code: '200',
    ...labels,
  };
  const bucket = (le: string, phases: Phase[]): Input => ({
    series: series('istio_request_duration_milliseconds_bucket', { ...base, le }),
    values: counter(...phases),
  });
  return [
    bucket(`100${fraction}`, under100),
    bucket(`250${fraction}`, under250),
    bucket(`500${fraction}`, all),
    bucket('+Inf', all),
    { series: series('istio_request_duration_milliseconds_count', base), values: counter(...all) },
  ];
}

/** Any other counter. */
export function counts(metric: string, labels: Labels, ...phases: Phase[]): Input {
  return { series: series(metric, labels), values: counter(...phases) };
}

/** Any value. */
export function stays(metric: string, labels: Labels, ...phases: Stay[]): Input {
  return { series: series(metric, labels), values: gauge(...phases) };
}

/** One failure, or so many, at the end of a time. */
export const once = (after: string, rest: string, count = 1): Phase[] => [
  [after, 0],
  ['30s', count / 30],
  [rest, 0],
];

/** Requests as Spring Boot of the service quotes counts them. */
export function spring(method: string, uri: string, status: string, ...phases: Phase[]): Input[] {
  const labels = { namespace: 'banking', pod: pod('quotes'), method, uri, status };
  return [counts('http_server_requests_seconds_count', labels, ...phases)];
}

/** The labels of requests as the service rates counts them by OpenTelemetry's conventions. */
export const OTEL: Labels = { namespace: 'markets', pod: pod('rates'), http_response_status_code: '200' };
