/**
 * M2, routing by path, method and header, with several services on one host: the gateway's VirtualService tells services
 * apart and delegates the rest to one of each service. The trap is the order of matches, a catch-all first: routes are
 * sorted by how specific they are, whatever the order of the calls, and two that neither is are an error.
 */
import { Chart, Duration } from 'cdk8s';
import { BankingService, MeshGateway, ServiceTier, ZeroTrustNamespace } from 'cdk8s-banking';
import type { Construct } from 'constructs';

export function routing(scope: Construct): Chart {
  const chart = new Chart(scope, 'm2-routing');
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'routing' });
  const common = { namespace, port: 8080, tier: ServiceTier.SMALL };
  const web = new BankingService(chart, 'web', { ...common, image: 'registry.example.com/web:7.0.3' });
  const beta = new BankingService(chart, 'web-beta', { ...common, image: 'registry.example.com/web:8.0.0-rc.1' });
  const search = new BankingService(chart, 'search', {
    ...common,
    image: 'registry.example.com/search:3.5.0',
    // A report may take 14 s, and may be tried twice; any other request keeps the usual 2 s a try.
    traffic: {
      routes: [
        {
          path: '/search/reports',
          methods: ['GET'],
          timeout: Duration.seconds(30),
          retries: { attempts: 1, perTry: Duration.seconds(14) },
        },
      ],
    },
  });

  new MeshGateway(chart, 'public', { hosts: ['www.bank.example.com'], issuer: 'letsencrypt-prod' })
    .route('/', web)
    .route('/', beta, { headers: { 'x-beta': 'true' } })
    .route('/search', search, { methods: ['GET', 'HEAD'] });
  return chart;
}
