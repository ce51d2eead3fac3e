import { Duration } from 'cdk8s';
import { CanaryMetric, type QueryProps } from 'cdk8s-banking';
import { onCanary } from '../canary';
import { type WrongInput, js, several } from '../wrong-input';

const metric = (make: () => ReturnType<typeof CanaryMetric.successRate>, port?: 'http' | 'grpc' | 'tcp') =>
  onCanary('metrics', make, port);
const SUM = 'sum(rate(rejected_total{pod=~"{{ target }}-[a-z0-9]+-[a-z0-9]+"}[{{ interval }}]))';
const promql = (props: Partial<QueryProps>) =>
  metric(() => CanaryMetric.promql({ name: 'rejected', query: SUM, threshold: { max: 1 }, ...props }));

const queries: readonly WrongInput[] = [
  {
    kind: 'PromQL',
    what: 'A query does not parse',
    build: promql({ query: 'sum(rate(rejected_total{pod=~"{{ target }}-.+"}[{{ interval }}])' }),
    message: 'payments.release.metrics[0].query: the query ends too soon',
  },
  {
    kind: 'PromQL',
    what: 'A query may give several series',
    build: promql({ query: 'rate(rejected_total{pod=~"{{ target }}-[a-z0-9]+-[a-z0-9]+"}[{{ interval }}])' }),
    message:
      'payments.release.metrics[0].query: may give several series, of which Flagger takes the last, whichever that is; put sum(…) around it',
  },
  {
    kind: 'PromQL',
    what: 'A query counts the former version too',
    build: promql({ query: 'sum(rate(rejected_total{pod=~"{{ target }}-.*"}[{{ interval }}]))' }),
    message:
      'payments.release.metrics[0].query: "pod=~\\"{{ target }}-.*\\"" also matches {{ target }}-primary, the former version, so that the new one hides behind it; match the new one alone',
  },
  {
    kind: 'template variable',
    what: 'A query asks for what Flagger does not know',
    build: promql({ query: 'sum(rate(rejected_total{app="{{ workload }}"}[{{ interval }}]))' }),
    message:
      'payments.release.metrics[0].query: "{{ workload }}" is nothing that Flagger knows; use {{ name }}, {{ namespace }}, {{ target }}, {{ service }}, {{ ingress }}, {{ route }}, {{ interval }}, {{ variables.key }}',
  },
  {
    kind: 'template variable',
    what: 'A query asks for a variable that is not given',
    build: promql({
      query: 'sum(rate(rejected_total{queue="{{ variables.queue }}"}[{{ interval }}]))',
      variables: { quue: 'in' },
    }),
    message: several(
      'payments.release.metrics[0].query: asks for {{ variables.queue }}, which is not given; add it to variables',
      'payments.release.metrics[0].query: variable "quue" is given, and the query does not ask for it; write {{ variables.quue }}, or leave it out',
    ),
  },
  {
    kind: 'template variable',
    what: 'A variable leaves its place',
    build: promql({
      query: 'sum(rate(rejected_total{queue="{{ variables.queue }}"}[{{ interval }}]))',
      variables: { queue: 'in"} or up{job="x' },
    }),
    message:
      'payments.release.metrics[0].query: variable "queue" is "in\\"} or up{job=\\"x", which could leave its place in the query; use no quotes, "\\", braces or controls',
  },
  {
    kind: 'threshold',
    what: 'A metric has no bound',
    build: promql({ threshold: {} }),
    message: 'payments.release.metrics[0].threshold: names no bound, so that nothing could fail; give min or max',
  },
  {
    kind: 'threshold',
    what: 'Bounds are swapped',
    build: promql({ threshold: { min: 9, max: 1 } }),
    message: 'payments.release.metrics[0].threshold: min 9 is above max 1; swap them',
  },
  {
    kind: 'name',
    what: "A metric has the name of Flagger's own",
    build: promql({ name: 'request-duration' }),
    message:
      'payments.release.metrics[0].name: "request-duration" is a metric of Flagger\'s own, which it would measure instead; choose another name',
  },
  {
    kind: 'missing prop',
    what: 'A metric has neither name nor query',
    build: () => CanaryMetric.promql(js({ threshold: { max: 1 } })),
    message: several(
      'CanaryMetric.promql.name: is missing; it must be a string',
      'CanaryMetric.promql.query: is missing; it must be a string',
    ),
  },
  {
    kind: 'made by a factory',
    what: 'A metric names its provider',
    build: () => CanaryMetric.template(js({ provider: 'datadog', name: 'a', query: 'b', threshold: { max: 1 } })),
    message: 'CanaryMetric.template.provider: "datadog" must be made with MetricProvider.prometheus() or one of its sisters',
  },
];

const standard: readonly WrongInput[] = [
  {
    kind: 'percentage',
    what: 'A success rate is a share',
    build: metric(() => CanaryMetric.successRate(0.999)),
    message: 'payments.release.metrics[0]: 0.999 is a share, and percent are asked for; write 99.9',
  },
  {
    kind: 'percentage',
    what: 'An error rate is a success rate',
    build: metric(() => CanaryMetric.errorRate(99)),
    message: 'payments.release.metrics[0]: 99 must be a percentage from 0 to below 50, of what may fail; write it like 1',
  },
  {
    kind: 'percentage',
    what: 'A percentile is a share',
    build: () => CanaryMetric.latencyQuantile(0.95, Duration.millis(200)),
    message: 'CanaryMetric.latencyQuantile.percentile: 0.95 is a share, and percent are asked for; write 95',
  },
  {
    kind: 'percentage',
    what: 'Nobody may be slow',
    build: () => CanaryMetric.latencyQuantile(100, Duration.millis(200)),
    message:
      'CanaryMetric.latencyQuantile.percentile: 100 must be a percentage from 1 to below 100, with up to three decimals; write it like 95',
  },
  {
    kind: 'duration',
    what: 'A limit is a number',
    build: () => CanaryMetric.latencyP99(js(500)),
    message: 'CanaryMetric.latencyQuantile.limit: 500 must be a Duration, like Duration.seconds(10)',
  },
  {
    kind: 'errors that Flagger does not see',
    what: 'The errors of gRPC are looked for in statuses of HTTP',
    build: metric(() => CanaryMetric.successRate(99), 'grpc'),
    message:
      'payments.release.metrics[0]: counts statuses of HTTP, and port 9090 speaks grpc, whose errors travel inside a 200; use CanaryMetric.grpcSuccessRate',
  },
  {
    kind: 'errors that Flagger does not see',
    what: 'gRPC calls are looked for where there are none',
    build: metric(() => CanaryMetric.grpcSuccessRate(99)),
    message:
      'payments.release.metrics[0]: counts gRPC calls, and port 8080 speaks http, so that it would never find one; use CanaryMetric.successRate',
  },
  {
    kind: 'requests on bytes',
    what: 'Latency is asked of a database',
    build: metric(() => CanaryMetric.latencyQuantile(95, Duration.millis(200)), 'tcp'),
    message:
      'payments.release.metrics[0]: counts requests, and port 5432 speaks tcp, so that it would never find one; use CanaryMetric.promql with a metric of the service',
  },
  {
    kind: 'window',
    what: 'A metric looks back beyond the step',
    build: metric(() => CanaryMetric.errorRate(1, { interval: Duration.minutes(5) })),
    message:
      'payments.release.metrics[0].interval: 300 s looks back beyond the 60 s since the last look, so that the step before is judged too; use at most 60 s',
  },
];

export const metricTemplates: readonly WrongInput[] = [...queries, ...standard];
