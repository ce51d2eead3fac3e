import type { Worlds } from '../support/flagger/compare';
import type { KubeObject } from '../support/reachability';
import { hpa, NAMESPACE, object, office, service, workload } from './office';

/* Every way in which Flagger releases, each as the manifests of one office. */

const SERVICE = { port: 8081, targetPort: 8087, delegation: true };
const HPA_REF = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', name: 'payments' };

interface Draft {
  readonly analysis: object;
  readonly service?: object;
  readonly spec?: object;
}

/** A Canary's spec: the service as the library writes it, and what the draft says otherwise. */
export function canarySpec({ analysis, service: given, spec }: Draft): object {
  return {
    targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'payments' },
    service: { ...SERVICE, ...given },
    analysis: { interval: '90s', threshold: 5, ...analysis },
    ...spec,
  };
}

const steps = { stepWeights: [5, 35, 100], stepWeightPromotion: 40 };
const insiders = { match: [{ headers: { 'x-insider': { exact: 'yes' } } }, { sourceLabels: { tier: 'gold' } }], iterations: 2 };
const cookies = {
  cookieName: 'pay-canary',
  primaryCookieName: 'pay-primary',
  secure: true,
  httpOnly: true,
  maxAge: 3700,
  domain: 'bank.example.com',
  path: '/pay',
  sameSite: 'Strict',
  partitioned: true,
};
const traffic = {
  retries: { attempts: 2, perTryTimeout: '2s', retryOn: 'connect-failure,refused-stream' },
  timeout: '7s',
  headers: { request: { add: { 'x-track': 'flagger' } }, response: { remove: ['server'] } },
  corsPolicy: {
    allowOrigins: [{ exact: 'https://bank.example.com' }],
    allowMethods: ['GET'],
    maxAge: '24h',
    allowCredentials: true,
  },
  rewrite: { uri: '/v2/', authority: 'inner.example.com' },
  trafficPolicy: {
    connectionPool: {
      http: { http1MaxPendingRequests: 51, http2MaxRequests: 1001, maxRequestsPerConnection: 3, idleTimeout: '31s' },
    },
    loadBalancer: { simple: 'LEAST_REQUEST' },
    outlierDetection: {
      consecutive5xxErrors: 0,
      consecutiveGatewayErrors: 7,
      interval: '29s',
      baseEjectionTime: '31s',
      maxEjectionPercent: 47,
    },
    tls: { mode: 'ISTIO_MUTUAL' },
  },
};
const open = { delegation: false, gateways: ['edge/edge', 'mesh'], hosts: ['bank.example.com'] };
const pay = [{ uri: { prefix: '/pay/' } }, { uri: { exact: '/pay' }, method: { exact: 'GET' } }];

/** Configuration of every kind that a pod can read. */
const configured = workload('payments', {
  spec: { replicas: 4, minReadySeconds: 9, progressDeadlineSeconds: 601, revisionHistoryLimit: 3 },
  ports: [{ name: 'http', containerPort: 8087 }, { name: 'metrics', containerPort: 9090 }, { containerPort: 9091 }],
  pod: {
    nodeSelector: { disk: 'ssd' },
    initContainers: [
      { name: 'init', image: 'i', env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'from-env', key: 'a' } } }] },
    ],
    containers: [
      {
        name: 'payments',
        image: 'registry.example.com/payments:2.4.1',
        ports: [{ name: 'http', containerPort: 8087 }, { name: 'metrics', containerPort: 9090 }, { containerPort: 9091 }],
        env: [{ name: 'B', valueFrom: { configMapKeyRef: { name: 'tracked', key: 'b' } } }],
        envFrom: [{ configMapRef: { name: 'untracked' } }, { secretRef: { name: 'absent', optional: true } }],
      },
      { name: 'istio-proxy', image: 'auto', ports: [{ name: 'envoy', containerPort: 15090 }] },
    ],
    volumes: [
      { name: 'a', configMap: { name: 'tracked' } },
      { name: 'b', secret: { secretName: 'registry' } },
      { name: 'c', projected: { sources: [{ secret: { name: 'from-env' } }, { configMap: { name: 'tracked' } }] } },
      { name: 'd', secret: { secretName: 'made-by-others' } },
      { name: 'e', emptyDir: {} },
    ],
    affinity: {
      podAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { topologyKey: 'zone', labelSelector: { matchLabels: { app: 'payments' } } },
        ],
      },
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 7,
            podAffinityTerm: {
              topologyKey: 'kubernetes.io/hostname',
              labelSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['other', 'payments'] }] },
            },
          },
        ],
        requiredDuringSchedulingIgnoredDuringExecution: [
          { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'payments', tier: 'payments' } } },
        ],
      },
    },
  },
});

const config = (kind: string, name: string, more: object = {}): KubeObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, namespace: NAMESPACE, labels: { kept: 'no' }, ...('metadata' in more ? (more.metadata as object) : {}) },
  ...Object.fromEntries(Object.entries(more).filter(([key]) => key !== 'metadata')),
});

const configs = [
  config('ConfigMap', 'tracked', { data: { b: '7' }, binaryData: { c: 'AA==' }, immutable: true }),
  config('ConfigMap', 'untracked', { data: {}, metadata: { annotations: { 'flagger.app/config-tracking': 'disabled' } } }),
  config('Secret', 'from-env', { stringData: { a: 'plain' } }),
  config('Secret', 'registry', { type: 'kubernetes.io/dockerconfigjson', data: { '.dockerconfigjson': 'e30=' } }),
];

const scaledObject = object('keda.sh/v1alpha1', 'ScaledObject', 'payments', {
  scaleTargetRef: { name: 'payments' },
  minReplicaCount: 3,
  maxReplicaCount: 9,
  cooldownPeriod: 0,
  advanced: {
    horizontalPodAutoscalerConfig: { name: 'keda-payments', behavior: { scaleDown: { stabilizationWindowSeconds: 301 } } },
  },
  triggers: [
    {
      type: 'prometheus',
      name: 'rate',
      metadata: { query: 'rate(x{pod=~"payments-canary.*|payments-[0-9]+"}[1m])', threshold: '100' },
    },
    { type: 'cpu', metricType: 'Utilization', metadata: { value: '70' } },
  ],
  fallback: { failureThreshold: 3, replicas: 5 },
});

scaledObject.metadata!.annotations = { 'scaledobject.keda.sh/transfer-hpa-ownership': 'true' };
scaledObject.metadata!.labels = { team: 'payments' };

const keda = (more: object = {}): object => ({
  autoscalerRef: { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', name: 'payments', ...more },
});

const daemons = { targetRef: { apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'payments' } };
const daemon = workload('payments', { kind: 'DaemonSet', spec: { updateStrategy: { type: 'RollingUpdate' } } });

/** The same service two versions long: the later one scales further, reads other data and limits its callers otherwise. */
function version(number: 2 | 3, scaler: KubeObject, ref: object): KubeObject[] {
  const pods = workload('payments', {
    pod: {
      containers: [
        { name: 'payments', image: `registry.example.com/payments:${number}`, envFrom: [{ configMapRef: { name: 'tracked' } }] },
      ],
    },
  });
  (pods['spec'] as { minReadySeconds: number }).minReadySeconds = number;
  const trafficPolicy = { connectionPool: { http: { http2MaxRequests: 1000 * number } } };
  const canary = canarySpec({ analysis: steps, service: { trafficPolicy, timeout: `${number}s` }, spec: { autoscalerRef: ref } });
  const limits = scaler['spec'] as { maxReplicas?: number; maxReplicaCount?: number };
  const scaled = {
    ...scaler,
    spec: { ...limits, ...(limits.maxReplicas ? { maxReplicas: 10 + number } : { maxReplicaCount: 10 + number }) },
  };
  return office(canary, pods, scaled, config('ConfigMap', 'tracked', { data: { version: `${number}` } }));
}

/** Traffic objects that were there before the Canary, as a rolling release leaves them behind. */
const inherited = [
  service('payments'),
  object('networking.istio.io/v1', 'VirtualService', 'payments', {
    hosts: ['payments.vaults.svc.cluster.local'],
    http: [{ route: [{ destination: { host: 'payments.vaults.svc.cluster.local' }, weight: 100 }], timeout: '3s' }],
  }),
  object('networking.istio.io/v1', 'DestinationRule', 'payments', { host: 'payments.vaults.svc.cluster.local' }),
  object('networking.istio.io/v1', 'DestinationRule', 'payments-primary', { host: 'elsewhere.example.com' }),
];

export const STRATEGIES: Readonly<Record<string, KubeObject[]>> = {
  'listed steps': office(canarySpec({ analysis: steps, spec: { autoscalerRef: HPA_REF } }), hpa('payments')),
  'even steps to a maximum': office(
    canarySpec({ analysis: { stepWeight: 20, maxWeight: 50 }, spec: { autoscalerRef: HPA_REF } }),
    hpa('payments', 1),
  ),
  'promotion at once': office(canarySpec({ analysis: { stepWeights: [10, 60] } })),
  'replicas of the primary': office(
    canarySpec({
      analysis: steps,
      spec: { autoscalerRef: { ...HPA_REF, primaryScalerReplicas: { minReplicas: 5, maxReplicas: 13 } } },
    }),
    hpa('payments'),
  ),
  'A/B by headers and source labels': office(canarySpec({ analysis: insiders })),
  'A/B with paths': office(canarySpec({ analysis: insiders, service: { match: pay } })),
  'A/B with promotion steps': office(canarySpec({ analysis: { ...insiders, stepWeightPromotion: 60 } })),
  'blue-green': office(canarySpec({ analysis: { iterations: 3 } })),
  'blue-green, mirrored': office(canarySpec({ analysis: { iterations: 2, mirror: true, mirrorWeight: 30 } })),
  'blue-green without a mesh': office(canarySpec({ analysis: { iterations: 2 }, spec: { provider: 'kubernetes' } })),
  'steps without a mesh': office(canarySpec({ analysis: { stepWeight: 25 }, spec: { provider: 'kubernetes' } })),
  'steps, mirrored first': office(canarySpec({ analysis: { ...steps, mirror: true } })),
  'session affinity': office(canarySpec({ analysis: { ...steps, sessionAffinity: cookies } })),
  'session affinity with paths': office(
    canarySpec({ analysis: { ...steps, sessionAffinity: cookies }, service: { match: pay, headers: traffic.headers } }),
  ),
  'session affinity with response headers': office(
    canarySpec({
      analysis: { ...steps, sessionAffinity: { cookieName: 'pay-canary' } },
      service: { headers: { response: { add: { 'x-served-by': 'bank' } } } },
    }),
  ),
  'blue-green with session affinity': office(canarySpec({ analysis: { iterations: 2, sessionAffinity: cookies } })),
  'all settings of traffic': office(canarySpec({ analysis: steps, service: { ...traffic, match: pay } })),
  'hosts and gateways': office(canarySpec({ analysis: steps, service: { ...open, ...traffic } })),
  'discovered ports behind a gateway': office(
    canarySpec({ analysis: steps, service: { ...open, portDiscovery: true, gateways: ['edge/edge'] } }),
    configured,
    ...configs,
  ),
  'discovered ports by name': office(
    canarySpec({ analysis: steps, service: { portDiscovery: true, targetPort: 'http', portName: 'grpc', appProtocol: 'grpc' } }),
    configured,
    ...configs,
  ),
  'configuration of every kind': office(canarySpec({ analysis: steps }), configured, ...configs),
  'metadata of the Services': office(
    canarySpec({
      analysis: steps,
      service: {
        name: 'pay',
        headless: true,
        trafficDistribution: 'PreferClose',
        apex: { labels: { a: '1' }, annotations: { b: '2' } },
        primary: { labels: { c: '3' } },
        canary: { annotations: { d: '4' } },
        unmanagedMetadata: { annotations: ['x'], labels: ['y'] },
      },
    }),
  ),
  'bytes instead of requests': office(canarySpec({ analysis: steps, service: { appProtocol: 'tcp', match: [{ port: 8081 }] } })),
  KEDA: office(canarySpec({ analysis: steps, spec: keda() }), scaledObject),
  'KEDA with queries and replicas of the primary': office(
    canarySpec({
      analysis: steps,
      spec: keda({ primaryScalerQueries: { rate: 'rate(y[1m])' }, primaryScalerReplicas: { minReplicas: 4 } }),
    }),
    scaledObject,
  ),
  'a DaemonSet': office(canarySpec({ analysis: steps, spec: daemons }), daemon),
  'a DaemonSet on chosen nodes': office(
    canarySpec({ analysis: { iterations: 1 }, spec: daemons }),
    workload('payments', { kind: 'DaemonSet', pod: { nodeSelector: { disk: 'ssd' } } }),
  ),
  'without analysis': office(
    canarySpec({ analysis: steps, spec: { skipAnalysis: true, autoscalerRef: HPA_REF } }),
    hpa('payments'),
  ),
  'objects that were there before': office(canarySpec({ analysis: steps, service: { delegation: false } }), ...inherited),
  'objects that were there before, under a root': office(canarySpec({ analysis: steps }), ...inherited),
  'a target that was stopped': office(
    canarySpec({ analysis: steps, spec: { autoscalerRef: HPA_REF } }),
    workload('payments', { spec: { replicas: 0 } }),
    hpa('payments'),
  ),
  'an empty list of matches': office(canarySpec({ analysis: steps, service: { match: [] } })),
};

/** Strategies again, with a version before that differs in more than its pods. */
export const VERSIONS: Worlds = {
  'two versions': { before: version(2, hpa('payments'), HPA_REF), after: version(3, hpa('payments'), HPA_REF) },
  'two versions under KEDA': {
    before: version(2, scaledObject, { kind: 'ScaledObject', name: 'payments' }),
    after: version(3, scaledObject, { kind: 'ScaledObject', name: 'payments' }),
  },
  'a Canary that changes with its target': {
    before: office(canarySpec({ analysis: steps })),
    after: office(
      canarySpec({ analysis: { iterations: 2 }, service: { ...traffic, apex: { labels: { a: '1' } } } }),
      workload('payments', { pod: { terminationGracePeriodSeconds: 71 } }),
    ),
  },
};
