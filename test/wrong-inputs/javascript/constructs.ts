import { Duration } from 'cdk8s';
import {
  BankingService,
  CircuitBreaker,
  ExistingWorkload,
  Exposure,
  ExternalHost,
  ForeignWorkload,
  GatewayTls,
  Health,
  MeshGateway,
  Mtls,
  Platform,
  Priority,
  Reach,
  Release,
  Scaling,
  Subject,
  ZeroTrustNamespace,
} from 'cdk8s-banking';
import { js, pair } from '../wrong-input';
import { time, PODS, AMOUNTS, withNamespace, type Targets } from './shared';

/** Every construct, and every call of one, that takes props, with props that are right. */
export const CONSTRUCTS: Targets = {
  Platform: [
    {
      kubernetes: '1.34',
      istio: {
        version: '1.30',
        rootNamespace: 'mesh',
        trustDomain: 'bank',
        cni: true,
        revision: 'a',
        sidecar: 'auto',
        proxy: AMOUNTS,
        istiod: PODS,
      },
      flagger: { version: '1.44.0', namespace: 'flagger', podLabels: { a: 'b' }, serviceAccount: 'flagger' },
      prometheus: { ...PODS, address: 'http://prometheus:9090', discoveryLabels: { a: 'b' } },
      grafana: { namespace: 'monitoring', dashboardLabels: { a: 'b' }, instanceSelector: { a: 'b' } },
      ingressGateway: PODS,
      egressGateway: { ...PODS, host: 'egress.istio-egress.svc.cluster.local', port: 443 },
      dns: { ...PODS, nodeLocal: '169.254.20.10', port: 53 },
      traceCollector: { ...PODS, host: 'otel.tracing.svc.cluster.local', port: 4317 },
      apiServer: { cidrs: ['10.20.0.10/32'], port: 6443 },
      enforcesNetworkPolicies: true,
      clusterDomain: 'cluster.local',
    },
    (props) => new Platform(props).prerequisites(),
  ],
  ZeroTrustNamespace: [
    {
      name: 'retail',
      platform: new Platform(),
      mtls: Mtls.strict(),
      podSecurity: 'restricted',
      quota: { pods: 9, requestsCpu: '9', limitsMemory: '9Gi', loadBalancers: 0 },
      containerDefaults: AMOUNTS,
      access: { readers: [Subject.group('developers')], deployers: [] },
      labels: { a: 'b' },
      annotations: { a: 'b' },
    },
    (props, chart) => new ZeroTrustNamespace(chart, 'retail', props),
  ],
  ExistingWorkload: [
    {
      name: 'redis',
      podLabels: { a: 'b' },
      serviceAccount: 'redis',
      ports: [{ port: 6379, protocol: 'tcp', name: 'redis', servicePort: 6379 }],
      managementPaths: ['/admin'],
      mtlsExceptions: [{ port: 6379, mode: 'PERMISSIVE', reason: 'An old client of the mainframe' }],
    },
    (props, chart) => new ExistingWorkload(chart, 'redis', withNamespace(props)),
  ],
  ForeignWorkload: [
    {
      platform: new Platform(),
      namespace: 'rates',
      name: 'ticker',
      podLabels: { a: 'b' },
      serviceAccount: 'ticker',
      ports: [{ port: 8080 }],
      inMesh: true,
    },
    (props) => new ForeignWorkload(props),
  ],
  BankingService: [
    {
      name: 'payments',
      image: 'registry.example.com/payments:2.4.1',
      imagePullPolicy: 'Always',
      imagePullSecrets: ['registry'],
      port: 8080,
      protocol: 'http',
      servicePort: 80,
      ports: [{ port: 9090, protocol: 'grpc', name: 'api', servicePort: 90 }],
      version: '2.4.1',
      tier: 'standard',
      health: Health.healthz(),
      resources: { ...AMOUNTS, ephemeralStorage: '1Gi' },
      scaling: Scaling.fixed(3),
      shutdown: { preStop: time, drain: time, margin: time },
      security: { user: 10001, group: 10001, writablePaths: ['/cache'] },
      availability: { maxUnavailable: 1, minReady: time, progressDeadline: Duration.seconds(900), zoneSpread: 'DoNotSchedule' },
      priority: Priority.none(),
      placement: {
        nodeSelector: { a: 'b' },
        nodeRequirements: [{ key: 'c', operator: 'In', values: ['d'] }],
        dedicatedPool: { key: 'e', value: 'f', effect: 'NoExecute' },
        near: [],
        gpu: { count: 1, resource: 'nvidia.com/gpu' },
        schedulerName: 'default',
      },
      configuration: { variables: { A: 'b' }, files: { path: '/etc/app', content: { 'a.yaml': 'b' } }, change: 'roll-out' },
      secretEnv: { DB: { secret: 'db', key: 'password' } },
      secretFiles: [{ secret: 'tls', path: '/etc/tls' }],
      args: ['--a'],
      command: ['run'],
      traffic: {
        timeout: Duration.seconds(10),
        retries: { attempts: 1, perTry: Duration.seconds(2), on: ['connect-failure'] },
        circuitBreaker: CircuitBreaker.strict(),
        routes: [
          {
            path: '/api',
            exact: true,
            methods: ['GET'],
            headers: { a: 'b' },
            timeout: Duration.seconds(9),
            retries: { attempts: 0 },
            idempotent: true,
          },
        ],
      },
      exposure: Exposure.clusterIp(),
      release: Release.rolling(),
      mtlsExceptions: [{ port: 8080, mode: 'PERMISSIVE', reason: 'An old client of the mainframe' }],
      serviceAccountToken: false,
      serviceAccountAnnotations: { a: 'b' },
      labels: { a: 'b' },
      podAnnotations: { a: 'b' },
    },
    (props, chart) => new BankingService(chart, 'payments', withNamespace(props)),
  ],
  MeshGateway: [
    {
      hosts: ['bank.example.com'],
      issuer: { name: 'letsencrypt', kind: 'Issuer' },
      name: 'edge',
      tls: GatewayTls.simple(),
      minTlsVersion: 'TLSV1_3',
      redirect: true,
      hstsSeconds: 1,
    },
    (props, chart) => {
      const { payments } = pair(chart);
      return new MeshGateway(chart, 'edge', props).route('/', payments);
    },
  ],
  'MeshGateway.route': [
    ['/api', { exact: true, methods: ['GET'], headers: { a: 'b' } }],
    (args, chart) => {
      const { payments } = pair(chart);
      const [path, options] = Array.isArray(args) ? (args as unknown[]) : [args, args];
      return new MeshGateway(chart, 'edge', { hosts: ['a.example.com'], issuer: 'x' }).route(js(path), payments, js(options));
    },
  ],
  allowFrom: [
    { methods: ['GET'], paths: ['/api'], port: 8080 },
    (options, chart) => {
      const { payments, ledger } = pair(chart);
      return ledger.allowFrom(payments, options);
    },
  ],
  'allowFrom, by itself': [[], (caller, chart) => pair(chart).ledger.allowFrom(caller)],
  'allowTo, by itself': [[], (callee, chart) => pair(chart).ledger.allowTo(callee)],
  'ExternalHost.https': [
    { reach: Reach.cidrs('203.0.113.0/24'), port: 443, tlsOrigination: true },
    (props, chart) => pair(chart).ledger.allowTo(ExternalHost.https('a.example.net', props)),
  ],
  'ExternalHost.tcp': [{ reach: Reach.cidrs('203.0.113.0/24'), port: 5432 }, (props) => ExternalHost.tcp('a.example.net', props)],
};
