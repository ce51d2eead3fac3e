import { dashboardsOf, panelsOf } from '../../../lib/observability/dashboards/dashboards-of';
import { layout } from '../../../lib/observability/dashboards/layout';
import { ALERTS } from '../../../lib/observability/alerts/alert';
import { stackOf } from './world';

const boards = dashboardsOf(stackOf().stack.model).map((board) => [board.kind, board] as const);

describe.each(boards)('O3: dashboard %s', (_, board) => {
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
  const [, board] = boards[0]!;
  const [first, ...others] = board.rows;
  const more = { ...board, rows: [{ ...first!, panels: [...first!.panels, first!.panels[0]!] }, ...others] };
  const ids = (of: typeof board) => layout(of).map(({ id }) => id);
  const added = ids(more).filter((id) => !ids(board).includes(id));
  expect(added).toEqual([100 + first!.panels.length + 1]);
});
