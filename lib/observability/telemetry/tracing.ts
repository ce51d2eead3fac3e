import { Problems, show } from '../../kernel/errors';
import { FLAG, NUMBER, TEXT, type Shapes, fitProps, madeBy, mapOf } from '../../kernel/shape';
import { providerProblems } from './provider';
import { TraceTag, type TraceTagModel } from './trace-tag';

export interface TracingOptions {
  /** The provider of MeshConfig that takes the spans. @default 'otel', which leads to the Platform's traceCollector */
  readonly provider?: string;
  /**
   * Percent of the requests that are traced, decided once, where a request enters the mesh; those after it follow. @default 10
   */
  readonly randomSamplingPercentage?: number;
  /** Further tags of each span. @default - Istio's own, and the Deployment and the pod that the span is of */
  readonly customTags?: Readonly<Record<string, TraceTag>>;
  /** Whether a request id that is passed on carries the decision too. @default - Istio's, true */
  readonly useRequestIdForTraceSampling?: boolean;
}

const OPTIONS: Shapes<TracingOptions> = {
  provider: TEXT,
  randomSamplingPercentage: NUMBER,
  customTags: mapOf(madeBy(TraceTag, 'TraceTag.literal(…), .header(…) or .environment(…)')),
  useRequestIdForTraceSampling: FLAG,
};

export interface TracingModel {
  /** Undefined: no span is reported. */
  readonly provider?: string;
  readonly randomSamplingPercentage?: number;
  readonly customTags: Readonly<Record<string, TraceTagModel>>;
  readonly useRequestIdForTraceSampling?: boolean;
}

/**
 * What tells tracks apart: `payments-primary` from `payments`, and their pods. The version is in Istio's own tag
 * `istio.canonical_revision`. The names are OpenTelemetry's; the variables are in every proxy that istiod injects.
 * https://opentelemetry.io/docs/specs/semconv/resource/k8s/
 * https://github.com/istio/istio/blob/1.30.3/manifests/charts/istio-control/istio-discovery/files/injection-template.yaml
 */
const TAGS: Readonly<Record<string, TraceTagModel>> = {
  'k8s.deployment.name': { kind: 'environment', value: 'ISTIO_META_WORKLOAD_NAME', defaultValue: 'unknown' },
  'k8s.pod.name': { kind: 'environment', value: 'POD_NAME', defaultValue: 'unknown' },
};

/** Which requests the proxies trace, and what they say of them. */
export class Tracing {
  /** A share of the requests. The default where the Platform has a traceCollector. @throws ConfigError */
  static sampled(options: TracingOptions = {}): Tracing {
    const problems = new Problems('Tracing.sampled');
    const props = fitProps(options, OPTIONS, problems);
    const { randomSamplingPercentage: share, customTags = {} } = props;
    problems.check(
      share === undefined || (Number.isFinite(share) && share >= 0 && share <= 100),
      `${show(share)} is no share; write percent of the requests, from 0 to 100`,
      'randomSamplingPercentage',
    );
    providerProblems(props.provider, problems);
    for (const name of Object.keys(customTags)) {
      problems.check(
        /^[A-Za-z0-9]([A-Za-z0-9._/-]{0,126}[A-Za-z0-9])?$/.test(name),
        `${show(name)} is no name of a tag; use up to 128 letters, digits, ".", "_", "/" and "-", like "bank.branch"`,
        'customTags',
      );
      problems.check(
        !name.startsWith('istio.'),
        `${show(name)} may be one of Istio's own tags; use a prefix of yours`,
        'customTags',
      );
    }
    problems.throwIfAny();
    return new Tracing('sampled', props);
  }

  /** No span is reported, whatever the mesh says. */
  static disabled(): Tracing {
    return new Tracing('disabled', {});
  }

  /** What the mesh says of all namespaces; nothing is said here. The default where the Platform has no traceCollector. */
  static inherited(): Tracing {
    return new Tracing('inherited', {});
  }

  private constructor(
    private readonly kind: 'sampled' | 'disabled' | 'inherited',
    private readonly options: TracingOptions,
  ) {
    Object.freeze(this);
  }

  /** Whether it needs a collector of the Platform to say where spans go. @internal */
  get needsCollector(): boolean {
    return this.kind === 'sampled' && this.options.provider === undefined;
  }

  /** @internal */
  get model(): TracingModel | undefined {
    const { provider = 'otel', randomSamplingPercentage = 10, useRequestIdForTraceSampling } = this.options;
    if (this.kind === 'inherited') return undefined;
    if (this.kind === 'disabled') return { customTags: {} };
    const own = Object.entries(this.options.customTags ?? {}).map(([name, tag]) => [name, tag.model] as const);
    // The tags of a namespace take the place of the mesh's, all of them: pilot/pkg/model/telemetry.go.
    const customTags = { ...TAGS, ...Object.fromEntries(own) };
    return { provider, randomSamplingPercentage, customTags, useRequestIdForTraceSampling };
  }
}
