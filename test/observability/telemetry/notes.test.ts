import { Duration } from 'cdk8s';
import { AccessLogs, ObservedService, Tracing } from '../../../lib';
import { sectionsOn } from '../../../lib/kube/sections';
import { meshConfigText, telemetryPrerequisites } from '../../../lib/observability/telemetry/notes';
import { COLLECTOR, StackWorld } from './world';

/* O4, O5: what the platform team has to do, and nothing that it has not. */

const needs = ({ stack }: StackWorld): string[] => telemetryPrerequisites(stack.model.telemetry);
const ALONE = (where: string) =>
  `No other Telemetry without a selector is in ${where}: Istio keeps to the oldest of a namespace, and passes over the others in silence.`;
const HEADERS =
  'Applications pass the headers traceparent, tracestate and x-request-id on to what they call: a trace ends where one does not.';

test('logs of two namespaces need one provider', () => {
  expect(needs(new StackWorld({}, {}, ['vault/teller', 'attic/clerk']))).toEqual([
    ALONE('namespaces vault, attic'),
    'MeshConfig has the provider envoy of access logs, in the format that stands under "Mesh configuration".',
  ]);
});

test('traces alone need no provider of logs, and no format', () => {
  const tracing = Tracing.sampled({ provider: 'tempo' });
  const world = new StackWorld({ telemetry: { accessLogs: AccessLogs.inherited(), tracing } }, { traceCollector: COLLECTOR });
  expect(needs(world)).toEqual([
    ALONE('namespace vault'),
    'MeshConfig has the provider tempo of traces, as it stands under "Mesh configuration"; without it no span is sent.',
    HEADERS,
  ]);
  expect(world.stack.meshConfig).toBe(`meshConfig:
  extensionProviders:
    - name: tempo
      opentelemetry:
        service: traces/otel.traces.svc.cluster.local
        port: 4319
`);
});

test('traces of two namespaces to where nobody here knows', () => {
  const telemetry = { accessLogs: AccessLogs.inherited(), tracing: Tracing.sampled({ provider: 'vendor' }) };
  const world = new StackWorld({ telemetry }, {}, ['vault/teller', 'attic/clerk']);
  expect(needs(world)).toEqual([
    ALONE('namespaces vault, attic'),
    'MeshConfig has a provider vendor that takes spans, and the network of namespaces vault, attic is open to it.',
    HEADERS,
  ]);
  // The mesh is told nothing by us: there is no section of it.
  expect(world.stack.meshConfig).toBeUndefined();
  expect(sectionsOn(world.stack).map(({ heading }) => heading)).not.toContain('Mesh configuration');
});

test('where spans are switched off, nobody has to take any', () => {
  const telemetry = { accessLogs: AccessLogs.inherited(), tracing: Tracing.disabled() };
  expect(needs(new StackWorld({ telemetry }, { traceCollector: COLLECTOR }))).toEqual([ALONE('namespace vault')]);
});

test('where nothing is said, nothing is needed', () => {
  const telemetry = { accessLogs: AccessLogs.inherited(), tracing: Tracing.inherited() };
  expect(needs(new StackWorld({ telemetry }))).toEqual([]);
});

test('the section says where the values go, and gives them', () => {
  const { stack } = new StackWorld();
  expect(meshConfigText(stack.model.telemetry)).toBe(
    'Values of the chart `istiod`; in the ConfigMap `istio` of the root namespace they stand below `mesh`, without the first line. ' +
      'Helm replaces lists: add the providers to those that you have. Istio keeps its built-in ones.' +
      `\n\n\`\`\`yaml\n${stack.meshConfig}\`\`\``,
  );
});

test('a Telemetry says whose it is', () => {
  expect(new StackWorld().telemetry().metadata).toEqual({
    name: 'default',
    namespace: 'vault',
    labels: { 'app.kubernetes.io/managed-by': 'cdk8s-banking', 'app.kubernetes.io/part-of': 'vault' },
  });
});

test('slow is what breaks a promise of the same namespace', () => {
  const one = (namespace: string, name: string, p95: number) =>
    ObservedService.of({ namespace, name, objective: { p95: Duration.millis(p95) } });
  const world = new StackWorld({ services: [one('vault', 'teller', 730), one('attic', 'clerk', 410)] });
  const slow = (namespace: string) =>
    /duration\('(\d+ms)'\)/.exec(world.telemetry(namespace).spec.accessLogging[0].filter.expression as string)![1];
  expect([slow('vault'), slow('attic')]).toEqual(['730ms', '410ms']);
});

test('a service that promises nothing leaves it to the others, or to a second', () => {
  const database = ObservedService.of({ namespace: 'vault', name: 'database', takesRequests: false });
  const clerk = ObservedService.of({ namespace: 'vault', name: 'clerk', objective: { p95: Duration.millis(410) } });
  const slow = (services: ObservedService[]) =>
    new StackWorld({ services }).telemetry().spec.accessLogging[0].filter.expression as string;
  expect(slow([database, clerk])).toContain("duration('410ms')");
  expect(slow([database])).toContain("duration('1000ms')");
});
