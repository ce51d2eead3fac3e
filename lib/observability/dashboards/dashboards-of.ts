import { is, series } from '../../promql/selector';
import { aboutNamespace } from '../alerts/own-namespace';
import { type Dashboard, dashboardUid } from '../links';
import type { StackModel } from '../model';
import { FLAGGER } from '../sources/flagger';
import { PROMETHEUS } from '../sources/prometheus';
import { fleetRows } from './fleet';
import { meshRows } from './mesh';
import type { Annotation, DashboardModel, Panel, Row } from './model';
import { objectiveRows } from './objective';
import { releaseRows } from './release';
import { serviceRows } from './service';
import { type Choice, type PartVariable, type Scope, chosen, chosenServices, variables } from './variables';

interface Kind {
  readonly title: string;
  readonly description: string;
  readonly choice: Choice;
  readonly parts: readonly PartVariable[];
  readonly from: string;
  readonly rows: (model: StackModel) => Row[];
}

const KINDS: Readonly<Record<Dashboard, Kind>> = {
  fleet: {
    title: 'fleet',
    description: 'A line for each service, and what threatens all of them.',
    choice: 'several',
    parts: [],
    from: 'now-6h',
    rows: fleetRows,
  },
  service: {
    title: 'service',
    description: 'The golden signals of one service, on each track of its release.',
    choice: 'one',
    parts: ['track', 'host', 'autoscaler', 'canary'],
    from: 'now-6h',
    rows: serviceRows,
  },
  release: {
    title: 'release',
    description: 'A release while it goes on: both tracks side by side, and what the new one is judged by.',
    choice: 'one',
    parts: ['track', 'host', 'canary'],
    from: 'now-3h',
    rows: releaseRows,
  },
  objective: {
    title: 'objective and budget',
    description: 'What is promised of one service, how much of the error budget is left, and how long it will last.',
    choice: 'one',
    parts: ['track'],
    from: 'now-7d',
    rows: objectiveRows,
  },
  mesh: {
    title: 'mesh',
    description: 'Who calls whom, what does not get through, what is encrypted, and what leaves.',
    choice: 'several',
    parts: ['track', 'host'],
    from: 'now-3h',
    rows: () => meshRows(),
  },
};

/**
 * Every dashboard of a stack. To run a query, put values in the place of its variables first:
 *
 * ```ts
 * for (const dashboard of dashboardsOf(stack.model)) {
 *   // One service, or several where the dashboard shows several: fleet and mesh.
 *   const values = valuesOf(observed(stack.model, stack.model.services[0]));
 *   for (const panel of panelsOf(dashboard)) {
 *     for (const { legend, expr } of panel.queries) fillIn(expr, dashboard.variables, values);
 *   }
 * }
 * ```
 */
export function dashboardsOf(model: StackModel): DashboardModel[] {
  const scope: Scope = { namespaces: model.namespaces, services: model.services.map(({ head }) => head.name) };
  return (Object.keys(KINDS) as Dashboard[]).map((kind) => {
    const { title, description, choice, parts, from, rows } = KINDS[kind];
    return {
      kind,
      uid: dashboardUid(model.name, kind),
      title: `${model.name}: ${title}`,
      description,
      tags: ['cdk8s-banking', stackTag(model.name)],
      variables: variables(scope, choice, parts),
      annotations: annotations(choice, parts),
      rows: rows(model),
      from,
    };
  });
}

/** The panels of a dashboard, from top to bottom. */
export function panelsOf({ rows }: DashboardModel): Panel[] {
  return rows.flatMap(({ panels }) => panels);
}

/** What the dashboards of a stack find one another by. */
export const stackTag = (name: string): string => `stack ${name}`;

function annotations(choice: Choice, parts: readonly PartVariable[]): Annotation[] {
  const firing = series(PROMETHEUS.metrics.alerts, { ...chosenServices(choice), alertstate: is('firing') });
  const status = aboutNamespace(FLAGGER.metrics.status, chosen('namespace', choice), { name: chosen('canary') });
  return [
    { name: 'Alerts', expr: firing, title: '{{alertname}}', text: '{{service}} {{objective}}', colour: 'red' },
    ...(parts.includes('canary')
      ? [
          { name: 'Releases', expr: `${status} == 0`, title: 'Release', text: '{{name}} is under way', colour: 'blue' as const },
          {
            name: 'Failed releases',
            expr: `${status} == 2`,
            title: 'Failed release',
            text: '{{name}}',
            colour: 'orange' as const,
          },
        ]
      : []),
  ];
}
