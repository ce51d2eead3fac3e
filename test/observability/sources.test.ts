import { Duration } from 'cdk8s';
import { RequestSource } from '../../lib';
import {
  type RequestMetrics,
  istioMetrics,
  openTelemetryMetrics,
  springBootMetrics,
} from '../../lib/observability/request-metrics';
import { sharesBelow } from '../../lib/observability/rules/request-rates';

describe('who counts', () => {
  test('the proxies of the callers, those of the service, or its application', () => {
    const about = ({ metrics: { name, seenBy, millisecond, route } }: RequestSource) => [name, seenBy, millisecond, route];
    expect(
      [
        RequestSource.istio(),
        RequestSource.istio({ reporter: 'destination' }),
        RequestSource.springBoot(),
        RequestSource.openTelemetry(),
      ].map(about),
    ).toEqual([
      ['Istio', 'callers', 1, undefined],
      ['Istio', 'proxies', 1, undefined],
      ['Spring Boot', 'application', 0.001, { method: 'method', path: 'uri' }],
      ['OpenTelemetry', 'application', 0.001, { method: 'http_request_method', path: 'http_route' }],
    ]);
  });

  test('buckets stand in the unit of the source, whatever unit they are written in', () => {
    const buckets = [Duration.seconds(0.0005), Duration.millis(215)];
    expect(RequestSource.istio({ buckets }).metrics.buckets).toEqual([0.5, 215]);
    expect(RequestSource.springBoot({ buckets }).metrics.buckets).toEqual([0.0005, 0.215]);
    expect(RequestSource.openTelemetry({ buckets }).metrics.buckets).toEqual([0.0005, 0.215]);
    expect(RequestSource.springBoot().metrics.buckets).toBeUndefined();
  });

  test('is a value that nobody can change', () => {
    expect(Object.isFrozen(RequestSource.istio())).toBe(true);
  });
});

describe('the share of requests below a limit', () => {
  let source: RequestMetrics;
  beforeAll(() => {
    source = istioMetrics('source');
  });

  test('is counted by the bucket that ends there', () => {
    expect(sharesBelow(source, 250)).toEqual([{ bound: 250, share: 1 }]);
  });

  test('is taken evenly between two buckets, as histogram_quantile does', () => {
    // 220 lies 120 of 150 ms into the bucket from 100 to 250: 0.2 × c(100) + 0.8 × c(250).
    expect(sharesBelow(source, 220)).toEqual([
      { bound: 100, share: 0.2 },
      { bound: 250, share: 0.8 },
    ]);
  });

  test('below the first bucket it starts from nothing', () => {
    expect(sharesBelow(source, 0.2)).toEqual([{ bound: 0.5, share: 0.4 }]);
  });

  test('in seconds where the source counts seconds', () => {
    expect(sharesBelow(openTelemetryMetrics(), 750)).toEqual([{ bound: 0.75, share: 1 }]);
    expect(sharesBelow(openTelemetryMetrics(), 30)).toEqual([
      { bound: 0.025, share: 0.8 },
      { bound: 0.05, share: 0.2 },
    ]);
  });

  test('Spring Boot is configured with a bucket at each limit', () => {
    const metrics = springBootMetrics();
    expect(sharesBelow(metrics, 215)).toEqual([{ bound: 0.215, share: 1 }]);
    expect(metrics.setting!([215, 800])).toBe('management.metrics.distribution.slo.http.server.requests=215ms,800ms');
    expect(metrics.setting!([])).toBeUndefined();
    expect(springBootMetrics([0.215]).setting!([215])).toBeUndefined();
  });
});

test('a source with buckets of its own says what the pods need for them', () => {
  const source = RequestSource.istio({
    reporter: 'destination',
    buckets: [Duration.millis(50), Duration.millis(200), Duration.seconds(1)],
  });
  expect(source.podAnnotations).toEqual({ 'sidecar.istio.io/statsHistogramBuckets': '{"istiocustom":[50,200,1000]}' });
  expect(sharesBelow(source.metrics, 200)).toEqual([{ bound: 200, share: 1 }]);
  expect(RequestSource.istio().podAnnotations).toEqual({});
  expect(RequestSource.openTelemetry({ buckets: [Duration.seconds(1)] }).podAnnotations).toEqual({});
});
