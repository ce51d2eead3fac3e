import type { ThresholdRange } from '../contract';
import type { MetricProviderType } from './metric-provider';
import { canaryQueryProblems } from './promql-checks';
import { rendered } from './template-variables';

type Check = (query: string, threshold: ThresholdRange, variables: Readonly<Record<string, string>>) => string[];

const NOTHING: Check = () => [];

/**
 * What Flagger's source demands of a query, a sentence each. What is missing here is asked of the provider alone.
 * https://github.com/fluxcd/flagger/tree/v1.44.0/pkg/metrics/providers
 */
const CHECKS: Readonly<Record<MetricProviderType, Check>> = {
  prometheus: (query, _, variables) => canaryQueryProblems(query, variables),
  datadog: NOTHING,
  dynatrace: NOTHING,
  splunk: (query) =>
    unless(/\.publish\(/.test(query), 'publishes nothing, and Flagger waits for a published series; end it with .publish()'),
  stackdriver: NOTHING,
  // influxdb.go: a query that finds no row returns 0.
  influxdb: (_, { min = -Infinity, max = Infinity }) =>
    unless(
      min > 0 || max < 0,
      'takes 0 for good, and Flagger reads 0 where InfluxDB finds nothing, so that a canary without requests would pass; set a threshold.min above 0',
    ),
  // externalmetrics.go, parseExternalMetricsQuery
  externalmetrics: (query) =>
    unless(
      /^([^/?\s]*\/)?[^/?\s]+(\?labelSelector=[^&\s]+)?$/.test(sample(query)),
      'is no query of the external metrics API; write it like "namespace/metric?labelSelector=app%3D{{ target }}"',
    ),
  // cloudwatch.go: json.Unmarshal into []*MetricDataQuery
  cloudwatch: (query, _, variables) => cloudWatch(rendered(query, SAMPLE, variables)),
  // newrelic.go, newInsightsRequest
  newrelic: (query) => [
    ...unless(/^\s*SELECT\b/i.test(query), 'is no NRQL; write it like "SELECT percentage(count(*), WHERE …) FROM Transaction"'),
    ...unless(!/\bSINCE\b/i.test(query), 'says SINCE, which Flagger adds by itself; leave it out'),
  ],
  // graphite.go, RunQuery: it is put behind `/render?`.
  graphite: (query) => [
    ...unless(/(^|&)\s*target=/.test(query), 'names no target; write it like "target=sumSeries(…)&from=-5min"'),
    ...unless(/(^|&)\s*from=/.test(query), 'names no from, and Graphite then looks back a day; add "&from=-5min"'),
  ],
  // keptn.go, parseQuery
  keptn: (query) =>
    unless(
      /^(keptnmetrics?|analysis|analyses)\/[^/\s]+\/[^/\s]+(\/[^/\s]*){0,2}$/i.test(sample(query)),
      'is no query of Keptn; write it like "keptnmetric/<namespace>/<name>" or "analysis/<namespace>/<name>/1m"',
    ),
};

/** What is wrong with a query of a provider, a sentence each. */
export function providerQueryProblems(
  type: MetricProviderType,
  query: string,
  threshold: ThresholdRange,
  variables: Readonly<Record<string, string>>,
): string[] {
  return CHECKS[type](query, threshold, variables);
}

const SAMPLE = { name: 'x', namespace: 'x', target: 'x', service: 'x', ingress: 'x', route: 'x', interval: '60s' } as const;

/** With something in the place of what Flagger puts in. */
const sample = (query: string): string => query.trim().replace(/\{\{.*?\}\}/g, 'x');

const unless = (holds: boolean, what: string): string[] => (holds ? [] : [what]);

function cloudWatch(query: string): string[] {
  const bad = ['is no JSON list of queries; write it like [{ "id": "errors", "expression": "…", "returnData": true }]'];
  let list: unknown;
  try {
    list = JSON.parse(query);
  } catch {
    return bad;
  }
  if (!Array.isArray(list) || list.length === 0) return bad;
  const fields = (one: unknown) =>
    new Map(Object.entries(Object(one) as Record<string, unknown>).map(([key, value]) => [key.toLowerCase(), value]));
  const queries = list.map(fields);
  const idle = queries.find((one) => typeof one.get('id') !== 'string' || (!one.has('expression') && !one.has('metricstat')));
  if (idle) return ['has an entry without id, or without expression and metricStat; give each an id and one of the two'];
  // The first result counts: of several, the others must be kept back.
  const returned = queries.filter((one) => one.get('returndata') !== false);
  return unless(
    returned.length === 1,
    `returns ${returned.length} results, of which Flagger takes the first; set returnData: false on all but one`,
  );
}
