import type * as sdk from '@grafana/grafana-foundation-sdk/dashboard';
import type * as heatmap from '@grafana/grafana-foundation-sdk/heatmap';
import type { Dataquery } from '@grafana/grafana-foundation-sdk/prometheus';
import type * as stat from '@grafana/grafana-foundation-sdk/stat';
import type * as stateTimeline from '@grafana/grafana-foundation-sdk/statetimeline';
import type * as table from '@grafana/grafana-foundation-sdk/table';
import type * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';
import type * as json from '../../../lib/observability/dashboards/grafana-json';
import { boards, panelsIn, stackOf } from './world';

/**
 * A type of Grafana's SDK as JSON: its enums as the values that they have, and nothing to be written to. Its thresholds lack
 * the null that Grafana itself writes for the first step, and links of panels have defaults.
 */
type Plain<T> = T extends string
  ? `${T}`
  : T extends number
    ? `${T}` extends `${infer N extends number}`
      ? N
      : number
    : T extends readonly (infer U)[]
      ? readonly Plain<U>[]
      : T extends object
        ? { readonly [K in keyof T as K extends '_implementsDataqueryVariant' ? never : K]: Plain<T[K]> }
        : T;

/** The keys of ours that the SDK does not know: there must be none. */
type Strange<Ours, Theirs> = Exclude<keyof Ours, keyof Theirs>;
const fits = <Ours extends Theirs, Theirs>(strange: [Strange<Ours, Theirs>] extends [never] ? 'none' : Strange<Ours, Theirs>) =>
  strange;

type Field = Omit<json.FieldJson, 'thresholds' | 'custom'>;
type Panel = Omit<json.PanelJson, 'fieldConfig' | 'links' | 'targets'>;

/** The compiler judges these lines: they do not compile where a part differs from what Grafana's SDK says of it. */
const JUDGED = [
  fits<json.TargetJson, Plain<Dataquery>>('none'),
  fits<json.VariableJson, Plain<sdk.VariableModel>>('none'),
  fits<json.AnnotationJson, Plain<sdk.AnnotationQuery>>('none'),
  fits<json.LinkJson, Plain<sdk.DashboardLink>>('none'),
  fits<json.RowJson['gridPos'], Plain<sdk.GridPos>>('none'),
  fits<Field, Plain<sdk.FieldConfig>>('none'),
  fits<json.ThresholdsJson['mode'], Plain<sdk.ThresholdsConfig>['mode']>('none'),
  fits<json.MappingJson, Plain<sdk.ValueMap>>('none'),
  fits<Panel, Plain<sdk.Panel>>('none'),
  fits<Omit<json.DashboardJson, 'panels'>, Omit<Plain<sdk.Dashboard>, 'panels'>>('none'),
];

/** What each kind of panel is told, by the names that its plugin has for it. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  timeseries: ['legend', 'tooltip'] satisfies (keyof timeseries.Options)[],
  stat: [
    'reduceOptions',
    'colorMode',
    'graphMode',
    'textMode',
    'orientation',
    'justifyMode',
    'wideLayout',
    'showPercentChange',
    'percentChangeColorMode',
  ] satisfies (keyof stat.Options)[],
  table: ['showHeader', 'cellHeight', 'sortBy'] satisfies (keyof table.Options)[],
  heatmap: [
    'calculate',
    'color',
    'yAxis',
    'cellGap',
    'filterValues',
    'showValue',
    'rowsFrame',
    'tooltip',
    'legend',
    'exemplars',
  ] satisfies (keyof heatmap.Options)[],
  'state-timeline': ['showValue', 'rowHeight', 'mergeValues', 'legend', 'tooltip'] satisfies (keyof stateTimeline.Options)[],
};
const CUSTOM: Readonly<Record<string, readonly string[]>> = {
  timeseries: [
    'drawStyle',
    'lineInterpolation',
    'fillOpacity',
    'showPoints',
    'spanNulls',
    'stacking',
    'thresholdsStyle',
  ] satisfies (keyof timeseries.FieldConfig)[],
  stat: [],
  table: ['filterable'] satisfies (keyof table.FieldConfig)[],
  heatmap: [],
  'state-timeline': ['fillOpacity', 'lineWidth'] satisfies (keyof stateTimeline.FieldConfig)[],
};

/** And these must not compile, or the lines above prove nothing. */
const REFUSED = [
  // @ts-expect-error a name that the SDK does not know
  fits<json.TargetJson & { readonly expression: string }, Plain<Dataquery>>('none'),
  // @ts-expect-error a value that its enum does not have
  fits<Omit<json.VariableJson, 'hide'> & { readonly hide: 7 }, Plain<sdk.VariableModel>>('none'),
];

test('O3: what is written is what the types of the SDK of Grafana know', () => {
  expect(new Set([...JUDGED, ...REFUSED])).toEqual(new Set(['none']));
  const panels = Object.values(boards(stackOf().objects())).flatMap(panelsIn);
  expect(new Set(panels.map(({ type }) => type as string))).toEqual(new Set(Object.keys(OPTIONS)));
  for (const { type, options, fieldConfig } of panels) {
    expect(OPTIONS[type]).toEqual(Object.keys(options as object));
    expect(CUSTOM[type]).toEqual(Object.keys(fieldConfig.defaults.custom as object));
  }
});
