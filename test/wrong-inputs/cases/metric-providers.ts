import { CanaryMetric, MetricProvider, type QueryProps } from 'cdk8s-banking';
import { onCanary } from '../canary';
import { type WrongInput, js, several } from '../wrong-input';

const asked = (provider: () => MetricProvider, query: string, threshold: QueryProps['threshold'] = { max: 1 }) =>
  onCanary('metrics', () => CanaryMetric.template({ name: 'rejected', provider: provider(), query, threshold }));

/** One rejected example of each provider, and more of what they ask. */
export const metricProviders: readonly WrongInput[] = [
  {
    kind: 'metric provider',
    what: 'Prometheus is asked with a token in a header',
    build: () => MetricProvider.prometheus({ address: 'https://prom.example.com', headers: { Authorization: 'Bearer x' } }),
    message:
      'metric provider prometheus.headers: Authorization carries a credential, and manifests are committed to Git; put it into a Secret and name it in secret',
  },
  {
    kind: 'metric provider',
    what: 'InfluxDB has neither address nor Secret',
    build: () => MetricProvider.influxDb(js({})),
    message: several(
      'metric provider influxdb.address: is missing; it must be the address of its API',
      'metric provider influxdb.secret: is missing; it must be the name of a Secret',
    ),
  },
  {
    kind: 'metric provider',
    what: 'InfluxDB finds nothing, which would pass',
    build: asked(
      () => MetricProvider.influxDb({ address: 'https://influx.example.com', secret: 'influx' }),
      'from(bucket: "{{ target }}")',
    ),
    message:
      'payments.release.metrics[0].query: takes 0 for good, and Flagger reads 0 where InfluxDB finds nothing, so that a canary without requests would pass; set a threshold.min above 0',
  },
  {
    kind: 'metric provider',
    what: 'Datadog has no keys',
    build: () => MetricProvider.datadog(js({ address: 'https://api.datadoghq.eu' })),
    message: 'metric provider datadog.secret: is missing; it must be the name of a Secret',
  },
  {
    kind: 'metric provider',
    what: 'An external metric has too many slashes',
    build: asked(() => MetricProvider.externalMetrics(), 'banking/queue/{{ target }}'),
    message:
      'payments.release.metrics[0].query: is no query of the external metrics API; write it like "namespace/metric?labelSelector=app%3D{{ target }}"',
  },
  {
    kind: 'metric provider',
    what: 'Stackdriver has no project',
    build: () => MetricProvider.stackdriver(js({ project: 'bank' })),
    message: several(
      'metric provider stackdriver: there is no prop "project"; there are secret',
      'metric provider stackdriver.secret: is missing; it must be the name of a Secret',
    ),
  },
  {
    kind: 'metric provider',
    what: 'CloudWatch is in no region',
    build: () => MetricProvider.cloudWatch({ region: 'Frankfurt' }),
    message: 'metric provider cloudwatch.region: "Frankfurt" is not a region; write it like "eu-central-1"',
  },
  {
    kind: 'metric provider',
    what: 'CloudWatch is asked in words',
    build: asked(() => MetricProvider.cloudWatch({ region: 'eu-central-1' }), 'SELECT errors FROM {{ target }}'),
    message:
      'payments.release.metrics[0].query: is no JSON list of queries; write it like [{ "id": "errors", "expression": "…", "returnData": true }]',
  },
  {
    kind: 'metric provider',
    what: 'CloudWatch returns two results',
    build: asked(
      () => MetricProvider.cloudWatch({ region: 'eu-central-1' }),
      '[{"id":"a","expression":"SEARCH(\'{{ target }}\')"},{"id":"b","expression":"a*100"}]',
    ),
    message:
      'payments.release.metrics[0].query: returns 2 results, of which Flagger takes the first; set returnData: false on all but one',
  },
  {
    kind: 'metric provider',
    what: 'New Relic is told since when',
    build: asked(
      () => MetricProvider.newRelic({ secret: 'newrelic' }),
      "SELECT count(*) FROM Transaction WHERE app = '{{ target }}' SINCE 1 minute ago",
    ),
    message: 'payments.release.metrics[0].query: says SINCE, which Flagger adds by itself; leave it out',
  },
  {
    kind: 'metric provider',
    what: 'Graphite is asked for the last day',
    build: asked(
      () => MetricProvider.graphite({ address: 'http://graphite.monitoring' }),
      'target=sumSeries(errors.{{ target }}.count)',
    ),
    message: 'payments.release.metrics[0].query: names no from, and Graphite then looks back a day; add "&from=-5min"',
  },
  {
    kind: 'metric provider',
    what: 'Dynatrace has an address with a slash at its end',
    build: () => MetricProvider.dynatrace({ address: 'https://abc12345.live.dynatrace.com/', secret: 'dynatrace' }),
    message:
      'metric provider dynatrace.address: "https://abc12345.live.dynatrace.com/" ends with "/", and a path is put behind it; leave the "/" out',
  },
  {
    kind: 'metric provider',
    what: 'Keptn is asked for a kind that it has not',
    build: asked(() => MetricProvider.keptn(), 'metric/banking/response-time'),
    message:
      'payments.release.metrics[0].query: is no query of Keptn; write it like "keptnmetric/<namespace>/<name>" or "analysis/<namespace>/<name>/1m"',
  },
  {
    kind: 'metric provider',
    what: 'Splunk is asked at its user interface',
    build: () => MetricProvider.splunk({ address: 'https://app.eu0.signalfx.com', secret: 'splunk' }),
    message:
      'metric provider splunk.address: "https://app.eu0.signalfx.com" is not Splunk\'s API; write it like "https://api.<realm>.signalfx.com"',
  },
  {
    kind: 'metric provider',
    what: 'Splunk publishes nothing',
    build: asked(
      () => MetricProvider.splunk({ address: 'https://api.eu0.signalfx.com', secret: 'splunk' }),
      "data('{{ target }}.errors').sum()",
    ),
    message:
      'payments.release.metrics[0].query: publishes nothing, and Flagger waits for a published series; end it with .publish()',
  },
  {
    kind: 'unverified certificate',
    what: 'A certificate is not verified, without a reason',
    build: () => MetricProvider.graphite({ address: 'https://graphite.example.com', skipTlsVerification: { accept: 'test' } }),
    message:
      'metric provider graphite.skipTlsVerification: needs a reason of at least ten characters, got "test"; write { accept: \'why any certificate is fine\' }',
  },
  {
    kind: 'address',
    what: 'The address of a provider has credentials',
    build: () => MetricProvider.graphite({ address: 'https://user:pass@graphite.example.com' }),
    message:
      'metric provider graphite.address: "https://user:pass@graphite.example.com" has credentials in it, and manifests are committed to Git; let the receiver hold them',
  },
  {
    kind: 'unknown prop',
    what: 'InfluxDB is given a region',
    build: () => MetricProvider.influxDb(js({ address: 'https://influx.example.com', secret: 'influx', region: 'eu-central-1' })),
    message: 'metric provider influxdb: there is no prop "region"; there are address, secret',
  },
];
