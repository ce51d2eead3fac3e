/**
 * M4, circuit breaker: the strict form, and the standard one with other limits. The trap is `consecutiveErrors`, which older
 * examples have and Istio ignores without a word, and an ejection of 100 %, after which nobody is left to answer.
 */
import { Chart } from 'cdk8s';
import { BankingService, CircuitBreaker, ServiceTier, ZeroTrustNamespace } from 'cdk8s-banking';
import type { Construct } from 'constructs';

export function circuitBreaker(scope: Construct): Chart {
  const chart = new Chart(scope, 'm4-circuit-breaker');
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'breakers' });
  const common = { namespace, port: 8080, tier: ServiceTier.SMALL };
  new BankingService(chart, 'cards', {
    ...common,
    image: 'registry.example.com/cards:4.4.0',
    traffic: { circuitBreaker: CircuitBreaker.strict() },
  });
  new BankingService(chart, 'prices', {
    ...common,
    image: 'registry.example.com/prices:2.0.0',
    traffic: {
      circuitBreaker: CircuitBreaker.standard({
        maxConnections: 400,
        maxRequests: 3000,
        maxEjectionPercent: 30,
        h2Upgrade: true,
      }),
    },
  });
  return chart;
}
