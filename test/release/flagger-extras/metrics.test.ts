import { Duration } from 'cdk8s';
import { CanaryMetric, Health, PortProtocol, type QueryProps } from '../../../lib';
import type { ICanaryMetric } from '../../../lib/release/flagger/contract';
import { promqlProblems } from '../../../lib/promql/promql';
import { canaryQueryProblems } from '../../../lib/release/flagger/metrics/promql-checks';
import { templateProblems } from '../../../lib/release/flagger/metrics/template-variables';
import { schemaProblems } from '../../support/schemas';
import { CanaryWorld, FACTS, problemsOf } from './world';

const grpc = () =>
  new CanaryWorld({ service: { protocol: PortProtocol.GRPC, health: Health.grpc({ readinessService: 'teller' }) } });

/** The query of a metric, as Flagger's provider for Prometheus sends it: one line. */
function queryOf(metric: ICanaryMetric, world = new CanaryWorld()): string {
  expect(problemsOf(metric, world.context)).toEqual([]);
  const { templateRef } = metric.bind(world.chart, world.context);
  const template = world.one('MetricTemplate', templateRef!.name);
  expect(schemaProblems(template)).toEqual([]);
  // What the user's own queries are asked for; ours are not asked again in every app.
  const query = template.spec.query as string;
  expect([...templateProblems(query, {}), ...canaryQueryProblems(query, {})]).toEqual([]);
  return query.replace(/\s+/g, ' ');
}

describe("Flagger's own metrics", () => {
  let chart: CanaryWorld['chart'], context: CanaryWorld['context'];
  beforeAll(() => {
    ({ chart, context } = new CanaryWorld());
  });

  test('success rate', () => {
    expect(CanaryMetric.successRate(99.7).bind(chart, context)).toEqual({
      name: 'request-success-rate',
      thresholdRange: { min: 99.7 },
      intervalSeconds: 60,
      describes: '99.7 % of the requests succeed',
    });
  });

  test('p99', () => {
    const metric = CanaryMetric.latencyP99(Duration.millis(430), { interval: Duration.seconds(55) });
    expect(metric.bind(chart, context)).toEqual({
      name: 'request-duration',
      thresholdRange: { max: 430 },
      intervalSeconds: 55,
      describes: '99 % of the requests take at most 430 ms',
    });
  });

  test('p99 is compared in whole milliseconds, so that it is given in them', () => {
    expect(() => CanaryMetric.latencyP99(Duration.millis(0.5))).toThrow(
      'CanaryMetric.latencyQuantile.limit: 0.5 ms must be whole milliseconds, which is what Flagger compares; use 1 ms',
    );
  });
});

describe('a latency of another percentile is read from the histogram of the mesh (rule 19)', () => {
  const OF = 'reporter="destination",destination_workload_namespace="{{ namespace }}",destination_workload="{{ target }}"';

  test.each([
    [50, '0.5', 'latency-p50'],
    [90, '0.9', 'latency-p90'],
    [95, '0.95', 'latency-p95'],
    [99.9, '0.999', 'latency-p99-9'],
    [99.99, '0.9999', 'latency-p99-99'],
  ])('p%s', (percentile, quantile, name) => {
    const world = new CanaryWorld();
    const metric = CanaryMetric.latencyQuantile(percentile, Duration.millis(220));
    expect(queryOf(metric, world)).toBe(
      `histogram_quantile(${quantile}, sum by (le) (rate(istio_request_duration_milliseconds_bucket{${OF}}[{{ interval }}])))`,
    );
    expect(metric.bind(world.chart, world.context)).toEqual({
      name,
      templateRef: { name, namespace: 'vault' },
      thresholdRange: { max: 220 },
      // Without one Flagger would put nothing into the query's range.
      intervalSeconds: 60,
      templateVariables: undefined,
      describes: `${percentile} % of the requests take at most 220 ms`,
    });
  });

  test('canaries of a namespace share it, each with a limit of its own', () => {
    const world = new CanaryWorld();
    for (const limit of [100, 250]) CanaryMetric.latencyQuantile(95, Duration.millis(limit)).bind(world.chart, world.context);
    expect(world.objects().filter(({ kind }) => kind === 'MetricTemplate')).toHaveLength(1);
  });

  test('it is asked of the platform’s Prometheus', () => {
    const world = new CanaryWorld({ platform: { prometheus: { address: 'https://prom.example.com:9091/tenant' } } });
    CanaryMetric.latencyQuantile(95, Duration.millis(1)).bind(world.chart, world.context);
    expect(world.one('MetricTemplate').spec.provider).toEqual({
      type: 'prometheus',
      address: 'https://prom.example.com:9091/tenant',
    });
  });
});

describe('errors', () => {
  const all =
    'istio_requests_total{reporter="destination",destination_workload_namespace="{{ namespace }}",destination_workload="{{ target }}"';

  test('of gRPC are counted by the status of the call (rule 19)', () => {
    expect(queryOf(CanaryMetric.grpcSuccessRate(99), grpc())).toBe(
      `sum(rate(${all},request_protocol="grpc",grpc_response_status!~"2|4|12|13|14|15",response_code!~"5.*"}[{{ interval }}])) / ` +
        `sum(rate(${all},request_protocol="grpc"}[{{ interval }}])) * 100`,
    );
    expect(CanaryMetric.grpcSuccessRate(99).seesErrors).toBe(true);
  });

  // A count of failures has no series while nothing fails, and Flagger fails a check without a series.
  test('are what is left of the successes, so that a canary without any error has a value', () => {
    expect(queryOf(CanaryMetric.errorRate(1))).toBe(
      `100 - sum(rate(${all},response_code!~"5.*"}[{{ interval }}])) / sum(rate(${all}}[{{ interval }}])) * 100`,
    );
    expect(queryOf(CanaryMetric.errorRate(1), grpc())).toMatch(/^100 - sum\(rate\(.*grpc_response_status!~/);
  });

  test('Flagger’s own success rate does not see those of gRPC', () => {
    expect(CanaryMetric.successRate(99).seesErrors).toBe(false);
    expect(CanaryMetric.errorRate(1).seesErrors).toBe(true);
  });
});

describe('every query of ours', () => {
  const QUERIES: [string, () => string][] = [
    ['latency', () => queryOf(CanaryMetric.latencyQuantile(95, Duration.millis(1)))],
    ['errors', () => queryOf(CanaryMetric.errorRate(1))],
    ['errors of gRPC', () => queryOf(CanaryMetric.errorRate(1), grpc())],
    ['success of gRPC', () => queryOf(CanaryMetric.grpcSuccessRate(99), grpc())],
  ];

  test.each(QUERIES)('parses, once Flagger has put the values in: %s', (_name, query) => {
    const said = query()
      .replaceAll('{{ namespace }}', 'vault')
      .replaceAll('{{ target }}', 'teller')
      .replaceAll('{{ interval }}', '1m');
    expect(said).not.toContain('{{');
    expect(promqlProblems(said)).toEqual([]);
  });

  test.each(QUERIES)('counts the pods of the new version alone, as their own proxies see them: %s', (_name, query) => {
    for (const [, matchers] of query().matchAll(/\{([^{}]*(?:\{\{[^}]*\}\}[^{}]*)*)\}\[/g)) {
      expect(matchers).toContain('reporter="destination"');
      // No regular expression: `teller.*` would be the primary's too.
      expect(matchers).toContain('destination_workload="{{ target }}"');
      expect(matchers).toContain('destination_workload_namespace="{{ namespace }}"');
    }
  });
});

describe('a query of the user', () => {
  const metric = (props: Partial<QueryProps>) =>
    CanaryMetric.promql({ name: 'rejected', query: 'sum(a{b="{{ target }}"})', threshold: { max: 3 }, ...props });
  const wrong = (query: string) => problemsOf(metric({ query }), FACTS).map((one) => one.replace(/^.*?: /, ''));

  test('becomes a MetricTemplate, and its variables a part of the canary', () => {
    const world = new CanaryWorld();
    const one = metric({
      query: 'sum(rate(rejected_total{pod=~"{{ target }}-[a-z0-9]+-[a-z0-9]+",queue="{{ variables.queue }}"}[{{ interval }}]))',
      threshold: { min: 1, max: 3 },
      variables: { queue: 'in-7' },
      interval: Duration.seconds(50),
      countsErrors: true,
    });
    expect(problemsOf(one, world.context)).toEqual([]);
    expect(one.bind(world.chart, world.context)).toEqual({
      name: 'rejected',
      templateRef: { name: 'rejected', namespace: 'vault' },
      intervalSeconds: 50,
      thresholdRange: { min: 1, max: 3 },
      templateVariables: { queue: 'in-7' },
      describes: 'rejected is from 1 to 3',
    });
    expect(one.seesErrors).toBe(true);
    expect(world.one('MetricTemplate', 'rejected').spec.query).toContain('{{ variables.queue }}');
  });

  test.each([
    'sum(a{b="{{ target }}"})',
    'max without () (a{b="{{ target }}"}) or vector(0)',
    'vector(scalar(a{b="{{ target }}"}) * 2)',
    '-(sum(a{b="{{ target }}"}) / on () count(a{b="{{ target }}"}))',
    'histogram_quantile(0.9, sum by (le) (rate(a{b="{{ target }}"}[{{ interval }}])))',
    'clamp_max(sum(a{b="{{ target }}"} offset 5m), 5)',
    'absent(a{b="{{ target }}"})',
  ])('gives one number: %s', (query) => {
    const said = wrong(query).filter((one) => one.includes('several series'));
    // `without ()` keeps every label.
    expect(said).toHaveLength(query.includes('without') ? 1 : 0);
  });

  test.each([
    'a{b="{{ target }}"}',
    'rate(a{b="{{ target }}"}[{{ interval }}])',
    'sum by (pod) (a{b="{{ target }}"})',
    'topk(1, a{b="{{ target }}"})',
    'sum(a{b="{{ target }}"}) + a{b="{{ target }}"}',
    'histogram_quantile(0.9, sum by (le, pod) (rate(a{b="{{ target }}"}[{{ interval }}])))',
    'histogram_quantile(0.9, rate(a{b="{{ target }}"}[{{ interval }}]))',
  ])('may give several, of which Flagger takes the last: %s', (query) => {
    expect(wrong(query)).toEqual([
      'may give several series, of which Flagger takes the last, whichever that is; put sum(…) around it',
    ]);
  });

  // Prometheus answers with a scalar then, which Flagger fails to read: checked with its own package.
  test.each(['scalar(a{b="{{ target }}"})', '1 + 1', 'time()'])('that gives a number is none for Flagger: %s', (query) => {
    expect(wrong(query)).toEqual(['gives a number, and Flagger reads vectors only; put vector(…) around it']);
  });

  // Pods of the new version are `teller-<hash>-<id>`, those of the old one `teller-primary-<hash>-<id>`.
  test.each([
    ['{{ target }}-[a-z0-9]+-[a-z0-9]+', false],
    ['{{ target }}', false],
    ['{{ target }}-[0-9a-zA-Z]+(-[0-9a-zA-Z]+)', false],
    ['{{ target }}.*', true],
    ['{{ target }}-.+', true],
    ['{{ target }}(-primary)?', true],
    ['.*{{ target }}.*', true],
  ])('pods by %s: the old version too is %s', (regex, both) => {
    const said = wrong(`sum(a{pod=~"${regex}"})`);
    expect(said.map((one) => /also matches {{ target }}-primary/.test(one))).toEqual(both ? [true] : []);
  });

  test('that names no version is taken with a warning', () => {
    const world = new CanaryWorld();
    metric({ query: 'sum(rejected_total)' }).bind(world.chart, world.context);
    expect(world.notes('warning')).toEqual([
      'Metric rejected names neither {{ target }} nor {{ service }}: unless its query tells versions apart by itself, the old one counts too',
    ]);
    const named = ['{{ target }}', '{{target}}', '{{  target  }}', '{{ service }}', '{{ variables.pod }}', '{{variables.a_7}}'];
    named.forEach((name, i) => metric({ query: `sum(a{b="${name}"})`, name: `more-${i}` }).bind(world.chart, world.context));
    expect(world.notes('warning')).toHaveLength(1);
  });

  test('of one name says one thing in a namespace', () => {
    const world = new CanaryWorld();
    metric({}).bind(world.chart, world.context);
    metric({ query: 'sum(c{d="{{ target }}"})' }).bind(world.chart, world.context);
    expect(() => world.objects()).toThrow(/MetricTemplate.*rejected.* is defined by/);
  });
});
