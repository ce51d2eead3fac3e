/**
 * R8, a shadow that is asked what the service is asked, and whose answers nobody gets. The trap is a payment that is made
 * twice: only requests that may be carried out twice are copied (GET, HEAD, OPTIONS, and the quotes below, which the service
 * declares idempotent), and transfers are not. What the shadow does is real all the same, so it has a database of its own.
 */
import { Chart } from 'cdk8s';
import { BankingService, Release, Scaling, ZeroTrustNamespace } from 'cdk8s-banking';
import type { Construct } from 'constructs';

export function mirroring(scope: Construct): Chart {
  const chart = new Chart(scope, 'r8-mirroring');
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'quotations' });
  new BankingService(chart, 'quotations', {
    namespace,
    image: 'registry.example.com/quotations:9.3.0',
    port: 8080,
    scaling: Scaling.horizontal({ min: 2, max: 6 }),
    traffic: {
      routes: [
        { path: '/api/v1/quotes', methods: ['POST'], idempotent: true },
        { path: '/api/v1/transfers', methods: ['POST'] },
      ],
    },
    release: Release.mirrored({
      shadow: { image: 'registry.example.com/quotations:10.0.0', variables: { DATABASE_HOST: 'shadow-db.quotations' } },
      percentage: 25,
    }),
  });
  return chart;
}
