import { is, isNot, oneOf, series } from '../../promql/selector';
import { aboutNamespace } from '../alerts/own-namespace';
import type { StackModel } from '../model';
import { PARTS, type PartKind } from '../rules/part-rules';
import { RECORDED, failureRatio } from '../rules/recorded';
import { CERT_MANAGER } from '../sources/cert-manager';
import { FLAGGER } from '../sources/flagger';
import { ISTIO, ISTIO_LABELS as LABELS } from '../sources/istio';
import { KUBE_STATE_METRICS } from '../sources/kube-state-metrics';
import { PROMETHEUS } from '../sources/prometheus';
import { VELERO } from '../sources/velero';
import type { LabelColumn, Panel, Query, Row } from './model';
import { RELEASE_STATUS, above, below, lines, number, query, row, table } from './panels';
import { trackOfPod } from './queries/pods';
import { maxBy, rate, relabel, share, sumBy } from './queries/rates';
import type { Requests } from './queries/requests';
import { sourcesOf } from './queries/sources';
import { chosen, chosenServices } from './variables';

const SERVICE = ['namespace', 'service'];
const DAY = 86_400;
const LEGEND = '{{namespace}}/{{service}}';

/** Everything at a glance: a line for each service. */
export function fleetRows(model: StackModel): Row[] {
  const of = (metric: string, more = {}) => series(metric, { ...chosenServices('several'), ...more });
  const all = { route: is('') };
  return [
    row('Now', [
      number('Services', 'short', [query('services', `count(count by (namespace, service) (${of(PARTS.part)}))`)], { width: 6 }),
      number('Budgets overdrawn', 'short', [query('goals', `sum(${of(RECORDED.budgetLeft)} < bool 0)`)], {
        width: 6,
        thresholds: above([1, 'red']),
      }),
      number('Alerts', 'short', [query('firing', `sum(${alerts()})`)], { width: 6, thresholds: above([1, 'red']) }),
      number('Releases under way', 'short', [query('releases', `sum(${releases()} == bool 0)`)], { width: 6 }),
    ]),
    row('Services', [
      table('Services', 'reqps', columns(model), { labels: LABEL_COLUMNS, height: 12, alerts: [] }),
      lines('Requests', 'reqps', [query(LEGEND, maxBy(SERVICE, of(RECORDED.requests, all)))], { min: 0 }),
      lines(
        'Fail',
        'percentunit',
        [query(LEGEND, maxBy(SERVICE, of(failureRatio(300), { ...all, objective: is('availability') })))],
        {
          description: 'Over five minutes, as each objective counts.',
          min: 0,
          alerts: ['AvailabilityBudgetBurn', 'ErrorSpike'],
        },
      ),
      lines(
        'Least error budget left',
        'percentunit',
        [query(LEGEND, `min by (namespace, service) (${of(RECORDED.budgetLeft)})`)],
        {
          max: 1,
          thresholds: below([0, 'orange'], [0.25, 'yellow'], [0.5, 'green']),
        },
      ),
    ]),
    row('Namespaces', namespacePanels(model)),
  ];
}

const LABEL_COLUMNS: readonly LabelColumn[] = [
  { label: 'namespace', title: 'Namespace' },
  { label: 'service', title: 'Service', opens: 'service' },
];

function columns(model: StackModel): Query[] {
  const of = (metric: string, more = {}) => series(metric, { ...chosenServices('several'), ...more });
  const all = { route: is('') };
  return [
    query('Requests', maxBy(SERVICE, of(RECORDED.requests, all))),
    query('Availability, a day', `1 - ${maxBy(SERVICE, of(failureRatio(DAY), { ...all, objective: is('availability') }))}`, {
      unit: 'percentunit',
    }),
    query('Least budget left', `min by (namespace, service) (${of(RECORDED.budgetLeft)})`, {
      unit: 'percentunit',
      thresholds: below([0, 'orange'], [0.25, 'yellow'], [0.5, 'green']),
    }),
    // Whichever proxies an objective asks, those of the service answer here: the question is the same.
    query('p95', [...new Set(sourcesOf(model, 'several').map(slowest))].join(' or '), { unit: 's' }),
    query('Alerts', alerts(), { unit: 'short', thresholds: above([1, 'red']) }),
    query('Release', releases(), { unit: 'none', meanings: RELEASE_STATUS }),
    query('Pods ready', deployments(KUBE_STATE_METRICS.metrics.deploymentReady), { unit: 'short' }),
    query('Pods wanted', deployments(KUBE_STATE_METRICS.metrics.deploymentReplicas), { unit: 'short' }),
  ];
}

/** The p95 of each service in seconds: by its name in the metrics of the mesh, or by the pods that report it. */
function slowest({ metrics }: Requests): string {
  const seconds = metrics.millisecond === 1 ? ' / 1000' : '';
  if (metrics.requests === ISTIO.metrics.requests) {
    const matchers = {
      [LABELS.reporter]: is('destination'),
      [LABELS.workloadNamespace]: chosen('namespace'),
      [LABELS.canonicalService]: chosen('service'),
      ...metrics.succeeded,
    };
    const named = relabel(
      relabel(rate(metrics.durationBucket, matchers), 'namespace', LABELS.workloadNamespace),
      'service',
      LABELS.canonicalService,
    );
    return `histogram_quantile(0.95, ${sumBy(['le', ...SERVICE], named)})${seconds}`;
  }
  const tracks = sumBy(
    ['le', 'namespace', 'track'],
    trackOfPod(rate(metrics.durationBucket, { namespace: chosen('namespace'), ...metrics.succeeded })),
  );
  return `histogram_quantile(0.95, ${sumBy(['le', ...SERVICE], `${tracks} ${ofTheService('Deployment', 'track')}`)})${seconds}`;
}

/** Alerts that fire, and zero where none does: what is recorded of the parts shows that the rules are loaded. */
function alerts(): string {
  const firing = series(PROMETHEUS.metrics.alerts, { ...chosenServices('several'), alertstate: is('firing') });
  return `count by (namespace, service) (${firing}) or 0 * ${maxBy(SERVICE, series(PARTS.part, chosenServices('several')))}`;
}

function releases(): string {
  // The namespace of the Canary, whether or not the monitor honours the label.
  const status = relabel(aboutNamespace(FLAGGER.metrics.status, chosen('namespace')), 'namespace', 'exported_namespace');
  return maxBy(SERVICE, `${maxBy(['namespace', 'name'], status)} ${ofTheService('Canary', 'name')}`);
}

function deployments(metric: string): string {
  const each = maxBy(['namespace', 'deployment'], series(metric, { namespace: chosen('namespace') }));
  return sumBy(SERVICE, `${each} ${ofTheService('Deployment', 'deployment')}`);
}

/** Joins series of parts with the service that they belong to. @param label by which the series name the part */
function ofTheService(kind: PartKind, label: string): string {
  const parts = series(PARTS.part, { ...chosenServices('several'), kind: is(kind) });
  return `* on (namespace, ${label}) group_left (service) ${label === 'name' ? parts : relabel(parts, label, 'name')}`;
}

function namespacePanels(model: StackModel): Panel[] {
  const quota = (type: string) =>
    maxBy(
      ['namespace', 'resourcequota', 'resource'],
      series(KUBE_STATE_METRICS.metrics.quota, { namespace: chosen('namespace'), type: is(type) }),
    );
  const { expires, ready } = CERT_MANAGER.metrics;
  const certificates = (metric: string, matchers = {}) =>
    maxBy(['name'], aboutNamespace(metric, oneOf(model.certificates), matchers));
  return [
    lines('Quota used', 'percentunit', [query('{{namespace}} {{resource}}', share(quota('used'), quota('hard')))], {
      description: 'At 100 % new pods are refused, those of a rollout among them.',
      thresholds: above([0.9, 'red']),
      min: 0,
      alerts: ['QuotaNearlyUsed'],
    }),
    lines('Certificates end in', 's', [query('{{name}}', `${certificates(expires)} - time()`)], {
      min: 0,
      alerts: ['CertificateExpiring'],
    }),
    lines('Certificates that are not ready', 'short', [query('{{name}}', certificates(ready, { condition: isNot('True') }))], {
      description: '1 where the issuer refuses it, or can not be reached.',
      steps: true,
      min: 0,
      max: 1,
      alerts: ['CertificateNotReady'],
    }),
    ...(model.backups.length === 0
      ? []
      : [
          lines(
            'Age of the last good backup',
            's',
            [
              query(
                '{{schedule}}',
                `time() - ${maxBy(['schedule'], series(VELERO.metrics.lastSuccess, { schedule: oneOf(model.backups.map(({ schedule }) => schedule)) }))}`,
              ),
            ],
            { min: 0, alerts: ['BackupMissed'] },
          ),
        ]),
  ];
}
