/**
 * M3, retries and timeouts, for each route. The trap is a POST that is retried on 5xx: the payment is booked twice. Methods
 * that change something are retried only when the request never arrived, and without a time per try, which would answer 504
 * for an outcome that nobody knows. A route that is idempotent may say so. The total must hold every try and the waits.
 */
import { Chart, Duration } from 'cdk8s';
import { BankingService, ServiceTier, ZeroTrustNamespace } from 'cdk8s-banking';
import type { Construct } from 'constructs';

export function retries(scope: Construct): Chart {
  const chart = new Chart(scope, 'm3-retries');
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'retries' });
  new BankingService(chart, 'payments', {
    namespace,
    image: 'registry.example.com/payments:2.4.1',
    port: 8080,
    tier: ServiceTier.SMALL,
    traffic: {
      routes: [
        // The service knows a repeated request by its idempotency key: (2 + 1) × 4 s and the waits fit into 15 s.
        {
          path: '/v1/payments',
          methods: ['PUT'],
          idempotent: true,
          timeout: Duration.seconds(15),
          retries: { attempts: 2, perTry: Duration.seconds(4) },
        },
        { path: '/v1/transfers', methods: ['POST'], timeout: Duration.seconds(20) },
        { path: '/v1/quotes', exact: true, methods: ['GET'], timeout: Duration.seconds(1), retries: { attempts: 0 } },
      ],
    },
  });
  return chart;
}
