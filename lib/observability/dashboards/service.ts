import { is, series } from '../../promql/selector';
import type { StackModel } from '../model';
import { istioMetrics } from '../request-metrics';
import { PARTS } from '../rules/part-rules';
import { RECORDED } from '../rules/recorded';
import { ISTIO_LABELS as LABELS } from '../sources/istio';
import { PROMETHEUS } from '../sources/prometheus';
import type { Row } from './model';
import { above, below, lines, number, query, row } from './panels';
import { flagged, towards } from './queries/connections';
import { inPods } from './queries/pods';
import { share } from './queries/rates';
import { failing, requests, requestsOf } from './queries/requests';
import { sourcesOf } from './queries/sources';
import { pods, restarts } from './queries/workloads';
import { requestRow } from './rows/requests';
import { saturationRow } from './rows/saturation';
import { chosenServices } from './variables';

/** The golden signals of one service: how much it does, how often it fails, how long it takes, how full it is. */
export function serviceRows(model: StackModel): Row[] {
  return [now(), ...sourcesOf(model, 'one').map((from) => requestRow(model, from)), callers(), saturationRow('one')];
}

function now(): Row {
  const of = (metric: string) => series(metric, { ...chosenServices('one'), route: is('') });
  const firing = series(PROMETHEUS.metrics.alerts, { ...chosenServices('one'), alertstate: is('firing') });
  return row('Now', [
    number('Requests', 'reqps', [query('a second', `max(${of(RECORDED.requests)})`)], {
      description: 'Requests a second that count for the objective.',
    }),
    number('Break the objective', 'percentunit', [query('{{objective}}', share(of(RECORDED.failures), of(RECORDED.requests)))], {
      description: 'The share of the requests that breaks each goal, over two minutes: failed, or too slow.',
    }),
    number('Error budget left', 'percentunit', [query('{{objective}}', of(RECORDED.budgetLeft))], {
      description: 'Of what each goal allows within its window. Below zero, the promise is broken.',
      thresholds: below([0, 'orange'], [0.25, 'yellow'], [0.5, 'green']),
      alerts: ['AvailabilityBudgetBurn', 'LatencyBudgetBurn'],
    }),
    number(
      'Pods',
      'short',
      [
        query('ready', `sum(${pods.ready('one')})`),
        query('wanted', `sum(${pods.wanted('one')})`),
        query('scraped', `sum(${series(PROMETHEUS.metrics.up, inPods('one'))})`),
      ],
      { description: 'Nothing is known of pods that are not scraped.', alerts: ['MetricsAbsent', 'TargetsDown'] },
    ),
    number('Restarts', 'short', [query('restarts', `sum(${restarts('one')})`)], {
      description: 'Within the last scrapes.',
      thresholds: above([1, 'orange']),
      alerts: ['CrashLooping'],
    }),
    number(
      'Alerts',
      'short',
      // Rules that are silent give nothing; what they record of the service's parts shows that they are loaded.
      [query('firing', `count(${firing}) or 0 * count(${series(PARTS.part, chosenServices('one'))})`)],
      { thresholds: above([1, 'red']) },
    ),
  ]);
}

const CALLER = [LABELS.sourceNamespace, LABELS.sourceWorkload];
const LEGEND = CALLER.map((label) => `{{${label}}}`).join('/');

function callers(): Row {
  const from = requestsOf(istioMetrics('source'), 'one');
  return row('Callers', [
    lines('Requests by caller', 'reqps', [query(LEGEND, requests(from, CALLER))], { stacked: true, min: 0 }),
    lines('Fail, by caller', 'percentunit', [query(LEGEND, failing(from, CALLER))], { min: 0 }),
    lines(
      'Dropped, or not connected',
      'short',
      [
        query(`${LEGEND} dropped`, flagged(towards('one'), CALLER, 'UO')),
        query(`${LEGEND} not connected`, flagged(towards('one'), CALLER, 'UF', 'UH')),
      ],
      {
        description:
          'Requests and connections that ended at the proxy of the caller: its circuit breaker was open, or nobody answered.',
        min: 0,
        alerts: ['ConnectionPoolOverflow', 'CallersCannotConnect'],
      },
    ),
  ]);
}
