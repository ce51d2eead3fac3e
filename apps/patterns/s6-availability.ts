/**
 * S6, availability of a critical service: drains take one pod at a time, zones and hosts are used evenly, less important pods
 * make room, and a new pod must stay ready for a while. The trap is a budget that equals the replicas, so that no node can
 * ever be drained: minAvailable is checked against the smallest number of replicas.
 */
import { Chart, Duration } from 'cdk8s';
import { BankingService, Priority, Scaling, ServiceTier, ZeroTrustNamespace } from 'cdk8s-banking';
import type { Construct } from 'constructs';

export function availability(scope: Construct): Chart {
  const chart = new Chart(scope, 's6-availability');
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'authorisation' });
  new BankingService(chart, 'card-authorisation', {
    namespace,
    image: 'registry.example.com/card-authorisation:3.3.1',
    port: 8080,
    tier: ServiceTier.CRITICAL,
    scaling: Scaling.horizontal({ min: 6, max: 12 }),
    availability: { minAvailable: 4, minReady: Duration.seconds(20) },
    // It may wait for room, but never puts other pods out.
    priority: Priority.ofTier({ preempt: false }),
  });
  return chart;
}
