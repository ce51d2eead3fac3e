/**
 * S2, probes beyond the Actuator's: the gRPC health protocol, the fast preset for shops, and a mixture of TCP, a command and
 * a port of its own. The trap is a liveness probe that asks the same as the readiness probe, or asks for a database: then
 * one slow database restarts every pod. Two probes that ask the same are an error here.
 */
import { Chart, Duration } from 'cdk8s';
import { BankingService, Health, HealthProbe, PortProtocol, ServiceTier, ZeroTrustNamespace } from 'cdk8s-banking';
import type { Construct } from 'constructs';

export function probes(scope: Construct): Chart {
  const chart = new Chart(scope, 's2-probes');
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'probes' });
  const common = { namespace, tier: ServiceTier.SMALL };

  new BankingService(chart, 'quotes', {
    ...common,
    image: 'registry.example.com/quotes:3.1.0',
    port: 9090,
    protocol: PortProtocol.GRPC,
    health: Health.grpc({ readinessService: 'bank.quotes.v1.Quotes' }),
  });

  new BankingService(chart, 'orders', {
    ...common,
    image: 'registry.example.com/orders:5.0.2',
    port: 8080,
    // The preset waits 300 s for a start. This service may need 400 s, so that the startup probe is stretched to 40 tries.
    health: Health.commerce({ startsWithin: Duration.seconds(400) }),
  });

  new BankingService(chart, 'market-feed', {
    ...common,
    image: 'registry.example.com/market-feed:1.4.7',
    port: 7000,
    protocol: PortProtocol.TCP,
    health: Health.of({
      // That the port is open says that the process is alive, and no more.
      liveness: HealthProbe.tcp({ period: Duration.seconds(20) }),
      readiness: HealthProbe.exec(['/app/feed', 'check', '--subscribed'], { timeout: Duration.seconds(5) }),
      startup: HealthProbe.http('/started', { port: 7001, period: Duration.seconds(5), failureThreshold: 24 }),
    }),
  });
  return chart;
}
