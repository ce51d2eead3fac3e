import { dashboardsOf, panelsOf } from '../../lib/observability/dashboards/dashboards-of';
import type { DashboardModel, Panel } from '../../lib/observability/dashboards/model';
import { type Values, fillIn, valuesOf } from '../../lib/observability/dashboards/variables';
import type { Dashboard } from '../../lib/observability/links';
import { type StackModel, observed } from '../../lib/observability/model';
import { EMPTY } from './empty';
import type { Series } from './prometheus';
import type { Stage } from './stage';

export interface RanQuery {
  readonly dashboard: Dashboard;
  readonly panel: Panel;
  readonly legend: string;
  /** With values in the place of the variables. */
  readonly expr: string;
  /** Of panels that show a course, the course; of others, the last values. */
  readonly series: readonly Series[];
}

export interface Ran {
  readonly dashboards: readonly DashboardModel[];
  readonly queries: readonly RanQuery[];
  /** What the pictures show, in seconds since 1970. */
  readonly from: number;
  readonly to: number;
}

/** What a picture shows. */
const SHOWN = 15 * 60;
const COURSES: readonly Panel['kind'][] = ['timeseries', 'heatmap', 'state-timeline'];

/** Runs every query of every dashboard as Grafana would, for payments, or for all services where several can be chosen. */
export async function runPanels(stack: StackModel, stage: Stage): Promise<Ran> {
  const { prometheus, start } = stage;
  const all = stack.services.map((service) => valuesOf(observed(stack, service)));
  const payments = all.find(({ service }) => service?.[0] === 'payments')!;
  const every = Object.fromEntries(
    Object.keys(payments).map((name) => [name, [...new Set(all.flatMap((values) => values[name] ?? []))]]),
  );
  const to = Math.floor(start + stage.clock());
  const from = to - SHOWN;
  const dashboards = dashboardsOf(stack);
  const queries: RanQuery[] = [];
  for (const { kind, variables, panels } of dashboards.map((one) => ({ ...one, panels: panelsOf(one) }))) {
    const values: Values = variables.some(({ name, multi }) => name === 'service' && multi) ? every : payments;
    for (const panel of panels) {
      for (const { legend, expr } of panel.queries) {
        const filled = fillIn(expr, variables, values);
        const course = COURSES.includes(panel.kind);
        const series = course ? await prometheus.range(filled, from, to, 15) : await prometheus.query(filled);
        queries.push({ dashboard: kind, panel, legend, expr: filled, series: series.filter(hasNumbers) });
      }
    }
  }
  return { dashboards, queries, from, to };
}

const hasNumbers = ({ value, values }: Series): boolean => (values ?? (value ? [value] : [])).some(([, text]) => text !== 'NaN');

export const nameOf = ({ dashboard, panel, legend }: RanQuery): string => `${dashboard} / ${panel.title} / ${legend}`;

/** Queries that gave nothing though they should, or something though it was said that they can't. */
export function objections({ queries }: Ran): string[] {
  const unknown = Object.keys(EMPTY).filter((name) => !queries.some((one) => nameOf(one) === name));
  return [
    ...queries
      .filter((one) => one.series.length === 0 && !(nameOf(one) in EMPTY))
      .map((one) => `${nameOf(one)} gives nothing: ${one.expr}`),
    ...queries
      .filter((one) => one.series.length > 0 && nameOf(one) in EMPTY)
      .map((one) => `${nameOf(one)} gives something; empty.ts says why it could not`),
    ...unknown.map((name) => `empty.ts speaks of ${name}, and there is no such query`),
  ];
}
