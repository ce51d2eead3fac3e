/**
 * R7, an A/B test by plain routes: premium customers, and whoever has the cookie, get B; everybody else gets A. The trap is a
 * match that widens to everyone, as a pattern for the cookie does that also finds `beta=only` or `alphabeta=on`. Whether the
 * header is true is for the gateway to see to: it should be set from a verified token.
 */
import { Chart } from 'cdk8s';
import { Audience, BankingService, Release, Scaling, ZeroTrustNamespace } from 'cdk8s-banking';
import type { Construct } from 'constructs';

export function abTest(scope: Construct): Chart {
  const chart = new Chart(scope, 'r7-ab-test');
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'offers' });
  new BankingService(chart, 'offers', {
    namespace,
    image: 'registry.example.com/offers:6.0.2',
    port: 8080,
    scaling: Scaling.horizontal({ min: 2, max: 8 }),
    release: Release.abTest({
      b: { image: 'registry.example.com/offers:6.1.0', variables: { LAYOUT: 'cards' } },
      audience: [Audience.customerGroup('premium'), Audience.cookie('beta', 'on')],
      // Premium customers make about a tenth of the requests; B is ready for twice as many.
      share: 20,
    }),
  });
  return chart;
}
