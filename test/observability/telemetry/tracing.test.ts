import { parse } from 'yaml';
import { ObservedService, Platform, TraceTag, Tracing } from '../../../lib';
import { sectionsOn } from '../../../lib/kube/sections';
import { schemaProblems } from '../../support/schemas';
import { HOSTILE_TEXTS } from '../../wrong-inputs/hostile-texts';
import type { Json } from '../../banking-service/world';
import { COLLECTOR, StackWorld } from './world';

/* O4: a share of the requests is traced, to where the Platform says, and tracks can be told apart. */

const TAGS = {
  'k8s.deployment.name': { environment: { name: 'ISTIO_META_WORKLOAD_NAME', defaultValue: 'unknown' } },
  'k8s.pod.name': { environment: { name: 'POD_NAME', defaultValue: 'unknown' } },
};
const world = (tracing?: Tracing) => new StackWorld({ telemetry: { tracing } }, { traceCollector: COLLECTOR });
const spec = (tracing?: Tracing): Json => world(tracing).telemetry().spec;

test('10 % where the Platform has a collector, with the Deployment and the pod on each span', () => {
  expect(spec().tracing).toEqual([{ providers: [{ name: 'otel' }], randomSamplingPercentage: 10, customTags: TAGS }]);
});

test('nothing is said where it has none', () => {
  expect(new StackWorld().telemetry().spec.tracing).toBeUndefined();
});

test('each of its own words', () => {
  const tracing = Tracing.sampled({
    provider: 'tempo',
    randomSamplingPercentage: 0.3,
    useRequestIdForTraceSampling: false,
    customTags: {
      'bank.region': TraceTag.literal('north'),
      'bank.branch': TraceTag.header('x-branch', 'none'),
      'bank.cell': TraceTag.environment('CELL', 'here'),
      'k8s.pod.name': TraceTag.environment('HOSTNAME'),
    },
  });
  const telemetry = world(tracing).telemetry();
  expect(telemetry.spec.tracing).toEqual([
    {
      providers: [{ name: 'tempo' }],
      randomSamplingPercentage: 0.3,
      useRequestIdForTraceSampling: false,
      customTags: {
        'k8s.deployment.name': TAGS['k8s.deployment.name'],
        'k8s.pod.name': { environment: { name: 'HOSTNAME' } },
        'bank.region': { literal: { value: 'north' } },
        'bank.branch': { header: { name: 'x-branch', defaultValue: 'none' } },
        'bank.cell': { environment: { name: 'CELL', defaultValue: 'here' } },
      },
    },
  ]);
  expect(schemaProblems(telemetry)).toEqual([]);
});

test('none at all', () => {
  expect(spec(Tracing.disabled()).tracing).toEqual([{ disableSpanReporting: true }]);
  expect(spec(Tracing.inherited()).tracing).toBeUndefined();
  expect(spec(Tracing.sampled({ randomSamplingPercentage: 0 })).tracing[0].randomSamplingPercentage).toBe(0);
});

test('a text of the user is a text, whatever is in it', () => {
  const customTags = Object.fromEntries(
    HOSTILE_TEXTS.filter((text) => text !== '').map((text, i) => [`bank.t${i}`, TraceTag.literal(text)]),
  );
  const { customTags: written } = spec(Tracing.sampled({ customTags })).tracing[0];
  for (const [name, tag] of Object.entries(customTags)) expect(written[name]).toEqual({ literal: { value: tag.model.value } });
});

describe('the mesh', () => {
  test('is told the very provider, by namespace and host of the collector', () => {
    const one = world();
    const { meshConfig } = parse(one.stack.meshConfig!) as Json;
    expect(meshConfig.extensionProviders).toEqual([
      { name: 'otel', opentelemetry: { service: 'traces/otel.traces.svc.cluster.local', port: 4319 } },
    ]);
    expect(one.notes('prerequisite')).toEqual(
      expect.arrayContaining([
        'No other Telemetry without a selector is in namespace vault: Istio keeps to the oldest of a namespace, and passes over the others in silence.',
        'MeshConfig has the provider otel of traces, as it stands under "Mesh configuration"; without it no span is sent.',
        'Applications pass the headers traceparent, tracestate and x-request-id on to what they call: a trace ends where one does not.',
      ]),
    );
  });

  test('has a provider that nothing here knows, where one is named without a collector', () => {
    const one = new StackWorld({ telemetry: { tracing: Tracing.sampled({ provider: 'vendor' }) } });
    expect(one.telemetry().spec.tracing[0].providers).toEqual([{ name: 'vendor' }]);
    expect((parse(one.stack.meshConfig!) as Json).meshConfig.extensionProviders).toBeUndefined();
    expect(one.notes('prerequisite')).toContain(
      'MeshConfig has a provider vendor that takes spans, and the network of namespace vault is open to it.',
    );
  });

  test('can be told of one collector by one provider', () => {
    const at = (namespace: string) =>
      ObservedService.of({
        namespace,
        name: 'teller',
        platform: new Platform({ traceCollector: { ...COLLECTOR, host: `otel.${namespace}.example` } }),
      });
    expect(() => new StackWorld({ services: [at('vault'), at('attic')] })).toThrow(
      'stack.telemetry.tracing: the Platforms of the namespaces name the collectors otel.vault.example:4319 and otel.attic.example:4319, ' +
        'and one provider leads to one; make a stack for each, with a provider of its own',
    );
  });

  test('is told in the README of the folder, to be pasted', () => {
    const { stack } = world();
    const section = sectionsOn(stack).find(({ heading }) => heading === 'Mesh configuration')!;
    expect(section.title).toBe('stack');
    expect(section.body()).toContain(`\`\`\`yaml\n${stack.meshConfig}\`\`\``);
  });
});
