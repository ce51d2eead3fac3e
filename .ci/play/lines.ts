import type { Panel } from '../../lib/observability/dashboards/model';
import { type Box, type Span, fitted, last, legendOf, round, text } from './shapes';
import type { RanQuery } from './panels';
import { COLOURS, PALETTE, inUnit } from './units';

type Point = readonly [t: number, value: number];

interface Line {
  readonly name: string;
  readonly points: readonly Point[];
  readonly last: number;
}

/** A gap of so many seconds is shown as one. */
const GAP = 61;

/** Courses, with their scale, what is too much, and what they are called. */
export function lines(panel: Panel, queries: readonly RanQuery[], box: Box, span: Span): string {
  const all = queries.flatMap((query) =>
    query.series.map((series): Line => ({
      name: legendOf(query, series),
      points: (series.values ?? []).map(([t, value]): Point => [t, Number(value)]).filter(([, value]) => Number.isFinite(value)),
      last: last(series),
    })),
  );
  const shown = panel.stacked ? stacked(all) : all;
  const legend = Math.min(all.length, 3) * 13 + 4;
  const plot: Box = { x: box.x + 52, y: box.y, width: box.width - 56, height: box.height - legend - 14 };
  const values = shown.flatMap(({ points }) => points.map(([, value]) => value));
  const least = panel.min ?? Math.min(0, ...values);
  const most = Math.max(...values, least);
  const top = panel.max ?? (most > least ? nice(most, least) : least + 1);
  const x = (t: number) => plot.x + ((t - span.from) / (span.to - span.from)) * plot.width;
  const y = (value: number) => plot.y + plot.height * (1 - (Math.min(value, top) - least) / (top - least));
  const path = (points: readonly Point[]) =>
    points
      .map(([t, value], i) => {
        const before = points[i - 1];
        const starts = !before || t - before[0] > GAP;
        if (!starts && panel.steps) return `H${round(x(t))}V${round(y(value))}`;
        return `${starts ? 'M' : 'L'}${round(x(t))} ${round(y(value))}`;
      })
      .join('');
  return [
    ...(panel.stacked ? shown.map(({ points }, i) => area(path(points), points, x, plot.y + plot.height, i)).reverse() : []),
    ...[least, (least + top) / 2, top].map((value) =>
      [
        `<path d="M${round(plot.x)} ${round(y(value))}h${round(plot.width)}" stroke="#e6e9ed" fill="none"/>`,
        text(plot.x - 5, y(value) + 4, inUnit(value, panel.unit), 'axis', ' text-anchor="end"'),
      ].join(''),
    ),
    ...minutes(span).map(([t, name]) => text(x(t), plot.y + plot.height + 12, name, 'axis', ' text-anchor="middle"')),
    ...(panel.thresholds ?? [])
      .filter(({ from }) => from !== undefined && from > least && from < top)
      .map(
        ({ from, colour }) =>
          `<path d="M${round(plot.x)} ${round(y(from!))}h${round(plot.width)}" stroke="${COLOURS[colour]}" stroke-dasharray="4 3" fill="none"/>`,
      ),
    ...shown.map(
      ({ points }, i) => `<path d="${path(points)}" stroke="${PALETTE[i % PALETTE.length]}" stroke-width="1.6" fill="none"/>`,
    ),
    ...names(all, panel, box, box.y + box.height - legend + 12),
  ].join('\n');
}

/** A colour with much white in it: the lower of two areas covers the upper one. */
function pale(colour: string): string {
  const parts = [1, 3, 5].map((at) => Math.round(255 - (255 - parseInt(colour.slice(at, at + 2), 16)) * 0.2));
  return `#${parts.map((one) => one.toString(16).padStart(2, '0')).join('')}`;
}

/** The ground below a line. */
function area(line: string, points: readonly Point[], x: (t: number) => number, ground: number, i: number): string {
  if (points.length === 0) return '';
  return `<path d="${line}V${round(ground)}H${round(x(points[0]![0]))}Z" fill="${pale(PALETTE[i % PALETTE.length]!)}"/>`;
}

function names(all: readonly Line[], panel: Panel, box: Box, y: number): string[] {
  const half = box.width / 2;
  const room = all.length > 6 ? 5 : 6;
  const columns = all.length > 3 ? 2 : 1;
  const width = columns === 2 ? half : box.width;
  const said = all.slice(0, room).map(({ name, last: value }, i) => {
    const label = fitted(`${name}  ${inUnit(value, panel.unit)}`, width - 14);
    const left = box.x + (i >= 3 ? half : 0);
    const line = y + (i % 3) * 13;
    return `<path d="M${round(left)} ${round(line - 4)}h9" stroke="${PALETTE[i % PALETTE.length]}" stroke-width="3"/>${text(left + 13, line, label, 'legend')}`;
  });
  return all.length > room ? [...said, text(box.x + half, y + 26, `and ${all.length - room} more`, 'legend')] : said;
}

/** Each on top of those before it. */
function stacked(all: readonly Line[]): Line[] {
  const sums = new Map<number, number>();
  return all.map((line) => ({
    ...line,
    points: line.points.map(([t, value]): Point => {
      const sum = (sums.get(t) ?? 0) + value;
      sums.set(t, sum);
      return [t, sum];
    }),
  }));
}

/** A round number above all values. */
function nice(most: number, least: number): number {
  const size = most - least;
  const power = 10 ** Math.floor(Math.log10(size));
  const step = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((one) => one * power >= size * 1.0001) ?? 10;
  return least + step * power;
}

/** Every fifth minute before the end. */
export function minutes({ from, to }: Span): [number, string][] {
  const marks: [number, string][] = [];
  for (let back = 0; to - back * 60 >= from; back += 5) marks.push([to - back * 60, back === 0 ? 'now' : `−${back} min`]);
  return marks.filter(([t]) => t > from + 60 && t < to - 30);
}
