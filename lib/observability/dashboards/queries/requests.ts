import type { Matchers } from '../../../promql/selector';
import { is, matches } from '../../../promql/selector';
import type { RequestMetrics } from '../../request-metrics';
import { ISTIO, ISTIO_LABELS as LABELS } from '../../sources/istio';
import { OPENTELEMETRY, OPENTELEMETRY_LABELS } from '../../sources/opentelemetry';
import { SPRING_BOOT_LABELS } from '../../sources/spring-boot';
import { type Choice, chosen } from '../variables';
import { inPods, ofTracks, trackOfPod } from './pods';
import { rate, share, sumBy } from './rates';

/** What one source tells of the requests of the services that are chosen. */
export interface Requests {
  readonly metrics: RequestMetrics;
  /** Who counts: `Istio, callers`. */
  readonly counted: string;
  /** Of the services as a whole. */
  readonly all: Matchers;
  /** Of the tracks that are chosen. */
  readonly tracks: Matchers;
  /** The label that tells tracks apart. */
  readonly track: string;
  /** The label of the status. */
  readonly code: string;
  /** Gives a vector the label `track`. */
  readonly withTrack: (vector: string) => string;
  readonly unit: 'ms' | 's';
}

/** @param choice whether several services are chosen */
export function requestsOf(metrics: RequestMetrics, choice: Choice): Requests {
  const unit = metrics.millisecond === 1 ? 'ms' : 's';
  if (metrics.requests !== ISTIO.metrics.requests) {
    const otel = metrics.requests === OPENTELEMETRY.metrics.durationCount;
    const pods = inPods(choice);
    return {
      metrics,
      counted: metrics.name,
      all: pods,
      tracks: pods,
      track: 'track',
      code: otel ? OPENTELEMETRY_LABELS.code : SPRING_BOOT_LABELS.code,
      withTrack: trackOfPod,
      unit,
    };
  }
  const reporter = istioReporter(metrics);
  const all: Matchers =
    reporter === 'source'
      ? {
          [LABELS.reporter]: is(reporter),
          [LABELS.serviceNamespace]: chosen('namespace', choice),
          [LABELS.serviceName]: chosen('host'),
        }
      : {
          [LABELS.reporter]: is(reporter),
          [LABELS.workloadNamespace]: chosen('namespace', choice),
          [LABELS.canonicalService]: chosen('service', choice),
        };
  // What never arrives was meant for some track that nobody knows.
  const tracks = { ...all, [LABELS.workload]: reporter === 'source' ? matches('$track|unknown') : ofTracks };
  const track = LABELS.workload;
  const counted = reporter === 'source' ? 'the proxies of its callers' : 'its own proxies';
  return { metrics, counted, all, tracks, track, code: LABELS.code, withTrack: (vector) => vector, unit };
}

/** Whose proxies count. Read from its matchers, which are all that there is of it. */
export function istioReporter(metrics: RequestMetrics): 'source' | 'destination' {
  const { [LABELS.reporter]: reporter } = metrics.of({ name: '', namespace: '', hosts: [''], deployments: [''] } as never);
  return reporter!.text === is('source').text ? 'source' : 'destination';
}

/** Requests a second. @param by labels; of the chosen tracks where the track is among them */
export function requests(from: Requests, by: readonly string[]): string {
  return sumBy(by, from.withTrack(rate(from.metrics.requests, matchersFor(from, by))));
}

/** The share that fails by fault of the service, as its objective counts it. */
export function failing(from: Requests, by: readonly string[]): string {
  const all = matchersFor(from, by);
  const failed = from.metrics.failed.map((one) => rate(from.metrics.requests, { ...all, ...one })).join(' or ');
  // Where nothing has failed yet there is no series, and nothing is not zero.
  return share(`(${sumBy(by, from.withTrack(failed))} or 0 * ${requests(from, by)})`, requests(from, by));
}

/** A percentile of the requests that succeed, as the objective counts it, in the unit of the source. */
export function percentile(from: Requests, quantile: number, by: readonly string[]): string {
  const matchers = { ...matchersFor(from, by), ...from.metrics.succeeded };
  return `histogram_quantile(${quantile}, ${sumBy(['le', ...by], from.withTrack(rate(from.metrics.durationBucket, matchers)))})`;
}

function matchersFor({ all, tracks, track }: Requests, by: readonly string[]): Matchers {
  return by.includes(track) ? tracks : all;
}

const CALLER = [LABELS.sourceNamespace, LABELS.sourceWorkload, LABELS.serviceNamespace] as const;
/** The ends of an edge, whatever the track: both proxies know them. */
export const EDGE = [...CALLER, LABELS.canonicalService] as const;
/** Of a call that may not arrive: who calls, and the Service that was meant. */
export const ATTEMPT = [...CALLER, LABELS.serviceName] as const;
