import type { Duration } from 'cdk8s';
import { Problems } from '../../../kernel/errors';
import {
  ANYTHING,
  DURATION,
  FLAG,
  NUMBER,
  TEXT,
  type Shapes,
  fitOptions,
  madeBy,
  mapOf,
  needed,
  propsOf,
} from '../../../kernel/shape';
import type { ICanaryMetric, ThresholdRange } from '../contract';
import { BuiltInMetric } from './built-in-metric';
import { ErrorRate } from './error-rate';
import { latencyQuantile } from './latency';
import { MetricProvider } from './metric-provider';
import { BUILT_IN, SUCCESS_RATE } from './names';
import { GRPC_SUCCESS_RATE } from './requests';
import { RequestsMetric } from './requests-metric';
import { TemplateMetric } from './template-metric';
import { describeThreshold, percentProblems } from './threshold';

export interface MetricOptions {
  /** How far each check looks back. @default - the interval of the analysis, which is also the longest */
  readonly interval?: Duration;
}

export interface QueryProps extends MetricOptions {
  /** Name of the metric, and of its MetricTemplate: within a namespace it means one query. */
  readonly name: string;
  /** The query, in the words of the provider. Flagger puts values in: `{{ target }}`, `{{ namespace }}`, `{{ interval }}` and others. */
  readonly query: string;
  /** What the value must keep to. */
  readonly threshold: ThresholdRange;
  /** Values of `{{ variables.key }}`, so that canaries can share a query. @default - none */
  readonly variables?: Readonly<Record<string, string>>;
  /** For a reader of the release plan. @default - name and threshold */
  readonly describes?: string;
  /** Whether it counts errors. Where Flagger sees none by itself (gRPC), one check must. @default false */
  readonly countsErrors?: boolean;
}

export interface TemplateProps extends QueryProps {
  readonly provider: MetricProvider;
}

const OPTIONS: Shapes<MetricOptions> = { interval: DURATION };
const QUERY: Shapes<QueryProps> = {
  ...OPTIONS,
  name: ANYTHING,
  query: TEXT,
  threshold: propsOf<ThresholdRange>({ min: NUMBER, max: NUMBER }),
  variables: mapOf(TEXT),
  describes: TEXT,
  countsErrors: FLAG,
};
const PROVIDER = madeBy(MetricProvider, 'MetricProvider.prometheus() or one of its sisters');

/**
 * What a new version must keep to while it is analysed. A check whose query finds nothing fails: no traffic is no success.
 *
 * ```ts
 * metrics: [
 *   CanaryMetric.successRate(99.5),
 *   CanaryMetric.latencyQuantile(95, Duration.millis(200)),
 *   CanaryMetric.promql({
 *     name: 'rejected-payments',
 *     query: 'sum(rate(payments_rejected_total{namespace="{{ namespace }}",pod=~"{{ target }}-[a-z0-9]+-[a-z0-9]+"}[{{ interval }}]))',
 *     threshold: { max: 0.5 },
 *   }),
 * ]
 * ```
 */
export class CanaryMetric {
  /** Percent of the requests that are not answered with 5xx. Flagger's own metric; blind to gRPC. @throws ConfigError */
  static successRate(percent: number, options: MetricOptions = {}): ICanaryMetric {
    const interval = windowOf('CanaryMetric.successRate', percent, options);
    return new BuiltInMetric({
      name: BUILT_IN.successRate,
      threshold: { min: percent },
      describes: `${percent} % of the requests succeed`,
      interval,
      check: (problems, part) => percentProblems(percent, problems, part, 99.5),
    });
  }

  /** 99 % of the requests take at most this long, in whole milliseconds. Flagger's own metric. @throws ConfigError */
  static latencyP99(limit: Duration, options: MetricOptions = {}): ICanaryMetric {
    return CanaryMetric.latencyQuantile(99, limit, options);
  }

  /** A share of the requests takes at most this long: 95 and 200 ms, say. @throws ConfigError */
  static latencyQuantile(percentile: number, limit: Duration, options: MetricOptions = {}): ICanaryMetric {
    return latencyQuantile(percentile, limit, fitOptions('CanaryMetric.latencyQuantile', options, OPTIONS).interval);
  }

  /** Percent of the gRPC calls that do not fail by the fault of the service. @throws ConfigError */
  static grpcSuccessRate(percent: number, options: MetricOptions = {}): ICanaryMetric {
    const interval = windowOf('CanaryMetric.grpcSuccessRate', percent, options);
    return new RequestsMetric(
      {
        name: SUCCESS_RATE.grpc,
        provider: MetricProvider.prometheus(),
        query: GRPC_SUCCESS_RATE,
        threshold: { min: percent },
        describes: `${percent} % of the gRPC calls succeed`,
        interval,
        countsErrors: true,
      },
      'grpc',
      (problems, part) => percentProblems(percent, problems, part, 99.5),
    );
  }

  /** Percent of the requests that may fail: 5xx, or gRPC's codes for a fault of the service. @throws ConfigError */
  static errorRate(percent: number, options: MetricOptions = {}): ICanaryMetric {
    return new ErrorRate(percent, windowOf('CanaryMetric.errorRate', percent, options));
  }

  /** A query to the platform's Prometheus. It is parsed, and must give one number. @throws ConfigError */
  static promql(props: QueryProps): ICanaryMetric {
    return measured('CanaryMetric.promql', fitOptions('CanaryMetric.promql', props, QUERY), props, MetricProvider.prometheus());
  }

  /** A query to any source that Flagger can ask. @throws ConfigError */
  static template(props: TemplateProps): ICanaryMetric {
    const where = 'CanaryMetric.template';
    const fitting = fitOptions(where, props, { ...QUERY, provider: PROVIDER });
    const problems = new Problems(where);
    needed(fitting.provider, PROVIDER, problems, 'provider');
    problems.throwIfAny();
    return measured(where, fitting, props, fitting.provider);
  }

  private constructor() {}
}

/** The window of a metric that asks for a percentage. @throws ConfigError */
function windowOf(where: string, percent: number, options: MetricOptions): Duration | undefined {
  const problems = new Problems(where);
  needed(percent, NUMBER, problems, 'percent');
  problems.throwIfAny();
  return fitOptions(where, options, OPTIONS).interval;
}

function measured(where: string, fitting: QueryProps, given: QueryProps, provider: MetricProvider): ICanaryMetric {
  const problems = new Problems(where);
  needed(given.name, TEXT, problems, 'name');
  needed(given.query, TEXT, problems, 'query');
  needed(given.threshold, QUERY.threshold, problems, 'threshold');
  problems.throwIfAny();
  const { name, query, threshold, interval, variables, countsErrors, describes } = fitting;
  return new TemplateMetric({
    ...{ name, query, threshold, interval, variables, countsErrors, provider },
    describes: describes ?? `${name} is ${describeThreshold(threshold)}`,
  });
}
