/**
 * Z4, authorization: each caller by its identity, with methods and paths, or with the methods of a gRPC service. The trap is
 * an edge without paths that exposes heap dumps: `/actuator` is cut out of every rule that does not name it. Another one is
 * methods and paths on a TCP port, where such a rule never matches; that is an error.
 */
import { Chart } from 'cdk8s';
import { BankingService, ForeignWorkload, Health, Platform, PortProtocol, ServiceTier, ZeroTrustNamespace } from 'cdk8s-banking';
import type { Construct } from 'constructs';

export function authorization(scope: Construct): Chart {
  const chart = new Chart(scope, 'z4-authorization');
  const platform = new Platform();
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'deposits', platform });
  const common = { namespace, tier: ServiceTier.SMALL };
  const interest = new BankingService(chart, 'interest', { ...common, image: 'registry.example.com/interest:2.1.0', port: 8080 });
  const portal = new BankingService(chart, 'portal', { ...common, image: 'registry.example.com/portal:4.2.0', port: 8080 });
  const deposits = new BankingService(chart, 'deposits', {
    ...common,
    image: 'registry.example.com/deposits:5.5.1',
    port: 8080,
    health: Health.springBootActuator(),
  });
  const journal = new BankingService(chart, 'journal', {
    ...common,
    image: 'registry.example.com/journal:1.8.0',
    port: 9090,
    protocol: PortProtocol.GRPC,
    health: Health.grpc({ readinessService: 'bank.journal.v1.Journal' }),
  });
  const support = new ForeignWorkload({ platform, namespace: 'operations', name: 'support-console' });

  deposits.allowFrom(portal);
  deposits.allowFrom(interest, { methods: ['POST'], paths: ['/v1/deposits/{*}/interest'] });
  deposits.allowFrom(support, { methods: ['GET'], paths: ['/actuator/info'] });
  journal.allowFrom(deposits, { paths: ['/bank.journal.v1.Journal/Append'] });
  return chart;
}
