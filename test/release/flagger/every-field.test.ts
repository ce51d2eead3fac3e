import { Chart, Duration, Testing } from 'cdk8s';
import {
  Audience,
  CanaryRelease,
  type CanaryReleaseProps,
  type ICanaryAlert,
  type ICanaryMetric,
  type IWebhook,
} from '../../../lib';
import { schemaOf } from '../../../imports';
import { type Json, only } from '../../banking-service/world';
import { COMPLETE_SERVICE } from './complete';

/* CanaryRelease is a front of the whole Canary: each field of its schema is reachable, or is left out for a reason. */

const UNREACHABLE: Readonly<Record<string, string>> = {
  'ingressRef.*': 'for NGINX and Skipper, which split requests at an Ingress',
  'routeRef.*': 'for APISIX',
  'upstreamRef.*': 'for Gloo',
  'service.backendTimeout': 'for the Gateway API',
  'service.gatewayRefs.*': 'for the Gateway API',
  'service.mirror.*': 'for the Gateway API',
  'service.rewrite.type': 'for the Gateway API',
  'service.meshName': 'for App Mesh',
  'service.backends': 'for App Mesh',
  'service.corsPolicy.allowOrigin': 'deprecated by Istio for allowOrigins',
  'service.trafficPolicy.tls.*': 'the mesh chooses mutual TLS by itself (rule 21)',
  'service.trafficPolicy.outlierDetection.consecutiveErrors': 'Istio ignores it (rule 17)',
  'service.trafficPolicy.loadBalancer.warmupDurationSecs': 'deprecated by Istio (rule 29)',
  'service.trafficPolicy.loadBalancer.consistentHash.minimumRingSize': 'deprecated by Istio (rule 29)',
  'service.trafficPolicy.loadBalancer.consistentHash.httpQueryParameterName': 'Flagger drops it',
  'service.trafficPolicy.loadBalancer.localityLbSetting.enabled': 'Flagger drops a false, and a true is the default',
  'analysis.match.queryParams.*': 'Flagger drops them beside a match of the service, which then means everybody (rule 11)',
  'analysis.match.headers.suffix': 'Istio has no comparison by suffix, and refuses the VirtualService',
  'analysis.metrics.threshold': 'deprecated by Flagger for thresholdRange',
};

const hook: IWebhook = {
  ...{ name: 'load', type: 'rollout', timeoutSeconds: 7, retries: 1 },
  validate() {},
  bind: () => ({
    ...{ name: 'load', type: 'rollout', url: 'https://tester.shop/', timeoutSeconds: 7, retries: 1 },
    ...{ disableTls: true, muteAlert: true, metadata: { a: 'b' } },
  }),
};
const threshold = { thresholdRange: { min: 1, max: 2 }, describes: 'it is up' };
const query: ICanaryMetric = {
  validate() {},
  bind: () => ({ name: 'a', query: 'up', intervalSeconds: 30, templateVariables: { x: 'y' }, ...threshold }),
};
const template: ICanaryMetric = {
  validate() {},
  bind: () => ({ name: 'b', templateRef: { name: 'b', namespace: 'ops' }, ...threshold }),
};
const alert: ICanaryAlert = {
  validate() {},
  bind: () => ({ name: 'team', severity: 'warn', providerRef: { name: 'slack', namespace: 'ops' } }),
};
const cookie = { maxAge: Duration.hours(2), path: '/a', domain: 'a.example.com', sameSite: 'Lax', partitioned: true } as const;
const audience = Audience.header('x-a', { exact: 'b' })
  .and(Audience.header('x-c', { prefix: 'd' }))
  .and(Audience.header('x-e', { regex: 'f' }));

const EXAMPLES: readonly Partial<CanaryReleaseProps>[] = [
  { mirror: { idempotent: true, percentage: 3 } },
  {
    service: COMPLETE_SERVICE,
    ...{ suspend: true, metricsServer: 'http://prometheus:9090', progressDeadline: Duration.seconds(611) },
    ...{ webhooks: [hook], metrics: [query, template], alerts: [alert] },
    autoscaler: { kind: 'ScaledObject', name: 'orders', primary: { min: 2, max: 3, queries: { a: 'b' } } },
  },
  {
    service: { ...COMPLETE_SERVICE, match: undefined, headers: undefined },
    sessionAffinity: cookie,
    stepWeight: 20,
    maxWeight: 60,
  },
  {
    abTest: { audience: audience.and(Audience.sourceLabels({ tier: 'gold' })), iterations: 3 },
    service: { delegation: true, headless: true },
  },
  {
    service: {
      trafficPolicy: { loadBalancer: { simple: 'RANDOM', localityLbSetting: { distribute: [{ from: '*', to: { '*': 100 } }] } } },
    },
  },
  { service: { trafficPolicy: { loadBalancer: { consistentHash: { useSourceIp: true } } } } },
  { service: { trafficPolicy: { loadBalancer: { consistentHash: { httpHeaderName: 'x-user' } } } } },
  {
    service: {
      match: [
        { authority: { prefix: 'a' }, scheme: { prefix: 'h' }, method: { prefix: 'G' }, uri: { exact: '/a' } },
        { authority: { regex: 'a' }, scheme: { regex: 'h' }, method: { regex: 'G' }, uri: { regex: '/a' } },
        { headers: { a: { exact: '1' } }, withoutHeaders: { b: { prefix: '1' } }, queryParams: { c: { prefix: '1' } } },
        { headers: { a: { prefix: '1' } }, withoutHeaders: { b: { regex: '1' } }, queryParams: { c: { regex: '1' } } },
      ],
      corsPolicy: { allowOrigins: [{ prefix: 'https://a' }, { regex: 'https://b' }] },
    },
  },
];

/** The fields of a schema that hold values, by their path; lists and maps by what they hold. */
function fieldsOf(schema: Json, path: readonly string[] = []): string[] {
  const inside = schema.items ?? (typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined);
  if (inside) return fieldsOf(inside as Json, path);
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Json>);
  return properties.length ? properties.flatMap(([key, one]) => fieldsOf(one, [...path, key])) : [path.join('.')];
}

/** The fields that an object gives values to, as the schema calls them. */
function saidBy(value: unknown, schema: Json, path: readonly string[] = []): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => saidBy(one, (schema.items ?? {}) as Json, path));
  if (typeof value !== 'object' || value === null) return [path.join('.')];
  const { properties } = schema as { properties?: Json };
  return Object.entries(value).flatMap(([key, one]) =>
    properties
      ? saidBy(one, (properties[key] ?? {}) as Json, [...path, key])
      : saidBy(one, (schema.additionalProperties ?? {}) as Json, path),
  );
}

const { properties } = schemaOf('flagger.app/v1beta1', 'Canary') as { properties: { spec: Json } };
const fields = new Set(fieldsOf(properties.spec));
let reached: Set<string>;
beforeAll(() => {
  const said = EXAMPLES.flatMap((props) => {
    const chart = new Chart(Testing.app(), 'world');
    const target = { kind: 'Deployment', name: 'orders' } as const;
    new CanaryRelease(chart, 'orders', { namespace: 'shop', target, port: 80, ...props });
    return saidBy(only(Testing.synth(chart) as Json[], 'Canary').spec, properties.spec);
  });
  reached = new Set(said);
});
const reasonFor = (field: string) =>
  Object.keys(UNREACHABLE).find((one) => one === field || (one.endsWith('.*') && field.startsWith(one.slice(0, -1))));

test('what is reached is in the schema', () => {
  expect([...reached].filter((one) => !fields.has(one))).toEqual([]);
});

test('every field is reached, or left out for a reason', () => {
  expect([...fields].filter((one) => !reached.has(one) && reasonFor(one) === undefined)).toEqual([]);
});

test.each(Object.entries(UNREACHABLE))('%s: %s', (field) => {
  const meant = [...fields].filter((one) => reasonFor(one) === field);
  expect(meant.length).toBeGreaterThan(0);
  expect(meant.filter((one) => reached.has(one))).toEqual([]);
});
