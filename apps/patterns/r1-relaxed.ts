/**
 * R1, rolling update in its relaxed form: of at least five pods one may be missing and two may be added, so that a version
 * changes in less time. The trap is to call `maxUnavailable: 1` free of downtime with two replicas: half of the pods would
 * have to carry all of the load. Here fewer than five replicas are an error.
 */
import { Chart } from 'cdk8s';
import { BankingService, Release, Scaling, ZeroTrustNamespace } from 'cdk8s-banking';
import type { Construct } from 'constructs';

export function relaxedRolling(scope: Construct): Chart {
  const chart = new Chart(scope, 'r1-relaxed');
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'statements' });
  new BankingService(chart, 'statements', {
    namespace,
    image: 'registry.example.com/statements:2.4.1',
    port: 8080,
    scaling: Scaling.horizontal({ min: 5, max: 10 }),
    release: Release.relaxed(),
  });
  return chart;
}
