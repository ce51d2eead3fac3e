import { Chart, Duration, Testing } from 'cdk8s';
import { ObservabilityStack, type ObservabilityStackProps, ObservedService, Platform, RequestSource } from '../../../lib';
import { type Json, only } from '../../banking-service/world';

const HASH = '[bcdfghjklmnpqrstvwxz2456789]';

/** What matches the pods of these Deployments, as it stands in a query. */
export const podsOf = (names: string) => `pod=~"${names}-${HASH}{1,10}-${HASH}{5}"`;

/** A service whose parts all have names of their own, so that swapped ones show. */
export const teller = () =>
  ObservedService.of({
    name: 'teller',
    namespace: 'vault',
    deployments: ['till', 'drawer'],
    services: ['counter'],
    autoscalers: ['keda-hpa-till'],
    disruptionBudgets: ['till-pdb'],
    canary: 'till',
    strictMtls: true,
    reportsEjections: true,
    objective: { availability: 99.7, p95: Duration.millis(250), window: Duration.days(28), minimumFailures: 7 },
  });

/** What the pods of the teller are found by. */
export const TILLS = podsOf('(till|drawer|till-primary)');

/** One that is measured by its own application, by route. */
export const quotes = () =>
  ObservedService.of({
    name: 'quotes',
    namespace: 'markets',
    objective: {
      routes: { 'POST /q/{id}': { availability: 99.5, p99: Duration.millis(300) } },
      measuredBy: RequestSource.springBoot(),
    },
  });

/** One that answers no requests. */
export const database = () => ObservedService.of({ name: 'safe', namespace: 'vault', takesRequests: false, strictMtls: true });

/** The groups of the PrometheusRule of this name: what it evaluates, by the end of its own name. */
export function groupsOf(rule: string, props: ObservabilityStackProps): Record<string, Json[]> {
  const chart = new Chart(Testing.app(), 'watched');
  new ObservabilityStack(chart, 'stack', { platform: new Platform(), ...props });
  const { metadata, spec } = only(Testing.synth(chart) as Json[], 'PrometheusRule', rule);
  const prefix = `${metadata.namespace}.${rule.endsWith('-namespace') ? '' : `${rule}.`}`;
  return Object.fromEntries((spec.groups as Json[]).map(({ name, rules }) => [(name as string).replace(prefix, ''), rules]));
}

export const lines = (...all: readonly string[]) => all.join('\n');
