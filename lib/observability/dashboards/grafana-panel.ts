import { type Links, dashboardUid, runbookUrl } from '../links';
import type {
  DataSourceJson,
  FieldJson,
  MappingJson,
  Options,
  OverrideJson,
  PanelJson,
  TargetJson,
  ThresholdsJson,
} from './grafana-json';
import type { Placed } from './layout';
import type { Meaning, Panel, Query, Threshold } from './model';

/** Grafana asks which Prometheus it is; nothing of a certain installation stands in a dashboard. */
export const DATASOURCE: DataSourceJson = { type: 'prometheus', uid: '$datasource' };

/** A panel as Grafana reads it. */
export function grafanaPanel({ id, gridPos, is }: Placed<Panel>, stack: string, links: Links): PanelJson {
  return {
    id,
    type: is.kind,
    title: is.title,
    ...(is.description === undefined ? {} : { description: is.description }),
    gridPos,
    datasource: DATASOURCE,
    ...panelLinks(is, links),
    fieldConfig: { defaults: defaults(is), overrides: is.kind === 'table' ? overrides(is, stack) : [] },
    options: OPTIONS[is.kind](is),
    ...(is.kind === 'table' ? { transformations: columns(is) } : {}),
    targets: is.queries.map((query, i) => target(is, query, i)),
  };
}

/** The runbooks of the alerts that tell of what the panel shows. */
function panelLinks({ alerts = [] }: Panel, links: Links): Pick<PanelJson, 'links'> {
  if (links.runbooks === undefined || alerts.length === 0) return {};
  return { links: alerts.map((alert) => ({ title: `Runbook: ${alert}`, url: runbookUrl(links, alert)!, targetBlank: true })) };
}

function defaults(panel: Panel): FieldJson {
  const { unit, min, max, thresholds, meanings } = panel;
  return {
    unit,
    min,
    max,
    // What is not known is not zero, and not well.
    noValue: 'no data',
    ...(meanings ? { mappings: mappings(meanings) } : {}),
    color: { mode: panel.kind === 'timeseries' ? 'palette-classic' : 'thresholds' },
    thresholds: steps(thresholds ?? [{ colour: meanings || panel.kind === 'table' ? 'text' : 'green' }]),
    custom: CUSTOM[panel.kind](panel),
  };
}

const CUSTOM: Readonly<Record<Panel['kind'], (panel: Panel) => Options>> = {
  timeseries: ({ stacked, steps, thresholds }) => ({
    drawStyle: 'line',
    lineInterpolation: steps ? 'stepAfter' : 'linear',
    fillOpacity: stacked ? 30 : 0,
    showPoints: 'never',
    // A gap stays a gap.
    spanNulls: false,
    stacking: { mode: stacked ? 'normal' : 'none', group: 'A' },
    thresholdsStyle: { mode: (thresholds?.length ?? 0) > 1 ? 'dashed' : 'off' },
  }),
  stat: () => ({}),
  table: () => ({ filterable: true }),
  heatmap: () => ({}),
  'state-timeline': () => ({ fillOpacity: 80, lineWidth: 0 }),
};

const REDUCE = { calcs: ['lastNotNull'], fields: '', values: false };
const LEGEND = { displayMode: 'list', placement: 'bottom', showLegend: true, calcs: [] };

const OPTIONS: Readonly<Record<Panel['kind'], (panel: Panel) => Options>> = {
  timeseries: () => ({ legend: LEGEND, tooltip: { mode: 'multi', sort: 'desc' } }),
  stat: () => ({
    reduceOptions: REDUCE,
    colorMode: 'value',
    graphMode: 'none',
    textMode: 'auto',
    orientation: 'auto',
    justifyMode: 'auto',
    wideLayout: true,
    showPercentChange: false,
    percentChangeColorMode: 'standard',
  }),
  table: ({ queries }) => ({ showHeader: true, cellHeight: 'sm', sortBy: [{ displayName: queries[0]!.legend, desc: true }] }),
  heatmap: ({ unit }) => ({
    calculate: false,
    color: { mode: 'scheme', scheme: 'Oranges', steps: 64, exponent: 0.5, fill: 'dark-orange', reverse: false },
    yAxis: { unit, axisPlacement: 'left' },
    cellGap: 1,
    filterValues: { le: 1e-9 },
    showValue: 'never',
    rowsFrame: { layout: 'auto' },
    tooltip: { mode: 'single', yHistogram: false, showColorScale: false },
    legend: { show: true },
    exemplars: { color: 'rgba(255,0,255,0.7)' },
  }),
  'state-timeline': () => ({
    showValue: 'auto',
    rowHeight: 0.8,
    mergeValues: true,
    legend: LEGEND,
    tooltip: { mode: 'single', sort: 'none' },
  }),
};

function steps(thresholds: readonly Threshold[]): ThresholdsJson {
  return { mode: 'absolute', steps: thresholds.map(({ from = null, colour }) => ({ value: from, color: colour })) };
}

function mappings(meanings: readonly Meaning[]): MappingJson[] {
  const options = meanings.map(({ value, text, colour }, index) => [String(value), { text, color: colour, index }] as const);
  return [{ type: 'value', options: Object.fromEntries(options) }];
}

/** The letter by which Grafana names a query: A, B, C. */
const refId = (i: number): string => String.fromCharCode(65 + i);

function target({ kind }: Panel, { expr, legend }: Query, i: number): TargetJson {
  // A number of now, or none: the last one of the hour would look like one of now.
  const instant = kind === 'stat' || kind === 'table';
  return {
    refId: refId(i),
    datasource: DATASOURCE,
    expr,
    legendFormat: kind === 'table' ? '' : legend,
    format: kind === 'table' ? 'table' : kind === 'heatmap' ? 'heatmap' : 'time_series',
    instant,
    range: !instant,
  };
}

/** The name of a query's column: with others beside it, Grafana tells them apart by letter. */
const valueOf = ({ queries }: Panel, i: number): string => (queries.length > 1 ? `Value #${refId(i)}` : 'Value');

/** Puts the answers of all queries into the row of their labels, and gives the columns their heads. */
function columns(panel: Panel): NonNullable<PanelJson['transformations']> {
  const { queries, labels = [] } = panel;
  const fields = [...labels.map(({ label }) => label), ...queries.map((_, i) => valueOf(panel, i))];
  const heads = [...labels.map(({ title }) => title), ...queries.map(({ legend }) => legend)];
  return [
    { id: 'merge', options: {} },
    {
      id: 'organize',
      options: {
        excludeByName: { Time: true },
        indexByName: Object.fromEntries(fields.map((field, i) => [field, i])),
        renameByName: Object.fromEntries(fields.map((field, i) => [field, heads[i]!])),
      },
    },
  ];
}

function overrides(panel: Panel, stack: string): OverrideJson[] {
  const cells = panel.queries.map(({ legend, unit = panel.unit, thresholds, meanings }) => ({
    matcher: { id: 'byName', options: legend },
    properties: [
      { id: 'unit', value: unit },
      ...(thresholds ? [{ id: 'thresholds', value: steps(thresholds) }] : []),
      ...(meanings ? [{ id: 'mappings', value: mappings(meanings) }] : []),
      ...(thresholds || meanings ? [{ id: 'custom.cellOptions', value: { type: 'color-text' } }] : []),
    ],
  }));
  const doors = (panel.labels ?? []).flatMap(({ title, opens }) =>
    opens === undefined
      ? []
      : [
          {
            matcher: { id: 'byName', options: title },
            properties: [
              {
                id: 'links',
                value: [
                  {
                    title: `Open its dashboard`,
                    url: `/d/${dashboardUid(stack, opens)}?var-namespace=\${__data.fields.Namespace}&var-service=\${__data.fields.Service}&\${__url_time_range}`,
                  },
                ],
              },
            ],
          },
        ],
  );
  return [...doors, ...cells];
}
