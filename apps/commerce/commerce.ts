import { Chart, Duration } from 'cdk8s';
import {
  AlertChannel,
  BankingService,
  CanaryAlert,
  type Environment,
  ExternalHost,
  Health,
  LoadTester,
  MeshGateway,
  Objective,
  ObservabilityStack,
  OpenTelemetryCollector,
  Platform,
  Reach,
  Release,
  Scaling,
  ServiceTier,
  TraceExport,
  Webhook,
  ZeroTrustNamespace,
} from 'cdk8s-banking';

const platform = new Platform({
  kubernetes: '1.34',
  traceCollector: OpenTelemetryCollector.at({ namespace: 'commerce-tracing', name: 'collector' }),
});

/**
 * A shop whose orders are released by Flagger: ten percent more of the requests every minute, as long as they are answered as
 * well as was promised. One promise, and one channel, for the release and for what comes after it.
 */
export function commerce(environment: Environment): void {
  const chart = new Chart(environment, 'commerce');
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'commerce', platform });
  const objective = Objective.of({ availability: 99.9, p99: Duration.millis(500) });
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
      objective,
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

  const watching = new Chart(environment, 'commerce-observability');
  const collector = new OpenTelemetryCollector(watching, 'collector', {
    namespace: new ZeroTrustNamespace(watching, 'tracing', { name: 'commerce-tracing', platform }),
    export: TraceExport.otlp({
      to: ExternalHost.tls('traces.example.com', { port: 4317, reach: Reach.cidrs('203.0.113.64/28') }),
      headers: { authorization: { secret: 'trace-store', key: 'token' } },
    }),
  });
  collector.allowFrom(namespace).allowFrom(platform.model.ingressGateway);
  new ObservabilityStack(watching, 'observability', {
    services: [orders, shop],
    objective,
    runbooks: 'https://runbooks.example.com',
    alerting: { pages: [slack], tickets: [slack] },
  });
}
