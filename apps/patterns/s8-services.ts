/**
 * S8, Services: headless, topology-aware, with ClientIP affinity, behind a network load balancer, and on a node port. Every
 * port says what it speaks, since Istio takes an unnamed port for bytes. The trap is a door for clients outside the mesh
 * while the port takes mutual TLS only, or one without source ranges: each needs an exception with a reason, and addresses.
 */
import { Chart, Duration } from 'cdk8s';
import { BankingService, Exposure, Health, PortProtocol, ServiceTier, ZeroTrustNamespace } from 'cdk8s-banking';
import type { Construct } from 'constructs';

export function services(scope: Construct): Chart {
  const chart = new Chart(scope, 's8-services');
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'doors' });
  const common = { namespace, image: 'registry.example.com/doors:1.0.0', port: 8080, tier: ServiceTier.SMALL };

  new BankingService(chart, 'peers', {
    ...common,
    protocol: PortProtocol.GRPC,
    health: Health.grpc({ readinessService: 'bank.doors.v1.Peers' }),
    exposure: Exposure.headless(),
  });
  new BankingService(chart, 'rates', { ...common, exposure: Exposure.clusterIp({ topologyAware: true }) });
  new BankingService(chart, 'sessions', {
    ...common,
    servicePort: 80,
    exposure: Exposure.clusterIp({ clientIpAffinity: Duration.hours(1) }),
  });
  new BankingService(chart, 'terminals', {
    ...common,
    // The second block holds the subnets of the load balancer: its health checks come from there.
    exposure: Exposure.networkLoadBalancer({ sourceRanges: ['10.40.0.0/16', '10.0.64.0/22'] }),
    mtlsExceptions: [{ port: 8080, reason: 'Card terminals of the branches call in plain text through the private line' }],
  });
  new BankingService(chart, 'mainframe-bridge', {
    ...common,
    exposure: Exposure.nodePort({ sourceRanges: ['10.50.8.0/24'], nodePort: 30080 }),
    mtlsExceptions: [{ port: 8080, reason: 'The mainframe has no certificate until its gateway is replaced' }],
  });
  return chart;
}
