/**
 * R6, what Flagger calls: requests that the new version must answer before anybody else sends any, a load while it is analysed,
 * and a chat that is told. Here a quiet service, which would otherwise fail each check for want of requests. The trap is a load
 * test that mTLS refuses, for which people switch mTLS off; another is one as long as the interval, which is still running when
 * the next look would start it, so that every other interval is empty.
 */
import { Chart, Duration } from 'cdk8s';
import {
  AlertChannel,
  BankingService,
  CanaryAlert,
  LoadTester,
  Release,
  ServiceTier,
  Webhook,
  ZeroTrustNamespace,
} from 'cdk8s-banking';
import type { Construct } from 'constructs';

export function webhooks(scope: Construct): Chart {
  const chart = new Chart(scope, 'r6-webhooks');
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'tax-reports' });
  const tester = new LoadTester(chart, 'load-tester', { namespace });
  const chat = AlertChannel.slack({
    name: 'tax-reports-releases',
    channel: '#tax-reports',
    address: { secret: 'tax-reports-slack', key: 'address' },
  });
  new BankingService(chart, 'tax-reports', {
    namespace,
    image: 'registry.example.com/tax-reports:2.7.0',
    port: 8080,
    tier: ServiceTier.SMALL,
    release: Release.canary({
      steps: [10, 50, 100],
      webhooks: [
        Webhook.acceptanceTest(tester, {
          requests: [
            { path: '/readyz' },
            { path: '/api/v1/tax-reports?limit=1' },
            // The service carries out a request with a key once, so that a test may be sent again.
            {
              path: '/api/v1/tax-reports',
              method: 'POST',
              headers: { 'content-type': 'application/json', 'idempotency-key': 'acceptance-test' },
              body: '{"account":"CH93 0076 2011 6238 5295 7","month":"2026-01"}',
              status: 202,
              idempotent: true,
            },
          ],
          timeout: Duration.seconds(40),
        }),
        Webhook.loadTest(tester, { requestsPerSecond: 20, connections: 4, path: '/api/v1/tax-reports?limit=10' }),
        Webhook.event('https://audit.example.com/releases', { metadata: { cluster: 'prod-1' } }),
      ],
      alerts: [CanaryAlert.to(chat, { severity: 'warn' })],
    }),
  });
  return chart;
}
