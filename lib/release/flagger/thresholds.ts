import { type Problems, show } from '../../kernel/errors';
import type { AnalysisProps } from './analysis-props';
import type { ICanaryMetric } from './contract';
import { CanaryMetric } from './metrics/canary-metric';
import type { At } from './shift';

/**
 * What Flagger can see of a canary by itself: requests in the mesh, requests whose errors hide in good answers (gRPC), bytes,
 * or what the application measures on its own.
 */
export type Visible = 'requests' | 'grpc' | 'bytes' | 'application';

/** What the checks of a canary must know of its requests. */
export interface SeenRequests {
  readonly visible: Visible;
  /** Whether some are streams, whose durations say nothing. @default false */
  readonly streams?: boolean;
}

/** The two checks that Flagger has of its own. https://docs.flagger.app/usage/metrics#builtin-metrics */
export interface BuiltInChecks {
  /** Least percent of requests that do not end in a 5xx. */
  readonly successRate?: number;
  /** Most milliseconds that 99 of 100 requests take. */
  readonly p99?: number;
}

/** What a canary must keep to. */
export interface Thresholds {
  readonly builtIn: BuiltInChecks;
  /** Those of them that nobody asked for: a metric of the same name takes their place. */
  readonly assumed: readonly (keyof BuiltInChecks)[];
  /** What the user gives, and what follows from the objective or the protocol. */
  readonly metrics: readonly ICanaryMetric[];
  readonly derived: readonly ICanaryMetric[];
}

const SUCCESS_RATE = 99;
const P99 = 500;

/**
 * What the user says, then what the objective says, then the defaults; an objective that has latencies has no default p99
 * beside them, nor has a service with streams. Errors of gRPC are answers of status 200 to Flagger's own check, so that a MetricTemplate counts them.
 */
export function resolveThresholds(
  props: AnalysisProps,
  { visible, streams }: SeenRequests,
  problems: Problems,
  at: At,
): Thresholds {
  const metrics = props.metrics ?? [];
  const asked = (['successRate', 'p99', 'objective'] as const).filter((prop) => props[prop] !== undefined);
  if (visible === 'bytes') {
    for (const prop of asked) {
      problems.add('is about requests, and the mesh sees none on a port that speaks bytes; give a metric of your own', at(prop));
    }
    problems.check(
      metrics.length > 0,
      'is empty, and Flagger sees no requests on a port that speaks bytes: every version would be promoted; give a metric of your own',
      at('metrics'),
    );
    return { builtIn: {}, assumed: [], metrics, derived: [] };
  }
  const { successRate: promised, latencies = [] } = props.objective?.analysis ?? {};
  const promisedP99 = latencies.find(({ percentile }) => percentile === 99);
  problems.check(
    props.successRate === undefined || promised === undefined,
    `${show(props.successRate)} is said here, and the objective says ${promised}; leave one of them out`,
    at('successRate'),
  );
  problems.check(
    props.p99 === undefined || promisedP99 === undefined,
    () =>
      `${props.p99!.toMilliseconds()} ms is said here, and the objective says ${promisedP99!.limit.toMilliseconds()} ms; leave one of them out`,
    at('p99'),
  );
  const success = props.successRate ?? promised;
  const latency = (props.p99 ?? promisedP99?.limit)?.toMilliseconds({ integral: false });
  problems.check(
    success === undefined || (Number.isFinite(success) && success > 0 && success <= 100),
    `${show(success)} must be a percentage above 0 and at most 100, like 99.9`,
    at('successRate'),
  );
  problems.check(
    latency === undefined || (Number.isInteger(latency) && latency >= 1),
    `${latency} ms must be whole milliseconds from 1 on: Flagger cuts off the rest`,
    at('p99'),
  );
  const others = latencies
    .filter(({ percentile }) => percentile !== 99)
    .map(({ percentile, limit }) => CanaryMetric.latencyQuantile(percentile, limit));
  // Of an application's own metrics we do not know that they are there.
  const assumes = visible !== 'application';
  // A stream lasts as long as it is wanted, and counts with all of it.
  const p99 = latency ?? (assumes && !streams && latencies.length === 0 ? P99 : undefined);
  const all = { metrics, derived: others };
  if (visible === 'grpc') {
    const needed = success !== undefined || !metrics.some((one) => one.seesErrors);
    const calls = needed ? [CanaryMetric.grpcSuccessRate(success ?? SUCCESS_RATE)] : [];
    return { builtIn: { p99 }, assumed: latency === undefined ? ['p99'] : [], ...all, derived: [...calls, ...others] };
  }
  return {
    builtIn: { successRate: success ?? (assumes ? SUCCESS_RATE : undefined), p99 },
    assumed: [...(success === undefined ? (['successRate'] as const) : []), ...(latency === undefined ? (['p99'] as const) : [])],
    ...all,
  };
}
