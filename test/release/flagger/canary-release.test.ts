import { Chart, Duration, Testing } from 'cdk8s';
import {
  Audience,
  CanaryRelease,
  type CanaryReleaseProps,
  ExistingWorkload,
  type ICanaryMetric,
  type IWebhook,
  MeshGateway,
  Platform,
} from '../../../lib';
import { notesOn } from '../../../lib/kube/notes';
import { type Json, World, only } from '../../banking-service/world';
import { schemaProblems } from '../../support/schemas';
import { COMPLETE_SERVICE } from './complete';

const TARGET = { kind: 'Deployment', name: 'orders' } as const;
const load: IWebhook = {
  ...{ name: 'load', type: 'rollout', timeoutSeconds: 7 },
  validate() {},
  bind: () => ({ name: 'load', type: 'rollout', url: 'http://tester.shop/', timeoutSeconds: 7 }),
};
const up: ICanaryMetric = {
  validate() {},
  bind: () => ({ name: 'up', query: 'up', thresholdRange: { min: 1 }, describes: 'it is up' }),
};

function made(props: Partial<CanaryReleaseProps> = {}) {
  const chart = new Chart(Testing.app(), 'world');
  const canary = new CanaryRelease(chart, 'orders-canary', { namespace: 'shop', target: TARGET, port: 80, ...props });
  const objects = Testing.synth(chart) as Json[];
  return { canary, objects, spec: only(objects, 'Canary').spec as Json, notes: notesOn(canary).map(({ text }) => text) };
}

test('the least that can be said', () => {
  const { objects, spec } = made();
  expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`)).toEqual([
    'Canary shop/orders-canary',
  ]);
  expect(spec).toEqual({
    provider: 'istio',
    targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'orders' },
    progressDeadlineSeconds: 600,
    skipAnalysis: false,
    revertOnDeletion: true,
    service: {
      name: 'orders',
      port: 80,
      portName: 'http',
      targetPort: 80,
      appProtocol: 'http',
      portDiscovery: false,
      timeout: '10s',
      // Rule 18.
      retries: { attempts: 3, retryOn: 'connect-failure,refused-stream' },
    },
    analysis: {
      interval: '1m',
      threshold: 5,
      stepWeights: [10, 20, 30, 40, 50, 60, 70, 80, 90, 100],
      stepWeightPromotion: 10,
      primaryReadyThreshold: 100,
      canaryReadyThreshold: 100,
      metrics: [
        { name: 'request-success-rate', interval: '1m', thresholdRange: { min: 99 } },
        { name: 'request-duration', interval: '1m', thresholdRange: { max: 500 } },
      ],
    },
  });
});

test('the most that can be said of a service', () => {
  const { spec } = made({
    autoscaler: { kind: 'HorizontalPodAutoscaler', name: 'orders-hpa', primary: { min: 3, max: 17 } },
    progressDeadline: Duration.seconds(613),
    service: COMPLETE_SERVICE,
  });
  expect(spec.autoscalerRef).toEqual({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    name: 'orders-hpa',
    primaryScalerReplicas: { minReplicas: 3, maxReplicas: 17 },
  });
  expect(spec.progressDeadlineSeconds).toBe(613);
  expect(spec.service).toEqual({
    name: 'orders-api',
    port: 80,
    portName: 'http2-api',
    targetPort: 'api',
    appProtocol: 'http2',
    portDiscovery: true,
    trafficDistribution: 'PreferSameZone',
    timeout: '9s',
    retries: { attempts: 2, perTryTimeout: '2300ms', retryOn: 'connect-failure,refused-stream,gateway-error' },
    hosts: ['shop.example.com'],
    gateways: ['istio-ingress/edge', 'mesh'],
    match: [
      {
        name: 'orders',
        uri: { prefix: '/orders' },
        ignoreUriCase: true,
        scheme: { exact: 'https' },
        method: { exact: 'GET' },
        authority: { exact: 'shop.example.com' },
        headers: { 'x-tenant': { regex: 'a+' } },
        withoutHeaders: { 'x-old': { exact: '1' } },
        queryParams: { page: { exact: '1' } },
        port: 80,
        sourceLabels: { app: 'web' },
        sourceNamespace: 'front',
        gateways: ['mesh'],
      },
    ],
    rewrite: { uri: '/', authority: 'orders.internal' },
    headers: {
      request: { set: { a: '1' }, add: { b: '2' }, remove: ['c'] },
      response: { set: { d: '4' }, add: { e: '5' }, remove: ['f'] },
    },
    corsPolicy: {
      allowOrigins: [{ exact: 'https://shop.example.com' }],
      allowMethods: ['GET'],
      allowHeaders: ['x-a'],
      exposeHeaders: ['x-b'],
      maxAge: '18000s',
      allowCredentials: true,
    },
    trafficPolicy: {
      connectionPool: {
        http: {
          http1MaxPendingRequests: 11,
          http2MaxRequests: 13,
          maxRequestsPerConnection: 17,
          maxRetries: 19,
          idleTimeout: '23s',
          h2UpgradePolicy: 'UPGRADE',
        },
      },
      loadBalancer: {
        consistentHash: { httpCookie: { name: 'pod', path: '/', ttl: '29s' } },
        localityLbSetting: { failover: [{ from: 'eu-central-1', to: 'eu-west-1' }] },
      },
      outlierDetection: {
        consecutive5xxErrors: 31,
        consecutiveGatewayErrors: 37,
        splitExternalLocalOriginErrors: true,
        consecutiveLocalOriginFailures: 41,
        interval: '43s',
        baseEjectionTime: '47s',
        maxEjectionPercent: 53,
        minHealthPercent: 59,
      },
    },
    apex: { labels: { x: 'a' }, annotations: { y: 'b' } },
    primary: { labels: { x: 'c' }, annotations: { y: 'd' } },
    canary: { labels: { x: 'e' }, annotations: { y: 'f' } },
    unmanagedMetadata: { labels: ['team'], annotations: ['example.com/note'] },
  });
});

test('what was accepted is in the report', () => {
  const service = {
    hosts: ['a.example.com'],
    gateways: ['x/edge', 'mesh'],
    rewrite: { uri: '/' },
    acceptInMesh: 'callers use the same paths',
  };
  expect(notesOn(made({ service }).canary)).toContainEqual({
    kind: 'acceptance',
    text: 'Routes of orders hold for callers in the mesh too: callers use the same paths',
  });
});

describe('delegation (rule 14)', () => {
  test('a root keeps callers in the mesh from going past the canary', () => {
    const { objects, spec } = made({ service: { delegation: true, name: 'orders-api' } });
    expect(spec.service.delegation).toBe(true);
    expect(only(objects, 'VirtualService')).toMatchObject({
      metadata: { name: 'orders-api-mesh', namespace: 'shop' },
      spec: { hosts: ['orders-api.shop.svc.cluster.local'], http: [{ delegate: { name: 'orders-api', namespace: 'shop' } }] },
    });
  });

  test('a gateway of this app delegates to it, and its pods let the gateway in', () => {
    const world = new World();
    const workload = new ExistingWorkload(world.chart, 'orders-workload', {
      name: 'orders',
      namespace: world.namespace,
      ports: [{ port: 8073, servicePort: 80 }],
    });
    const canary = new CanaryRelease(world.chart, 'orders', {
      ...{ namespace: world.namespace, target: TARGET, port: 80, workload },
      service: { delegation: true, targetPort: 8073 },
    });
    new MeshGateway(world.chart, 'edge', { hosts: ['shop.example.com'], issuer: 'ca' }).route('/orders', canary);
    expect(world.one('VirtualService', 'edge').spec.http[0].delegate).toEqual({ name: 'orders', namespace: 'vault' });
    expect(world.one('AuthorizationPolicy', 'orders').spec.rules[0].to[0].operation).toMatchObject({ ports: ['8073'] });
  });
});

describe('forms that are not the mesh’s', () => {
  test('without a mesh: checked side by side, then replaced', () => {
    const { spec, canary, notes } = made({
      provider: 'kubernetes',
      webhooks: [load],
      successRate: 97.5,
      service: { headless: true },
    });
    expect(spec.provider).toBe('kubernetes');
    expect(spec.service).toEqual({
      name: 'orders',
      port: 80,
      portName: 'http',
      targetPort: 80,
      appProtocol: 'http',
      portDiscovery: false,
      headless: true,
    });
    expect(spec.analysis).toMatchObject({
      iterations: 10,
      metrics: [{ name: 'request-success-rate', interval: '1m', thresholdRange: { min: 97.5 } }],
    });
    expect(spec.analysis.stepWeightPromotion).toBeUndefined();
    expect(canary.course.madeByOthers).toEqual([
      'Deployment/orders-primary',
      'Service/orders',
      'Service/orders-primary',
      'Service/orders-canary',
    ]);
    expect(canary.course.steps.every(({ weights }) => weights.orders === 0)).toBe(true);
    expect(notes).toContainEqual(expect.stringContaining('http_request_duration_seconds'));
  });

  test('a DaemonSet', () => {
    const { spec, notes, canary } = made({ target: { kind: 'DaemonSet', name: 'agents' } });
    expect(spec.targetRef).toEqual({ apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'agents' });
    expect(notes).toContainEqual(expect.stringMatching(/^The manifest of DaemonSet agents leaves nodeSelector out/));
    expect(canary.course.madeByOthers[0]).toBe('DaemonSet/agents-primary');
  });

  test('bytes: weights of connections, checked by a metric of the user', () => {
    const { spec } = made({ metrics: [up], service: { appProtocol: 'tcp' } });
    expect(spec.service).toMatchObject({ appProtocol: 'tcp', portName: 'tcp' });
    expect([spec.service.timeout, spec.service.retries]).toEqual([undefined, undefined]);
  });

  test('KEDA, and queries for the primary', () => {
    const { spec, canary } = made({
      autoscaler: { kind: 'ScaledObject', name: 'orders-so', primary: { queries: { lag: 'up' } } },
    });
    expect(spec.autoscalerRef).toEqual({
      ...{ apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', name: 'orders-so' },
      primaryScalerQueries: { lag: 'up' },
    });
    expect(canary.course.madeByOthers).toContain('ScaledObject/orders-so-primary');
    expect(canary.course.madeByOthers).toContain('HorizontalPodAutoscaler/keda-hpa-orders-so-primary');
  });
});

test('what must be true of a workload that something else makes', () => {
  expect(made().notes).toEqual([
    'Flagger 1.44.0 runs in namespace flagger-system, in the mesh, with Istio as its mesh provider and Prometheus as its metrics server.',
    "Prometheus scrapes Istio's proxies at least every 30 s: a check that finds fewer than two samples fails.",
    'Deployment orders in namespace shop selects its pods by app, name or app.kubernetes.io/name, which Flagger changes to <value>-primary on the pods that serve; its spread and affinity terms follow only where they name orders.',
    'Whatever selects the pods of orders (policies, disruption budgets, monitors) does so by another label, one that both tracks carry.',
    'The manifest of Deployment orders says no replicas, which Flagger sets to 0 between releases, and rolls with maxUnavailable 0.',
    'No manifest in Git makes a Service, VirtualService or DestinationRule called orders, orders-primary or orders-canary: Flagger does.',
  ]);
});

test('two canaries of one namespace share what they need', () => {
  const chart = new Chart(Testing.app(), 'world');
  const objective = { analysis: { latencies: [{ percentile: 95, limit: Duration.millis(250) }], derivation: [] } };
  for (const name of ['orders', 'baskets']) {
    const target = { kind: 'Deployment', name } as const;
    new CanaryRelease(chart, name, { namespace: 'shop', platform: new Platform(), target, port: 80, objective });
  }
  const objects = Testing.synth(chart) as Json[];
  expect(objects.filter(({ kind }) => kind === 'MetricTemplate')).toHaveLength(1);
  expect(objects.filter(({ kind }) => kind === 'Canary')).toHaveLength(2);
});

test('every form passes the strict schema', () => {
  const audience = Audience.header('x-a', { regex: 'b+' });
  const forms: Partial<CanaryReleaseProps>[] = [
    { abTest: { audience, iterations: 3 } },
    { blueGreen: {}, webhooks: [load] },
    { blueGreen: {}, mirror: { idempotent: true } },
    { sessionAffinity: {}, service: { match: [{ uri: { prefix: '/a' } }] } },
    { provider: 'kubernetes', webhooks: [load] },
    { target: { kind: 'DaemonSet', name: 'agents' }, service: { delegation: true } },
    { service: { trafficPolicy: { loadBalancer: { consistentHash: { useSourceIp: true } } } } },
    { service: { appProtocol: 'grpc' } },
  ];
  for (const form of forms) expect(made(form).objects.flatMap(schemaProblems)).toEqual([]);
});
