import { Chart, Duration, Testing } from 'cdk8s';
import {
  type Dashboards,
  ObservabilityStack,
  type ObservabilityStackProps,
  ObservedService,
  Platform,
  Release,
  RequestSource,
  Scaling,
} from '../../../lib';
import { dashboardsOf } from '../../../lib/observability/dashboards/dashboards-of';
import type { DashboardModel, Panel, Query, Threshold } from '../../../lib/observability/dashboards/model';
import type { Dashboard } from '../../../lib/observability/links';
import { resolveStack } from '../../../lib/observability/model';
import { type Json, World } from '../../banking-service/world';

/** Services of every kind: one of ours under Flagger, and those of others by each source. */
export function everyKind(): ObservedService[] {
  const payments = ObservedService.of({
    name: 'payments',
    namespace: 'banking',
    canary: 'payments',
    autoscalers: ['payments'],
    objective: { availability: 99.9, p95: Duration.millis(210) },
  });
  const quotes = ObservedService.of({
    name: 'quotes',
    namespace: 'banking',
    deployments: ['quotes-blue', 'quotes-green'],
    objective: {
      availability: 99.9,
      routes: { 'POST /api/v1/quotes/{id}': { availability: 99.5 } },
      window: Duration.days(7),
      measuredBy: RequestSource.springBoot(),
    },
  });
  const rates = ObservedService.of({
    name: 'rates',
    namespace: 'markets',
    objective: { p99: Duration.millis(510), measuredBy: RequestSource.openTelemetry() },
  });
  const seen = ObservedService.of({
    name: 'seen',
    namespace: 'markets',
    objective: { availability: 99, measuredBy: RequestSource.istio({ reporter: 'destination' }) },
  });
  const database = ObservedService.of({ name: 'database', namespace: 'banking', takesRequests: false });
  return [payments, quotes, rates, seen, database];
}

export function stackOf(props: Partial<ObservabilityStackProps> = {}): { stack: ObservabilityStack; objects: () => Json[] } {
  const chart = new Chart(Testing.app(), 'bank');
  const stack = new ObservabilityStack(chart, 'observability', {
    services: everyKind(),
    platform: new Platform(),
    runbooks: 'https://git.example.com/runbooks',
    grafana: 'https://grafana.example.com',
    ...props,
  });
  return { stack, objects: () => Testing.synth(chart) as Json[] };
}

/** One service of this library under Flagger, `teller` in `vault`, and what watches it. */
export function teller(dashboards?: Dashboards, props: Partial<ObservabilityStackProps> = {}): World {
  const world = new World({
    grafana: { namespace: 'grafana', dashboardLabels: { board: 'yes' }, instanceSelector: { grafana: 'main' } },
  });
  const service = world.service('teller', {
    release: Release.canary({ steps: [10, 100], successRate: 99.3, p99: Duration.millis(370) }),
    scaling: Scaling.horizontal({ min: 3, max: 7 }),
  });
  new ObservabilityStack(world.chart, 'stack', { services: [service], objective: { availability: 99.8 }, dashboards, ...props });
  return world;
}

/** The dashboards of a chart, by their uids. */
export function boards(objects: readonly Json[]): Record<string, Json> {
  const texts = objects
    .filter(({ kind }) => kind === 'ConfigMap')
    .flatMap(({ data }) => Object.values(data as Record<string, string>))
    .filter((text) => text.includes('"schemaVersion"'));
  return Object.fromEntries(texts.map((text) => JSON.parse(text) as Json).map((board) => [board.uid, board]));
}

/** The panels of a dashboard without the heads of its rows. */
export const panelsIn = (board: Json): Json[] => (board.panels as Json[]).filter(({ type }) => type !== 'row');

/** One dashboard of a stack, before it is written as Grafana wants it. */
export function boardOf(kind: Dashboard, props: Partial<ObservabilityStackProps> = {}): DashboardModel {
  const stack = resolveStack('observability', { services: everyKind(), platform: new Platform(), ...props });
  return dashboardsOf(stack).find((one) => one.kind === kind)!;
}

const colours = (of: readonly Threshold[]) =>
  of.map(({ from, colour }) => (from === undefined ? colour : `${colour} from ${from}`)).join(' ');

const drawn = ({ unit, thresholds, meanings }: Partial<Query>): string[] => [
  ...(unit ? [unit] : []),
  ...(thresholds ? [`(${colours(thresholds)})`] : []),
  ...(meanings ? [`(${meanings.map(({ value, text, colour }) => `${value}: ${text}, ${colour}`).join('; ')})`] : []),
];

function panelLines({ kind, title, width, height, description, queries, min, max, stacked, steps, ...more }: Panel): string[] {
  const { labels = [], alerts = [] } = more;
  const range = min === undefined && max === undefined ? [] : [`${min ?? ''}..${max ?? ''}`];
  const flags = [...(stacked ? ['stacked'] : []), ...(steps ? ['steps'] : [])];
  return [
    [`${title}: ${kind} ${width}×${height}`, ...drawn(more), ...range, ...flags, ...alerts].join(' '),
    ...(description === undefined ? [] : [`  "${description}"`]),
    ...labels.map(({ label, title: head, opens }) => `  ${head}: ${label}${opens ? `, opens ${opens}` : ''}`),
    ...queries.map(({ legend, expr, ...of }) => `  ${[legend, ...drawn(of)].join(' ')} = ${expr}`),
  ];
}

/** What a dashboard shows, line by line: rows, panels with size, unit, colours, range and alerts, and their queries. */
export const linesOf = ({ rows }: DashboardModel): string[] =>
  rows.flatMap(({ title, panels }) => [`== ${title}`, ...panels.flatMap(panelLines)]);
