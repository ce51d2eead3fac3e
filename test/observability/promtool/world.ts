import { Chart, Duration, Testing } from 'cdk8s';
import { ObservabilityStack, ObservedService, Platform, RequestSource } from '../../../lib';
import type { Json } from '../../banking-service/world';

/** What the cases play with: every kind of service and every alert. Odd numbers, so that swapped ones show. */
export function ruleGroups(): Json[] {
  const chart = new Chart(Testing.app(), 'bank');
  const platform = new Platform();
  const payments = ObservedService.of({
    name: 'payments',
    namespace: 'banking',
    canary: 'payments',
    autoscalers: ['payments'],
    disruptionBudgets: ['payments'],
    strictMtls: true,
    reportsEjections: true,
    objective: { availability: 99.9, p95: Duration.millis(200), minimumFailures: 10 },
  });
  const quotes = ObservedService.of({
    name: 'quotes',
    namespace: 'banking',
    objective: {
      availability: 99.9,
      routes: { 'POST /api/v1/quotes/{id}': { availability: 99.5, p99: Duration.millis(300) } },
      window: Duration.days(7),
      measuredBy: RequestSource.springBoot(),
    },
  });
  const rates = ObservedService.of({
    name: 'rates',
    namespace: 'markets',
    objective: { p99: Duration.millis(500), measuredBy: RequestSource.openTelemetry() },
  });
  const database = ObservedService.of({ name: 'database', namespace: 'banking', takesRequests: false });
  new ObservabilityStack(chart, 'observability', {
    services: [payments, quotes, rates, database],
    platform,
    runbooks: 'https://git.example.com/bank/runbooks',
    grafana: 'https://grafana.example.com',
    backups: [{ schedule: 'daily', maxAge: Duration.hours(26) }],
  });
  const rules = (Testing.synth(chart) as Json[]).filter(({ kind }) => kind === 'PrometheusRule');
  return rules.flatMap((rule) => rule.spec.groups as Json[]);
}
