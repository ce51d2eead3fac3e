import { Duration } from 'cdk8s';
import { parse } from 'yaml';
import { AccessLogs, ObservedService, Tracing } from '../../../lib';
import { celProblems } from '../../../lib/observability/telemetry/cel';
import { schemaProblems } from '../../support/schemas';
import type { Json } from '../../banking-service/world';
import { StackWorld, slow } from './world';

/* O5: the mesh logs as JSON what matters, each line with the version that answered. */

const logging = (accessLogs?: AccessLogs): Json =>
  new StackWorld({ telemetry: { accessLogs } }).telemetry().spec.accessLogging[0];

const FAILED =
  "response.code >= 400 || response.flags != 0 || (request.headers['content-type'].startsWith('application/grpc') && response.grpc_status != 0) || " +
  'has(connection.termination_details)';
const slowerThan = (limit: string) => `${FAILED} || (has(request.method) && request.duration > duration('${limit}'))`;

describe('without a word', () => {
  let world: StackWorld;
  beforeAll(() => (world = new StackWorld({}, {}, ['vault/teller', 'vault/clerk', 'attic/clerk'])));

  test('each namespace of services has one Telemetry, without a selector, valid', () => {
    const all = world.objects().filter(({ kind }) => kind === 'Telemetry');
    expect(all.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`).sort()).toEqual([
      'attic/default',
      'vault/default',
    ]);
    expect(all.flatMap(schemaProblems)).toEqual([]);
    expect(all.map(({ spec }) => spec.selector)).toEqual([undefined, undefined]);
  });

  test('what failed, was refused or was slow is logged, at both ends, by the provider that every mesh has', () => {
    expect(world.telemetry().spec).toEqual({
      accessLogging: [{ providers: [{ name: 'envoy' }], filter: { expression: slowerThan('1000ms') } }],
    });
  });
});

describe('slow is', () => {
  const expression = (props: object, services?: readonly string[]) =>
    new StackWorld(props, {}, services).telemetry().spec.accessLogging[0].filter.expression as string;

  test('what breaks the widest promise of a service: the number that pages is the number that is logged', () => {
    expect(expression({ objective: slow })).toBe(slowerThan('730ms'));
  });

  test('the narrowest of these where several services share a namespace', () => {
    const services = [
      ObservedService.of({ namespace: 'vault', name: 'teller', objective: slow }),
      ObservedService.of({ namespace: 'vault', name: 'clerk', objective: { p99: Duration.millis(410) } }),
      ObservedService.of({ namespace: 'vault', name: 'porter', objective: { availability: 99 } }),
    ];
    expect(expression({ services })).toBe(slowerThan('410ms'));
  });

  test('what the user says', () => {
    const accessLogs = AccessLogs.errors({ slowerThan: Duration.millis(2300) });
    expect(expression({ objective: slow, telemetry: { accessLogs } })).toBe(slowerThan('2300ms'));
  });
});

test('all is logged, but for the quiet paths as long as they succeed', () => {
  expect(logging(AccessLogs.all())).toEqual({ providers: [{ name: 'envoy' }] });
  expect(logging(AccessLogs.all({ quietPaths: ['/healthz', '/a-b/c_d.~1/'], mode: 'SERVER', provider: 'ledger-log' }))).toEqual({
    providers: [{ name: 'ledger-log' }],
    match: { mode: 'SERVER' },
    filter: {
      expression: `!(has(request.url_path) && request.url_path in ['/healthz', '/a-b/c_d.~1/']) || ${FAILED}`,
    },
  });
});

test('an expression of the user stands as it is', () => {
  const expression = `request.headers["x-\\"a\\""] == 'b: # {' && response.code > 499`;
  expect(logging(AccessLogs.filter(expression, { mode: 'CLIENT' }))).toEqual({
    providers: [{ name: 'envoy' }],
    match: { mode: 'CLIENT' },
    filter: { expression },
  });
});

test('where nothing is said of a namespace, it has no Telemetry, and nothing is asked of the mesh', () => {
  const telemetry = { accessLogs: AccessLogs.inherited(), tracing: Tracing.inherited() };
  const world = new StackWorld({ telemetry });
  expect(world.objects().filter(({ kind }) => kind === 'Telemetry')).toEqual([]);
  expect(world.stack.meshConfig).toBeUndefined();
  expect(world.notes('prerequisite').filter((text) => /Telemetry|MeshConfig/.test(text))).toEqual([]);
});

test('the root namespace is told nothing: it would hold for the whole mesh', () => {
  const world = new StackWorld({}, { istio: { rootNamespace: 'mesh' } }, ['vault/teller', 'mesh/istiod']);
  const all = world.objects().filter(({ kind }) => kind === 'Telemetry');
  expect(all.map(({ metadata }) => metadata.namespace)).toEqual(['vault']);
  expect(world.notes('warning')).toContain(
    'Namespace mesh is the root namespace of the mesh, where a Telemetry would hold for all of it; access logs and traces of its services are left as they are',
  );
});

describe('the mesh', () => {
  test('is told to write JSON: whose pod, which version, which track, who called, without the query', () => {
    const { meshConfig } = parse(new StackWorld().stack.meshConfig!) as Json;
    expect(Object.keys(meshConfig)).toEqual(['accessLogEncoding', 'accessLogFormat']);
    expect(meshConfig.accessLogEncoding).toBe('JSON');
    const format = JSON.parse(meshConfig.accessLogFormat) as Json;
    expect(format).toMatchObject({
      workload: '%ENVIRONMENT(ISTIO_META_WORKLOAD_NAME)%',
      pod: '%ENVIRONMENT(POD_NAME)%',
      version: "%CEL(xds.node.metadata.LABELS['service.istio.io/canonical-revision'])%",
      upstream_version: '%CEL(filter_state.upstream_peer.revision)%',
      downstream_principal: '%DOWNSTREAM_PEER_URI_SAN%',
      path: '%REQ_WITHOUT_QUERY(X-ENVOY-ORIGINAL-PATH?:PATH)%',
      trace_id: '%TRACE_ID%',
      response_code: '%RESPONSE_CODE%',
    });
    for (const value of Object.values(format)) expect(value).toMatch(/^%[A-Z_]+(\([^%]*\))?%$/);
    const expressions = Object.values(format as Record<string, string>).flatMap(
      (value) => /^%CEL\((.*)\)%$/.exec(value)?.[1] ?? [],
    );
    // A value, which is neither true nor false; all else must be right of it.
    expect(expressions.flatMap((one) => celProblems(`${one} == ''`))).toEqual([]);
  });

  test('a provider of its own has the format to itself', () => {
    const world = new StackWorld({ telemetry: { accessLogs: AccessLogs.errors({ provider: 'vault-log' }) } });
    const { meshConfig } = parse(world.stack.meshConfig!) as Json;
    expect(Object.keys(meshConfig)).toEqual(['extensionProviders']);
    const [{ name, envoyFileAccessLog }] = meshConfig.extensionProviders;
    expect(name).toBe('vault-log');
    expect(envoyFileAccessLog.path).toBe('/dev/stdout');
    expect(envoyFileAccessLog.logFormat.labels.workload).toBe('%ENVIRONMENT(ISTIO_META_WORKLOAD_NAME)%');
    expect(world.notes('prerequisite')).toContain(
      'MeshConfig has the provider vault-log of access logs, in the format that stands under "Mesh configuration".',
    );
  });
});
