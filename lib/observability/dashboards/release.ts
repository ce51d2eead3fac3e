import { BUILT_IN } from '../../release/flagger/metrics/names';
import { type Matcher, is, matchesNot, series } from '../../promql/selector';
import { aboutNamespace } from '../alerts/own-namespace';
import type { StackModel } from '../model';
import { PARTS } from '../rules/part-rules';
import { FLAGGER } from '../sources/flagger';
import { KUBE_STATE_METRICS } from '../sources/kube-state-metrics';
import { tidy } from '../objective/arithmetic';
import { commonBudget, commonLimit, commonSpike } from './limits';
import type { Panel, Row } from './model';
import { RELEASE_STATUS, above, band, lines, number, query, row, table } from './panels';
import { maxBy } from './queries/rates';
import { type Requests, failing, percentile, requests } from './queries/requests';
import { sourcesOf } from './queries/sources';
import { images, restarts } from './queries/workloads';
import { podLines } from './rows/saturation';
import { chosen, chosenServices } from './variables';

const { status, weight, analysis, successes, failures } = FLAGGER.metrics;
const NAMESPACE = chosen('namespace', 'one');
const canary = (metric: string) => aboutNamespace(metric, NAMESPACE, { name: chosen('canary') });

/** The state of a release: 0 under way, 1 well, 2 failed. */
export const releaseStatus = maxBy(['name'], canary(status));

/** A release while it goes on: both tracks side by side, who gets how much, and what the new one is judged by. */
export function releaseRows(model: StackModel): Row[] {
  const byFlagger = model.services.some(({ head }) => head.isCanary);
  const sources = sourcesOf(model, 'one');
  return [
    ...(byFlagger ? [flaggerRow()] : []),
    row('Who gets how much', [
      ...(byFlagger ? [weights()] : []),
      ...sources.map((from) => observedShare(from, byFlagger, sources.length > 1)),
    ]),
    ...sources.map((from) => sideBySide(model, from)),
    ...(byFlagger ? [analysisRow()] : []),
    row('Pods of each track', [podLines('one'), crashes(), rollouts(), versions()]),
  ];
}

function flaggerRow(): Row {
  const ended = (metric: string) => {
    // A counter begins with the first release, at one: an increase would not see that.
    const all = (modifier = '') => `sum(${aboutNamespace(metric, NAMESPACE, { name: chosen('canary') }, modifier)})`;
    return `clamp_min(${all()} - (${all(' offset $__range')} or 0 * ${all()}), 0)`;
  };
  return row('Release', [
    number('Now', 'none', [query('{{name}}', releaseStatus)], {
      description: 'As Flagger says it. One that waits for an approval counts as well.',
      meanings: RELEASE_STATUS,
      alerts: ['CanaryFailed', 'CanaryStuck'],
    }),
    number('Requests to the new version', 'percent', [
      query('{{workload}}', maxBy(['workload'], aboutNamespace(weight, NAMESPACE, { workload: chosen('canary') }))),
    ]),
    // Each sample stands for the minute after it.
    number('Under way, in what is shown', 's', [
      query('{{name}}', `sum_over_time((${releaseStatus} == bool 0)[$__range:1m]) * 60`),
    ]),
    number('Promoted, in what is shown', 'short', [query('releases', ended(successes))]),
    number('Failed, in what is shown', 'short', [query('releases', ended(failures))], { thresholds: above([1, 'orange']) }),
    band('Releases', 'none', [query('{{name}}', releaseStatus)], { meanings: RELEASE_STATUS }),
  ]);
}

function weights(): Panel {
  // Flagger says one of each track: of the new version by its name, of the other as `<name>-primary`.
  const all = maxBy(['workload'], aboutNamespace(weight, NAMESPACE, { workload: chosen('track') }));
  return lines('Weights', 'percent', [query('{{workload}}', all)], {
    description: 'What Flagger has asked the mesh for.',
    steps: true,
    stacked: true,
    min: 0,
    max: 100,
    width: 12,
  });
}

function observedShare(from: Requests, half: boolean, others: boolean): Panel {
  const of = requests(from, [from.track]);
  return lines(
    others ? `What each track gets, as counted by ${from.counted}` : 'What each track gets',
    'percentunit',
    [query(`{{${from.track}}}`, `${of} / on () group_left () (sum(${of}) > 0)`)],
    {
      description: `The share of the requests, as counted by ${from.counted}.`,
      stacked: true,
      min: 0,
      max: 1,
      width: half ? 12 : 24,
    },
  );
}

function sideBySide(model: StackModel, from: Requests): Row {
  const { track, metrics, unit } = from;
  const legend = `{{${track}}}`;
  const p99 = commonLimit(model, 'latency-p99');
  const p95 = commonLimit(model, 'latency-p95');
  const at = (limit: number | undefined) => above([limit === undefined ? undefined : tidy(limit * metrics.millisecond), 'red']);
  const six = { width: 6, min: 0 };
  return row(`Side by side, as counted by ${from.counted}`, [
    lines('Requests', 'reqps', [query(legend, requests(from, [track]))], six),
    lines('Fail', 'percentunit', [query(legend, failing(from, [track]))], {
      ...six,
      thresholds: above([commonBudget(model), 'yellow'], [commonSpike(model), 'red']),
    }),
    lines('p95', unit, [query(legend, percentile(from, 0.95, [track]))], { ...six, thresholds: at(p95) }),
    lines('p99', unit, [query(legend, percentile(from, 0.99, [track]))], { ...six, thresholds: at(p99) }),
  ]);
}

/** What the new version is judged by: what Flagger has measured, and what it must keep to. */
function analysisRow(): Row {
  const judged = (title: string, unit: Panel['unit'], metric: Matcher, description: string) => {
    const measured = maxBy(['metric'], aboutNamespace(analysis, NAMESPACE, { name: chosen('canary'), metric }));
    const bound = series(PARTS.threshold, { ...chosenServices('one'), metric });
    return lines(title, unit, [query('{{metric}}', measured), query('{{metric}} {{bound}}', bound)], {
      description,
      steps: true,
    });
  };
  return row('What it is judged by', [
    judged('Success rate', 'percent', is(BUILT_IN.successRate), 'What Flagger measures by itself, and the least that it takes.'),
    judged('p99', 's', is(BUILT_IN.p99), 'What Flagger measures by itself, and the most that it takes.'),
    judged(
      'Metrics of its own',
      'short',
      matchesNot(`${BUILT_IN.successRate}|${BUILT_IN.p99}`),
      'By templates and queries, each in its own unit, with the least or the most of each.',
    ),
  ]);
}

const crashes = (): Panel =>
  lines('Restarts', 'short', [query('{{pod}} {{container}}', restarts('one'))], { min: 0, alerts: ['CrashLooping'] });

function rollouts(): Panel {
  const stuck = series(KUBE_STATE_METRICS.metrics.deploymentCondition, {
    namespace: NAMESPACE,
    deployment: chosen('track'),
    condition: is('Progressing'),
    status: is('false'),
  });
  return lines('Rollouts without progress', 'short', [query('{{deployment}}', maxBy(['deployment'], stuck))], {
    description: '1 where no new pod got ready within the deadline.',
    steps: true,
    min: 0,
    max: 1,
    alerts: ['RolloutStuck'],
  });
}

function versions(): Panel {
  return table('Images', 'short', [query('Containers', images('one'))], {
    labels: [
      { label: 'track', title: 'Track' },
      { label: 'container', title: 'Container' },
      { label: 'image', title: 'Image' },
    ],
  });
}
