import Ajv, { type ValidateFunction } from 'ajv';
import { kinds, schemaOf } from '../../imports';

// Unions name fields in branches where they are not declared, which strictRequired would refuse.
const ajv = new Ajv({ strict: true, strictRequired: false, allErrors: true, code: { optimize: false } });

function validatorOf(kind: string): ValidateFunction {
  const found = kinds.find((candidate) => candidate.kind === kind);
  const schema = found && schemaOf(found.apiVersion, kind);
  if (!schema) throw new Error(`no schema for ${kind}`);
  return ajv.compile(schema);
}

type Json = Record<string, unknown>;
type Spec = Json | undefined;

const objectOf = (kind: string, spec: Spec, more: Json = {}): Json => ({
  apiVersion: kinds.find((candidate) => candidate.kind === kind)?.apiVersion,
  kind,
  metadata: { name: 'payments' },
  ...(spec ? { spec } : {}),
  ...more,
});

const route = [{ destination: { host: 'payments', port: { number: 8080 } }, weight: 100 }];
const virtualService = (uri: Json): Json => ({ hosts: ['payments'], http: [{ match: [{ uri }], route }] });
const canary = (analysis: Json, service: Json = { port: 8080 }): Json => ({
  targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'payments' },
  service,
  analysis: { interval: '1m', threshold: 5, ...analysis },
});
const serviceMonitor = (endpoint: Json): Json => ({
  selector: { matchLabels: { app: 'payments' } },
  endpoints: [endpoint],
});
const triggers = [{ type: 'prometheus', metadata: { query: 'up', threshold: '5' } }];

/** Kind, what is odd about the object, its spec, and the field that the refusal must point at. */
const bad: readonly [string, string, Spec, string][] = [
  ['VirtualService', 'exact and prefix', virtualService({ exact: '/a', prefix: '/b' }), '/spec/http/0/match/0/uri'],
  ['VirtualService', 'an unknown field', { ...virtualService({ exact: '/a' }), retries: 3 }, '/spec'],
  [
    'VirtualService',
    'an unknown field beside a union',
    virtualService({ exact: '/a', suffix: '/b' }),
    '/spec/http/0/match/0/uri',
  ],
  [
    'VirtualService',
    'a weight in words',
    { hosts: ['a'], http: [{ route: [{ ...route[0], weight: '100' }] }] },
    '/spec/http/0/route/0/weight',
  ],
  [
    'VirtualService',
    'an abort of two kinds',
    { http: [{ route, fault: { abort: { httpStatus: 500, grpcStatus: 'X' } } }] },
    '/spec/http/0/fault/abort',
  ],
  ['DestinationRule', 'no host', { trafficPolicy: {} }, '/spec'],
  [
    'DestinationRule',
    'a TLS mode of nobody',
    { host: 'a', trafficPolicy: { tls: { mode: 'STRICT' } } },
    '/spec/trafficPolicy/tls/mode',
  ],
  [
    'DestinationRule',
    'two hashes',
    { host: 'a', trafficPolicy: { loadBalancer: { consistentHash: { useSourceIp: true, httpHeaderName: 'x' } } } },
    '/spec/trafficPolicy/loadBalancer/consistentHash',
  ],
  ['AuthorizationPolicy', 'an action of nobody', { action: 'REJECT' }, '/spec/action'],
  [
    'AuthorizationPolicy',
    'a misspelt condition',
    { rules: [{ from: [{ source: { principal: ['a'] } }] }] },
    '/spec/rules/0/from/0/source',
  ],
  ['PeerAuthentication', 'a mode of nobody', { mtls: { mode: 'MUTUAL' } }, '/spec/mtls/mode'],
  ['Sidecar', 'hosts as one string', { egress: [{ hosts: './*' }] }, '/spec/egress/0/hosts'],
  ['Canary', 'iterations and stepWeight', canary({ iterations: 10, stepWeight: 5 }), '/spec/analysis'],
  ['Canary', 'stepWeight and stepWeights', canary({ stepWeight: 5, stepWeights: [5, 10] }), '/spec/analysis'],
  ['Canary', 'neither of them', canary({ maxWeight: 50 }), '/spec/analysis'],
  ['Canary', 'an unknown field of the analysis', canary({ stepWeight: 5, steps: [5] }), '/spec/analysis'],
  ['Canary', 'a provider of nobody', { ...canary({ stepWeight: 5 }), provider: 'envoy' }, '/spec/provider'],
  ['Canary', 'a fractional target port', canary({ stepWeight: 5 }, { port: 80, targetPort: 80.5 }), '/spec/service/targetPort'],
  ['MetricTemplate', 'no provider', { query: 'up' }, '/spec'],
  ['ServiceMonitor', 'a duration without a unit', serviceMonitor({ interval: '30' }), '/spec/endpoints/0/interval'],
  ['ServiceMonitor', 'a boolean port', serviceMonitor({ targetPort: true }), '/spec/endpoints/0/targetPort'],
  [
    'PrometheusRule',
    'a duration without a unit',
    { groups: [{ name: 'a', rules: [{ alert: 'A', expr: 'up', for: '5' }] }] },
    '/spec/groups/0/rules/0/for',
  ],
  [
    'PrometheusRule',
    'a partial response of nobody',
    { groups: [{ name: 'a', partial_response_strategy: 'ignore' }] },
    '/spec/groups/0/partial_response_strategy',
  ],
  ['AlertmanagerConfig', 'a repeated groupBy', { route: { receiver: 'a', groupBy: ['x', 'x'] } }, '/spec/route/groupBy'],
  ['Certificate', 'no issuer', { secretName: 'tls' }, '/spec'],
  ['Certificate', 'a usage of nobody', { secretName: 'tls', issuerRef: { name: 'a' }, usages: ['everything'] }, '/spec/usages/0'],
  ['ScaledObject', 'no triggers', { scaleTargetRef: { name: 'payments' } }, '/spec'],
  [
    'ScaledObject',
    'more than an int32',
    { scaleTargetRef: { name: 'a' }, triggers, maxReplicaCount: 2147483648 },
    '/spec/maxReplicaCount',
  ],
];

const good: readonly [string, string, Spec][] = [
  ['VirtualService', 'an exact match', virtualService({ exact: '/a' })],
  ['VirtualService', 'no match of the union', virtualService({})],
  [
    'DestinationRule',
    'a hash with a ring',
    {
      host: 'a',
      trafficPolicy: { loadBalancer: { consistentHash: { useSourceIp: true, ringHash: { minimumRingSize: 64 } } } },
    },
  ],
  [
    'EnvoyFilter',
    'any patch',
    { configPatches: [{ applyTo: 'CLUSTER', patch: { operation: 'MERGE', value: { any: { thing: [1] } } } }] },
  ],
  ['Canary', 'stepWeight', canary({ stepWeight: 5, maxWeight: 50 })],
  ['Canary', 'stepWeights', canary({ stepWeights: [5, 25, 50] })],
  ['Canary', 'iterations', canary({ iterations: 10 })],
  ['Canary', 'a target port as number', canary({ iterations: 1 }, { port: 80, targetPort: 8080 })],
  ['Canary', 'a target port by name', canary({ iterations: 1 }, { port: 80, targetPort: 'http' })],
  ['MetricTemplate', 'Prometheus', { provider: { type: 'prometheus', address: 'http://prometheus:9090' }, query: 'up' }],
  ['ServiceMonitor', 'a target port as number', serviceMonitor({ targetPort: 8080, interval: '30s' })],
  ['ServiceMonitor', 'a target port by name', serviceMonitor({ targetPort: 'http' })],
  ['PodMonitor', 'a port by name', { selector: {}, podMetricsEndpoints: [{ port: 'http' }] }],
  ['PrometheusRule', 'an alert', { groups: [{ name: 'a', rules: [{ alert: 'A', expr: 'up == 0', for: '5m' }] }] }],
  ['PrometheusRule', 'a partial response in capitals', { groups: [{ name: 'a', partial_response_strategy: 'WARN' }] }],
  ['AlertmanagerConfig', 'nested routes', { route: { receiver: 'a', routes: [{ receiver: 'a' }] }, receivers: [{ name: 'a' }] }],
  [
    'AlertmanagerConfig',
    'months in words',
    { muteTimeIntervals: [{ name: 'a', timeIntervals: [{ months: ['January', 'march:May'], weekdays: ['Monday'] }] }] },
  ],
  [
    'Certificate',
    'an issuer',
    { secretName: 'tls', issuerRef: { name: 'letsencrypt', kind: 'ClusterIssuer' }, dnsNames: ['a.example.com'] },
  ],
  ['ClusterIssuer', 'self-signed', { selfSigned: {} }],
  ['AuthorizationPolicy', 'deny all', {}],
  ['PeerAuthentication', 'strict', { mtls: { mode: 'STRICT' }, portLevelMtls: { 8080: { mode: 'PERMISSIVE' } } }],
  ['Sidecar', 'own egress', { egress: [{ hosts: ['./*', 'istio-system/*'] }], outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } }],
  ['Telemetry', 'tracing', { tracing: [{ randomSamplingPercentage: 0.5 }] }],
  ['ScaledObject', 'a trigger', { scaleTargetRef: { name: 'payments' }, minReplicaCount: 3, triggers }],
  [
    'TriggerAuthentication',
    'a defaulted field left out',
    {
      oauth2: {
        clientId: 'a',
        clientSecret: { valueFrom: { secretKeyRef: { name: 'a', key: 'b' } } },
        tokenUrl: 'https://a',
      },
    },
  ],
];

describe('the generated schemas', () => {
  it.each(kinds.map(({ kind, apiVersion }) => [kind, apiVersion]))('%s of %s compiles', (kind) => {
    expect(() => validatorOf(kind)).not.toThrow();
  });

  it.each(good)('%s: takes %s', (kind, _what, spec) => {
    const validate = validatorOf(kind);
    validate(objectOf(kind, spec));
    expect(validate.errors).toBeNull();
  });

  it.each(bad)('%s: refuses %s', (kind, _what, spec, where) => {
    const validate = validatorOf(kind);
    expect(validate(objectOf(kind, spec))).toBe(false);
    expect(validate.errors?.map((error) => error.instancePath)).toContain(where);
  });

  it.each([
    ['no metadata', { metadata: undefined }],
    ['no name', { metadata: { namespace: 'bank' } }],
    ['a name with capitals', { metadata: { name: 'Payments' } }],
    ['an unknown field of metadata', { metadata: { name: 'a', label: {} } }],
    ['a label that is a number', { metadata: { name: 'a', labels: { a: 1 } } }],
    ['a label value with a space', { metadata: { name: 'a', labels: { a: 'b c' } } }],
    ['an annotation that is a boolean', { metadata: { name: 'a', annotations: { a: true } } }],
    ['another version', { apiVersion: 'networking.istio.io/v1beta1' }],
    ['a field beside spec', { data: {} }],
  ])('refuses %s', (_what, more) => {
    const object = JSON.parse(JSON.stringify(objectOf('VirtualService', virtualService({ exact: '/a' }), more))) as Json;
    expect(validatorOf('VirtualService')(object)).toBe(false);
  });

  it('is undefined for a kind that is not generated', () => {
    expect(schemaOf('networking.istio.io/v1alpha3', 'VirtualService')).toBeUndefined();
  });
});
