import type { DashboardModel, Panel, Row } from './model';
import { COLUMNS } from './panels';

/** https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/#panel-size-and-position */
export interface GridPos {
  readonly h: number;
  readonly w: number;
  readonly x: number;
  readonly y: number;
}

/** A row's head, or a panel, in its place. Its number is stable as long as nothing is put before it. */
export interface Placed<T> {
  readonly id: number;
  readonly gridPos: GridPos;
  readonly is: T;
}

/** Puts panels side by side as long as there is room, and rows below one another. */
export function layout({ rows }: DashboardModel): (Placed<Row> | Placed<Panel>)[] {
  const placed: (Placed<Row> | Placed<Panel>)[] = [];
  let y = 0;
  rows.forEach((row, i) => {
    // A hundred numbers for each row, so that a panel that is added leaves those of the other rows alone.
    const first = (i + 1) * 100;
    placed.push({ id: first, gridPos: { h: 1, w: COLUMNS, x: 0, y }, is: row });
    y += 1;
    let x = 0;
    let lowest = y;
    row.panels.forEach((panel, j) => {
      if (x + panel.width > COLUMNS) {
        x = 0;
        y = lowest;
      }
      placed.push({ id: first + j + 1, gridPos: { h: panel.height, w: panel.width, x, y }, is: panel });
      x += panel.width;
      lowest = Math.max(lowest, y + panel.height);
    });
    y = lowest;
  });
  return placed;
}
