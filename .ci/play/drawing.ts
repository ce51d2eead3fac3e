import type { Panel } from '../../lib/observability/dashboards/model';
import { heatmap } from './heatmap';
import { lines } from './lines';
import type { RanQuery } from './panels';
import type { Series } from './prometheus';
import { type Box, type Span, fitted, last, legendOf, round, text } from './shapes';
import { COLOURS, colourOf, inUnit, meaningOf } from './units';

/** One panel, with its title, in its place. */
export function drawn(panel: Panel, queries: readonly RanQuery[], box: Box, span: Span): string {
  const { x, y, width, height } = box;
  const inner: Box = { x: x + 8, y: y + 27, width: width - 16, height: height - 33 };
  const some = queries.some(({ series }) => series.length > 0);
  return [
    `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="3" fill="#fff" stroke="#d5d9df"/>`,
    text(x + 8, y + 15, fitted(panel.title, width - 12, 7.4), 'panel'),
    some ? content(panel, queries, inner, span) : text(inner.x, inner.y + inner.height / 2, 'nothing to show', 'none'),
  ].join('\n');
}

function content(panel: Panel, queries: readonly RanQuery[], box: Box, span: Span): string {
  switch (panel.kind) {
    case 'stat':
      return stat(panel, queries, box);
    case 'table':
      return table(panel, queries, box);
    case 'state-timeline':
      return bands(panel, queries, box, span);
    case 'heatmap':
      return heatmap(panel, queries, box, span);
    default:
      return lines(panel, queries, box, span);
  }
}

function stat(panel: Panel, queries: readonly RanQuery[], box: Box): string {
  const all = queries.flatMap((query) => query.series.map((series) => ({ name: legendOf(query, series), value: last(series) })));
  const each = box.height / all.length;
  const size = Math.min(26, each * 0.62);
  return all
    .map(({ name, value }, i) => {
      const said = meaningOf(value, panel.meanings) ?? inUnit(value, panel.unit);
      const fill = colourOf(value, panel.thresholds, panel.meanings);
      const room = Math.min(size, (box.width / Math.max(4, said.length)) * 1.7);
      const big = `font-size:${round(room)}px;font-weight:bold;fill:${fill}`;
      const middle = box.y + each * i + each / 2 + room / 3;
      const label =
        all.length > 1 || panel.kind !== 'stat' ? text(box.x + box.width, middle, name, 'axis', ' text-anchor="end"') : '';
      return `${text(box.x, middle, said, '', ` style="${big}"`)}${label}`;
    })
    .join('\n');
}

function bands(panel: Panel, queries: readonly RanQuery[], { x, y, width }: Box, { from, to }: Span): string {
  const at = (t: number) => x + ((t - from) / (to - from)) * width;
  return queries
    .flatMap(({ series }) => series)
    .flatMap(({ values = [] }, i) =>
      values.map(([t, value], j) => {
        const end = Math.min(values[j + 1]?.[0] ?? to, t + 30);
        const fill = colourOf(Number(value), panel.thresholds, panel.meanings);
        return `<rect x="${round(at(t))}" y="${round(y + 4 + i * 30)}" width="${round(at(end) - at(t) + 0.8)}" height="24" fill="${fill}"/>`;
      }),
    )
    .concat(
      (panel.meanings ?? []).map((one, i) =>
        text(x + 60 + i * 190, y + 48, `■ ${one.text}`, '', ` style="fill:${COLOURS[one.colour]}"`),
      ),
    )
    .join('\n');
}

function table(panel: Panel, queries: readonly RanQuery[], box: Box): string {
  const labels = panel.labels ?? [];
  const keyOf = ({ metric }: Series) => labels.map(({ label }) => metric[label] ?? '').join('\u0000');
  const keys = [...new Set(queries.flatMap(({ series }) => series.map(keyOf)))].sort();
  const shown = queries.filter(({ legend }) => legend !== '');
  const columns = labels.length + shown.length;
  const widths: readonly number[] = labels.map(({ label }) => (label === 'image' ? 4 : 1.6) as number).concat(shown.map(() => 1));
  const unit = box.width / widths.reduce((a, b) => a + b, 0);
  const left = Array.from({ length: columns }, (_, i) => box.x + unit * widths.slice(0, i).reduce((a, b) => a + b, 0));
  const cells = (key: string) => [
    ...key.split('\u0000'),
    ...shown.map(({ series, panel: { unit: own, queries: all }, legend }) => {
      const one = series.find((candidate) => keyOf(candidate) === key);
      const mine = all.find((candidate) => candidate.legend === legend);
      const value = one ? last(one) : NaN;
      return meaningOf(value, mine?.meanings) ?? inUnit(value, mine?.unit ?? own);
    }),
  ];
  const heads = [...labels.map(({ title }) => title), ...shown.map(({ legend }) => legend)];
  const room = Math.floor((box.height - 14) / 16);
  return [heads, ...keys.slice(0, room).map(cells)]
    .flatMap((line, i) =>
      line.map((one, j) => text(left[j]!, box.y + 10 + i * 16, fitted(one, unit * widths[j]! - 6, 6.5), i === 0 ? 'axis' : '')),
    )
    .join('\n');
}
