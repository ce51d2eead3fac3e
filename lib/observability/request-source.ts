import type { Duration } from 'cdk8s';
import { ConfigError } from '../kernel/errors';
import { DURATION, type Shapes, fitOptions, listOf, oneOf } from '../kernel/shape';
import { latencyInWords, tidy } from './objective/arithmetic';
import { ISTIO, ISTIO_BUCKETS } from './sources/istio';
import { type RequestMetrics, istioMetrics, openTelemetryMetrics, springBootMetrics } from './request-metrics';

export interface RequestSourceOptions {
  /** Upper bounds of the buckets of the duration histogram. @default - what the source has unless it is told otherwise */
  readonly buckets?: readonly Duration[];
}

export interface IstioSourceOptions extends RequestSourceOptions {
  /**
   * Whose proxy counts. The caller's (`source`) sees what the caller sees: requests that never arrive, and a request that
   * is retried once. The service's own (`destination`) counts callers outside of the mesh too. @default 'source'
   */
  readonly reporter?: 'source' | 'destination';
}

const OPTIONS: Shapes<RequestSourceOptions> = { buckets: listOf(DURATION) };
const ISTIO_OPTIONS: Shapes<IstioSourceOptions> = { ...OPTIONS, reporter: oneOf('source', 'destination') };

/** Which metrics tell how the requests of a service went. */
export class RequestSource {
  /** Istio's standard metrics of HTTP and gRPC: the service has nothing to do for them. @throws ConfigError */
  static istio(given: IstioSourceOptions = {}): RequestSource {
    const where = 'RequestSource.istio';
    const { reporter = 'source', buckets } = fitOptions(where, given, ISTIO_OPTIONS);
    return new RequestSource(istioMetrics(reporter, boundaries(where, buckets, 1)));
  }

  /** What Spring Boot counts, by route too. It misses requests that never reach the application. @throws ConfigError */
  static springBoot(given: RequestSourceOptions = {}): RequestSource {
    const where = 'RequestSource.springBoot';
    return new RequestSource(springBootMetrics(boundaries(where, fitOptions(where, given, OPTIONS).buckets, 0.001)));
  }

  /**
   * HTTP server metrics by OpenTelemetry's conventions, by route too. They miss requests that never reach the application.
   * @throws ConfigError
   */
  static openTelemetry(given: RequestSourceOptions = {}): RequestSource {
    const where = 'RequestSource.openTelemetry';
    return new RequestSource(openTelemetryMetrics(boundaries(where, fitOptions(where, given, OPTIONS).buckets, 0.001)));
  }

  private constructor(
    /** @internal */
    readonly metrics: RequestMetrics,
  ) {
    Object.freeze(this);
  }

  /**
   * Annotations of the pods whose proxies count, where these must have other buckets than Istio's: those of the service for
   * `reporter: 'destination'`, those of every caller for `source`.
   * https://istio.io/latest/docs/reference/config/annotations/#SidecarStatsHistogramBuckets
   */
  get podAnnotations(): Readonly<Record<string, string>> {
    const { buckets, requests } = this.metrics;
    if (requests !== ISTIO.metrics.requests || buckets === ISTIO_BUCKETS) return {};
    return { 'sidecar.istio.io/statsHistogramBuckets': JSON.stringify({ istiocustom: buckets }) };
  }

  /**
   * What is wrong with promises by route.
   * @internal
   */
  routeProblems(): string[] {
    return this.metrics.route
      ? []
      : [`${this.metrics.name}'s metrics have no paths; set measuredBy: RequestSource.springBoot() or .openTelemetry()`];
  }

  /**
   * What is wrong with a limit, in milliseconds.
   * @internal
   */
  limitProblems(limit: number): string[] {
    const { buckets, millisecond, name } = this.metrics;
    const longest = buckets?.at(-1);
    if (longest === undefined || limit * millisecond <= longest) return [];
    return [
      `${latencyInWords(limit)} is beyond the last bucket of ${name}'s durations, ${latencyInWords(longest / millisecond)}; ` +
        'nothing could tell whether it is kept; give a shorter limit, or more buckets',
    ];
  }
}

/** In the unit of the source. @throws ConfigError when they do not rise */
function boundaries(where: string, buckets: readonly Duration[] | undefined, millisecond: number): number[] | undefined {
  const values = buckets?.map((one) => tidy(one.toMilliseconds({ integral: false }) * millisecond));
  if (values && (values.length === 0 || values.some((one, i) => one <= (values[i - 1] ?? 0)))) {
    throw new ConfigError([
      { where, what: 'buckets must be a rising list of durations above zero; write them from the shortest to the longest' },
    ]);
  }
  return values;
}
