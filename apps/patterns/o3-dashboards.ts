/**
 * O3, dashboards: from the services of a stack and what is promised of them. Of a service of our own they come as ConfigMaps
 * that Grafana's sidecar loads; of one that something else made, as GrafanaDashboards of the Grafana operator. The traps are a
 * data source by its uid, which only one Grafana has; a panel that takes no traffic for 100 %; and identifiers that two stacks
 * share, of which one is lost.
 */
import { Chart, Duration } from 'cdk8s';
import {
  BankingService,
  Dashboards,
  Objective,
  ObservabilityStack,
  ObservedService,
  Platform,
  Release,
  RequestSource,
  ZeroTrustNamespace,
} from 'cdk8s-banking';
import type { Construct } from 'constructs';

export function dashboards(scope: Construct): Chart {
  const chart = new Chart(scope, 'o3-dashboards');
  const platform = new Platform({ grafana: { namespace: 'grafana', instanceSelector: { grafana: 'main' } } });
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'liquidity', platform });
  const promises = { availability: 99.9, p95: Duration.millis(250), p99: Duration.millis(800) };
  const objective = Objective.of(promises);
  const forecasts = new BankingService(chart, 'forecasts', {
    namespace,
    image: 'registry.example.com/forecasts:6.1.0',
    port: 8080,
    release: Release.canary({ steps: [5, 25, 50, 100], objective }),
  });
  new ObservabilityStack(chart, 'observability', {
    services: [forecasts],
    objective,
    runbooks: 'https://git.example.com/bank/runbooks',
    grafana: 'https://grafana.example.com',
  });

  const funds = ObservedService.of({
    name: 'funds',
    namespace: 'investing',
    deployments: ['funds-blue', 'funds-green'],
    objective: { ...promises, measuredBy: RequestSource.springBoot() },
  });
  new ObservabilityStack(chart, 'observability-of-funds', {
    name: 'funds',
    services: [funds],
    platform,
    dashboards: Dashboards.grafanaOperator({ folder: 'Investing' }),
  });
  return chart;
}
