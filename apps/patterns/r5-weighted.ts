/**
 * R5, a canary whose weight people raise, commit by commit: 10, 25, 50, 75, 100 %, and 0 to take everything back. The trap is
 * weights that do not sum to 100, or name a subset that no DestinationRule has: both follow from one number here. Pods are part
 * of it: the canary has enough for the next weight before that weight is committed, and the old version keeps enough for the way
 * back. Testers with the header get the canary at any weight.
 */
import { Chart } from 'cdk8s';
import { Audience, BankingService, Release, Scaling, ZeroTrustNamespace } from 'cdk8s-banking';
import type { Construct } from 'constructs';

export function weightedCanary(scope: Construct): Chart {
  const chart = new Chart(scope, 'r5-weighted');
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'rates' });
  new BankingService(chart, 'rates', {
    namespace,
    image: 'registry.example.com/rates:3.1.0',
    port: 8080,
    scaling: Scaling.horizontal({ min: 3, max: 12 }),
    release: Release.weighted({
      canary: { image: 'registry.example.com/rates:3.2.0' },
      weight: 25,
      always: Audience.header('x-canary', 'always'),
      // The busiest hour of last year took nine.
      fullLoad: 9,
    }),
  });
  return chart;
}
