import type { DashboardModel, Panel } from '../../lib/observability/dashboards/model';
import { drawn } from './drawing';
import { type Box, escaped, text } from './shapes';
import type { Ran, RanQuery } from './panels';

const WIDTH = 1200;
const COLUMN = WIDTH / 24;
const LINE = 22;
const HEAD = 62;
const ROW = 26;

/**
 * A dashboard as a picture, from what Prometheus has answered: the panels in their places, with their units and thresholds. It is
 * not Grafana's, and says so.
 */
export function picture(dashboard: DashboardModel, ran: Ran): string {
  const parts: string[] = [];
  let y = HEAD;
  for (const { title, panels } of dashboard.rows) {
    parts.push(text(8, y + 18, title, 'row'));
    y += ROW;
    for (const line of arranged(panels)) {
      let x = 0;
      const height = Math.max(...line.map((panel) => panel.height)) * LINE;
      for (const panel of line) {
        const box: Box = { x: x + 4, y: y + 3, width: panel.width * COLUMN - 8, height: panel.height * LINE - 6 };
        parts.push(drawn(panel, queriesOf(ran, dashboard, panel), box, ran));
        x += panel.width * COLUMN;
      }
      y += height;
    }
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${y + 12}" viewBox="0 0 ${WIDTH} ${y + 12}" font-family="Helvetica, Arial, sans-serif">`,
    `<title>${escaped(dashboard.title)}</title>`,
    `<style>${STYLE}</style>`,
    `<rect width="${WIDTH}" height="${y + 12}" fill="#eef0f3"/>`,
    text(8, 26, dashboard.title, 'title'),
    text(
      8,
      46,
      'Not Grafana: drawn by .ci/play from what a real Prometheus answered to the queries of the panels, while a canary went bad.',
      'note',
    ),
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

const STYLE = [
  'text{fill:#30343b;font-size:11px}',
  '.title{font-size:19px;font-weight:bold}',
  '.note{font-size:12px;fill:#8a3b12}',
  '.row{font-size:14px;font-weight:bold}',
  '.panel{font-size:12px;font-weight:bold}',
  '.axis,.legend{font-size:10px;fill:#5b616b}',
  '.none{fill:#9aa0a8;font-size:12px}',
].join('');

/** Panels side by side, as long as they fit. */
function arranged(panels: readonly Panel[]): Panel[][] {
  const lines: Panel[][] = [];
  let used = Infinity;
  for (const panel of panels) {
    if (used + panel.width > 24) {
      lines.push([]);
      used = 0;
    }
    lines.at(-1)!.push(panel);
    used += panel.width;
  }
  return lines;
}

function queriesOf({ queries }: Ran, { kind }: DashboardModel, panel: Panel): RanQuery[] {
  return queries.filter((one) => one.dashboard === kind && one.panel === panel);
}
