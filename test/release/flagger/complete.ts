import { Duration } from 'cdk8s';
import type { CanaryServiceProps } from '../../../lib';

/** Everything that can be said of a service at once, in odd numbers. */
export const COMPLETE_SERVICE: CanaryServiceProps = {
  name: 'orders-api',
  portName: 'http2-api',
  appProtocol: 'http2',
  targetPort: 'api',
  portDiscovery: true,
  trafficDistribution: 'PreferSameZone',
  timeout: Duration.seconds(9),
  retries: { attempts: 2, perTry: Duration.millis(2300) },
  idempotent: true,
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
  acceptInMesh: 'callers in the mesh use the same paths',
  headers: {
    request: { set: { a: '1' }, add: { b: '2' }, remove: ['c'] },
    response: { set: { d: '4' }, add: { e: '5' }, remove: ['f'] },
  },
  corsPolicy: {
    allowOrigins: [{ exact: 'https://shop.example.com' }],
    allowMethods: ['GET'],
    allowHeaders: ['x-a'],
    exposeHeaders: ['x-b'],
    maxAge: Duration.hours(5),
    allowCredentials: true,
  },
  trafficPolicy: {
    connectionPool: {
      http: {
        http1MaxPendingRequests: 11,
        http2MaxRequests: 13,
        maxRequestsPerConnection: 17,
        maxRetries: 19,
        idleTimeout: Duration.seconds(23),
        h2UpgradePolicy: 'UPGRADE',
      },
    },
    loadBalancer: {
      consistentHash: { httpCookie: { name: 'pod', path: '/', ttl: Duration.seconds(29) } },
      localityLbSetting: { failover: [{ from: 'eu-central-1', to: 'eu-west-1' }] },
    },
    outlierDetection: {
      consecutive5xxErrors: 31,
      consecutiveGatewayErrors: 37,
      splitExternalLocalOriginErrors: true,
      consecutiveLocalOriginFailures: 41,
      interval: Duration.seconds(43),
      baseEjectionTime: Duration.seconds(47),
      maxEjectionPercent: 53,
      minHealthPercent: 59,
    },
  },
  apex: { labels: { x: 'a' }, annotations: { y: 'b' } },
  primary: { labels: { x: 'c' }, annotations: { y: 'd' } },
  canary: { labels: { x: 'e' }, annotations: { y: 'f' } },
  unmanagedMetadata: { labels: ['team'], annotations: ['example.com/note'] },
};
