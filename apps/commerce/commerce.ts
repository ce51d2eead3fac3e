import { Chart, Duration } from 'cdk8s';
import {
  AlertChannel,
  BankingService,
  CanaryAlert,
  type Environment,
  Health,
  LoadTester,
  MeshGateway,
  Platform,
  Release,
  Scaling,
  ServiceTier,
  Webhook,
  ZeroTrustNamespace,
} from 'cdk8s-banking';

const platform = new Platform({ kubernetes: '1.34' });

/** A shop whose orders are released by Flagger: ten percent more of the requests every minute, as long as they are answered well. */
export function commerce(environment: Environment): void {
  const chart = new Chart(environment, 'commerce');
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'commerce', platform });
  const tester = new LoadTester(chart, 'load-tester', { namespace });
  const slack = AlertChannel.slack({ name: 'orders', channel: '#orders', address: { secret: 'slack', key: 'address' } });

  const orders = new BankingService(chart, 'order-service', {
    namespace,
    image: 'registry.example.com/commerce/order-service:3.2.0',
    port: 8080,
    tier: ServiceTier.STANDARD,
    resources: { requests: { cpu: '500m', memory: '512Mi' }, limits: { cpu: '1', memory: '1Gi' } },
    scaling: Scaling.horizontal({ min: 3, max: 20 }),
    health: Health.commerce(),
    release: Release.canary({
      steps: [10, 20, 30, 40, 50, 60, 70, 80, 90, 100],
      interval: Duration.minutes(1),
      threshold: 5,
      successRate: 99,
      p99: Duration.millis(500),
      webhooks: [
        Webhook.acceptanceTest(tester, { requests: [{ path: '/api/v1/orders/health' }] }),
        Webhook.loadTest(tester, { requestsPerSecond: 10, path: '/api/v1/orders/health' }),
      ],
      alerts: [CanaryAlert.to(slack)],
    }),
  });
  const shop = new BankingService(chart, 'shop', {
    namespace,
    image: 'registry.example.com/commerce/shop:8.1.4',
    port: 8080,
    health: Health.commerce(),
  });
  orders.allowFrom(shop, { methods: ['GET', 'POST'], paths: ['/api/v1/orders', '/api/v1/orders/*'] });

  new MeshGateway(chart, 'edge', { hosts: ['shop.example.com'], issuer: 'letsencrypt-prod' })
    .route('/', shop)
    .route('/api/v1/orders', orders);
}
