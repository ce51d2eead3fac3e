import type { StackModel } from '../../model';
import { tidy } from '../../objective/arithmetic';
import { commonBudget, commonLimit, commonSpike } from '../limits';
import type { Row } from '../model';
import { above, heatmap, lines, query, row } from '../panels';
import { increase, rate, relabel, sumBy } from '../queries/rates';
import { type Requests, failing, percentile, requests } from '../queries/requests';

const QUANTILES = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;

/** How much, how well and how fast, as one source counts it. */
export function requestRow(model: StackModel, from: Requests): Row {
  const { track, unit, code, all, metrics } = from;
  const legend = `{{${track}}}`;
  const inUnit = (limit: number | undefined) => (limit === undefined ? undefined : tidy(limit * metrics.millisecond));
  // `$1` is PromQL's own: what the brackets have caught.
  const classes = relabel(rate(metrics.requests, all), 'class', code, '(.).*');
  return row(`Requests, as counted by ${from.counted}`, [
    lines('Requests by code', 'reqps', [query('{{class}}xx', sumBy(['class'], classes))], {
      description: 'By the first digit of the status; 0xx got no answer. Errors of gRPC travel inside a 200.',
      stacked: true,
      min: 0,
    }),
    lines('Requests by track', 'reqps', [query(legend, requests(from, [track]))], { stacked: true, min: 0 }),
    lines('Fail, by track', 'percentunit', [query(legend, failing(from, [track]))], {
      description: 'The share of the requests that fails by fault of the service, as its objective counts them.',
      thresholds: above([commonBudget(model), 'yellow'], [commonSpike(model), 'red']),
      min: 0,
      alerts: ['ErrorSpike'],
    }),
    ...(['p50', 'p95', 'p99'] as const).map((name) =>
      lines(`${name} by track`, unit, [query(legend, percentile(from, QUANTILES[name], [track]))], {
        description: `${QUANTILES[name] * 100} % of the requests that succeed take at most so long.`,
        thresholds: above([inUnit(commonLimit(model, `latency-${name}`)), 'red']),
        min: 0,
        alerts: name === 'p50' ? [] : ['LatencySpike'],
      }),
    ),
    heatmap('How long requests take', unit, [query('{{le}}', sumBy(['le'], increase(metrics.durationBucket, all)))], {
      description: 'How many requests took how long. Two bands are two kinds of requests.',
    }),
  ]);
}
