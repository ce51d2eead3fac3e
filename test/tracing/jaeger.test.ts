import { Chart } from 'cdk8s';
import { Environment, GitOpsApp, Jaeger, Platform, Stage, TraceExport, ZeroTrustNamespace } from '../../lib';
import { schemaProblems } from '../support/schemas';
import { TracingWorld } from './world';

/* O4: a Jaeger to look at traces in, for development. */

let world: TracingWorld, jaeger: Jaeger;
beforeAll(() => {
  world = new TracingWorld();
  jaeger = new Jaeger(world.chart, 'jaeger', { namespace: world.spans, maxTraces: 7300 });
  world.collector({ export: TraceExport.jaeger(jaeger) }).allowFrom(world.vault);
});

test('has all in one pod, in memory, and takes OTLP alone', () => {
  expect(world.one('Deployment', 'jaeger').spec.replicas).toBe(1);
  expect(world.config('jaeger')).toEqual({
    extensions: {
      healthcheckv2: { use_v2: true, http: { endpoint: '0.0.0.0:13133' } },
      jaeger_storage: { backends: { memory: { memory: { max_traces: 7300 } } } },
      jaeger_query: { storage: { traces: 'memory' } },
    },
    receivers: { otlp: { protocols: { grpc: { endpoint: '0.0.0.0:4317' }, http: { endpoint: '0.0.0.0:4318' } } } },
    processors: {
      memory_limiter: { check_interval: '1s', limit_percentage: 80, spike_limit_percentage: 20 },
      batch: { timeout: '1s', send_batch_size: 1024, send_batch_max_size: 2048 },
    },
    exporters: { jaeger_storage_exporter: { trace_storage: 'memory' } },
    service: {
      extensions: ['jaeger_storage', 'jaeger_query', 'healthcheckv2'],
      pipelines: {
        traces: { receivers: ['otlp'], processors: ['memory_limiter', 'batch'], exporters: ['jaeger_storage_exporter'] },
      },
      telemetry: { resource: { 'service.name': 'jaeger' }, logs: { encoding: 'json' } },
    },
  });
});

test('is hardened, and asked by the port of its health', () => {
  const [container] = world.one('Deployment', 'jaeger').spec.template.spec.containers;
  expect(container).toMatchObject({
    image: 'jaegertracing/jaeger:2.20.0',
    args: ['--config=/etc/collector/collector.yaml'],
    readinessProbe: { httpGet: { path: '/status', port: 13133 } },
    securityContext: { readOnlyRootFilesystem: true, runAsNonRoot: true },
  });
  expect(container.ports.map(({ containerPort }: { containerPort: number }) => containerPort)).toEqual([4317, 4318, 16686]);
  expect(world.one('Telemetry', 'jaeger').spec.tracing).toEqual([{ disableSpanReporting: true }]);
});

test('is where the collector sends', () => {
  expect(world.config().exporters).toEqual({
    'otlp_grpc/jaeger.spans.svc.cluster.local:4317': {
      endpoint: 'jaeger.spans.svc.cluster.local:4317',
      tls: { insecure: true },
    },
  });
  expect(world.objects().flatMap(schemaProblems)).toEqual([]);
});

test('can be where proxies send, without a collector', () => {
  const place = Jaeger.at({ namespace: 'spans', name: 'jaeger' });
  expect(jaeger.traceCollector).toEqual(place);
  expect(place.host).toBe('jaeger.spans.svc.cluster.local');
});

describe('in production', () => {
  const build = (stage: Stage) => {
    const chart = new Chart(new Environment(new GitOpsApp(), 'there', { stage }), 'chart');
    const namespace = new ZeroTrustNamespace(chart, 'spans', { name: 'spans', platform: new Platform() });
    return () => new Jaeger(chart, 'jaeger', { namespace });
  };

  test('it is refused', () => {
    expect(build(Stage.PRODUCTION)).toThrow(
      'jaeger: keeps traces in the memory of one pod, which is no place for those of production; send them to a store with an OpenTelemetryCollector',
    );
  });

  test('elsewhere it is a matter of course, and said where nobody knows where it is', () => {
    expect(build(Stage.STAGING)).not.toThrow();
    const said = 'jaeger keeps its traces in the memory of one pod, where they are gone when it restarts; keep it to development';
    expect(build(Stage.DEVELOPMENT)().node.metadata.map(({ data }) => (data as { text?: string }).text)).not.toContain(said);
    expect(world.notes('warning')).toContain(said);
  });
});
