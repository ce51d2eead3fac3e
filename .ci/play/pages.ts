import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { panelsOf } from '../../lib/observability/dashboards/dashboards-of';
import type { DashboardModel, Panel } from '../../lib/observability/dashboards/model';
import { ROOT } from '../judge/paths';
import { EMPTY } from './empty';
import { type Ran, type RanQuery, nameOf } from './panels';
import { picture } from './picture';

const PAGE = join(ROOT, 'docs', 'dashboards.md');
const IMAGES = join(ROOT, 'docs', 'images');
const DRAWN = ['service', 'release'] as const;

/** Writes docs/dashboards.md and the pictures. */
export function writePages(ran: Ran): void {
  const [head] = existsSync(PAGE) ? readFileSync(PAGE, 'utf8').split(MARK) : [''];
  writeFileSync(PAGE, `${head}${MARK}\n\n${ran.dashboards.map((one) => tableOf(one, ran)).join('\n\n')}\n`);
  mkdirSync(IMAGES, { recursive: true });
  for (const dashboard of ran.dashboards) {
    if (!DRAWN.some((kind) => kind === dashboard.kind)) continue;
    writeFileSync(join(IMAGES, `dashboard-${dashboard.kind}.svg`), picture(dashboard, ran));
  }
}

/** What stands above is written by hand. */
const MARK = '<!-- Below: written by `npm run play -- --write` -->';

function tableOf(dashboard: DashboardModel, ran: Ran): string {
  const own = ran.queries.filter((one) => one.dashboard === dashboard.kind);
  const rows = panelsOf(dashboard).flatMap((panel) => own.filter((one) => one.panel === panel).map((one) => rowOf(panel, one)));
  return [
    `## ${dashboard.title}`,
    '',
    dashboard.description,
    '',
    '| panel | unit | line | query | series |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

function rowOf(panel: Panel, query: RanQuery): string {
  const own = panel.queries.find(({ legend }) => legend === query.legend)!;
  const gave = query.series.length > 0 ? String(query.series.length) : `none: ${EMPTY[nameOf(query)] ?? 'it should have'}`;
  const cells = [panel.title, own.unit ?? panel.unit, query.legend === '' ? '' : `\`${query.legend}\``, `\`${own.expr}\``, gave];
  return `| ${cells.map((one) => one.replace(/\|/g, '\\|').replace(/\s+/g, ' ')).join(' | ')} |`;
}

/** How the page differs from what has been seen: in its panels, in their queries, and in whether there was data. */
export function drift(ran: Ran): string[] {
  const page = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '';
  const known = new Set(page.split('\n').map(withoutCount));
  const rows = ran.dashboards.flatMap((one) => tableOf(one, ran).split('\n')).filter((line) => line.startsWith('| '));
  const missing = rows.filter((line) => !known.has(withoutCount(line)));
  return missing.length === 0
    ? []
    : [
        `docs/dashboards.md is not what was seen (${missing.length} rows); run \`npm run play -- --write\`: ${missing[0]!.slice(0, 120)}`,
      ];
}

const withoutCount = (line: string): string => line.replace(/\| \d+ \|$/, '| some |');
