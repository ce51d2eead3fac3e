import { Audience, CanaryRelease, Release } from 'cdk8s-banking';
import { js } from '../wrong-input';
import { list, serviceWith, time, type Targets } from './shared';

const hook = {
  name: 'load',
  type: 'rollout',
  timeoutSeconds: 5,
  validate() {},
  bind: () => ({ name: 'load', type: 'rollout', url: 'http://a/', timeoutSeconds: 5 }),
};
const metric = { validate() {}, bind: () => ({ name: 'a', query: 'up', thresholdRange: { min: 1 }, describes: 'it is up' }) };
const alert = { validate() {}, bind: () => ({ name: 'a', severity: 'warn', providerRef: { name: 'a' } }) };
const objective = { analysis: { successRate: 99, latencies: [], derivation: [] } };

const ORDERS = { namespace: 'shop', target: { kind: 'Deployment', name: 'orders' }, port: 80 };
const standalone = (props: object) =>
  [{ ...ORDERS, ...props }, (given: never, chart: never) => new CanaryRelease(chart, 'orders', given)] as never;
const of = (service: object) => standalone({ service });

/** Canaries of Flagger, with props that are right. */
export const CANARIES: Targets = {
  'Release.canary': [
    { primaryScaler: { min: 3, max: 4 }, fullLoad: 4, takeOver: true, steps: [10, 100], suspend: true },
    (props, chart) => serviceWith(chart, { release: Release.canary(props) }),
  ],
  'CanaryRelease, weights': standalone({
    ...{ interval: time, threshold: 3, steps: [10, 100], stepWeightPromotion: 20, p99: time, progressDeadline: time },
    ...{ primaryReadyThreshold: 90, canaryReadyThreshold: 90, suspend: true, metricsServer: 'http://a:9090', objective },
    ...{ metrics: [metric], webhooks: [hook], alerts: [alert], labels: { a: 'b' }, name: 'a', provider: 'istio' },
    autoscaler: { kind: 'ScaledObject', name: 'a', primary: { min: 2, max: 3, queries: { a: 'b' } } },
  }),
  'CanaryRelease, even steps': standalone({ stepWeight: 20, maxWeight: 60, successRate: 99.5 }),
  'CanaryRelease, audience': standalone({ abTest: { audience: [Audience.customerGroup('a')], share: 20, iterations: 3 } }),
  'CanaryRelease, blue-green': standalone({ blueGreen: { iterations: 3 }, mirror: { percentage: 20, idempotent: true } }),
  'CanaryRelease, cookies': standalone({
    sessionAffinity: {
      cookieName: 'a',
      primaryCookieName: 'b',
      maxAge: time,
      path: '/',
      domain: 'a.example.com',
      sameSite: 'Lax',
      partitioned: true,
    },
  }),
  'CanaryRelease, service': of({
    ...{ name: 'a', portName: 'http', targetPort: 8080, appProtocol: 'http', portDiscovery: true, headless: true },
    ...{ trafficDistribution: 'PreferClose', timeout: time, retries: { attempts: 1 }, idempotent: false },
    ...{ apex: { labels: { a: 'b' }, annotations: { a: 'b' } }, unmanagedMetadata: { labels: ['a'], annotations: ['b'] } },
    headers: { request: { set: { a: 'b' }, add: { c: 'd' }, remove: ['e'] } },
    corsPolicy: {
      allowOrigins: [{ exact: 'https://a.example.com' }],
      allowMethods: ['GET'],
      maxAge: time,
      allowCredentials: true,
    },
  }),
  'CanaryRelease, hosts': of({
    ...{ hosts: ['a.example.com'], gateways: ['a/b', 'mesh'], acceptInMesh: 'callers use the same paths' },
    match: [{ uri: { prefix: '/a' }, headers: { a: { exact: 'b' } }, sourceLabels: { a: 'b' }, gateways: ['mesh'], port: 80 }],
    rewrite: { uri: '/' },
  }),
  'CanaryRelease, delegation': of({ delegation: true }),
  'CanaryRelease, traffic policy': of({
    trafficPolicy: {
      connectionPool: { http: { maxRetries: 3, idleTimeout: time } },
      loadBalancer: { simple: 'RANDOM', localityLbSetting: { distribute: [{ from: '*', to: { '*': 100 } }] } },
      outlierDetection: { consecutive5xxErrors: 3, interval: time, maxEjectionPercent: 50 },
    },
  }),
  'CanaryRelease, hash': of({ trafficPolicy: { loadBalancer: { consistentHash: { httpCookie: { name: 'a', ttl: time } } } } }),
  'Audience.header': [
    ['x-a', { prefix: 'b' }],
    (args, chart) => serviceWith(chart, { release: audience(Audience.header(list(args)[0]!, list(args)[1]!)) }),
  ],
  'Audience.cookie': [
    ['a', 'b'],
    (args, chart) => serviceWith(chart, { release: audience(Audience.cookie(list(args)[0]!, list(args)[1]!)) }),
  ],
  'Audience.customerGroup': [
    { header: 'x-a' },
    (options, chart) => serviceWith(chart, { release: audience(Audience.customerGroup('a', options)) }),
  ],
  'Audience.sourceLabels': [
    { tier: 'a' },
    (labels, chart) => serviceWith(chart, { release: audience(Audience.sourceLabels(labels)) }),
  ],
};

const audience = (of: Audience) => Release.canary({ abTest: { audience: js(of) } });
