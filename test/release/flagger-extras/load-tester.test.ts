import { Duration } from 'cdk8s';
import { ForeignWorkload, type ILoadTester, LoadTester, Webhook, ZeroTrustNamespace } from '../../../lib';
import { schemaProblems } from '../../support/schemas';
import { CanaryWorld } from './world';

const load = { requestsPerSecond: 5 };
const argsOf = (world: CanaryWorld) => world.one('Deployment', 'prober').spec.template.spec.containers[0].args as string[];

describe('the load tester', () => {
  let world: CanaryWorld, tester: LoadTester;
  beforeAll(() => {
    world = new CanaryWorld();
    tester = world.tester({ taskTimeout: Duration.minutes(20), files: { 'a.bats': '@test "a" { true; }' } });
    world.bind(Webhook.loadTest(tester, load));
  });

  test('is the one that comes with Flagger 1.44, one of it, hardened like any service', () => {
    const { replicas, template } = world.one('Deployment', 'prober').spec;
    const [container] = template.spec.containers;
    expect(replicas).toBe(1);
    expect(
      world
        .objects()
        .filter(({ kind }) => kind === 'HorizontalPodAutoscaler')
        .map(({ metadata }) => metadata.name),
    ).toEqual(['teller']);
    expect(container).toMatchObject({
      image: 'ghcr.io/fluxcd/flagger-loadtester:0.38.0',
      resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '1', memory: '512Mi' } },
      securityContext: { runAsNonRoot: true, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
      readinessProbe: { httpGet: { path: '/healthz', port: 8080 } },
    });
    // Its program is the image's; `sh -c` of a test needs a folder that can be written.
    expect(container.command).toBeUndefined();
    expect(container.volumeMounts).toContainEqual({ mountPath: '/tmp', name: 'tmp' });
    expect(template.metadata.labels['banking.workload/name']).toBe('prober');
  });

  test('runs no test for longer than it is told, and for no other namespace', () => {
    expect(argsOf(world)).toEqual(['-port=8080', '-log-level=info', '-timeout=1200s', '-namespace-regexp=^(vault)$']);
  });

  // /tmp is a volume here, which hides what the image has below it: /tmp/ghz/health.proto.
  test('has its files, the schema of the health protocol among them, outside of /tmp', () => {
    const { data, immutable } = world.one('ConfigMap');
    expect(immutable).toBe(true);
    expect(Object.keys(data)).toEqual(['a.bats', 'health.proto']);
    expect(data['health.proto']).toMatch(/^syntax = "proto3";[\s\S]*package grpc\.health\.v1;[\s\S]*rpc Check\(/);
    expect(tester.fileAt('a.bats')).toBe('/etc/load-tester/a.bats');
  });

  test('answers as late as the longest test ends: no route cuts it off, and none repeats it', () => {
    const { http } = world.one('VirtualService', 'prober').spec;
    const post = http.at(-1);
    expect(post.timeout).toBe('1200s');
    expect(post.retries).toMatchObject({ attempts: 2, retryOn: 'connect-failure,refused-stream' });
    expect(post.retries.perTryTimeout).toBeUndefined();
    expect(world.one('DestinationRule', 'prober').spec.trafficPolicy.connectionPool.tcp.connectTimeout).toBe('5s');
  });

  test('is valid', () => {
    expect(world.objects().flatMap(schemaProblems)).toEqual([]);
  });
});

test('a load tester that nobody uses takes commands for nobody', () => {
  const world = new CanaryWorld();
  world.tester();
  expect(argsOf(world)).toContain('-namespace-regexp=^()$');
  expect(world.objects().some(({ kind, metadata }) => kind === 'AuthorizationPolicy' && metadata.name === 'prober')).toBe(false);
});

test('one load tester serves the canaries of several namespaces, from a namespace of its own', () => {
  const world = new CanaryWorld();
  const home = new ZeroTrustNamespace(world.chart, 'load-testing', { name: 'load-testing', platform: world.platform });
  const tester = new LoadTester(world.chart, 'prober', { namespace: home });
  const hook = Webhook.loadTest(tester, load);
  world.bind(hook);
  hook.bind(world.chart, { ...world.context, namespace: home, guard: undefined });
  expect(world.bind(hook).url).toBe('http://prober.load-testing.svc.cluster.local:8080/');
  expect(argsOf(world)).toContain('-namespace-regexp=^(load-testing|vault)$');
  expect(world.one('AuthorizationPolicy', 'teller').spec.rules[0].from).toEqual([
    { source: { principals: ['cluster.local/ns/load-testing/sa/prober'] } },
  ]);
  expect(world.one('NetworkPolicy', 'teller').spec.ingress[0].from[0].namespaceSelector.matchLabels).toEqual({
    'kubernetes.io/metadata.name': 'load-testing',
  });
});

test('Flagger is let in for what webhooks ask, and may not open a gate itself', () => {
  const world = new CanaryWorld();
  const tester = world.tester();
  for (const hook of [Webhook.loadTest(tester, load), Webhook.confirmPromotion(tester)]) world.bind(hook);
  const paths = () =>
    world.one('AuthorizationPolicy', 'prober').spec.rules.map(({ to }: any) => to.map((one: any) => one.operation.paths));
  expect(paths()).toEqual([[['/'], ['/gate/check']]]);
  const bot = new ForeignWorkload({ platform: world.platform, namespace: 'change', name: 'bot' });
  tester.letApprove(bot);
  expect(paths()).toEqual([[['/gate/close', '/gate/open', '/rollback/close', '/rollback/open']], [['/'], ['/gate/check']]]);
});

describe('an existing load tester', () => {
  let world: CanaryWorld, workload: ForeignWorkload, tester: ILoadTester;
  beforeAll(() => {
    world = new CanaryWorld();
    workload = new ForeignWorkload({
      platform: world.platform,
      namespace: 'test',
      name: 'flagger-loadtester',
      podLabels: { app: 'flagger-loadtester' },
      serviceAccount: 'tester-sa',
      ports: [{ port: 8080, servicePort: 80 }],
    });
    tester = LoadTester.existing(workload);
  });

  test('is called at its Service, and is let in as itself; its own side is somebody else’s', () => {
    expect(world.bind(Webhook.loadTest(tester, load)).url).toBe('http://flagger-loadtester.test.svc.cluster.local:80/');
    expect(world.one('AuthorizationPolicy', 'teller').spec.rules[0].from).toEqual([
      { source: { principals: ['cluster.local/ns/test/sa/tester-sa'] } },
    ]);
    expect(world.notes('prerequisite')).toContain(
      'test/flagger-loadtester lets Flagger call POST / for canaries of namespace vault.',
    );
  });

  test('has the schema of the health protocol where its image has it', () => {
    expect(tester.healthProto).toBe('/tmp/ghz/health.proto');
    expect(LoadTester.existing(workload, { healthProto: '/etc/health.proto' }).healthProto).toBe('/etc/health.proto');
    expect(() => tester.fileAt('a.proto')).toThrow(RangeError);
    expect(tester.fileAt('/etc/a.proto')).toBe('/etc/a.proto');
  });
});
