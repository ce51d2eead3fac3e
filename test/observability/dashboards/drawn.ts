import { grafanaPanel } from '../../../lib/observability/dashboards/grafana-panel';
import type { PanelJson } from '../../../lib/observability/dashboards/grafana-json';
import type { Panel } from '../../../lib/observability/dashboards/model';

const PLACE = { h: 3, w: 5, x: 7, y: 11 };
const SOURCE = { type: 'prometheus', uid: '$datasource' };
export const GREEN = { mode: 'absolute', steps: [{ value: null, color: 'green' }] };
export const TEXT = { mode: 'absolute', steps: [{ value: null, color: 'text' }] };

/** A panel as Grafana reads it, in a stack called `retail`. */
export const drawn = (is: Panel, links = {}): PanelJson => grafanaPanel({ id: 713, gridPos: PLACE, is }, 'retail', links);
/** What every panel says. */
export const panel = (type: string) => ({ id: 713, type, title: 'Title', gridPos: PLACE, datasource: SOURCE });
export const target = (refId: string, expr: string, legendFormat: string, format: string, instant: boolean) => ({
  refId,
  datasource: SOURCE,
  expr,
  legendFormat,
  format,
  instant,
  range: !instant,
});
