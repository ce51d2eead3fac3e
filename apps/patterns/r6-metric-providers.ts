/**
 * R6, what a new version is judged by beside success rate and p99: another percentile, the errors of gRPC, a number of the
 * business, and what another monitoring system measures. The trap is a query that counts both versions, so that the old one's good
 * requests hide the new one's bad ones; and one that finds nothing while all is well, which Flagger takes for a failure.
 */
import { Chart, Duration } from 'cdk8s';
import {
  BankingService,
  CanaryMetric,
  Health,
  MetricProvider,
  PortProtocol,
  Release,
  ServiceTier,
  ZeroTrustNamespace,
} from 'cdk8s-banking';
import type { Construct } from 'constructs';

export function metricProviders(scope: Construct): Chart {
  const chart = new Chart(scope, 'r6-metric-providers');
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'cards' });
  const common = { namespace, port: 8080, tier: ServiceTier.SMALL };
  new BankingService(chart, 'authorizations', {
    ...common,
    image: 'registry.example.com/authorizations:8.1.0',
    release: Release.canary({
      steps: [5, 25, 100],
      metrics: [
        CanaryMetric.latencyQuantile(99.9, Duration.millis(750)),
        CanaryMetric.promql({
          name: 'declined-share',
          query: [
            'sum(rate(authorizations_total{namespace="{{ namespace }}",pod=~"{{ target }}-[a-z0-9]+-[a-z0-9]+",result="declined"}[{{ interval }}]))',
            '/',
            'sum(rate(authorizations_total{namespace="{{ namespace }}",pod=~"{{ target }}-[a-z0-9]+-[a-z0-9]+"}[{{ interval }}]))',
            '* 100',
          ].join('\n'),
          threshold: { min: 0.5, max: 12 },
          describes: 'between 0.5 and 12 % of the authorizations are declined',
        }),
        CanaryMetric.template({
          name: 'fraud-score',
          provider: MetricProvider.datadog({ address: 'https://api.datadoghq.eu', secret: 'datadog' }),
          query: 'avg:fraud.score{kube_deployment:{{ target }},scheme:{{ variables.scheme }}}',
          variables: { scheme: 'debit' },
          threshold: { max: 0.2 },
        }),
      ],
    }),
  });
  new BankingService(chart, 'ledger-feed', {
    ...common,
    image: 'registry.example.com/ledger-feed:3.3.2',
    protocol: PortProtocol.GRPC,
    health: Health.grpc({ readinessService: 'feed' }),
    release: Release.canary({
      steps: [50, 100],
      metrics: [
        CanaryMetric.grpcSuccessRate(99.5),
        CanaryMetric.template({
          name: 'lag',
          provider: MetricProvider.cloudWatch({ region: 'eu-central-1' }),
          query: JSON.stringify([
            {
              Id: 'lag',
              MetricStat: {
                Metric: {
                  Namespace: 'AWS/Kafka',
                  MetricName: 'MaxOffsetLag',
                  Dimensions: [{ Name: 'Consumer Group', Value: '{{ target }}' }],
                },
                Period: 60,
                Stat: 'Maximum',
              },
            },
          ]),
          threshold: { max: 5000 },
        }),
      ],
    }),
  });
  return chart;
}
