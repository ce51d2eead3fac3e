import { Chart, Duration, Testing } from 'cdk8s';
import { AlertChannel, ObservabilityStack, ObservedService, Platform } from '../../../lib';
import type { AlertRoutingProps, ObservabilityStackProps, PlatformProps } from '../../../lib';
import { resolveStack } from '../../../lib/observability/model';
import type { Json } from '../../banking-service/world';

export const pager = AlertChannel.pagerDuty({ name: 'on-call', routingKey: { secret: 'pagerduty', key: 'routing' } });
export const slack = AlertChannel.slack({
  name: 'desk',
  channel: '#desk',
  address: { secret: 'slack', key: 'hook' },
  username: 'bank',
});
export const teams = AlertChannel.msTeams({
  name: 'office',
  address: { secret: 'teams', key: 'flow' },
  proxy: 'http://proxy.example.com:3128',
});

export const watched = (name: string, namespace: string) =>
  ObservedService.of({ name, namespace, objective: { availability: 99.9, p95: Duration.millis(200) } });
export const payments = watched('payments', 'banking');
export const ledger = watched('ledger', 'banking');
export const rates = watched('rates', 'markets');

export const TOLD: AlertRoutingProps = { pages: [pager], tickets: [slack] };

export const stackOf = (
  alerting: AlertRoutingProps,
  more: Partial<ObservabilityStackProps> = {},
  platform: PlatformProps = {},
) => ({
  services: [payments, ledger, rates],
  platform: new Platform(platform),
  alerting,
  ...more,
});

export function configs(...given: Parameters<typeof stackOf>): Json[] {
  const chart = new Chart(Testing.app(), 'bank');
  new ObservabilityStack(chart, 'observability', stackOf(...given));
  return (Testing.synth(chart) as Json[]).filter(({ kind }) => kind === 'AlertmanagerConfig');
}

export const routes = (config: Json): Json[] => config.spec.route.routes as Json[];
export const matchers = (one: Json): string[] => (one.matchers as Json[]).map((m) => `${m.name}${m.matchType}${m.value}`);
export const receiver = (config: Json, name: string): Json =>
  (config.spec.receivers as Json[]).find((one) => one.name === name) as Json;
export const resolved = (...given: Parameters<typeof stackOf>) => resolveStack('observability', stackOf(...given));
