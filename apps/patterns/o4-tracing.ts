/**
 * O4, tracing: proxies send their spans to a collector, which keeps what failed, what was slow and a share of the rest, and sends
 * it to a store outside. The traps: a collector that nobody is let in to, so that spans are lost without a word; errors that are
 * to be kept "always" of the 10 % that proxies send; a trace that ends at each service, because the application does not pass on
 * the headers.
 */
import { Chart, Duration } from 'cdk8s';
import {
  BankingService,
  ExternalHost,
  ObservabilityStack,
  OpenTelemetryCollector,
  Platform,
  Reach,
  ServiceTier,
  TailSampling,
  TraceExport,
  TraceTag,
  Tracing,
  ZeroTrustNamespace,
} from 'cdk8s-banking';
import type { Construct } from 'constructs';

export function tracing(scope: Construct): Chart {
  const chart = new Chart(scope, 'o4-tracing');
  const platform = new Platform({ traceCollector: OpenTelemetryCollector.at({ namespace: 'spans', name: 'collector' }) });
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'standing-orders', platform });
  const orders = new BankingService(chart, 'standing-orders', {
    namespace,
    image: 'registry.example.com/standing-orders:5.1.0',
    port: 8080,
    tier: ServiceTier.SMALL,
  });

  const collector = new OpenTelemetryCollector(chart, 'collector', {
    namespace: new ZeroTrustNamespace(chart, 'spans', { name: 'spans', platform }),
    sampling: TailSampling.of({ slowerThan: Duration.millis(500), rest: 5 }),
    export: TraceExport.otlp({
      to: ExternalHost.tls('traces.example.com', { port: 4317, reach: Reach.cidrs('203.0.113.64/28') }),
      headers: { 'x-scope-orgid': 'bank', authorization: { secret: 'trace-store', key: 'token' } },
    }),
  });
  collector.allowFrom(namespace).allowFrom(platform.model.ingressGateway);

  new ObservabilityStack(chart, 'standing-orders-observability', {
    services: [orders],
    objective: { availability: 99.9, p99: Duration.millis(500) },
    telemetry: {
      tracing: Tracing.sampled({
        randomSamplingPercentage: 100,
        customTags: { 'bank.channel': TraceTag.header('x-channel', 'unknown') },
      }),
    },
  });
  return chart;
}
