/**
 * Z3, declared edges: what one sentence opens, and nothing beside it. Both ends of an edge get their own NetworkPolicy, by the
 * port of the container, which is what a policy sees. The trap is the API server: it is in no namespace, so that only its
 * addresses can be named, and an operator that must ask it would else be let out to everywhere.
 */
import { Chart } from 'cdk8s';
import { ApiServer, BankingService, ForeignWorkload, Platform, ServiceTier, ZeroTrustNamespace } from 'cdk8s-banking';
import type { Construct } from 'constructs';

export function network(scope: Construct): Chart {
  const chart = new Chart(scope, 'z3-network');
  const platform = new Platform({ apiServer: { cidrs: ['10.0.0.10/32', '10.0.1.10/32'], port: 6443 } });
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'treasury', platform });
  const common = { namespace, port: 8080, servicePort: 80, tier: ServiceTier.SMALL };
  const positions = new BankingService(chart, 'positions', { ...common, image: 'registry.example.com/positions:3.0.0' });
  const scheduler = new BankingService(chart, 'scheduler', {
    ...common,
    image: 'registry.example.com/scheduler:1.3.0',
    serviceAccountToken: true,
  });

  scheduler.allowTo(positions, { methods: ['POST'], paths: ['/v1/valuations'] });
  scheduler.allowTo(ApiServer.of(platform));
  // Another team's database: this side is opened here, the other one by them.
  positions.allowTo(ForeignWorkload.postgres({ platform, namespace: 'databases', name: 'positions-db' }));
  return chart;
}
