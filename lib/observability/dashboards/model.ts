import type { AlertName } from '../alerts/alert';
import type { Dashboard } from '../links';

/** In the words of Grafana: https://github.com/grafana/grafana/blob/main/packages/grafana-data/src/valueFormats/categories.ts */
export type Unit = 'reqps' | 'cps' | 'percentunit' | 'percent' | 'ms' | 's' | 'bytes' | 'Bps' | 'short' | 'none';

/** One line of a panel, or one column of a table. */
export interface Query {
  /** What the series are called: a text, and labels as `{{pod}}`. Of a table, the head of the column. */
  readonly legend: string;
  /** PromQL with Grafana's variables: `fillIn` puts values in their place. */
  readonly expr: string;
  /** Of a column. @default - that of the panel */
  readonly unit?: Unit;
  /** Of a column. @default - those of the panel */
  readonly thresholds?: readonly Threshold[];
  /** Of a column. @default - those of the panel */
  readonly meanings?: readonly Meaning[];
}

export type Colour = 'green' | 'yellow' | 'orange' | 'red' | 'blue' | 'text';

/** From this value on, the colour. The first has none: it begins below everything. */
export interface Threshold {
  readonly from?: number;
  readonly colour: Colour;
}

/** What a number stands for. */
export interface Meaning {
  readonly value: number;
  readonly text: string;
  readonly colour: Colour;
}

/** One label of a table's rows. */
export interface LabelColumn {
  readonly label: string;
  readonly title: string;
  /** The dashboard that a click opens, with the row's namespace and service. @default - none */
  readonly opens?: Dashboard;
}

export type PanelKind = 'timeseries' | 'stat' | 'table' | 'heatmap' | 'state-timeline';

export interface Panel {
  readonly kind: PanelKind;
  readonly title: string;
  /** What it means, for who looks at it for the first time. @default - the title says it */
  readonly description?: string;
  readonly unit: Unit;
  readonly queries: readonly Query[];
  /** Of the 24 columns of a dashboard. */
  readonly width: number;
  /** In rows of 30 pixels. */
  readonly height: number;
  readonly thresholds?: readonly Threshold[];
  readonly meanings?: readonly Meaning[];
  readonly min?: number;
  readonly max?: number;
  /** Whether the series add up. */
  readonly stacked?: boolean;
  /** Whether a value holds until the next one, as a weight does. */
  readonly steps?: boolean;
  /** Of a table. */
  readonly labels?: readonly LabelColumn[];
  /** The alerts that tell of the same thing: their runbooks are linked. */
  readonly alerts?: readonly AlertName[];
}

export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** A choice above a dashboard. */
export interface Variable {
  readonly name: string;
  readonly label: string;
  /** `label_values(…)`. */
  readonly query: string;
  /** Whether several can be chosen, and all are to begin with: in queries it is a regular expression then. */
  readonly multi: boolean;
  /** Whether it follows from the others, so that nobody has to see it. */
  readonly hidden: boolean;
}

/** Marks on the time line of every panel. */
export interface Annotation {
  readonly name: string;
  readonly expr: string;
  readonly title: string;
  readonly text: string;
  readonly colour: Colour;
}

/** One dashboard, before it is written as Grafana wants it. */
export interface DashboardModel {
  readonly kind: Dashboard;
  /** The same in every Grafana. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly variables: readonly Variable[];
  readonly annotations: readonly Annotation[];
  readonly rows: readonly Row[];
  /** What is shown when it is opened: `now-6h`. */
  readonly from: string;
}
