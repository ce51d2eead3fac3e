/**
 * M3, answers without an end: prices as server-sent events, which last until one side has enough. The trap is the timeout of the
 * other routes, or the time of a try, which cuts every stream after seconds; Istio refuses `timeout: 0s`, so that the route says
 * nothing. Each stream takes a connection and a request of the caller's limits, which are raised to what is expected. How long the
 * other requests take, the application tells: the mesh would count a stream with all the time that it lasts.
 */
import { Chart } from 'cdk8s';
import { BankingService, CanaryMetric, CircuitBreaker, Health, Release, ServiceTier, ZeroTrustNamespace } from 'cdk8s-banking';
import type { Construct } from 'constructs';

export function streaming(scope: Construct): Chart {
  const chart = new Chart(scope, 'm3-streaming');
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'streaming' });
  const prices = new BankingService(chart, 'prices', {
    namespace,
    image: 'registry.example.com/prices:3.0.2',
    port: 8080,
    health: Health.springBootActuator(),
    tier: ServiceTier.SMALL,
    traffic: {
      routes: [{ path: '/v1/prices/stream', exact: true, methods: ['GET'], streaming: true }],
      circuitBreaker: CircuitBreaker.standard({ maxRequests: 5000 }),
    },
    release: Release.canary({
      metrics: [
        CanaryMetric.promql({
          name: 'prices-p99-seconds',
          query:
            'histogram_quantile(0.99, sum by (le) (rate(http_server_requests_seconds_bucket{namespace="{{ namespace }}",' +
            'pod=~"{{ target }}-[a-z0-9]+-[a-z0-9]+",uri!="/v1/prices/stream"}[{{ interval }}])))',
          threshold: { max: 0.4 },
        }),
      ],
    }),
  });
  const tickers = new BankingService(chart, 'tickers', {
    namespace,
    image: 'registry.example.com/tickers:1.9.0',
    port: 8080,
    tier: ServiceTier.SMALL,
    traffic: {
      routes: [{ path: '/v1/tickers', streaming: true }],
      circuitBreaker: CircuitBreaker.standard({ maxConnections: 2000, maxRequests: 2000 }),
    },
  });
  prices.allowFrom(tickers, { methods: ['GET'], paths: ['/v1/prices/stream', '/v1/prices/*'] });
  return chart;
}
