import { Duration } from 'cdk8s';
import {
  ExistingWorkload,
  ExternalHost,
  ForeignWorkload,
  OpenTelemetryCollector,
  type OpenTelemetryCollectorProps,
  Jaeger,
  Platform,
  PortProtocol,
  Reach,
  TailSampling,
  TraceExport,
} from 'cdk8s-banking';
import { type WrongInput, js, namespace, several } from '../wrong-input';

const reach = Reach.cidrs('203.0.113.0/28');
const vendor = ExternalHost.tls('otlp.example.com', { port: 4317, reach });
const platform = new Platform();
const foreign = (props: object) =>
  new ForeignWorkload({
    platform,
    namespace: 'traces',
    name: 'tempo',
    ports: [{ port: 4317, protocol: PortProtocol.GRPC }],
    ...props,
  });
const collector = (props: Partial<OpenTelemetryCollectorProps>) => (site: Parameters<WrongInput['build']>[0]) =>
  new OpenTelemetryCollector(site.chart, 'collector', {
    namespace: namespace(site.chart),
    export: TraceExport.otlp({ to: vendor }),
    ...props,
  });

export const tracings: readonly WrongInput[] = [
  {
    kind: 'left out',
    what: 'A collector sends nowhere',
    build: ({ chart }) => new OpenTelemetryCollector(chart, 'collector', js({ namespace: namespace(chart) })),
    message: 'collector.export: is missing; it must be made with TraceExport.otlp({ … }) or .jaeger(…), or a list, like [...]',
  },
  {
    kind: 'empty list',
    what: 'A collector has an empty list of exports',
    build: collector({ export: [] }),
    message: 'collector.export: is empty, so that spans would go nowhere; name where they are sent',
  },
  {
    kind: 'twice',
    what: 'A collector sends each span to the same place twice',
    build: collector({ export: [TraceExport.otlp({ to: vendor }), TraceExport.otlp({ to: vendor })] }),
    message: 'collector.export: otlp.example.com:4317 is named twice; send each span to it once',
  },
  {
    kind: 'image',
    what: 'A collector is the newest there is',
    build: collector({ image: 'otel/opentelemetry-collector-k8s:latest' }),
    message:
      'collector.image: "otel/opentelemetry-collector-k8s:latest" has the tag "latest", which moves from image to image, so that a rollback would not roll back; write it like "registry.example.com/payments:2.4.1@sha256:<64 hex digits>"',
  },
  {
    kind: 'unknown prop',
    what: 'A collector has processors',
    build: collector(js({ processors: ['k8sattributes'] })),
    message:
      'collector: there is no prop "processors"; there are namespace, name, image, imagePullSecrets, resources, export, sampling, scaling',
  },
  {
    kind: 'quantity',
    what: 'A collector may use half a byte of memory',
    build: collector({ resources: { limits: { memory: '1Gigabyte' } } }),
    message:
      'collector.resources.limits.memory: "1Gigabyte" is not a quantity of bytes; write it like "512Mi" or "1Gi", in whole bytes and above zero',
  },
  {
    kind: 'unknown prop',
    what: 'The limits of a Jaeger are misspelled',
    build: ({ chart }) =>
      new Jaeger(chart, 'jaeger', { namespace: namespace(chart), resources: js({ limit: { memory: '2Gi' } }) }),
    message: 'jaeger.resources: there is no prop "limit"; there are requests, limits, ephemeralStorage',
  },
  {
    kind: 'secret in a manifest',
    what: 'A key for the vendor stands in the code',
    build: () => TraceExport.otlp({ to: vendor, headers: { 'x-api-key': 'abc' } }),
    message:
      'TraceExport.otlp.headers["x-api-key"]: holds credentials as a rule, and manifests are committed to Git; give the place of the value, like { secret: "tracing", key: "token" }',
  },
  {
    kind: 'header',
    what: 'A header is longer than one may be, another is for gRPC itself, a third is two',
    build: () => TraceExport.otlp({ to: vendor, headers: { ['a'.repeat(128)]: 'x', 'grpc-timeout': '1S', 'x-a: b': 'c' } }),
    message: several(
      `TraceExport.otlp.headers: "${'a'.repeat(76)}… is no header that gRPC takes; write it in lower case, like "x-scope-orgid"`,
      'TraceExport.otlp.headers: "grpc-timeout" is no header that gRPC takes; write it in lower case, like "x-scope-orgid"',
      'TraceExport.otlp.headers: "x-a: b" is no header that gRPC takes; write it in lower case, like "x-scope-orgid"',
    ),
  },
  {
    kind: 'header',
    what: 'The value of a header is in a place that there can not be',
    build: () => TraceExport.otlp({ to: vendor, headers: { authorization: { secret: 'tracing', key: 'the token' } } }),
    message:
      'TraceExport.otlp.headers["authorization"]: key "the token" is not a key of a Secret; use letters, digits, "-", "_" and "."',
  },
  {
    kind: 'header',
    what: 'A header is in capitals, another has a line break',
    build: () => TraceExport.otlp({ to: vendor, headers: { 'X-Scope': 'a', 'x-b': 'a\nb: c' } }),
    message: several(
      'TraceExport.otlp.headers: "X-Scope" is no header that gRPC takes; write it in lower case, like "x-scope-orgid"',
      'TraceExport.otlp.headers["x-b"]: has characters that no header can hold; use printable ASCII',
    ),
  },
  {
    kind: 'outside of the mesh',
    what: 'Spans go to a store without a proxy',
    build: () => TraceExport.otlp({ to: foreign({ inMesh: false }) }),
    message:
      'TraceExport.otlp.to: traces/tempo is outside of the mesh, where spans would travel in plain text; bring it into the mesh, or give an ExternalHost that speaks TLS',
  },
  {
    kind: 'protocol',
    what: 'gRPC goes to a port of HTTP',
    build: () => TraceExport.otlp({ to: foreign({ ports: [{ port: 4318 }] }) }),
    message:
      "TraceExport.otlp.protocol: port 4318 of traces/tempo speaks http, which gRPC can't use; name one that speaks grpc, or send by protocol: 'http'",
  },
  {
    kind: 'protocol',
    what: 'HTTP goes to a port of gRPC',
    build: () => TraceExport.otlp({ to: foreign({}), protocol: 'http' }),
    message:
      "TraceExport.otlp.protocol: port 4317 of traces/tempo speaks grpc; name one that speaks http, or send by protocol: 'grpc'",
  },
  {
    kind: 'protocol',
    what: 'HTTP goes to a port of HTTP/2',
    build: () => TraceExport.otlp({ to: foreign({ ports: [{ port: 4318, protocol: PortProtocol.HTTP2 }] }), protocol: 'http' }),
    message:
      "TraceExport.otlp.protocol: port 4318 of traces/tempo speaks http2; name one that speaks http, or send by protocol: 'grpc'",
  },
  {
    kind: 'protocol',
    what: 'Spans go to a port of bytes',
    build: () => TraceExport.otlp({ to: ExternalHost.tcp('otlp.example.com', { port: 4317, reach }) }),
    message: several(
      'TraceExport.otlp.port: port 4317 of otlp.example.com speaks bytes, so that spans would travel in plain text; name one that speaks grpc, http or tls',
      "TraceExport.otlp.protocol: the proxy would speak HTTP/1.1 to otlp.example.com, which gRPC can't use; leave tlsOrigination out, or send by protocol: 'http'",
    ),
  },
  {
    kind: 'no such port',
    what: 'Spans go to a port that is not there',
    build: () => TraceExport.otlp({ to: foreign({}), port: 4319 }),
    message: 'TraceExport.otlp.port: has no port 4319; it has 4317 (grpc)',
  },
  {
    kind: 'no such port',
    what: 'Spans go by HTTP to a port that is not there',
    build: () => TraceExport.otlp({ to: foreign({}), port: 4319, protocol: 'http' }),
    message: 'TraceExport.otlp.port: has no port 4319; it has 4317 (grpc)',
  },
  {
    kind: 'no such port',
    what: 'Spans go to a port that a vendor does not have',
    build: () => TraceExport.otlp({ to: vendor, port: 4319 }),
    message: 'TraceExport.otlp.port: has no port 4319; it has 4317 (tls)',
  },
  {
    kind: 'can not be called',
    what: 'Spans go to nothing',
    build: () => TraceExport.otlp({ to: js(null) }),
    message: 'TraceExport.otlp.to: null must be a workload of the mesh, or made with ExternalHost.tls(…); leave it out',
  },
  {
    kind: 'can not be called',
    what: 'Spans go to a worker, which has no Service',
    build: ({ chart }) => TraceExport.otlp({ to: new ExistingWorkload(chart, 'worker', { namespace: namespace(chart) }) }),
    message: several(
      'TraceExport.otlp.port: has no port that can be called; declare its ports',
      'TraceExport.otlp.to: worker has no host name to send to; give what has a Service',
    ),
  },
  {
    kind: 'can not be called',
    what: 'Spans go to an address',
    build: () => TraceExport.otlp({ to: js('otlp.example.com:4317') }),
    message: 'TraceExport.otlp.to: "otlp.example.com:4317" must be a workload of the mesh, or made with ExternalHost.tls(…)',
  },
  {
    kind: 'number',
    what: 'Tail sampling of nothing, without waiting',
    build: () => TailSampling.of({ rest: -1, decisionWait: Duration.millis(200), traces: 0, slowerThan: Duration.millis(0) }),
    message: several(
      'TailSampling.of.slowerThan: 0 ms must be a whole number from 1 on',
      'TailSampling.of.decisionWait: 0.2 s must be a whole number from 1 on',
      'TailSampling.of.traces: 0 must be a whole number from 1 on',
      'TailSampling.of.rest: -1 is no share; write percent of the traces, from 0 to 100',
    ),
  },
  {
    kind: 'number',
    what: 'Tail sampling in halves, of more than there is',
    build: () =>
      TailSampling.of({
        rest: 100.5,
        decisionWait: Duration.seconds(0.0005),
        traces: 1.5,
        slowerThan: Duration.seconds(0.0005),
      }),
    message: several(
      'TailSampling.of.slowerThan: 0.5 ms must be a whole number from 1 on',
      'TailSampling.of.decisionWait: 0.0005 s must be a whole number from 1 on',
      'TailSampling.of.traces: 1.5 must be a whole number from 1 on',
      'TailSampling.of.rest: 100.5 is no share; write percent of the traces, from 0 to 100',
    ),
  },
  {
    kind: 'number',
    what: 'A Jaeger remembers nothing',
    build: ({ chart }) => new Jaeger(chart, 'jaeger', { namespace: namespace(chart), maxTraces: 0 }),
    message: 'jaeger.maxTraces: 0 must be a whole number from 1 on',
  },
  {
    kind: 'sender',
    what: 'A namespace is let in by its name alone',
    build: (site) => collector({})(site).allowFrom(js('cards')),
    message: 'collector.allowFrom: "cards" sends no spans; give a ZeroTrustNamespace, a workload, or { namespace: "cards" }',
  },
  {
    kind: 'sender',
    what: 'Nobody is let in',
    build: (site) => collector({})(site).allowFrom(js(null)),
    message: 'collector.allowFrom: null sends no spans; give a ZeroTrustNamespace, a workload, or { namespace: "cards" }',
  },
  {
    kind: 'sender',
    what: 'Pods are let in by a label that there can not be',
    build: (site) => collector({})(site).allowFrom({ namespace: 'Cards', podLabels: { a: 'b c' }, serviceAccount: '*' }),
    message: several(
      'collector.allowFrom.namespace: "Cards" is not a name that Kubernetes takes; use 1 to 63 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
      'collector.allowFrom.podLabels: label a: "b c" is not a label value; use up to 63 letters, digits, "-", "_" and ".", starting and ending with a letter or digit',
      'collector.allowFrom.serviceAccount: "*" is not a name that Kubernetes takes; use up to 253 lower-case letters, digits, "-" and ".", starting and ending with a letter or digit',
    ),
  },
  {
    kind: 'name',
    what: 'A Jaeger is to be where nothing can be',
    build: () => Jaeger.at({ namespace: 'Tracing', name: 'a_b', clusterDomain: 'corp example' }),
    message: several(
      'Jaeger.at.namespace: "Tracing" is not a name that Kubernetes takes; use 1 to 63 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
      'Jaeger.at.name: "a_b" is not a name that Kubernetes takes; use 1 to 55 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
      'Jaeger.at.clusterDomain: "corp example" is not a name that Kubernetes takes; use up to 253 lower-case letters, digits, "-" and ".", starting and ending with a letter or digit',
    ),
  },
  {
    kind: 'options left out',
    what: 'A collector has no props',
    build: ({ chart }) => new OpenTelemetryCollector(chart, 'collector', js(undefined)),
    message: 'collector: the props are nothing; give a map of props, like { key: value }',
  },
  {
    kind: 'options left out',
    what: 'A Jaeger has no props',
    build: ({ chart }) => new Jaeger(chart, 'jaeger', js(undefined)),
    message: 'jaeger: the props are nothing; give a map of props, like { key: value }',
  },
  {
    kind: 'name',
    what: 'A collector is called by two words, and sends nowhere',
    build: collector({ name: 'the collector', export: [] }),
    message: 'collector "the collector".export: is empty, so that spans would go nowhere; name where they are sent',
  },
  {
    kind: 'name',
    what: 'A Jaeger is called by two words, and remembers nothing',
    build: ({ chart }) => new Jaeger(chart, 'jaeger', { namespace: namespace(chart), name: 'the jaeger', maxTraces: 0 }),
    message: 'jaeger "the jaeger".maxTraces: 0 must be a whole number from 1 on',
  },
  {
    kind: 'name',
    what: 'The place of a collector has no name',
    build: () => OpenTelemetryCollector.at(js({ namespace: 'tracing' })),
    message:
      'OpenTelemetryCollector.at.name: nothing is not a name that Kubernetes takes; use 1 to 55 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
  },
];
