/**
 * M8, egress: by address blocks, with TLS opened by the proxy, through the egress gateway, to any public address with the
 * risk accepted, and to a database by TCP. The trap is a NetworkPolicy that should know a host by name: it knows addresses
 * only, so `0.0.0.0/0` takes a reason, and never holds the metadata address, which hands out credentials.
 */
import { Chart } from 'cdk8s';
import { BankingService, ExternalHost, Platform, Reach, ServiceTier, ZeroTrustNamespace } from 'cdk8s-banking';
import type { Construct } from 'constructs';

export function egress(scope: Construct): Chart {
  const chart = new Chart(scope, 'm8-egress');
  const platform = new Platform({
    egressGateway: {
      namespace: 'istio-egress',
      podLabels: { istio: 'egress' },
      serviceAccount: 'istio-egress',
      host: 'istio-egress.istio-egress.svc.cluster.local',
    },
  });
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'outbound', platform });
  const connector = new BankingService(chart, 'connector', {
    namespace,
    image: 'registry.example.com/connector:1.1.0',
    port: 8080,
    tier: ServiceTier.SMALL,
  });
  connector
    .allowTo(ExternalHost.https('clearing.example.net', { reach: Reach.cidrs('203.0.113.0/28') }))
    // The application asks for http://rates.example.net; the mesh sees the requests and opens TLS itself.
    .allowTo(ExternalHost.https('rates.example.net', { reach: Reach.cidrs('198.51.100.16/28'), tlsOrigination: true }))
    .allowTo(ExternalHost.https('registry.example.org', { reach: Reach.egressGateway() }))
    .allowTo(
      ExternalHost.https('push.example.com', {
        reach: Reach.anyPublicAddress({ accept: 'The push service publishes no address ranges; only device tokens are sent' }),
      }),
    )
    .allowTo(ExternalHost.tcp('archive.db.example.com', { port: 5432, reach: Reach.cidrs('10.90.4.0/28'), alias: 'archive-db' }));
  return chart;
}
