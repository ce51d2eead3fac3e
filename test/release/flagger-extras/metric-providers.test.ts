import { CanaryMetric, MetricProvider, type QueryProps } from '../../../lib';
import { schemaProblems } from '../../support/schemas';
import { CanaryWorld, FACTS, problemsOf } from './world';

const trust = { skipTlsVerification: { accept: 'An appliance with a certificate of its own' } };

/** Each provider of the CRD: how it is made, a query that it takes, what Flagger is told, and what must be there. */
const PROVIDERS: Readonly<
  Record<
    string,
    {
      readonly make: () => MetricProvider;
      readonly query: string;
      readonly spec: object;
      readonly needs?: string;
      readonly range?: QueryProps['threshold'];
    }
  >
> = {
  prometheus: {
    make: () =>
      MetricProvider.prometheus({
        address: 'https://prom.example.com',
        secret: 'prom',
        headers: { 'X-Scope-OrgID': 'vault' },
        ...trust,
      }),
    query: 'sum(a{b="{{ target }}"})',
    spec: {
      type: 'prometheus',
      address: 'https://prom.example.com',
      secretRef: { name: 'prom' },
      headers: { 'X-Scope-OrgID': ['vault'] },
      insecureSkipVerify: true,
    },
    needs: 'Secret prom in namespace vault holds token, or username and password, for Flagger to ask prometheus.',
  },
  influxdb: {
    make: () => MetricProvider.influxDb({ address: 'https://influx.example.com:8086', secret: 'influx' }),
    query: 'from(bucket: "{{ target }}") |> range(start: -{{ interval }})',
    range: { min: 0.5, max: 9 },
    spec: { type: 'influxdb', address: 'https://influx.example.com:8086', secretRef: { name: 'influx' } },
    needs: 'Secret influx in namespace vault holds token and org, for Flagger to ask influxdb.',
  },
  datadog: {
    make: () => MetricProvider.datadog({ address: 'https://api.datadoghq.eu', secret: 'dog' }),
    query: 'avg:teller.errors{deployment:{{ target }}}.as_rate()',
    spec: { type: 'datadog', address: 'https://api.datadoghq.eu', secretRef: { name: 'dog' } },
    needs: 'Secret dog in namespace vault holds datadog_api_key and datadog_application_key, for Flagger to ask datadog.',
  },
  externalmetrics: {
    make: () => MetricProvider.externalMetrics({ address: 'https://metrics.example.com', secret: 'ext', ...trust }),
    query: '{{ namespace }}/queue-length?labelSelector=app%3D{{ target }}',
    spec: {
      type: 'externalmetrics',
      address: 'https://metrics.example.com',
      secretRef: { name: 'ext' },
      insecureSkipVerify: true,
    },
    needs: 'An adapter serves the external metrics that releases are judged by.',
  },
  stackdriver: {
    make: () => MetricProvider.stackdriver({ secret: 'google' }),
    query: "fetch k8s_container | filter metric.service == '{{ service }}-canary'",
    spec: { type: 'stackdriver', secretRef: { name: 'google' } },
    needs:
      'Secret google in namespace vault holds project, and serviceAccountKey where Flagger has no workload identity, for Flagger to ask stackdriver.',
  },
  cloudwatch: {
    make: () => MetricProvider.cloudWatch({ region: 'eu-central-2' }),
    query:
      '[{"Id":"e1","Expression":"m1 / m2"},{"Id":"m1","ReturnData":false,"MetricStat":{"Metric":{"MetricName":"{{ target }}"}}}]',
    spec: { type: 'cloudwatch', region: 'eu-central-2' },
    needs: 'Flagger runs under a role of AWS that may call cloudwatch:GetMetricData in eu-central-2.',
  },
  newrelic: {
    make: () => MetricProvider.newRelic({ address: 'https://insights-api.eu.newrelic.com', secret: 'relic' }),
    query: "SELECT percentage(count(*), WHERE error) FROM Transaction WHERE app = '{{ target }}'",
    spec: { type: 'newrelic', address: 'https://insights-api.eu.newrelic.com', secretRef: { name: 'relic' } },
    needs: 'Secret relic in namespace vault holds newrelic_account_id and newrelic_query_key, for Flagger to ask newrelic.',
  },
  graphite: {
    make: () => MetricProvider.graphite({ address: 'http://graphite.monitoring', secret: 'graph', ...trust }),
    query: 'target=sumSeries(errors.{{ target }}.*)&from=-5min',
    spec: { type: 'graphite', address: 'http://graphite.monitoring', secretRef: { name: 'graph' }, insecureSkipVerify: true },
    needs: 'Secret graph in namespace vault holds username and password, for Flagger to ask graphite.',
  },
  dynatrace: {
    make: () => MetricProvider.dynatrace({ address: 'https://abc12345.live.dynatrace.com', secret: 'dyna' }),
    query: 'builtin:service.errors.total.rate:filter(eq(deployment,"{{ target }}"))',
    spec: { type: 'dynatrace', address: 'https://abc12345.live.dynatrace.com', secretRef: { name: 'dyna' } },
    needs: 'Secret dyna in namespace vault holds dynatrace_token, for Flagger to ask dynatrace.',
  },
  keptn: {
    make: () => MetricProvider.keptn(),
    query: 'analysis/{{ namespace }}/errors/{{ interval }}/workload={{ target }}',
    spec: { type: 'keptn' },
    needs: 'Keptn is installed, and Flagger may read its metrics and create its analyses.',
  },
  splunk: {
    make: () => MetricProvider.splunk({ address: 'https://api.eu1.signalfx.com', secret: 'splunk' }),
    query: "data('errors', filter=filter('sf_service', '{{ target }}')).sum().publish()",
    spec: { type: 'splunk', address: 'https://api.eu1.signalfx.com', secretRef: { name: 'splunk' } },
    needs: 'Secret splunk in namespace vault holds sf_token_key, for Flagger to ask splunk.',
  },
};

test.each(Object.entries(PROVIDERS))(
  '%s is told to Flagger as its source reads it',
  (type, { make, query, spec, needs, range }) => {
    const world = new CanaryWorld();
    const metric = CanaryMetric.template({ name: 'errors', provider: make(), query, threshold: range ?? { max: 5 } });
    expect(problemsOf(metric, world.context)).toEqual([]);
    const before = world.notes('prerequisite');
    metric.bind(world.chart, world.context);
    const template = world.one('MetricTemplate', 'errors');
    expect(template.spec).toEqual({ provider: spec, query });
    expect(template.spec.provider.type).toBe(type);
    expect(schemaProblems(template)).toEqual([]);
    const secret = 'Secret ext in namespace vault holds token, for Flagger to ask externalmetrics.';
    const told = world.notes('prerequisite').filter((text) => !before.includes(text));
    expect(told).toEqual(type === 'externalmetrics' ? [secret, needs] : [needs]);
  },
);

test('there is one of each kind that the CRD knows', () => {
  const template = { apiVersion: 'flagger.app/v1beta1', kind: 'MetricTemplate', metadata: { name: 'a' } };
  const known = (type: string) => schemaProblems({ ...template, spec: { provider: { type }, query: 'a' } }).length === 0;
  expect(Object.keys(PROVIDERS).every(known)).toBe(true);
  expect(Object.keys(PROVIDERS)).toHaveLength(11);
});

test('a certificate that is not verified is in the report', () => {
  const world = new CanaryWorld();
  const { make, query } = PROVIDERS.graphite!;
  CanaryMetric.template({ name: 'errors', provider: make(), query, threshold: { max: 5 } }).bind(world.chart, world.context);
  expect(world.notes('acceptance')).toEqual([
    'Metric errors is asked of whoever answers at http://graphite.monitoring: An appliance with a certificate of its own',
  ]);
});

// influxdb.go returns 0 where there is no row.
test.each([
  [{ max: 5 }, false],
  [{ min: 0, max: 5 }, false],
  [{ min: 0.1 }, true],
  [{ max: -1 }, true],
])('InfluxDB with %j takes no absence for a success: %s', (threshold, holds) => {
  const { make, query } = PROVIDERS.influxdb!;
  const metric = CanaryMetric.template({ name: 'errors', provider: make(), query, threshold });
  expect(problemsOf(metric, FACTS)).toHaveLength(holds ? 0 : 1);
});

test.each(['metric', '/metric', 'vault/metric', '{{ namespace }}/metric?labelSelector=app%3D{{ target }}'])(
  'the external metrics API takes %s',
  (query) => {
    const metric = CanaryMetric.template({
      name: 'errors',
      provider: MetricProvider.externalMetrics(),
      query,
      threshold: { max: 5 },
    });
    expect(problemsOf(metric, FACTS)).toEqual([]);
  },
);
