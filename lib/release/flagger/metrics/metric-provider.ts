import { type Problems as ProblemList, Problems, show } from '../../../kernel/errors';
import { deepFreeze } from '../../../kernel/freeze';
import { dnsSubdomain } from '../../../kernel/names';
import { isReason } from '../../../kernel/reason';
import { ANYTHING, TEXT, type Shape, type Shapes, fitProps, mapOf, needed, propsOf } from '../../../kernel/shape';
import { credentialsIn, urlProblems } from '../url';
import type {
  CloudWatchMetricsProps,
  DatadogMetricsProps,
  DynatraceMetricsProps,
  ExternalMetricsProps,
  GraphiteMetricsProps,
  InfluxDbMetricsProps,
  NewRelicMetricsProps,
  PrometheusMetricsProps,
  SplunkMetricsProps,
  StackdriverMetricsProps,
  UnverifiedTls,
} from './provider-props';

/** The sources of metrics that Flagger can ask. https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/metrics/providers/factory.go */
export type MetricProviderType =
  | 'prometheus'
  | 'influxdb'
  | 'datadog'
  | 'externalmetrics'
  | 'stackdriver'
  | 'cloudwatch'
  | 'newrelic'
  | 'graphite'
  | 'dynatrace'
  | 'keptn'
  | 'splunk';

/** A source of metrics, resolved. */
export interface MetricProviderModel {
  readonly type: MetricProviderType;
  readonly address?: string;
  readonly region?: string;
  readonly secret?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly skipTlsVerification?: UnverifiedTls;
}

const TLS: Shape = propsOf<UnverifiedTls>({ accept: ANYTHING });

/**
 * Where Flagger asks for a metric. Each kind demands what Flagger's source does; keys of Secrets are fixed there.
 * https://docs.flagger.app/usage/metrics
 */
export class MetricProvider {
  /** The platform's Prometheus, or another. Queries are PromQL. @throws ConfigError */
  static prometheus(props: PrometheusMetricsProps = {}): MetricProvider {
    const shapes = { address: ANYTHING, secret: ANYTHING, headers: mapOf(TEXT), skipTlsVerification: TLS };
    return new MetricProvider(resolve('prometheus', props, shapes));
  }

  /** InfluxDB 2. Queries are Flux. No row counts as 0, so the range must not hold it. @throws ConfigError */
  static influxDb(props: InfluxDbMetricsProps): MetricProvider {
    return new MetricProvider(resolve('influxdb', props, { address: ANYTHING, secret: ANYTHING }, ['address', 'secret']));
  }

  /** Datadog. Flagger looks back ten times the interval and takes the oldest point. @throws ConfigError */
  static datadog(props: DatadogMetricsProps): MetricProvider {
    return new MetricProvider(resolve('datadog', props, { secret: ANYTHING, address: ANYTHING }, ['secret']));
  }

  /** The external metrics API of Kubernetes. Queries are `namespace/metric?labelSelector=…`. @throws ConfigError */
  static externalMetrics(props: ExternalMetricsProps = {}): MetricProvider {
    const shapes = { address: ANYTHING, secret: ANYTHING, skipTlsVerification: TLS };
    return new MetricProvider(resolve('externalmetrics', props, shapes));
  }

  /** Google Cloud Monitoring. Queries are MQL and must give floating point: Flagger reads a whole number as 0. @throws ConfigError */
  static stackdriver(props: StackdriverMetricsProps): MetricProvider {
    return new MetricProvider(resolve('stackdriver', props, { secret: ANYTHING }, ['secret']));
  }

  /** Amazon CloudWatch, with the role that Flagger runs under. Queries are a JSON list of MetricDataQuery. @throws ConfigError */
  static cloudWatch(props: CloudWatchMetricsProps): MetricProvider {
    return new MetricProvider(resolve('cloudwatch', props, { region: ANYTHING }, ['region']));
  }

  /** New Relic. Queries are NRQL without SINCE, which Flagger adds. @throws ConfigError */
  static newRelic(props: NewRelicMetricsProps): MetricProvider {
    return new MetricProvider(resolve('newrelic', props, { secret: ANYTHING, address: ANYTHING }, ['secret']));
  }

  /** Graphite. Queries are the parameters of its render API: `target=…&from=-{{ interval }}`. @throws ConfigError */
  static graphite(props: GraphiteMetricsProps): MetricProvider {
    const shapes = { address: ANYTHING, secret: ANYTHING, skipTlsVerification: TLS };
    return new MetricProvider(resolve('graphite', props, shapes, ['address']));
  }

  /** Dynatrace. Queries are metric selectors. @throws ConfigError */
  static dynatrace(props: DynatraceMetricsProps): MetricProvider {
    return new MetricProvider(resolve('dynatrace', props, { address: ANYTHING, secret: ANYTHING }, ['address', 'secret']));
  }

  /** Keptn. Queries are `keptnmetric/<namespace>/<name>`, or `analysis/<namespace>/<name>/<duration>`, which gives 1 or 0. */
  static keptn(): MetricProvider {
    return new MetricProvider(resolve('keptn', {}, {}));
  }

  /** Splunk Observability. Queries are SignalFlow and must publish one series. @throws ConfigError */
  static splunk(props: SplunkMetricsProps): MetricProvider {
    return new MetricProvider(resolve('splunk', props, { address: ANYTHING, secret: ANYTHING }, ['address', 'secret']));
  }

  /** The resolved, frozen values. */
  readonly model: MetricProviderModel;

  private constructor(model: MetricProviderModel) {
    this.model = deepFreeze(model);
  }
}

type Said = Partial<Omit<MetricProviderModel, 'type'>>;

function resolve<T extends Said>(
  type: MetricProviderType,
  given: T,
  shapes: Shapes<T>,
  required: readonly (keyof Said)[] = [],
): MetricProviderModel {
  const problems = new Problems(`metric provider ${type}`);
  const props = fitProps(given, shapes, problems) as Said;
  for (const key of required)
    needed((given as Said)[key], { what: WANTED[key]!, fits: (value) => value !== null }, problems, key);
  const { address, secret, region, headers, skipTlsVerification } = props;
  if (address !== undefined) addressProblems(type, address, problems);
  if (secret !== undefined) problems.take(() => dnsSubdomain(secret), '', 'secret');
  if (region !== undefined) {
    problems.check(
      typeof region === 'string' && /^[a-z]{2}(-[a-z]+)+-[0-9]$/.test(region),
      `${show(region)} is not a region; write it like "eu-central-1"`,
      'region',
    );
  }
  for (const name of credentialsIn(headers ?? {})) {
    problems.add(
      `${name} carries a credential, and manifests are committed to Git; put it into a Secret and name it in secret`,
      'headers',
    );
  }
  for (const [name, value] of Object.entries(headers ?? {})) {
    problems.check(
      /^[A-Za-z0-9-]+$/.test(name) && /^[\x20-\x7e]+$/.test(value),
      `${show(name)}: ${show(value)} is not a header; use letters, digits and "-", and a printable value`,
      'headers',
    );
  }
  if (skipTlsVerification) {
    problems.check(
      isReason(skipTlsVerification.accept),
      `needs a reason of at least ten characters, got ${show(skipTlsVerification.accept)}; write { accept: 'why any certificate is fine' }`,
      'skipTlsVerification',
    );
  }
  problems.throwIfAny();
  return { type, ...props };
}

const WANTED: Partial<Record<keyof Said, string>> = {
  address: 'the address of its API',
  secret: 'the name of a Secret',
  region: 'a region of AWS',
};

function addressProblems(type: MetricProviderType, address: unknown, problems: ProblemList): void {
  const wrong = urlProblems(address, type === 'splunk' ? ['wss', 'https'] : ['http', 'https']);
  wrong.forEach((what) => problems.add(what, 'address'));
  if (wrong.length > 0) return;
  // Flagger derives the one address from the other. https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/metrics/providers/splunk.go
  problems.check(
    type !== 'splunk' || /^(https:\/\/api|wss:\/\/stream)\./.test(address as string),
    `${show(address)} is not Splunk's API; write it like "https://api.<realm>.signalfx.com"`,
    'address',
  );
  // Flagger puts the path behind it as it stands.
  problems.check(
    ['prometheus', 'graphite', 'influxdb', 'externalmetrics'].includes(type) || !(address as string).endsWith('/'),
    `${show(address)} ends with "/", and a path is put behind it; leave the "/" out`,
    'address',
  );
}
