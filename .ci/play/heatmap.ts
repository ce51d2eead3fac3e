import type { Panel } from '../../lib/observability/dashboards/model';
import { type Box, type Span, round, text } from './shapes';
import { minutes } from './lines';
import type { RanQuery } from './panels';
import { inUnit } from './units';

/** Where requests lie, bucket by bucket: Prometheus' buckets hold those below them too, which are taken off. */
export function heatmap(panel: Panel, queries: readonly RanQuery[], box: Box, span: Span): string {
  const series = queries
    .flatMap((query) => query.series)
    .map(({ metric, values = [] }) => ({
      le: Number(metric.le === '+Inf' ? Infinity : metric.le),
      at: new Map(values.map(([t, v]) => [t, Number(v)])),
    }))
    .sort((a, b) => a.le - b.le);
  const cells = series.map(({ le, at }, i) => ({
    le,
    at: new Map([...at].map(([t, value]) => [t, Math.max(0, value - (series[i - 1]?.at.get(t) ?? 0))])),
  }));
  const most = Math.max(...cells.flatMap(({ at }) => [...at.values()]), 1);
  const used = cells.filter(({ at, le }) => Number.isFinite(le) && [...at.values()].some((value) => value > most / 500));
  const plot: Box = { x: box.x + 52, y: box.y, width: box.width - 56, height: box.height - 16 };
  const height = plot.height / used.length;
  const step = (15 / (span.to - span.from)) * plot.width;
  const x = (t: number) => plot.x + ((t - span.from) / (span.to - span.from)) * plot.width;
  return [
    ...used.flatMap(({ le, at }, i) => {
      const y = plot.y + plot.height - (i + 1) * height;
      return [
        text(plot.x - 5, y + 4, inUnit(le, panel.unit), 'axis', ' text-anchor="end"'),
        ...[...at]
          .filter(([, value]) => value > most / 500)
          .map(
            ([t, value]) =>
              `<rect x="${round(x(t) - step / 2)}" y="${round(y)}" width="${round(step + 0.2)}" height="${round(height)}" fill="#3f74c7" opacity="${round(0.1 + 0.9 * Math.sqrt(value / most))}"/>`,
          ),
      ];
    }),
    ...minutes(span).map(([t, name]) => text(x(t), plot.y + plot.height + 12, name, 'axis', ' text-anchor="middle"')),
  ].join('\n');
}
