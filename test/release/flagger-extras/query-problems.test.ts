import { CanaryMetric, MetricProvider, type QueryProps } from '../../../lib';
import { linesOf } from '../said';
import { FACTS } from './world';

/* Queries that Flagger could not send, or whose answer would mean something else. */

/** What is wrong with a query of the user's, a line each. */
const own = (props: Partial<QueryProps>) =>
  linesOf((problems) =>
    CanaryMetric.promql({ name: 'rejected', query: 'sum(a{b="{{ target }}"})', threshold: { max: 3 }, ...props }) //
      .validate(problems, 'it', FACTS),
  );
const asked = (provider: MetricProvider, query: string, max = 5) =>
  linesOf((problems) =>
    CanaryMetric.template({ name: 'errors', provider, query, threshold: { max } }).validate(problems, 'it', FACTS),
  );
const influx = (max: number) =>
  asked(MetricProvider.influxDb({ address: 'http://influx.a', secret: 'a' }), 'from(bucket: "a")', max);

test.each<[string, Partial<QueryProps>, string[]]>([
  [
    'a name with capitals',
    { name: 'Rejected' },
    [
      'teller.it.name: "Rejected" is not a name that Kubernetes takes; use 1 to 63 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
    ],
  ],
  [
    "the name of Flagger's own",
    { name: 'request-duration' },
    ['teller.it.name: "request-duration" is a metric of Flagger\'s own, which it would measure instead; choose another name'],
  ],
  ['nothing', { query: ' ' }, ['teller.it.query: is empty']],
  ['no bound', { threshold: {} }, ['teller.it.threshold: names no bound, so that nothing could fail; give min or max']],
  ['a bound that is no number', { threshold: { max: NaN } }, ['teller.it.threshold: max NaN must be a number']],
  ['a least that is no number', { threshold: { min: Infinity } }, ['teller.it.threshold: min Infinity must be a number']],
  [
    'one of two that keeps series apart',
    { query: 'round(a{b="{{ target }}"}, 5)' },
    ['teller.it.query: may give several series, of which Flagger takes the last, whichever that is; put sum(…) around it'],
  ],
  ['a dot that is one, behind the target', { query: 'sum(a{pod=~"{{ target }}\\\\.*"})' }, []],
  ['one number alone', { threshold: { min: 3, max: 3 } }, []],
  ['the wrong way round', { threshold: { min: 4, max: 3 } }, ['teller.it.threshold: min 4 is above max 3; swap them']],
  ['at least', { threshold: { min: 4 } }, []],
  [
    'an unknown action',
    { query: 'sum(a{b="{{ pod }}",c="{{ my variables.x }}",d="{{ variables.a-b }}"})' },
    [
      'teller.it.query: "{{ pod }}" is nothing that Flagger knows; use {{ name }}, {{ namespace }}, {{ target }}, {{ service }}, {{ ingress }}, {{ route }}, {{ interval }}, {{ variables.key }}',
      'teller.it.query: "{{ my variables.x }}" is nothing that Flagger knows; use {{ name }}, {{ namespace }}, {{ target }}, {{ service }}, {{ ingress }}, {{ route }}, {{ interval }}, {{ variables.key }}',
      'teller.it.query: "{{ variables.a-b }}" is nothing that Flagger knows; use {{ name }}, {{ namespace }}, {{ target }}, {{ service }}, {{ ingress }}, {{ route }}, {{ interval }}, {{ variables.key }}',
    ],
  ],
  ['an action that stays open', { query: 'sum(a{b="{{ target"})' }, ['teller.it.query: has "{{" without "}}"; close it']],
  ['no blanks around an action', { query: 'sum(a{b="{{target}}",c="{{variables.x}}"})', variables: { x: 'y' } }, []],
  [
    'a variable that is not given',
    { query: 'sum(a{b="{{ variables.x }}"})' },
    ['teller.it.query: asks for {{ variables.x }}, which is not given; add it to variables'],
  ],
  [
    'a variable that nobody asks for',
    { variables: { x: 'y' } },
    ['teller.it.query: variable "x" is given, and the query does not ask for it; write {{ variables.x }}, or leave it out'],
  ],
  [
    'a variable by no name',
    { variables: { '9x': 'y' } },
    ['teller.it.query: "9x" is not the name of a variable; use letters, digits and "_", not starting with a digit'],
  ],
  [
    'a variable of two lines',
    { query: 'sum(a{b="{{ variables.x }}"})', variables: { x: 'y\nz' } },
    [
      'teller.it.query: variable "x" is "y\\nz", which could leave its place in the query; use no quotes, "\\", braces or controls',
    ],
  ],
  [
    'a variable with a quote',
    { query: 'sum(a{b="{{ variables.x }}"})', variables: { x: 'y"z' } },
    [
      'teller.it.query: variable "x" is "y\\"z", which could leave its place in the query; use no quotes, "\\", braces or controls',
    ],
  ],
  ['an empty variable', { query: 'sum(a{b="{{ variables.x }}"})', variables: { x: '' } }, []],
  [
    'buckets by a variable',
    { query: 'sum(rate({{ variables.series }}{b="{{ target }}"}[{{ interval }}]))', variables: { series: 'a' } },
    [],
  ],
  ['buckets of one histogram', { query: 'histogram_fraction(0, 0.2, sum by (le) (rate(a{b="{{ target }}"}[1m])))' }, []],
  [
    'buckets of several',
    { query: 'histogram_fraction(0, 0.2, a{b="{{ target }}"})' },
    ['teller.it.query: may give several series, of which Flagger takes the last, whichever that is; put sum(…) around it'],
  ],
  ['a moment ago', { query: 'sum(a{b="{{ target }}"}) offset 5m' }, []],
  ['at the end', { query: 'sum(a{b="{{ target }}"} @ end())' }, []],
  [
    'all but a label',
    { query: 'sum without (pod) (a{b="{{ target }}"})' },
    ['teller.it.query: may give several series, of which Flagger takes the last, whichever that is; put sum(…) around it'],
  ],
  [
    'by a quoted label',
    { query: 'sum by ("a.b") (a{b="{{ target }}"})' },
    ['teller.it.query: may give several series, of which Flagger takes the last, whichever that is; put sum(…) around it'],
  ],
  [
    'pods by a quoted label',
    { query: 'sum({"a", "k8s.pod"=~"{{ target }}.*"})' },
    [
      'teller.it.query: "\\"k8s.pod\\"=~\\"{{ target }}.*\\"" also matches {{ target }}-primary, the former version, so that the new one hides behind it; match the new one alone',
    ],
  ],
  ['pods by a class of letters', { query: 'sum(a{pod=~"{{ target }}-\\\\w+-\\\\w{5}"})' }, []],
  ['pods that it is not', { query: 'sum(a{b="{{ target }}",pod!~"{{ target }}.*"})' }, []],
  ["anything's pods", { query: 'sum(a{b="{{ target }}",pod=~".*"})' }, []],
  [
    'two of which one has several',
    { query: 'clamp(sum(a{b="{{ target }}"}), 0, scalar(c)) + on () c' },
    ['teller.it.query: may give several series, of which Flagger takes the last, whichever that is; put sum(…) around it'],
  ],
])('a query: %s', (_what, given, problems) => {
  expect(own(given)).toEqual(problems);
});

test.each<[string, string, string[]]>([
  ['in lower case', ' select count(*) FROM a', []],
  [
    'a selection further on',
    'FROM a SELECT count(*)',
    ['teller.it.query: is no NRQL; write it like "SELECT percentage(count(*), WHERE …) FROM Transaction"'],
  ],
  [
    'a time of its own',
    'SELECT count(*) FROM a since 5 minutes ago',
    ['teller.it.query: says SINCE, which Flagger adds by itself; leave it out'],
  ],
  [
    'a word that begins alike',
    'SELECTED count(*) FROM a',
    ['teller.it.query: is no NRQL; write it like "SELECT percentage(count(*), WHERE …) FROM Transaction"'],
  ],
])('New Relic: %s', (_what, given, problems) => {
  expect(asked(MetricProvider.newRelic({ secret: 'relic' }), given)).toEqual(problems);
});

test.each<[string, string, string[]]>([
  ['the time first', 'from=-5min&target=a', []],
  ['blanks', ' target=a& from=-5min', []],
  ['no target', 'from=-5min&mytarget=a', ['teller.it.query: names no target; write it like "target=sumSeries(…)&from=-5min"']],
  ['no time', 'target=a&xfrom=-5min', ['teller.it.query: names no from, and Graphite then looks back a day; add "&from=-5min"']],
])('Graphite: %s', (_what, given, problems) => {
  expect(asked(MetricProvider.graphite({ address: 'http://graphite.monitoring' }), given)).toEqual(problems);
});

test.each<[string, string, string[]]>([
  ['a metric', 'keptnmetric/bank/errors', []],
  ['metrics', ' KeptnMetrics/bank/errors ', []],
  ['analyses', 'analyses/bank/errors/5m/workload=teller', []],
  [
    'a kind that is none',
    'mykeptnmetric/bank/errors',
    ['teller.it.query: is no query of Keptn; write it like "keptnmetric/<namespace>/<name>" or "analysis/<namespace>/<name>/1m"'],
  ],
  [
    'no name',
    'analysis/bank',
    ['teller.it.query: is no query of Keptn; write it like "keptnmetric/<namespace>/<name>" or "analysis/<namespace>/<name>/1m"'],
  ],
  [
    'too many parts',
    'analysis/bank/errors/5m/a=b/c',
    ['teller.it.query: is no query of Keptn; write it like "keptnmetric/<namespace>/<name>" or "analysis/<namespace>/<name>/1m"'],
  ],
])('Keptn: %s', (_what, given, problems) => {
  expect(asked(MetricProvider.keptn(), given)).toEqual(problems);
});

test.each<[string, string, string[]]>([
  ['one', '[{"Id":"a","Expression":"b"}]', []],
  [
    'no JSON',
    'a',
    ['teller.it.query: is no JSON list of queries; write it like [{ "id": "errors", "expression": "…", "returnData": true }]'],
  ],
  [
    'no list',
    '{"id":"a"}',
    ['teller.it.query: is no JSON list of queries; write it like [{ "id": "errors", "expression": "…", "returnData": true }]'],
  ],
  [
    'an empty list',
    '[]',
    ['teller.it.query: is no JSON list of queries; write it like [{ "id": "errors", "expression": "…", "returnData": true }]'],
  ],
  [
    'one that is nothing',
    '[null]',
    ['teller.it.query: has an entry without id, or without expression and metricStat; give each an id and one of the two'],
  ],
  [
    'one without id',
    '[{"expression":"b"}]',
    ['teller.it.query: has an entry without id, or without expression and metricStat; give each an id and one of the two'],
  ],
  [
    'one that asks nothing',
    '[{"id":"a"}]',
    ['teller.it.query: has an entry without id, or without expression and metricStat; give each an id and one of the two'],
  ],
  [
    'two results',
    '[{"id":"a","expression":"b"},{"id":"c","metricStat":{}}]',
    ['teller.it.query: returns 2 results, of which Flagger takes the first; set returnData: false on all but one'],
  ],
])('CloudWatch: %s', (_what, given, problems) => {
  expect(asked(MetricProvider.cloudWatch({ region: 'eu-central-1' }), given)).toEqual(problems);
});

test.each<[string, () => string[], string[]]>([
  [
    'Splunk without a series',
    () => asked(MetricProvider.splunk({ address: 'wss://stream.eu0.signalfx.com', secret: 'a' }), 'data(1)'),
    ['teller.it.query: publishes nothing, and Flagger waits for a published series; end it with .publish()'],
  ],
  [
    'InfluxDB up to 0',
    () => influx(0),
    [
      'teller.it.query: takes 0 for good, and Flagger reads 0 where InfluxDB finds nothing, so that a canary without requests would pass; set a threshold.min above 0',
    ],
  ],
  [
    'InfluxDB, which reads nothing as 0',
    () => influx(5),
    [
      'teller.it.query: takes 0 for good, and Flagger reads 0 where InfluxDB finds nothing, so that a canary without requests would pass; set a threshold.min above 0',
    ],
  ],
  [
    'an external metric with two parameters',
    () => asked(MetricProvider.externalMetrics(), 'bank/a?labelSelector=b&c=d'),
    [
      'teller.it.query: is no query of the external metrics API; write it like "namespace/metric?labelSelector=app%3D{{ target }}"',
    ],
  ],
])('others: %s', (_what, given, problems) => {
  expect(given()).toEqual(problems);
});
