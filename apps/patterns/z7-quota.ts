/**
 * Z7, quota: exactly what the services can ask for at their largest, with the pods of a release and the proxies, unless a
 * number is given. The trap is a quota that blocks the rollout which should mend things: a number that is too small is an
 * error that shows the sum. One service without a CPU limit means no CPU limit for the namespace.
 */
import { Chart } from 'cdk8s';
import { BankingService, Scaling, ServiceTier, ZeroTrustNamespace } from 'cdk8s-banking';
import type { Construct } from 'constructs';

export function quota(scope: Construct): Chart {
  const chart = new Chart(scope, 'z7-quota');
  const namespace = new ZeroTrustNamespace(chart, 'namespace', {
    name: 'leasing',
    // (10 + 2 × 1) + (4 + 2 × 1) = 18 pods at the most; two more leave room to debug.
    quota: { pods: 20 },
    containerDefaults: {
      requests: { cpu: '50m', memory: '64Mi', ephemeralStorage: '256Mi' },
      limits: { cpu: '250m', memory: '128Mi', ephemeralStorage: '512Mi' },
    },
  });
  new BankingService(chart, 'leasing', {
    namespace,
    image: 'registry.example.com/leasing:2.3.0',
    port: 8080,
    scaling: Scaling.horizontal({ min: 3, max: 10 }),
    // A JVM that is throttled while it starts needs minutes for what takes seconds.
    resources: { limits: { cpu: 'none' } },
  });
  new BankingService(chart, 'residual-values', {
    namespace,
    image: 'registry.example.com/residual-values:1.0.5',
    port: 8080,
    tier: ServiceTier.SMALL,
  });
  return chart;
}
