import {
  BankingService,
  CircuitBreaker,
  Exposure,
  ExternalHost,
  GatewayTls,
  Health,
  HealthProbe,
  MeshGateway,
  Mtls,
  Priority,
  Reach,
  Release,
  Scaling,
  Subject,
  ZeroTrustNamespace,
} from 'cdk8s-banking';
import { js, pair } from '../wrong-input';
import { time, TIMING, BEHAVIOR, HOME, list, probed, serviceWith, type Targets } from './shared';

/** Every factory of a value, with options that are right. */
export const FACTORIES: Targets = {
  'Reach.cidrs': [
    ['203.0.113.0/24'],
    (blocks, chart) => pair(chart).ledger.allowTo(ExternalHost.https('a.example.net', { reach: Reach.cidrs(...list(blocks)) })),
  ],
  'Reach.anyPublicAddress': [
    { accept: 'The partner changes its addresses weekly' },
    (props) => ExternalHost.https('a.example.net', { reach: Reach.anyPublicAddress(props) }),
  ],
  'Mtls.migrate': [
    { until: '2027-03-31', reason: 'The old mainframe speaks plain text' },
    (props, chart) => new ZeroTrustNamespace(chart, 'n', { name: 'n', mtls: Mtls.migrate(props) }),
  ],
  'Subject.serviceAccount': [
    ['ci', 'deployer'],
    (args, chart) =>
      new ZeroTrustNamespace(chart, 'n', {
        name: 'n',
        access: { readers: [Subject.serviceAccount(list(args)[0]!, list(args)[1]!)] },
      }),
  ],
  'Health.of': [
    {
      liveness: HealthProbe.tcp(),
      readiness: HealthProbe.http('/readyz'),
      startup: HealthProbe.http('/livez'),
      startsWithin: time,
      managementPaths: ['/admin'],
      metrics: { path: '/metrics', port: 8081 },
    },
    (props, chart) => serviceWith(chart, { health: Health.of(props) }),
  ],
  'Health.springBootActuator': [
    { port: 8081, startsWithin: time, metrics: { path: '/metrics' } },
    (props, chart) => serviceWith(chart, { health: Health.springBootActuator(props) }),
  ],
  'Health.commerce': [
    { port: 8081, startsWithin: time, livenessPath: '/a', metrics: { path: '/metrics', port: 9090 } },
    (props, chart) => serviceWith(chart, { health: Health.commerce(props) }),
  ],
  'Health.healthz': [
    { port: 8081, startsWithin: time, metrics: { path: '/metrics' } },
    (props, chart) => serviceWith(chart, { health: Health.healthz(props) }),
  ],
  'Health.grpc': [{ port: 8081, readinessService: 'a' }, (props, chart) => serviceWith(chart, { health: Health.grpc(props) })],
  'HealthProbe.http': [TIMING, (timing, chart) => serviceWith(chart, probed(HealthProbe.http('/livez', timing)))],
  'HealthProbe.http, path': [[], (path, chart) => serviceWith(chart, probed(HealthProbe.http(path)))],
  'HealthProbe.grpc': [{ ...TIMING, service: 'a' }, (timing, chart) => serviceWith(chart, probed(HealthProbe.grpc(timing)))],
  'HealthProbe.exec': [['cat'], (command, chart) => serviceWith(chart, probed(HealthProbe.exec(command, TIMING)))],
  'Scaling.horizontal': [
    { ...BEHAVIOR, cpu: 70, memory: 80, metrics: [] },
    (props, chart) => serviceWith(chart, { scaling: Scaling.horizontal(props) }),
  ],
  'Scaling.keda': [
    {
      ...BEHAVIOR,
      triggers: [{ type: 'kafka', metadata: { topic: 'a' }, name: 'a', metricType: 'AverageValue', authentication: 'a' }],
      pollingInterval: time,
      fallback: { failureThreshold: 3, replicas: 3 },
    },
    (props, chart) => serviceWith(chart, { scaling: Scaling.keda(props) }),
  ],
  'Scaling.fixed': [[], (replicas, chart) => serviceWith(chart, { scaling: Scaling.fixed(replicas) })],
  'Exposure.clusterIp': [
    { clientIpAffinity: time, topologyAware: true, annotations: { a: 'b' } },
    (props, chart) => serviceWith(chart, { exposure: Exposure.clusterIp(props) }),
  ],
  'Exposure.networkLoadBalancer': [
    { sourceRanges: ['10.20.0.0/16'], internal: true, annotations: { a: 'b' } },
    (props, chart) =>
      serviceWith(chart, {
        exposure: Exposure.networkLoadBalancer(props),
        mtlsExceptions: [{ port: 8080, reason: 'Branch terminals' }],
      }),
  ],
  'Exposure.nodePort': [
    { sourceRanges: ['10.20.0.0/16'], nodePort: 30_000 },
    (props, chart) =>
      serviceWith(chart, { exposure: Exposure.nodePort(props), mtlsExceptions: [{ port: 8080, reason: 'Branch terminals' }] }),
  ],
  'CircuitBreaker.standard': [
    {
      consecutive5xxErrors: 5,
      interval: time,
      baseEjectionTime: time,
      maxEjectionPercent: 50,
      minHealthPercent: 30,
      maxConnections: 1,
      h2Upgrade: true,
    },
    (props, chart) => serviceWith(chart, { traffic: { circuitBreaker: CircuitBreaker.standard(props) } }),
  ],
  'Release.rolling': [
    { maxUnavailable: 0, maxSurge: 1 },
    (props, chart) => serviceWith(chart, { release: Release.rolling(props) }),
  ],
  'Release.recreate': [
    { acceptDowntime: 'Two versions can not share a schema' },
    (props, chart) => serviceWith(chart, { release: Release.recreate(props) }),
  ],
  'Priority.ofTier': [{ value: 5, preempt: true }, (props, chart) => serviceWith(chart, { priority: Priority.ofTier(props) })],
  'Priority.existing': [[], (name, chart) => serviceWith(chart, { priority: Priority.existing(name) })],
  'GatewayTls.mutual': [
    { clientCa: 'partners', clientNames: ['a.example.net'] },
    (props, chart) =>
      new MeshGateway(chart, 'edge', {
        hosts: ['a.example.com'],
        issuer: 'x',
        namespace: HOME,
        tls: GatewayTls.mutual(props),
      }).route('/', js(null)),
  ],
  'construct id': [[], (id, chart) => new BankingService(chart, id, { namespace: HOME, image: 'a:1.2.3', port: 8080 })],
};
