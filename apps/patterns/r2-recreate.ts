/**
 * R2, recreate: the old pod is gone before the new one starts, for a service of which two versions can't run side by side.
 * The trap is to get this without having asked for it. It takes a reason, which the README.md beside the manifests repeats,
 * and there is no default that leads here.
 */
import { Chart } from 'cdk8s';
import { BankingService, Release, Scaling, ServiceTier, ZeroTrustNamespace } from 'cdk8s-banking';
import type { Construct } from 'constructs';

export function recreate(scope: Construct): Chart {
  const chart = new Chart(scope, 'r2-recreate');
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'end-of-day' });
  new BankingService(chart, 'day-closing', {
    namespace,
    image: 'registry.example.com/day-closing:1.9.0',
    port: 8080,
    tier: ServiceTier.SMALL,
    scaling: Scaling.fixed(1),
    release: Release.recreate({ acceptDowntime: 'Only one instance may hold the lock on the ledger; it is idle by day' }),
  });
  return chart;
}
