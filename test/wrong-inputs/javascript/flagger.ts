import type { Chart } from 'cdk8s';
import {
  AlertChannel,
  CanaryAlert,
  CanaryMetric,
  ForeignWorkload,
  LoadTester,
  MetricProvider,
  Platform,
  PortProtocol,
  Webhook,
} from 'cdk8s-banking';
import type { Construct } from 'constructs';
import { Problems } from '../../../lib/kernel/errors';
import type { CanaryContext } from '../../../lib/release/flagger/contract';
import { AMOUNTS, HOME, type Targets, time, withNamespace } from './shared';

/** Something that a canary is given. */
interface Given {
  validate(problems: Problems, part: string, facts: CanaryContext): void;
  bind(scope: Construct, context: CanaryContext): unknown;
}

const PORTS = {
  http: { name: 'http', port: 8080, targetPort: 8080, protocol: PortProtocol.HTTP },
  grpc: { name: 'grpc', port: 9090, targetPort: 9090, protocol: PortProtocol.GRPC },
};

/** Gives it to a canary whose pods nothing of ours guards: a service beside each would take its time. */
function given(chart: Chart, one: Given, port: keyof typeof PORTS = 'http'): void {
  const context: CanaryContext = {
    canary: 'payments',
    namespace: HOME,
    platform: HOME.platform,
    port: PORTS[port],
    intervalSeconds: 60,
    target: 'payments',
    host: 'payments.banking.svc.cluster.local',
    canaryHost: 'payments-canary.banking.svc.cluster.local',
    primaryHost: 'payments-primary.banking.svc.cluster.local',
    servicePort: 8080,
  };
  const problems = new Problems('payments');
  one.validate(problems, 'release', context);
  problems.throwIfAny();
  one.bind(chart, context);
}

const foreign = new ForeignWorkload({ platform: new Platform(), namespace: 'test', name: 'tester', ports: [{ port: 8080 }] });
const tester = LoadTester.existing(foreign);
const place = { secret: 'chat', key: 'address' };
const chat = { name: 'ops', address: place, proxy: 'http://proxy.example.com:3128' };
const alert = (chart: Chart, channel: AlertChannel) => given(chart, CanaryAlert.to(channel));
const call = { name: 'a call', timeout: time, retries: 2 };
const gate = { ...call, muteAlert: true };
const metric = (provider: MetricProvider, query = 'SELECT {{ target }} {{ variables.a }}') => ({
  name: 'rejected',
  provider,
  query,
  threshold: { min: 1, max: 5 },
  variables: { a: 'b' },
  interval: time,
  describes: 'few are rejected',
  countsErrors: true,
});
const measured = (chart: Chart, provider: MetricProvider) => given(chart, CanaryMetric.template(metric(provider)));
const trust = { skipTlsVerification: { accept: 'An old appliance, until May' } };
/** What a canary is given beside its steps, and whom it is told to. */
export const FLAGGER: Targets = {
  'AlertChannel.slack': [
    { ...chat, channel: '#ops', username: 'bank', token: { secret: 'chat', key: 'token' } },
    (props, chart) => alert(chart, AlertChannel.slack(props)),
  ],
  'AlertChannel.msTeams': [chat, (props, chart) => alert(chart, AlertChannel.msTeams(props))],
  'AlertChannel.discord': [{ ...chat, username: 'bank' }, (props, chart) => alert(chart, AlertChannel.discord(props))],
  'AlertChannel.rocketChat': [
    { ...chat, channel: '#ops', username: 'bank' },
    (props, chart) => alert(chart, AlertChannel.rocketChat(props)),
  ],
  'AlertChannel.googleChat': [chat, (props, chart) => alert(chart, AlertChannel.googleChat(props))],
  'AlertChannel.pagerDuty': [{ name: 'ops', routingKey: place }, (props) => AlertChannel.pagerDuty(props)],
  'AlertChannel.email': [
    {
      name: 'ops',
      to: ['a@example.com'],
      from: 'b@example.com',
      smarthost: 'smtp.example.com:587',
      username: 'bank',
      password: place,
      requireTls: true,
    },
    (props) => AlertChannel.email(props),
  ],
  'CanaryAlert.to': [{ severity: 'warn' }, (props) => CanaryAlert.to(AlertChannel.msTeams(chat), props)],
  'CanaryAlert.to, channel': [[], (channel, chart) => alert(chart, channel)],

  'MetricProvider.prometheus': [
    { address: 'https://prom.example.com', secret: 'prom', headers: { 'X-Scope-OrgID': 'bank' }, ...trust },
    (props, chart) =>
      given(
        chart,
        CanaryMetric.template(metric(MetricProvider.prometheus(props), 'sum(a{t="{{ target }}",v="{{ variables.a }}"})')),
      ),
  ],
  'MetricProvider.influxDb': [
    { address: 'https://influx.example.com', secret: 'influx' },
    (props, chart) => measured(chart, MetricProvider.influxDb(props)),
  ],
  'MetricProvider.datadog': [
    { address: 'https://api.datadoghq.eu', secret: 'datadog' },
    (props, chart) => measured(chart, MetricProvider.datadog(props)),
  ],
  'MetricProvider.externalMetrics': [
    { address: 'https://metrics.example.com', secret: 'metrics', ...trust },
    (props) => MetricProvider.externalMetrics(props),
  ],
  'MetricProvider.stackdriver': [{ secret: 'google' }, (props, chart) => measured(chart, MetricProvider.stackdriver(props))],
  'MetricProvider.cloudWatch': [{ region: 'eu-central-1' }, (props) => MetricProvider.cloudWatch(props)],
  'MetricProvider.newRelic': [
    { secret: 'newrelic', address: 'https://insights-api.eu.newrelic.com' },
    (props, chart) => measured(chart, MetricProvider.newRelic(props)),
  ],
  'MetricProvider.graphite': [
    { address: 'https://graphite.example.com', secret: 'graphite', ...trust },
    (props) => MetricProvider.graphite(props),
  ],
  'MetricProvider.dynatrace': [
    { address: 'https://abc.live.dynatrace.com', secret: 'dynatrace' },
    (props, chart) => measured(chart, MetricProvider.dynatrace(props)),
  ],
  'MetricProvider.splunk': [
    { address: 'https://api.eu0.signalfx.com', secret: 'splunk' },
    (props) => MetricProvider.splunk(props),
  ],
  'CanaryMetric.template': [
    metric(MetricProvider.datadog({ secret: 'datadog' })),
    (props, chart) => given(chart, CanaryMetric.template(props)),
  ],
  'CanaryMetric.promql': [
    { ...metric(MetricProvider.prometheus(), 'sum(a{b="{{ target }}",c="{{ variables.a }}"})'), provider: undefined },
    (props, chart) => given(chart, CanaryMetric.promql(props)),
  ],
  'CanaryMetric.successRate': [
    [99, { interval: time }],
    (args: never, chart) => {
      const [percent, options] = [...(Array.isArray(args) ? args : [args])] as never[];
      given(chart, CanaryMetric.successRate(percent!, options));
    },
  ],
  'CanaryMetric.grpcSuccessRate': [[], (percent, chart) => given(chart, CanaryMetric.grpcSuccessRate(percent), 'grpc')],
  'CanaryMetric.errorRate': [[], (percent, chart) => given(chart, CanaryMetric.errorRate(percent))],
  'CanaryMetric.latencyP99': [[], (limit, chart) => given(chart, CanaryMetric.latencyP99(limit))],
  'CanaryMetric.latencyQuantile': [[], (percent, chart) => given(chart, CanaryMetric.latencyQuantile(percent, time))],

  LoadTester: [
    {
      name: 'load-tester',
      image: 'ghcr.io/fluxcd/flagger-loadtester:0.38.0',
      imagePullSecrets: ['registry'],
      taskTimeout: time,
      files: { 'a.proto': 'syntax = "proto3";' },
      secretFiles: [{ secret: 'tokens', path: '/etc/tokens' }],
      resources: { ...AMOUNTS, ephemeralStorage: '1Gi' },
    },
    (props, chart) => new LoadTester(chart, 'load-tester', withNamespace(props)),
  ],
  'LoadTester.existing': [
    { port: 8080, healthProto: '/tmp/health.proto' },
    (props, chart) => given(chart, Webhook.loadTest(LoadTester.existing(foreign, props), { requestsPerSecond: 5 })),
  ],
  'LoadTester.existing, workload': [[], (workload) => LoadTester.existing(workload)],
  'Webhook.loadTest': [
    {
      ...call,
      requestsPerSecond: 20,
      connections: 4,
      duration: time,
      requestTimeout: time,
      path: '/api?a=b',
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
      idempotent: true,
    },
    (props, chart) => given(chart, Webhook.loadTest(tester, props)),
  ],
  'Webhook.loadTest, gRPC': [
    { requestsPerSecond: 20, call: 'a.B/C', data: { a: [1] }, proto: '/a.proto', idempotent: true },
    (props, chart) => given(chart, Webhook.loadTest(tester, props), 'grpc'),
  ],
  'Webhook.loadTest, load tester': [[], (at, chart) => given(chart, Webhook.loadTest(at, { requestsPerSecond: 5 }))],
  'Webhook.acceptanceTest': [
    {
      ...call,
      requests: [{ path: '/a', method: 'POST', headers: { a: 'b' }, body: '{}', status: 201, idempotent: true }],
    },
    (props, chart) => given(chart, Webhook.acceptanceTest(tester, props)),
  ],
  'Webhook.command': [
    { ...call, command: ['bats', '/a'], type: 'rollout', calls: [{ methods: ['GET'], paths: ['/a'] }] },
    (props, chart) => given(chart, Webhook.command(tester, props)),
  ],
  'Webhook.confirmRollout': [
    { ...gate, approved: true },
    (options, chart) => given(chart, Webhook.confirmRollout(tester, options)),
  ],
  'Webhook.confirmPromotion': [[], (at, chart) => given(chart, Webhook.confirmPromotion(at))],
  'Webhook.rollback': [{ ...gate, rollBack: false }, (options, chart) => given(chart, Webhook.rollback(tester, options))],
  'Webhook.custom': [
    { ...gate, url: 'https://a.example.com/', metadata: { a: 'b' }, ...trust },
    (props, chart) => given(chart, Webhook.custom('rollout', props)),
  ],
  'Webhook.custom, type': [[], (type, chart) => given(chart, Webhook.custom(type, { url: 'https://a.example.com/' }))],
  'Webhook.event': [
    { ...call, metadata: { a: 'b' }, ...trust },
    (options, chart) => given(chart, Webhook.event('https://a.example.com/', options)),
  ],
  'Webhook.event, url': [[], (url, chart) => given(chart, Webhook.event(url))],
  'Webhook.toService': [
    { ...gate, path: '/a', port: 8080, metadata: { a: 'b' } },
    (props, chart) => given(chart, Webhook.toService('rollout', foreign, props)),
  ],
  'Webhook.toService, service': [[], (service, chart) => given(chart, Webhook.toService('rollout', service))],
};
