import { type Matchers, is, matches, matchesNot, oneOf } from '../promql/selector';
import { tidy } from './objective/arithmetic';
import type { ObservedFacts } from './observed-facts';
import { podPattern } from './pod-pattern';
import { ISTIO, ISTIO_BUCKETS, ISTIO_LABELS } from './sources/istio';
import { OPENTELEMETRY, OPENTELEMETRY_BUCKETS, OPENTELEMETRY_LABELS } from './sources/opentelemetry';
import { SPRING_BOOT, SPRING_BOOT_LABELS } from './sources/spring-boot';

/** How a source counts requests. */
export interface RequestMetrics {
  /** How an error calls it. */
  readonly name: string;
  /** Counter of requests. */
  readonly requests: string;
  readonly durationBucket: string;
  readonly durationCount: string;
  /** What a millisecond is in the unit of its durations. */
  readonly millisecond: 1 | 0.001;
  /** The series of a service. */
  readonly of: (service: ObservedFacts) => Matchers;
  /** A request that passes any of these has failed, by the fault of the service. */
  readonly failed: readonly Matchers[];
  /** A request that passes all of these has not. */
  readonly succeeded: Matchers;
  /** The labels of a route. Undefined: it knows of none. */
  readonly route?: { readonly method: string; readonly path: string };
  /** Upper bounds of the buckets, in its own unit. Undefined: the service has to be given one at each limit. */
  readonly buckets?: readonly number[];
  /** Who counts: the proxies of the callers, those of the service, or its application. */
  readonly seenBy: 'callers' | 'proxies' | 'application';
  /** What the application must be configured with for it to count. @param limits of the goals, in milliseconds */
  readonly setting?: (limits: readonly number[]) => string | undefined;
}

const FAULT = '5..';

/**
 * Codes by which a gRPC server says that the fault is its own.
 * https://opentelemetry.io/docs/specs/semconv/rpc/grpc/#recording-errors
 */
const GRPC_FAULT = '2|4|12|13|14|15';

/** What the proxies saw: of the callers, or of the service. */
export function istioMetrics(reporter: 'source' | 'destination', buckets = ISTIO_BUCKETS): RequestMetrics {
  const labels = ISTIO_LABELS;
  return {
    name: 'Istio',
    requests: ISTIO.metrics.requests,
    durationBucket: ISTIO.metrics.durationBucket,
    durationCount: ISTIO.metrics.durationCount,
    millisecond: 1,
    // A request that arrives nowhere has no destination workload; the Service that it was meant for, it has.
    of: ({ name, namespace, hosts }) =>
      reporter === 'source'
        ? { [labels.reporter]: is(reporter), [labels.serviceNamespace]: is(namespace), [labels.serviceName]: oneOf(hosts) }
        : { [labels.reporter]: is(reporter), [labels.workloadNamespace]: is(namespace), [labels.canonicalService]: is(name) },
    failed: [{ [labels.code]: matches(FAULT) }, { [labels.grpcStatus]: matches(GRPC_FAULT) }],
    succeeded: { [labels.code]: matchesNot(FAULT), [labels.grpcStatus]: matchesNot(GRPC_FAULT) },
    buckets,
    seenBy: reporter === 'source' ? 'callers' : 'proxies',
  };
}

/** What Spring Boot counts of its own HTTP server. */
export function springBootMetrics(buckets?: readonly number[]): RequestMetrics {
  const { durationBucket, durationCount } = SPRING_BOOT.metrics;
  return {
    name: 'Spring Boot',
    requests: durationCount,
    durationBucket,
    durationCount,
    millisecond: 0.001,
    of: ofThePods,
    failed: [{ [SPRING_BOOT_LABELS.code]: matches(FAULT) }],
    succeeded: { [SPRING_BOOT_LABELS.code]: matchesNot(FAULT) },
    route: { method: SPRING_BOOT_LABELS.method, path: SPRING_BOOT_LABELS.route },
    buckets,
    seenBy: 'application',
    setting: (limits) =>
      buckets || limits.length === 0
        ? undefined
        : `management.metrics.distribution.slo.http.server.requests=${limits.map((one) => `${tidy(one)}ms`).join(',')}`,
  };
}

/** What an instrumented server counts by OpenTelemetry's conventions. */
export function openTelemetryMetrics(buckets = OPENTELEMETRY_BUCKETS): RequestMetrics {
  const { durationBucket, durationCount } = OPENTELEMETRY.metrics;
  return {
    name: 'OpenTelemetry',
    requests: durationCount,
    durationBucket,
    durationCount,
    millisecond: 0.001,
    of: ofThePods,
    failed: [{ [OPENTELEMETRY_LABELS.code]: matches(FAULT) }],
    succeeded: { [OPENTELEMETRY_LABELS.code]: matchesNot(FAULT) },
    route: { method: OPENTELEMETRY_LABELS.method, path: OPENTELEMETRY_LABELS.route },
    buckets,
    seenBy: 'application',
  };
}

/** An application reports from its pod, so the pod says whose it is. */
export function ofThePods({ namespace, deployments }: ObservedFacts): Matchers {
  return { namespace: is(namespace), pod: matches(podPattern(deployments)) };
}
