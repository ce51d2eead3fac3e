import { DASHBOARDS } from '../../../lib';
import { dashboardsOf, panelsOf } from '../../../lib/observability/dashboards/dashboards-of';
import { heatmap, lines, number, row, table } from '../../../lib/observability/dashboards/panels';
import { layout } from '../../../lib/observability/dashboards/layout';
import type { DashboardModel } from '../../../lib/observability/dashboards/model';
import type { Dashboard } from '../../../lib/observability/links';
import { ALERTS } from '../../../lib/observability/alerts/alert';
import { stackOf } from './world';

const boardOf = (kind: Dashboard): DashboardModel => dashboardsOf(stackOf().stack.model).find((one) => one.kind === kind)!;

describe.each(DASHBOARDS)('O3: dashboard %s', (kind) => {
  let board: DashboardModel;
  beforeAll(() => (board = boardOf(kind)));

  test('has a title, a unit, and queries with names for every panel', () => {
    for (const panel of panelsOf(board)) {
      expect(panel.title).toMatch(/^[A-Za-z].{2,}/);
      expect(panel.unit).toBeTruthy();
      expect(panel.queries.length).toBeGreaterThan(0);
      for (const query of panel.queries) expect(query.legend).not.toBe('');
      if (panel.kind === 'table') expect(panel.labels?.length).toBeGreaterThan(0);
      const names = panel.queries.map(({ legend }) => legend);
      if (panel.kind === 'table') expect(new Set(names).size).toBe(names.length);
      for (const alert of panel.alerts ?? []) expect(ALERTS).toHaveProperty(alert);
    }
  });

  test('names no two panels of a row alike', () => {
    for (const { panels } of board.rows) {
      const titles = panels.map(({ title }) => title);
      expect(new Set(titles).size).toBe(titles.length);
    }
  });

  test('puts everything within 24 columns, nothing upon anything, under numbers of its own', () => {
    const taken = new Set<string>();
    const placed = layout(board);
    for (const { gridPos } of placed) {
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
          expect(taken.has(`${x},${y}`)).toBe(false);
          taken.add(`${x},${y}`);
        }
      }
    }
    const ids = placed.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

test('O3: a panel that is added leaves the numbers of other rows alone', () => {
  const board = boardOf('service');
  const [first, ...others] = board.rows;
  const more = { ...board, rows: [{ ...first!, panels: [...first!.panels, first!.panels[0]!] }, ...others] };
  const ids = (of: typeof board) => layout(of).map(({ id }) => id);
  const added = ids(more).filter((id) => !ids(board).includes(id));
  expect(added).toEqual([100 + first!.panels.length + 1]);
});

test('O3: what does not fit beside the others goes below the highest of them, and a row below all', () => {
  const panels = [
    number('a', 'none', []),
    lines('b', 'none', [], { width: 13 }),
    number('c', 'none', [], { width: 7 }),
    heatmap('d', 'none', [], { width: 1 }),
    table('e', 'none', []),
  ];
  const board = { ...boardOf('fleet'), rows: [row('first', panels), row('second', [number('f', 'none', [])])] };
  expect(layout(board).map(({ id, is, gridPos: { x, y, w, h } }) => [is.title, id, x, y, w, h])).toEqual([
    ['first', 100, 0, 0, 24, 1],
    ['a', 101, 0, 1, 4, 4],
    ['b', 102, 4, 1, 13, 8],
    ['c', 103, 17, 1, 7, 4],
    ['d', 104, 0, 9, 1, 8],
    ['e', 105, 0, 17, 24, 9],
    ['second', 200, 0, 26, 24, 1],
    ['f', 201, 0, 27, 4, 4],
  ]);
});
