import type { Links } from '../links';
import { stackTag } from './dashboards-of';
import type { AnnotationJson, DashboardJson, LinkJson, RowJson, VariableJson } from './grafana-json';
import { type Placed, layout } from './layout';
import type { Annotation, DashboardModel, Panel, Row, Variable } from './model';
import { DATASOURCE, grafanaPanel } from './grafana-panel';

/**
 * The version of the form that is written here: the last that there is, and that of Grafana's SDK 0.0.21. Grafanas that are
 * older read it as their own. https://github.com/grafana/grafana/blob/main/public/app/features/dashboard/state/DashboardMigrator.ts
 */
const SCHEMA_VERSION = 42;

/** A dashboard as Grafana reads it. https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model */
export function grafanaDashboard(dashboard: DashboardModel, stack: string, links: Links): DashboardJson {
  return {
    uid: dashboard.uid,
    title: dashboard.title,
    description: dashboard.description,
    tags: dashboard.tags,
    schemaVersion: SCHEMA_VERSION,
    editable: false,
    graphTooltip: 1,
    refresh: '1m',
    time: { from: dashboard.from, to: 'now' },
    timezone: 'browser',
    links: dashboardLinks(stack, links),
    annotations: { list: dashboard.annotations.map(annotation) },
    templating: { list: [datasource(), ...dashboard.variables.map(variable)] },
    panels: layout(dashboard).map((one) => (isRow(one) ? grafanaRow(one) : grafanaPanel(one, stack, links))),
  };
}

const isRow = (one: Placed<Row> | Placed<Panel>): one is Placed<Row> => 'panels' in one.is;

function grafanaRow({ id, gridPos, is }: Placed<Row>): RowJson {
  return { id, type: 'row', title: is.title, gridPos, collapsed: false, panels: [] };
}

/** To the other dashboards of the stack with the same choice and the same time, and to the runbooks. */
function dashboardLinks(stack: string, links: Links): LinkJson[] {
  const link = { icon: 'external link', tooltip: '', asDropdown: false, targetBlank: false, includeVars: true, keepTime: true };
  return [
    { ...link, type: 'dashboards' as const, title: 'Dashboards', tags: [stackTag(stack)], url: '' },
    ...(links.runbooks === undefined
      ? []
      : [
          {
            ...link,
            type: 'link' as const,
            title: 'Runbooks',
            tags: [],
            url: `${links.runbooks}/README.md`,
            targetBlank: true,
            includeVars: false,
            keepTime: false,
          },
        ]),
  ];
}

function annotation({ name, expr, title, text, colour }: Annotation): AnnotationJson {
  return {
    name,
    datasource: DATASOURCE,
    enable: true,
    iconColor: colour,
    expr,
    step: '60s',
    titleFormat: title,
    textFormat: text,
  };
}

function datasource(): VariableJson {
  return { type: 'datasource', name: 'datasource', label: 'Prometheus', query: 'prometheus', refresh: 1, hide: 0 };
}

/** No value is written down: Grafana takes the first, or all, of those that there are when it is opened. */
function variable({ name, label, query, multi, hidden }: Variable): VariableJson {
  return {
    type: 'query',
    name,
    label,
    datasource: DATASOURCE,
    // The form with a number is what Grafana's editor of variables writes: 1 is label_values.
    query: { qryType: 1, query, refId: name },
    definition: query,
    multi,
    includeAll: multi,
    ...(multi ? { current: { text: ['All'], value: ['$__all'] } } : {}),
    refresh: 2,
    sort: 1,
    hide: hidden ? 2 : 0,
  };
}
