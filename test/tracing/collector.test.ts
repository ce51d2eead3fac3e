import { Chart, Duration, Testing } from 'cdk8s';
import {
  BankingService,
  ExternalHost,
  Health,
  OpenTelemetryCollector,
  Platform,
  PortProtocol,
  Reach,
  Scaling,
  TailSampling,
  TraceExport,
  ZeroTrustNamespace,
} from '../../lib';
import { schemaProblems } from '../support/schemas';
import { HOSTILE_TEXTS } from '../wrong-inputs/hostile-texts';
import { TracingWorld, VENDOR, toVendor } from './world';

/* O4: a collector that takes spans, keeps within its memory, and sends them on. */

const OTLP = { protocols: { grpc: { endpoint: '0.0.0.0:4317' }, http: { endpoint: '0.0.0.0:4318' } } };

test('its place is known before it is there, and is where it then is', () => {
  const place = {
    namespace: 'spans',
    podLabels: { 'banking.workload/name': 'otel' },
    host: 'otel.spans.svc.cluster.local',
    port: 4317,
  };
  expect(OpenTelemetryCollector.at({ namespace: 'spans', name: 'otel' })).toEqual(place);
  const world = new TracingWorld();
  expect(world.collector().allowFrom(world.vault).traceCollector).toEqual(place);
  expect(world.one('Service', 'otel').spec.ports[0]).toEqual({
    name: 'grpc',
    appProtocol: 'grpc',
    port: 4317,
    targetPort: 4317,
    protocol: 'TCP',
  });
  expect(OpenTelemetryCollector.at({ namespace: 'a', name: 'b', clusterDomain: 'corp.example' }).host).toBe(
    'b.a.svc.corp.example',
  );
});

describe('the workload', () => {
  let world: TracingWorld;
  beforeAll(() => {
    world = new TracingWorld();
    world.collector().allowFrom(world.vault);
  });

  test('is hardened, limits its own memory, and is asked by the port of its health', () => {
    const { template } = world.one('Deployment', 'otel').spec;
    const [container] = template.spec.containers;
    expect(container).toMatchObject({
      image: 'otel/opentelemetry-collector-k8s:0.159.0',
      args: ['--config=/etc/collector/collector.yaml'],
      resources: { requests: { cpu: '200m', memory: '256Mi' }, limits: { cpu: '1', memory: '512Mi' } },
      securityContext: { runAsNonRoot: true, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
      readinessProbe: { httpGet: { path: '/', port: 13133 } },
      livenessProbe: { tcpSocket: { port: 4317 } },
    });
    expect(template.metadata.annotations).toMatchObject({ 'prometheus.io/port': '8888', 'prometheus.io/path': '/metrics' });
    const variables = world.objects().find((one) => one.kind === 'ConfigMap' && one.metadata.name.startsWith('otel-env-'))!;
    // 80 % of 512 Mi.
    expect(variables.data).toEqual({ GOMEMLIMIT: '409MiB' });
  });

  test('runs in two pods at least, for a store in one namespace is a place where much ends', () => {
    expect(world.one('HorizontalPodAutoscaler', 'otel').spec).toMatchObject({ minReplicas: 2, maxReplicas: 4 });
  });

  test('reads its configuration to the letter', () => {
    expect(world.config()).toEqual({
      extensions: { health_check: { endpoint: '0.0.0.0:13133' } },
      receivers: { otlp: OTLP },
      processors: {
        memory_limiter: { check_interval: '1s', limit_percentage: 80, spike_limit_percentage: 20 },
        batch: { timeout: '1s', send_batch_size: 1024, send_batch_max_size: 2048 },
      },
      exporters: { 'otlp_grpc/otlp.example.com:4443': { endpoint: 'otlp.example.com:4443' } },
      service: {
        extensions: ['health_check'],
        pipelines: {
          traces: {
            receivers: ['otlp'],
            processors: ['memory_limiter', 'batch'],
            exporters: ['otlp_grpc/otlp.example.com:4443'],
          },
        },
        telemetry: { logs: { encoding: 'json' } },
      },
    });
  });

  // A span of each delivery of spans would be delivered too.
  test('its own proxy reports no spans', () => {
    expect(world.one('Telemetry', 'otel').spec).toEqual({
      selector: { matchLabels: { 'banking.workload/name': 'otel' } },
      tracing: [{ disableSpanReporting: true }],
    });
  });

  test('is valid, and nothing is said against it', () => {
    expect(world.objects().flatMap(schemaProblems)).toEqual([]);
    expect(world.problems()).toEqual([]);
    expect(world.notes('warning').filter((text) => text.includes('otel'))).toEqual([]);
  });
});

test('a change of the configuration is a new ConfigMap, which rolls the pods', () => {
  const nameOf = (props: object) => {
    const world = new TracingWorld();
    world.collector(props).allowFrom(world.vault);
    return world.one('Deployment', 'otel').spec.template.spec.volumes.find(({ name }: { name: string }) => name === 'files')
      .configMap.name as string;
  };
  expect(nameOf({})).toBe(nameOf({}));
  expect(nameOf({})).not.toBe(nameOf({ sampling: TailSampling.of() }));
});

describe('exports', () => {
  test('to the mesh go without TLS of their own, since the proxy has mutual TLS; outside they have it', () => {
    const world = new TracingWorld();
    const tempo = new BankingService(world.chart, 'tempo', {
      namespace: world.vault,
      image: 'grafana/tempo:2.9.0',
      port: 9095,
      protocol: PortProtocol.GRPC,
      health: Health.healthz({ port: 3200 }),
      ports: [{ port: 9318, name: 'otlp' }],
    });
    world
      .collector({
        export: [
          TraceExport.otlp({ to: tempo }),
          TraceExport.otlp({ to: tempo, port: 9318, protocol: 'http' }),
          toVendor({ protocol: 'http' }),
          TraceExport.otlp({
            to: ExternalHost.https('apm.example.com', { reach: Reach.cidrs('198.51.100.7/32'), tlsOrigination: true }),
            protocol: 'http',
          }),
        ],
      })
      .allowFrom(world.vault);
    expect(world.config().exporters).toEqual({
      'otlp_grpc/tempo.vault.svc.cluster.local:9095': { endpoint: 'tempo.vault.svc.cluster.local:9095', tls: { insecure: true } },
      'otlp_http/tempo.vault.svc.cluster.local:9318': { endpoint: 'http://tempo.vault.svc.cluster.local:9318' },
      'otlp_http/otlp.example.com:4443': { endpoint: 'https://otlp.example.com:4443' },
      'otlp_http/apm.example.com:80': { endpoint: 'http://apm.example.com:80' },
    });
    // What may be sent, in the mesh: spans, and nothing else.
    const [rule] = world.one('AuthorizationPolicy', 'tempo').spec.rules;
    expect(rule.from[0].source.principals).toEqual(['cluster.local/ns/spans/sa/otel']);
    expect(rule.to.map(({ operation }: { operation: object }) => operation)).toEqual([
      {
        methods: ['POST'],
        paths: ['/opentelemetry.proto.collector.trace.v1.TraceService/Export'],
        ports: ['9095'],
      },
      { methods: ['POST'], paths: ['/v1/traces'], ports: ['9318'] },
    ]);
  });

  test('have credentials by reference: the configuration names a variable, the variable a key', () => {
    const world = new TracingWorld();
    const other = ExternalHost.tls('second.example.com', { port: 4317, reach: Reach.cidrs('198.51.100.9/32') });
    world
      .collector({
        export: [
          toVendor({ headers: { 'x-scope-orgid': 'bank', authorization: { secret: 'vendor', key: 'token' } } }),
          TraceExport.otlp({ to: other, headers: { 'x-api-key': { secret: 'second', key: 'key' } } }),
        ],
      })
      .allowFrom(world.vault);
    expect(Object.values(world.config().exporters)).toMatchObject([
      { headers: { 'x-scope-orgid': 'bank', authorization: '${env:EXPORT_1_HEADER_2}' } },
      { headers: { 'x-api-key': '${env:EXPORT_2_HEADER_1}' } },
    ]);
    expect(world.one('Deployment', 'otel').spec.template.spec.containers[0].env).toEqual([
      { name: 'EXPORT_1_HEADER_2', valueFrom: { secretKeyRef: { name: 'vendor', key: 'token' } } },
      { name: 'EXPORT_2_HEADER_1', valueFrom: { secretKeyRef: { name: 'second', key: 'key' } } },
    ]);
    expect(world.notes('prerequisite').filter((text) => text.startsWith('Key '))).toEqual([
      'Key token of Secret vendor in namespace spans has each dollar sign twice: otel reads one from two, and a variable from ${…}.',
      'Key key of Secret second in namespace spans has each dollar sign twice: otel reads one from two, and a variable from ${…}.',
    ]);
  });

  test('say a text of the user as it is: no ${…} of it is read, and none of it leaves its place in the YAML', () => {
    const texts = ['${env:HOME}', '$$', 'a$b', '$${file:/etc/passwd}', ...HOSTILE_TEXTS].filter((text) =>
      /^[\x20-\x7e]*$/.test(text),
    );
    const headers = Object.fromEntries(texts.map((text, i) => [`x-t${i}`, text]));
    const world = new TracingWorld();
    world.collector({ export: toVendor({ headers }) }).allowFrom(world.vault);
    const { exporters } = world.config();
    const written = exporters['otlp_grpc/otlp.example.com:4443'].headers as Record<string, string>;
    expect(Object.keys(exporters)).toHaveLength(1);
    texts.forEach((text, i) => {
      // What the collector makes of it: confmap/resolver.go, escapeDollarSigns.
      expect(written[`x-t${i}`]!.replaceAll('$$', '$')).toBe(text);
      expect(written[`x-t${i}`]!.replaceAll('$$', '')).not.toContain('$');
    });
  });
});

describe('tail sampling', () => {
  test('keeps what failed, what was slow, and a share of the rest, before batches are made', () => {
    const world = new TracingWorld();
    const sampling = TailSampling.of({
      slowerThan: Duration.millis(1900),
      rest: 3.5,
      decisionWait: Duration.seconds(17),
      traces: 2300,
    });
    world.collector({ sampling }).allowFrom(world.vault);
    const { processors, service } = world.config();
    expect(processors.tail_sampling).toEqual({
      decision_wait: '17s',
      num_traces: 2300,
      policies: [
        { name: 'failed', type: 'status_code', status_code: { status_codes: ['ERROR'] } },
        { name: 'slow', type: 'latency', latency: { threshold_ms: 1900 } },
        { name: 'rest', type: 'probabilistic', probabilistic: { sampling_percentage: 3.5 } },
      ],
    });
    expect(service.pipelines.traces.processors).toEqual(['memory_limiter', 'tail_sampling', 'batch']);
    expect(world.one('Deployment', 'otel').spec.replicas).toBe(1);
    expect(world.notes('prerequisite')).toContain(
      'otel chooses among the traces that proxies send; it sees all of them only where Tracing.sampled({ randomSamplingPercentage: 100 }) says so.',
    );
  });

  test('needs to see a trace whole', () => {
    const world = new TracingWorld();
    expect(() => world.collector({ sampling: TailSampling.of(), scaling: Scaling.horizontal({ min: 2, max: 5 }) })).toThrow(
      'otel.scaling: 5 collectors would each see a part of a trace, and sampling must see it whole; use Scaling.fixed(1), or leave sampling out',
    );
  });
});

test('a Platform that does not name it is told how', () => {
  const chart = new Chart(Testing.app(), 'world');
  const namespace = new ZeroTrustNamespace(chart, 'spans', { name: 'spans', platform: new Platform() });
  const { node } = new OpenTelemetryCollector(chart, 'otel', { namespace, export: TraceExport.otlp({ to: VENDOR }) });
  expect(node.metadata.map(({ data }) => (data as { text: string }).text)).toContain(
    "No proxy sends spans to otel: the Platform of namespace spans does not name it; give new Platform({ traceCollector: OpenTelemetryCollector.at({ namespace: 'spans', name: 'otel' }) })",
  );
});
