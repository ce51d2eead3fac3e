import { Chart, Duration } from 'cdk8s';
import {
  BankingService,
  Environment,
  GitOpsApp,
  Jaeger,
  OpenTelemetryCollector,
  Platform,
  Stage,
  TailSampling,
  ZeroTrustNamespace,
} from '../../lib';
import { notesOn } from '../../lib/kube';
import type { Json } from '../support/rules/objects';
import { TracingWorld, toVendor } from './world';

/* Z3: who sends spans, as each layer of the mesh says it. */

const ingress = (world: TracingWorld, name = 'otel') => world.one('NetworkPolicy', name).spec.ingress as Json[];
const principals = (world: TracingWorld, name = 'otel') =>
  world.one('AuthorizationPolicy', name).spec.rules.flatMap(({ from }: Json) => from[0].source.principals) as string[];

describe('pods whose manifests live elsewhere', () => {
  test('all of a namespace, under any of its service accounts', () => {
    const world = new TracingWorld();
    world.collector().allowFrom(world.vault).allowFrom({ namespace: 'cards' });
    const pods = (namespace: string) => ({
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
      podSelector: {},
    });
    expect(ingress(world)).toEqual([{ from: [pods('cards'), pods('vault')], ports: [{ port: 4317, protocol: 'TCP' }] }]);
    expect(principals(world)).toEqual(['cluster.local/ns/cards/sa/*', 'cluster.local/ns/vault/sa/*']);
  });

  test('some of a namespace, under one', () => {
    const world = new TracingWorld();
    const sender = { namespace: 'cards', podLabels: { app: 'issuer' }, serviceAccount: 'issuer-sa' };
    world.collector().allowFrom(world.vault).allowFrom(sender);
    expect(ingress(world)[0]!.from[0]).toEqual({
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'cards' } },
      podSelector: { matchLabels: { app: 'issuer' } },
    });
    expect(principals(world)).toEqual(['cluster.local/ns/cards/sa/issuer-sa', 'cluster.local/ns/vault/sa/*']);
  });
});

test('a workload, whose own side is opened too, and whose namespace needs no more word', () => {
  const world = new TracingWorld();
  const image = 'registry.example.com/vault/teller:4.7.1';
  const teller = new BankingService(world.chart, 'teller', { namespace: world.vault, image, port: 8071 });
  const collector = world.collector();
  expect(collector.allowFrom(teller)).toBe(collector);
  expect(principals(world)).toEqual(['cluster.local/ns/vault/sa/teller']);
  expect(world.problems()).toEqual([]);
});

test('a Jaeger takes spans from whom it is told', () => {
  const world = new TracingWorld();
  const jaeger = new Jaeger(world.chart, 'jaeger', { namespace: world.spans });
  expect(jaeger.allowFrom({ namespace: 'cards' })).toBe(jaeger);
  expect(principals(world, 'jaeger')).toEqual(['cluster.local/ns/cards/sa/*']);
});

test('a namespace of another environment, which has a collector of the same name, is not forgotten', () => {
  const app = new GitOpsApp();
  const platform = new Platform({ traceCollector: OpenTelemetryCollector.at({ namespace: 'spans', name: 'otel' }) });
  const chartOf = (name: string, stage: Stage) => new Chart(new Environment(app, name, { stage }), `${name}-chart`);
  const [here, there] = [chartOf('here', Stage.STAGING), chartOf('there', Stage.PRODUCTION)];
  const namespace = new ZeroTrustNamespace(here, 'spans', { name: 'spans', platform });
  const { service } = new OpenTelemetryCollector(here, 'otel', { namespace, export: toVendor() });
  new ZeroTrustNamespace(there, 'vault', { name: 'vault', platform });
  expect(service.node.validate()).toEqual([]);
  new ZeroTrustNamespace(here, 'vault', { name: 'vault', platform });
  expect(service.node.validate()).toEqual([
    'otel: the Platform of namespace vault sends spans here, and they are not let in; write otel.allowFrom(…) of that namespace',
  ]);
});

describe('what it takes to run', () => {
  const resources = (world: TracingWorld, name: string): Json =>
    world.one('Deployment', name).spec.template.spec.containers[0].resources;
  const room = (cpu: string, memory: string, limit: string) => ({
    requests: { cpu, memory, 'ephemeral-storage': '256Mi' },
    limits: { cpu: '1', memory: limit, 'ephemeral-storage': '256Mi' },
  });

  test('more memory for traces that are held until they are whole', () => {
    const [plain, sampling] = [new TracingWorld(), new TracingWorld()];
    plain.collector().allowFrom(plain.vault);
    sampling.collector({ sampling: TailSampling.of() }).allowFrom(sampling.vault);
    expect(resources(plain, 'otel')).toEqual(room('200m', '256Mi', '512Mi'));
    expect(resources(sampling, 'otel')).toEqual(room('200m', '512Mi', '1Gi'));
    // 80 % of 1 Gi.
    const variables = sampling
      .objects()
      .find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name.startsWith('otel-env-'));
    expect(variables!.data).toEqual({ GOMEMLIMIT: '819MiB' });
    const jaeger = new TracingWorld();
    new Jaeger(jaeger.chart, 'jaeger', { namespace: jaeger.spans });
    expect(resources(jaeger, 'jaeger')).toEqual(room('100m', '256Mi', '1Gi'));
  });

  test('as much as is said, and the usual for the rest', () => {
    const world = new TracingWorld();
    world
      .collector({ resources: { requests: { cpu: '310m', memory: '320Mi' }, ephemeralStorage: '2Gi' } })
      .allowFrom(world.vault);
    expect(resources(world, 'otel')).toEqual({
      requests: { cpu: '310m', memory: '320Mi', 'ephemeral-storage': '2Gi' },
      limits: { cpu: '1', memory: '512Mi', 'ephemeral-storage': '2Gi' },
    });
    const other = new TracingWorld();
    other.collector({ resources: { limits: { cpu: '3', memory: '700Mi' } } }).allowFrom(other.vault);
    expect(resources(other, 'otel').limits).toEqual({ cpu: '3', memory: '700Mi', 'ephemeral-storage': '256Mi' });
  });

  test('a collector that keeps all that it is sent has nothing to say of sampling', () => {
    const world = new TracingWorld();
    expect(notesOn(world.collector())).toEqual([]);
  });

  test('one trace, one second, one millisecond, and all or nothing of the rest are enough', () => {
    for (const rest of [0, 100]) {
      const world = new TracingWorld();
      const sampling = TailSampling.of({ slowerThan: Duration.millis(1), decisionWait: Duration.seconds(1), traces: 1, rest });
      world.collector({ sampling }).allowFrom(world.vault);
      const { decision_wait, num_traces, policies } = world.config().processors.tail_sampling;
      expect([decision_wait, num_traces, policies[1].latency, policies[2].probabilistic]).toEqual([
        '1s',
        1,
        { threshold_ms: 1 },
        { sampling_percentage: rest },
      ]);
    }
  });

  test('what is once said of traces stays', () => {
    for (const said of [TailSampling.of(), toVendor()])
      expect(() => Object.assign(said, { model: {} })).toThrow("Cannot assign to read only property 'model'");
  });

  test('a Jaeger of one trace', () => {
    const world = new TracingWorld();
    new Jaeger(world.chart, 'jaeger', { namespace: world.spans, maxTraces: 1 });
    expect(world.config('jaeger').extensions.jaeger_storage.backends.memory.memory).toEqual({ max_traces: 1 });
  });
});
