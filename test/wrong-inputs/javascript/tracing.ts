import type { Chart } from 'cdk8s';
import {
  AccessLogs,
  ExternalHost,
  Jaeger,
  ObservabilityStack,
  ObservedService,
  OpenTelemetryCollector,
  type OpenTelemetryCollectorProps,
  Platform,
  Reach,
  Scaling,
  TailSampling,
  TraceExport,
  TraceTag,
  Tracing,
} from 'cdk8s-banking';
import { js } from '../wrong-input';
import { HOME, type Targets, time, withNamespace } from './shared';

const vendor = ExternalHost.tls('otlp.example.com', { port: 4317, reach: Reach.cidrs('203.0.113.0/28') });
const LOGS = { provider: 'json', mode: 'SERVER' };
const EXPORT = { to: vendor, port: 4317, protocol: 'grpc', headers: { 'x-a': 'b', 'x-token': { secret: 'a', key: 'b' } } };
const SAMPLING = { slowerThan: time, rest: 3, decisionWait: time, traces: 100 };
const COLLECTOR = {
  name: 'otel',
  image: 'a/b:1.2.3',
  imagePullSecrets: ['registry'],
  export: [TraceExport.otlp({ to: vendor })],
  sampling: TailSampling.of(),
  scaling: Scaling.fixed(1),
  resources: { limits: { memory: '1Gi' } },
};
const JAEGER = { name: 'jaeger', image: 'a/b:1.2.3', imagePullSecrets: ['registry'], maxTraces: 10 };
const PLACE = { namespace: 'tracing', name: 'otel', clusterDomain: 'cluster.local' };
const watched = [ObservedService.of({ namespace: 'banking', name: 'payments' })];

const stack = (telemetry: object, chart: Chart) =>
  new ObservabilityStack(chart, 'stack', {
    platform: new Platform(),
    services: watched,
    objective: { availability: 99 },
    telemetry: js(telemetry),
  });
const collector = (chart: Chart, props: object) =>
  new OpenTelemetryCollector(chart, 'collector', props as OpenTelemetryCollectorProps);

/** What is said of single requests, and where that goes, with props that are right. */
export const TRACING: Targets = {
  'AccessLogs.errors': [{ ...LOGS, slowerThan: time }, (props) => AccessLogs.errors(props)],
  'AccessLogs.all': [{ ...LOGS, quietPaths: ['/a'] }, (props) => AccessLogs.all(props)],
  'AccessLogs.filter': [LOGS, (props) => AccessLogs.filter('true', props)],
  'AccessLogs.filter, its expression': [{ e: 'true' }, (props: { e: never } | undefined) => AccessLogs.filter(props?.e as never)],
  'Tracing.sampled': [
    { provider: 'a', randomSamplingPercentage: 3, customTags: { a: TraceTag.literal('b') }, useRequestIdForTraceSampling: true },
    (props) => Tracing.sampled(props),
  ],
  'TraceTag, its texts': [
    { name: 'a', value: 'b' },
    (props: { name: never; value: never } | undefined) => [
      TraceTag.header(props?.name as never, props?.value),
      TraceTag.environment(props?.name as never, props?.value),
      TraceTag.literal(props?.value as never),
    ],
  ],
  'ObservabilityStack, its telemetry': [{ accessLogs: AccessLogs.all(), tracing: Tracing.disabled() }, stack],
  'TraceExport.otlp': [EXPORT, (props) => TraceExport.otlp(props)],
  'TailSampling.of': [SAMPLING, (props) => TailSampling.of(props)],
  OpenTelemetryCollector: [COLLECTOR, (props, chart) => collector(chart, withNamespace(props))],
  'OpenTelemetryCollector.at': [PLACE, (props) => OpenTelemetryCollector.at(props)],
  'OpenTelemetryCollector.allowFrom': [
    { namespace: 'cards', podLabels: { a: 'b' }, serviceAccount: 'issuer' },
    (props, chart) => collector(chart, { namespace: HOME, export: TraceExport.otlp({ to: vendor }) }).allowFrom(props),
  ],
  Jaeger: [JAEGER, (props, chart) => new Jaeger(chart, 'jaeger', withNamespace(props))],
  'TraceExport.jaeger': [{}, (props) => TraceExport.jaeger(props)],
};
