import type { GridPos } from './layout';
import type { Unit } from './model';

/**
 * The parts of Grafana's dashboards that are written here, as Grafana reads them. The tests hold them against the types of
 * Grafana's own SDK: https://github.com/grafana/grafana-foundation-sdk
 */
export interface DashboardJson {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly schemaVersion: number;
  readonly editable: boolean;
  /** 1: the cross-hair of one panel is shown in all. */
  readonly graphTooltip: 1;
  readonly refresh: string;
  readonly time: { readonly from: string; readonly to: string };
  readonly timezone: string;
  readonly links: readonly LinkJson[];
  readonly annotations: { readonly list: readonly AnnotationJson[] };
  readonly templating: { readonly list: readonly VariableJson[] };
  readonly panels: readonly (PanelJson | RowJson)[];
}

export interface DataSourceJson {
  readonly type: string;
  readonly uid: string;
}

export interface LinkJson {
  readonly title: string;
  readonly type: 'dashboards' | 'link';
  readonly icon: string;
  readonly tooltip: string;
  readonly tags: readonly string[];
  readonly url?: string;
  readonly asDropdown: boolean;
  readonly targetBlank: boolean;
  readonly includeVars: boolean;
  readonly keepTime: boolean;
}

export interface AnnotationJson {
  readonly name: string;
  readonly datasource: DataSourceJson;
  readonly enable: boolean;
  readonly iconColor: string;
  readonly expr: string;
  readonly step: string;
  readonly titleFormat: string;
  readonly textFormat: string;
}

export interface VariableJson {
  readonly type: 'datasource' | 'query';
  readonly name: string;
  readonly label: string;
  readonly datasource?: DataSourceJson;
  readonly query: string | { readonly qryType: number; readonly query: string; readonly refId: string };
  readonly definition?: string;
  readonly multi?: boolean;
  readonly includeAll?: boolean;
  readonly current?: { readonly text: readonly string[]; readonly value: readonly string[] };
  /** 1: when the dashboard is opened; 2: when another time is chosen as well. */
  readonly refresh: 1 | 2;
  /** 1: by the alphabet. */
  readonly sort?: 1;
  /** 2: nothing of it is shown. */
  readonly hide: 0 | 2;
}

export interface RowJson {
  readonly id: number;
  readonly type: 'row';
  readonly title: string;
  readonly gridPos: GridPos;
  readonly collapsed: boolean;
  readonly panels: readonly PanelJson[];
}

export interface PanelJson {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly gridPos: GridPos;
  readonly datasource: DataSourceJson;
  readonly links?: readonly PanelLinkJson[];
  readonly fieldConfig: { readonly defaults: FieldJson; readonly overrides: readonly OverrideJson[] };
  /** Each kind of panel has its own. */
  readonly options: Options;
  readonly transformations?: readonly { readonly id: string; readonly options: Options }[];
  readonly targets: readonly TargetJson[];
}

/** Beside a panel a link needs no more; Grafana fills in the rest. */
export type PanelLinkJson = Pick<LinkJson, 'title' | 'targetBlank'> & { readonly url: string };

export type Options = Readonly<Record<string, unknown>>;

export interface FieldJson {
  readonly unit: Unit;
  readonly min?: number;
  readonly max?: number;
  readonly noValue: string;
  readonly mappings?: readonly MappingJson[];
  readonly color: { readonly mode: 'palette-classic' | 'thresholds' };
  readonly thresholds: ThresholdsJson;
  readonly custom: Options;
}

export interface MappingJson {
  readonly type: 'value';
  readonly options: Readonly<Record<string, { readonly text: string; readonly color: string; readonly index: number }>>;
}

export interface ThresholdsJson {
  readonly mode: 'absolute';
  readonly steps: readonly { readonly value: number | null; readonly color: string }[];
}

export interface OverrideJson {
  readonly matcher: { readonly id: string; readonly options: string };
  readonly properties: readonly { readonly id: string; readonly value: unknown }[];
}

export interface TargetJson {
  readonly refId: string;
  readonly datasource: DataSourceJson;
  readonly expr: string;
  readonly legendFormat: string;
  readonly format: 'table' | 'heatmap' | 'time_series';
  readonly instant: boolean;
  readonly range: boolean;
}
