import type { Meaning, Panel, Query, Row, Threshold, Unit } from './model';

/** What a panel may say beside its title and its queries. */
export type PanelOptions = Partial<Omit<Panel, 'kind' | 'title' | 'unit' | 'queries'>>;

/** The columns of a dashboard. */
export const COLUMNS = 24;

const panel =
  (kind: Panel['kind'], width: number, height: number) =>
  (title: string, unit: Unit, queries: readonly Query[], options: PanelOptions = {}): Panel => ({
    kind,
    title,
    unit,
    queries,
    width,
    height,
    ...options,
  });

/** Lines, three of them side by side. */
export const lines = panel('timeseries', 8, 8);
/** One number, six of them side by side. */
export const number = panel('stat', 4, 4);
/** A table across the whole. */
export const table = panel('table', COLUMNS, 9);
export const heatmap = panel('heatmap', 12, 8);
/** A band of colour that changes with the value. */
export const band = panel('state-timeline', COLUMNS, 5);

export const row = (title: string, panels: readonly Panel[]): Row => ({ title, panels });

/** One query by its name and PromQL. */
export const query = (legend: string, expr: string, more: Partial<Query> = {}): Query => ({ legend, expr, ...more });

export const GREEN: Threshold = { colour: 'green' };

/** Green, and another colour from a value on. Steps whose value is not known are left out. */
export function above(...steps: readonly (readonly [from: number | undefined, colour: Threshold['colour']])[]): Threshold[] {
  return [GREEN, ...steps.flatMap(([from, colour]) => (from === undefined ? [] : [{ from, colour }]))];
}

/** Red, and better from a value on. */
export function below(...steps: readonly (readonly [from: number, colour: Threshold['colour']])[]): Threshold[] {
  return [{ colour: 'red' }, ...steps.map(([from, colour]) => ({ from, colour }))];
}

/** What `flagger_canary_status` says: https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/metrics/recorder.go (SetStatus) */
export const RELEASE_STATUS: readonly Meaning[] = [
  { value: 0, text: 'under way', colour: 'blue' },
  { value: 1, text: 'well, or waits for somebody', colour: 'green' },
  { value: 2, text: 'failed', colour: 'red' },
];
