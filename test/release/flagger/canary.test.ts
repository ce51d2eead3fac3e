import { Duration } from 'cdk8s';
import {
  Audience,
  CircuitBreaker,
  Exposure,
  Health,
  HealthProbe,
  type IWebhook,
  MeshGateway,
  type BankingServiceProps,
  type CanaryProps,
  PortProtocol,
  Release,
  Scaling,
} from '../../../lib';
import { notesOn } from '../../../lib/kube/notes';
import { type Json, World } from '../../banking-service/world';
import { schemaProblems } from '../../support/schemas';

const HOST = 'teller.vault.svc.cluster.local';
const LABELS = {
  'app.kubernetes.io/name': 'teller',
  'app.kubernetes.io/part-of': 'vault',
  'app.kubernetes.io/managed-by': 'cdk8s-banking',
};
const load: IWebhook = {
  ...{ name: 'load', type: 'rollout', timeoutSeconds: 5 },
  validate() {},
  bind: () => ({ name: 'load', type: 'rollout', url: 'http://tester.vault/', timeoutSeconds: 5, metadata: { cmd: 'hey' } }),
};

function world(props: CanaryProps = {}, service: Partial<BankingServiceProps> = {}): World {
  const all = new World();
  all.service('teller', { release: Release.canary(props), ...service });
  return all;
}

const spec = (props?: CanaryProps, service?: Partial<BankingServiceProps>): Json => world(props, service).one('Canary').spec;
const analysis = (props: CanaryProps): Json => spec(props).analysis;
const routes = (all: World, name: string): Json[] => all.one('VirtualService', name).spec.http;

describe('the sentence', () => {
  let all: World;
  beforeAll(() => {
    all = world(
      { steps: [5, 25, 50, 100], successRate: 99.9, p99: Duration.millis(300) },
      {
        port: 8071,
        servicePort: 87,
        scaling: Scaling.horizontal({ min: 4, max: 17 }),
        traffic: {
          circuitBreaker: CircuitBreaker.standard({ maxRequests: 1003, maxPendingRequests: 107, consecutive5xxErrors: 7 }),
        },
        availability: { progressDeadline: Duration.seconds(631) },
      },
    );
  });

  test('the Canary, whole', () => {
    expect(all.one('Canary')).toEqual({
      apiVersion: 'flagger.app/v1beta1',
      kind: 'Canary',
      metadata: { name: 'teller', namespace: 'vault', labels: LABELS },
      spec: {
        provider: 'istio',
        targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'teller' },
        autoscalerRef: {
          apiVersion: 'autoscaling/v2',
          kind: 'HorizontalPodAutoscaler',
          name: 'teller',
          // Rule 6: else the primary would have the raised minimum of the canary.
          primaryScalerReplicas: { minReplicas: 4, maxReplicas: 17 },
        },
        // Rule 22.
        progressDeadlineSeconds: 631,
        // Rule 23.
        skipAnalysis: false,
        revertOnDeletion: true,
        service: {
          name: 'teller',
          port: 87,
          portName: 'http',
          targetPort: 8071,
          appProtocol: 'http',
          // Rule 15.
          portDiscovery: false,
          delegation: true,
          apex: { labels: LABELS },
          primary: { labels: LABELS },
          canary: { labels: LABELS },
          // Rule 16: no TCP connection pool; rule 17: what is ejected, and how much of it.
          trafficPolicy: {
            connectionPool: { http: { http1MaxPendingRequests: 107, http2MaxRequests: 1003 } },
            loadBalancer: { simple: 'LEAST_REQUEST', localityLbSetting: { distribute: [{ from: '*', to: { '*': 100 } }] } },
            outlierDetection: {
              consecutive5xxErrors: 7,
              interval: '30s',
              baseEjectionTime: '30s',
              maxEjectionPercent: 50,
              minHealthPercent: 30,
            },
          },
        },
        analysis: {
          interval: '1m',
          threshold: 5,
          stepWeights: [5, 25, 50, 100],
          stepWeightPromotion: 10,
          primaryReadyThreshold: 100,
          canaryReadyThreshold: 100,
          metrics: [
            { name: 'request-success-rate', interval: '1m', thresholdRange: { min: 99.9 } },
            { name: 'request-duration', interval: '1m', thresholdRange: { max: 300 } },
          ],
        },
      },
    });
  });

  test('a canary starts with pods for all requests, and none goes before its successor is ready (rules 5 and 7)', () => {
    expect(all.one('HorizontalPodAutoscaler').spec).toMatchObject({ minReplicas: 17, maxReplicas: 17 });
    const deployment = all.one('Deployment').spec as Json;
    expect(deployment.replicas).toBeUndefined();
    expect(deployment.strategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } });
  });

  test('no object that Flagger makes (rule 4)', () => {
    const kinds = ['Service', 'VirtualService', 'DestinationRule'];
    expect(
      all
        .objects()
        .filter(({ kind }) => kinds.includes(kind as string))
        .map(({ kind, metadata }) => `${kind} ${metadata.name}`),
    ).toEqual(['VirtualService teller-mesh']);
  });

  test('the quota has room for both tracks', () => {
    const hard = all.one('ResourceQuota').spec.hard as Json;
    expect(Number(hard.pods)).toBeGreaterThanOrEqual(2 * (17 + 2));
  });
});

describe('callers in the mesh (rule 14)', () => {
  const slow = { path: '/api/v1/reports', methods: ['GET'], timeout: Duration.seconds(37) };
  let all: World;
  beforeAll(() => {
    all = world({}, { traffic: { routes: [slow] } });
  });

  test('a root of their own says what Flagger has no room for, route by route', () => {
    const root = all.one('VirtualService', 'teller-mesh').spec as Json;
    expect(root.hosts).toEqual([HOST]);
    expect(root.gateways).toBeUndefined();
    expect(root.http[0]).toEqual({
      match: [
        { uri: { exact: '/api/v1/reports' }, method: { exact: 'GET' } },
        { uri: { prefix: '/api/v1/reports/' }, method: { exact: 'GET' } },
      ],
      delegate: { name: 'teller', namespace: 'vault' },
      timeout: '37s',
      retries: {
        attempts: 3,
        perTryTimeout: '7400ms',
        retryOn: 'connect-failure,refused-stream,gateway-error',
        retryRemoteLocalities: true,
      },
    });
  });

  test('no regular expression, which Istio would take for a conflict, and a last route for everything', () => {
    const http = routes(all, 'teller-mesh');
    expect(JSON.stringify(http)).not.toContain('regex');
    expect(http.every(({ delegate, route }) => delegate?.name === 'teller' && route === undefined)).toBe(true);
    expect(http.at(-1)!.match).toBeUndefined();
  });

  test("Flagger's own route has no timeout and no retries, which would count before these", () => {
    const { timeout, retries, match, rewrite, headers } = all.one('Canary').spec.service as Json;
    expect([timeout, retries, match, rewrite, headers]).toEqual([undefined, undefined, undefined, undefined, undefined]);
  });
});

test('a gateway delegates to the same VirtualService, and says the same for each route', () => {
  const all = new World();
  const teller = all.service('teller', { release: Release.canary() });
  new MeshGateway(all.chart, 'edge', { hosts: ['bank.example.com'], issuer: 'ca' }).route('/api', teller, {
    methods: ['GET', 'POST'],
  });
  const http = routes(all, 'edge');
  expect(http.map(({ delegate, timeout, match }) => [delegate, timeout, match.length])).toEqual([
    [{ name: 'teller', namespace: 'vault' }, '10s', 2],
    [{ name: 'teller', namespace: 'vault' }, '10s', 2],
  ]);
  expect(all.objects().some(({ metadata }) => metadata.name === 'teller-edge')).toBe(false);
});

describe('how a release goes on, as the Canary says it', () => {
  test.each<readonly [string, CanaryProps, Json]>([
    ['even steps', { stepWeight: 15, maxWeight: 45 }, { stepWeight: 15, maxWeight: 45, stepWeightPromotion: 10 }],
    [
      'blue-green by iterations (rule 8)',
      { blueGreen: { iterations: 7 }, webhooks: [load] },
      {
        iterations: 7,
        stepWeightPromotion: 10,
        webhooks: [{ name: 'load', type: 'rollout', url: 'http://tester.vault/', timeout: '5s', metadata: { cmd: 'hey' } }],
      },
    ],
    [
      'an audience (R7, rule 10)',
      {
        abTest: {
          audience: [
            Audience.header('x-track', { prefix: 'b-' }).and(Audience.sourceLabels({ 'banking.workload/name': 'web' })),
            Audience.cookie('tier', 'go.ld'),
          ],
          iterations: 3,
        },
      },
      {
        iterations: 3,
        match: [
          { headers: { 'x-track': { prefix: 'b-' } }, sourceLabels: { 'banking.workload/name': 'web' } },
          { headers: { cookie: { regex: '^(.*;\\s*)?tier=go\\.ld(\\s*;.*)?$' } } },
        ],
      },
    ],
    ['copies (R8, rule 12)', { mirror: { idempotent: true, percentage: 23 }, steps: [100] }, { mirror: true, mirrorWeight: 23 }],
    ['copies of everything', { mirror: { idempotent: true }, steps: [100] }, { mirror: true, mirrorWeight: 100 }],
    [
      'cookies (R9, rule 13)',
      {
        sessionAffinity: {
          maxAge: Duration.hours(3),
          path: '/app',
          domain: 'bank.example.com',
          sameSite: 'Strict',
          partitioned: true,
        },
      },
      {
        sessionAffinity: {
          cookieName: 'teller-canary',
          primaryCookieName: 'teller-primary',
          maxAge: 10800,
          path: '/app',
          domain: 'bank.example.com',
          sameSite: 'Strict',
          partitioned: true,
          httpOnly: true,
          secure: true,
        },
      },
    ],
    [
      'times and thresholds',
      {
        interval: Duration.seconds(95),
        threshold: 3,
        primaryReadyThreshold: 97,
        canaryReadyThreshold: 83,
        stepWeightPromotion: 31,
      },
      { interval: '95s', threshold: 3, primaryReadyThreshold: 97, canaryReadyThreshold: 83, stepWeightPromotion: 31 },
    ],
    [
      'checks that look back as far as the last look (rule 19)',
      { interval: Duration.seconds(10) },
      {
        interval: '10s',
        metrics: [
          { name: 'request-success-rate', interval: '10s', thresholdRange: { min: 99 } },
          { name: 'request-duration', interval: '10s', thresholdRange: { max: 500 } },
        ],
      },
    ],
  ])('%s', (_name, props, expected) => {
    const made = analysis(props);
    expect(made).toMatchObject(expected);
    const forms = ['iterations', 'stepWeight', 'stepWeights'].filter((form) => made[form] !== undefined);
    expect(forms).toHaveLength(1);
  });

  test('suspended, and measured elsewhere', () => {
    expect(spec({ suspend: true, metricsServer: 'http://thanos.monitoring:9090' })).toMatchObject({
      suspend: true,
      metricsServer: 'http://thanos.monitoring:9090',
    });
  });
});

describe('how many pods (rules 6 and 7)', () => {
  const scaled = (props: CanaryProps, service: Partial<BankingServiceProps> = {}) => {
    const all = world(props, service);
    return [all.one('HorizontalPodAutoscaler').spec.minReplicas, spec(props, service).autoscalerRef.primaryScalerReplicas];
  };

  test.each<[string, CanaryProps, number, object]>([
    ['half of them for a last step of 50', { steps: [10, 50] }, 10, { minReplicas: 3, maxReplicas: 20 }],
    ['never fewer than the service', { steps: [10] }, 3, { minReplicas: 3, maxReplicas: 20 }],
    ['as many as somebody knows to be enough', { fullLoad: 9 }, 9, { minReplicas: 3, maxReplicas: 20 }],
    [
      'of those, the share of an audience',
      { fullLoad: 9, abTest: { audience: Audience.customerGroup('vip'), share: 50 } },
      5,
      {},
    ],
    ["the primary's own limits", { primaryScaler: { min: 5, max: 12 }, steps: [50] }, 6, { minReplicas: 5, maxReplicas: 12 }],
  ])('%s', (_name, props, min, primary) => {
    const [minReplicas, replicas] = scaled(props);
    expect(minReplicas).toBe(min);
    expect(replicas).toMatchObject(primary);
  });

  test('KEDA: the ScaledObject, and queries for the primary', () => {
    const triggers = [
      { type: 'prometheus', name: 'lag', metadata: { serverAddress: 'http://prometheus:9090', query: 'up', threshold: '3' } },
    ];
    const scaling = Scaling.keda({ min: 2, max: 6, triggers, fallback: { failureThreshold: 3, replicas: 6 } });
    const all = world({ primaryScaler: { queries: { lag: 'sum(lag{app="teller-primary"})' } } }, { scaling });
    expect(all.one('Canary').spec.autoscalerRef).toEqual({
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledObject',
      name: 'teller',
      primaryScalerReplicas: { minReplicas: 2, maxReplicas: 6 },
      primaryScalerQueries: { lag: 'sum(lag{app="teller-primary"})' },
    });
    expect(all.one('ScaledObject').spec).toMatchObject({ minReplicaCount: 6, maxReplicaCount: 6 });
  });
});

describe('the Services that Flagger makes', () => {
  test('several ports: the first is released, the others stay with the primary', () => {
    const all = world(
      {},
      {
        ports: [
          { port: 9073, name: 'admin' },
          { port: 9079, protocol: PortProtocol.TCP },
        ],
      },
    );
    expect(all.one('Canary').spec.service).toMatchObject({ port: 8071, portDiscovery: true });
    const http = routes(all, 'teller-mesh');
    expect(http.filter(({ delegate }) => delegate).every(({ match }) => match.every((one: Json) => one.port === 8071))).toBe(
      true,
    );
    const other = http.filter(({ route }) => route);
    expect(other.map(({ route, match }) => [route, match[0].port])).toEqual(
      other.map(() => [[{ destination: { host: HOST, port: { number: 9073 } } }], 9073]),
    );
    expect(other.length).toBeGreaterThan(0);
  });

  test('bytes: weights of connections, and no routes of ours', () => {
    const health = Health.of({ liveness: HealthProbe.tcp(), readiness: HealthProbe.exec(['ready']) });
    const metric = {
      validate() {},
      bind: () => ({ name: 'up', query: 'up', thresholdRange: { min: 1 }, describes: 'it is up' }),
    };
    const all = world({ metrics: [metric] }, { protocol: PortProtocol.TCP, health });
    const { service, analysis: made } = all.one('Canary').spec as Json;
    expect(service).toMatchObject({ appProtocol: 'tcp', portName: 'tcp' });
    expect(service.delegation).toBeUndefined();
    expect(service.trafficPolicy.connectionPool).toBeUndefined();
    expect(made.metrics).toEqual([{ name: 'up', query: 'up', interval: '1m', thresholdRange: { min: 1 } }]);
    expect(all.objects().some(({ kind }) => kind === 'VirtualService')).toBe(false);
  });

  test('gRPC: its errors are counted by a template (rule 19)', () => {
    const all = world(
      { successRate: 99.7 },
      { protocol: PortProtocol.GRPC, health: Health.grpc({ readinessService: 'teller' }) },
    );
    const { metrics } = all.one('Canary').spec.analysis as Json;
    const template = all.one('MetricTemplate');
    expect(metrics).toEqual([
      { name: 'request-duration', interval: '1m', thresholdRange: { max: 500 } },
      expect.objectContaining({
        thresholdRange: { min: 99.7 },
        templateRef: expect.objectContaining({ name: template.metadata.name }),
      }),
    ]);
    expect(template.spec.query).toContain('grpc_response_status');
  });

  test('headless, near, and with annotations', () => {
    const near = Exposure.clusterIp({ topologyAware: true, annotations: { 'example.com/team': 'vault' } });
    expect(spec({}, { exposure: Exposure.headless() }).service.headless).toBe(true);
    const { service } = spec({}, { exposure: near });
    expect(service).toMatchObject({ trafficDistribution: 'PreferClose', apex: { annotations: { 'example.com/team': 'vault' } } });
    expect(service.trafficPolicy.loadBalancer).toEqual({ simple: 'LEAST_REQUEST' });
  });
});

describe('what the pods read (rule 24)', () => {
  let all: World;
  beforeAll(() => {
    const secretEnv = { KEY: { secret: 'teller-db', key: 'key' } };
    all = world({}, { configuration: { variables: { RATE: '3' } }, secretEnv });
  });

  test('our ConfigMaps are read by both tracks as they are, and stay as long as one of them needs them', () => {
    expect(all.one('ConfigMap').metadata.annotations).toMatchObject({
      'flagger.app/config-tracking': 'disabled',
      'argocd.argoproj.io/sync-options': 'Prune=false',
    });
  });

  test('of Secrets, which are not ours, it is said', () => {
    const texts = all.chart.node
      .findAll()
      .flatMap(notesOn)
      .map(({ text }) => text);
    expect(texts).toContainEqual(
      expect.stringMatching(
        /^Secret teller-db in namespace vault carries the annotation flagger\.app\/config-tracking: disabled;/,
      ),
    );
  });

  test('other releases leave ConfigMaps alone', () => {
    const rolling = new World();
    rolling.service('teller', { configuration: { variables: { RATE: '3' } } });
    expect(rolling.one('ConfigMap').metadata.annotations).not.toHaveProperty('flagger.app/config-tracking');
  });
});

describe('taking over a service that serves (M10)', () => {
  let all: World;
  beforeAll(() => {
    all = new World();
    const teller = all.service('teller', { release: Release.canary({ takeOver: true }) });
    new MeshGateway(all.chart, 'edge', { hosts: ['bank.example.com'], issuer: 'ca' }).route('/api', teller);
  });
  const kept = { 'argocd.argoproj.io/sync-options': 'Prune=false', 'kustomize.toolkit.fluxcd.io/prune': 'disabled' };

  test('its Service stays, also when it leaves Git with the next commit', () => {
    const { metadata, spec: made } = all.one('Service', 'teller');
    expect(metadata.annotations).toMatchObject(kept);
    expect(made.selector).toEqual({ 'banking.workload/name': 'teller' });
    expect(all.one('DestinationRule', 'teller').spec.host).toBe(HOST);
  });

  test('no route waits for what Flagger has not made yet', () => {
    const to = [{ destination: { host: HOST, port: { number: 8071 } } }];
    expect(routes(all, 'teller-mesh').map(({ route }) => route)).toEqual([to, to]);
    expect(routes(all, 'teller-edge').map(({ route }) => route)).toEqual([to, to]);
    expect(routes(all, 'edge')[0]!.delegate).toEqual({ name: 'teller-edge', namespace: 'vault' });
  });

  test('on the way back, the Canary stays when it leaves Git', () => {
    expect(world({ takeOver: true, suspend: true }).one('Canary').metadata.annotations).toMatchObject(kept);
    expect(all.one('Canary').metadata.annotations).toBeUndefined();
  });

  test('the Canary is the same, and no more pods start than before', () => {
    expect(all.one('Canary').spec).toEqual(spec());
    expect(all.one('HorizontalPodAutoscaler').spec.minReplicas).toBe(3);
  });
});

test('every form passes the strict schemas, the oneOf of the Canary among them', () => {
  const forms: CanaryProps[] = [
    {},
    { steps: [5, 25] },
    { stepWeight: 20, maxWeight: 60 },
    { abTest: { audience: Audience.customerGroup('premium') } },
    { blueGreen: {}, webhooks: [load] },
    { mirror: { idempotent: true } },
    { sessionAffinity: {} },
    { takeOver: true },
  ];
  for (const form of forms) {
    const made = world(form)
      .objects()
      .filter(({ kind }) => ['Canary', 'VirtualService'].includes(kind as string));
    const wrong = made.flatMap((one) => schemaProblems(one).map((what) => `${one.kind}: ${what}`));
    expect(wrong).toEqual([]);
  }
});

test('two forms at once are what the schema refuses', () => {
  const canary = world().one('Canary');
  (canary.spec as Json).analysis.iterations = 3;
  expect(schemaProblems(canary).join()).toMatch(/oneOf|exactly one/);
});
