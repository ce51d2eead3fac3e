import type { ClusterOptions, KubeObject } from '../support/reachability';

/*
 * A namespace without trust, written by hand in the shape that the library gives its own: `payments` is released by a
 * Canary, `teller` and the gateway call it, it calls `ledger`, and a load tester in another namespace tries its canary.
 */

export const NAMESPACE = 'vaults';
export const LABEL = 'banking.workload/name';

const NETWORKING = 'networking.istio.io/v1';
const SECURITY = 'security.istio.io/v1';

export const identity = (name: string): Record<string, string> => ({ [LABEL]: name });
export const hostOf = (name: string, namespace = NAMESPACE): string => `${name}.${namespace}.svc.cluster.local`;
const principal = (name: string, namespace = NAMESPACE): string => `cluster.local/ns/${namespace}/sa/${name}`;

export function object(apiVersion: string, kind: string, name: string, spec: object, namespace = NAMESPACE): KubeObject {
  return { apiVersion, kind, metadata: { name, namespace }, spec };
}

/** A workload with the pods that the library makes, as far as they matter here. */
export function workload(name: string, more: { kind?: string; spec?: object; pod?: object; ports?: object[] } = {}): KubeObject {
  const { kind = 'Deployment', spec = {}, pod = {}, ports = [{ name: 'http', containerPort: 8087, protocol: 'TCP' }] } = more;
  return object('apps/v1', kind, name, {
    ...spec,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: {
        labels: { app: name, ...identity(name), version: '2.4.1', 'app.kubernetes.io/name': name },
        annotations: { 'prometheus.io/scrape': 'true' },
      },
      spec: {
        serviceAccountName: name,
        containers: [{ name, image: `registry.example.com/${name}:2.4.1`, ports, resources: { requests: { cpu: '500m' } } }],
        topologySpreadConstraints: [
          {
            labelSelector: { matchLabels: { app: name } },
            maxSkew: 1,
            topologyKey: 'topology.kubernetes.io/zone',
            whenUnsatisfiable: 'DoNotSchedule',
          },
        ],
        ...pod,
      },
    },
  });
}

export function service(name: string, port = 8081): KubeObject {
  const ports = [{ name: 'http', appProtocol: 'http', port, targetPort: 8087, protocol: 'TCP' }];
  return object('v1', 'Service', name, { type: 'ClusterIP', selector: identity(name), ports });
}

export function hpa(name: string, minReplicas = 3): KubeObject {
  return object('autoscaling/v2', 'HorizontalPodAutoscaler', name, {
    minReplicas,
    maxReplicas: 11,
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 71 } } }],
  });
}

/** NetworkPolicy, AuthorizationPolicy, Sidecar, PodDisruptionBudget and PodMonitor of one service. */
function guards(name: string, { callers, callees }: { callers: readonly Caller[]; callees: readonly string[] }): KubeObject[] {
  const tcp = (port: number): object => ({ port, protocol: 'TCP' });
  const peer = (labels: object, namespace = NAMESPACE): object => ({
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    podSelector: { matchLabels: labels },
  });
  return [
    object('networking.k8s.io/v1', 'NetworkPolicy', name, {
      podSelector: { matchLabels: identity(name) },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: callers.map(({ labels, namespace }) => peer(labels, namespace)), ports: [tcp(8087)] }],
      egress: callees.map((callee) => ({ to: [peer(identity(callee))], ports: [tcp(8087)] })),
    }),
    object(SECURITY, 'AuthorizationPolicy', name, {
      selector: { matchLabels: identity(name) },
      rules: callers.map(({ name: caller, namespace, methods, paths }) => ({
        from: [{ source: { principals: [principal(caller, namespace)] } }],
        to: [{ operation: { methods, paths, ports: ['8087'] } }],
      })),
    }),
    object(NETWORKING, 'Sidecar', name, {
      workloadSelector: { labels: identity(name) },
      egress: [{ hosts: callees.length > 0 ? callees.map((callee) => `${NAMESPACE}/${hostOf(callee)}`) : ['~/*'] }],
      outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
    }),
    object('policy/v1', 'PodDisruptionBudget', name, { maxUnavailable: 1, selector: { matchLabels: identity(name) } }),
    object('monitoring.coreos.com/v1', 'PodMonitor', name, {
      selector: { matchLabels: identity(name) },
      podMetricsEndpoints: [{ path: '/stats/prometheus' }],
    }),
  ];
}

interface Caller {
  readonly name: string;
  readonly namespace?: string;
  readonly labels: Record<string, string>;
  readonly methods: string[];
  readonly paths?: string[];
}

const teller: Caller = { name: 'teller', labels: identity('teller'), methods: ['GET', 'POST'], paths: ['/pay', '/pay/*'] };
const gateway: Caller = {
  name: 'edge-sa',
  namespace: 'edge',
  labels: { istio: 'edge' },
  methods: ['GET'],
  paths: ['/pay', '/pay/*'],
};
const tester: Caller = {
  name: 'loadtester',
  namespace: 'trials',
  labels: identity('loadtester'),
  methods: ['GET'],
  paths: ['/pay/health'],
};
const payments: Caller = { name: 'payments', labels: identity('payments'), methods: ['POST'], paths: ['/entries'] };

/** Everything but the workload under release, its scaler and its Canary. */
const SURROUNDINGS: KubeObject[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE, labels: { 'istio-injection': 'enabled' } } },
  object('networking.k8s.io/v1', 'NetworkPolicy', 'default-deny', {
    podSelector: {},
    policyTypes: ['Ingress', 'Egress'],
    egress: [
      {
        to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'istio-system' } } }],
        ports: [{ port: 15012, protocol: 'TCP' }],
      },
    ],
  }),
  object(SECURITY, 'PeerAuthentication', 'default', { mtls: { mode: 'STRICT' } }),
  object(SECURITY, 'AuthorizationPolicy', 'allow-nothing', {}),
  object(NETWORKING, 'Sidecar', 'default', {
    egress: [{ hosts: ['~/*'] }],
    outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
  }),
  ...guards('teller', { callers: [], callees: ['payments'] }),
  ...guards('payments', { callers: [teller, gateway, tester], callees: ['ledger'] }),
  ...guards('ledger', { callers: [payments], callees: [] }),
  workload('teller'),
  workload('ledger'),
  service('ledger'),
  // The load tester's own namespace lets it out to payments, and to nobody else.
  object(
    NETWORKING,
    'Sidecar',
    'loadtester',
    {
      workloadSelector: { labels: identity('loadtester') },
      egress: [{ hosts: [`${NAMESPACE}/${hostOf('payments')}`, `${NAMESPACE}/${hostOf('payments-canary')}`] }],
      outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
    },
    'trials',
  ),
];

/** The routes of callers in the mesh: a root with timeouts and retries, that leaves the weights to Flagger. */
export const meshRoot = object(NETWORKING, 'VirtualService', 'payments-mesh', {
  hosts: [hostOf('payments')],
  http: [
    {
      match: ['GET', 'HEAD'].map((method) => ({ method: { exact: method } })),
      delegate: { name: 'payments', namespace: NAMESPACE },
      timeout: '7s',
      retries: { attempts: 2, perTryTimeout: '2s', retryOn: 'connect-failure,refused-stream' },
    },
    { delegate: { name: 'payments', namespace: NAMESPACE }, timeout: '11s', retries: { attempts: 0 } },
  ],
});

/** The gateway, and the root of its host. */
export const edge = [
  object(
    NETWORKING,
    'Gateway',
    'edge',
    {
      selector: { istio: 'edge' },
      servers: [{ hosts: ['bank.example.com'], port: { number: 443, name: 'https', protocol: 'HTTPS' } }],
    },
    'edge',
  ),
  object(
    NETWORKING,
    'VirtualService',
    'edge',
    {
      hosts: ['bank.example.com'],
      gateways: ['edge/edge'],
      http: [
        {
          match: [{ uri: { exact: '/pay' } }, { uri: { prefix: '/pay/' } }],
          delegate: { name: 'payments', namespace: NAMESPACE },
        },
      ],
    },
    'edge',
  ),
];

/** The office with this Canary, and what it needs beside the surroundings. */
export function office(canary: object, ...more: KubeObject[]): KubeObject[] {
  const released = object('flagger.app/v1beta1', 'Canary', 'payments', canary);
  const given = more.some(({ kind }) => kind === 'Deployment' || kind === 'DaemonSet') ? more : [workload('payments'), ...more];
  return [...SURROUNDINGS, meshRoot, ...edge, ...given, released];
}

const pod = (namespace: string, name: string, more: object = {}) => ({
  namespace,
  name,
  inMesh: true,
  serviceAccount: name,
  ...more,
});

/** Who else is in the cluster: the platform, the load tester, and strangers who look like friends. */
export const WORLD: ClusterOptions = {
  namespaces: { edge: {}, trials: {}, elsewhere: {}, 'flagger-system': {}, 'istio-system': {} },
  pods: [
    pod('edge', 'gateway', { labels: { istio: 'edge' }, serviceAccount: 'edge-sa', gateway: true }),
    pod('trials', 'loadtester', { labels: identity('loadtester'), ports: [{ name: 'http', port: 8090 }] }),
    pod('flagger-system', 'flagger', { labels: { app: 'flagger' } }),
    pod(NAMESPACE, 'stranger', { labels: { app: 'stranger' }, ports: [{ port: 8087 }] }),
    pod('elsewhere', 'false-teller', { labels: identity('teller'), serviceAccount: 'teller', ports: [{ port: 8087 }] }),
    pod('elsewhere', 'plain', { labels: identity('teller'), inMesh: false, serviceAccount: 'teller' }),
  ],
  objects: [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'loadtester', namespace: 'trials' },
      spec: { selector: identity('loadtester'), ports: [{ name: 'http', port: 80, targetPort: 8090 }] },
    },
  ],
};
