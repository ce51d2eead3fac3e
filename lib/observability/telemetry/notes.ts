import type { NamespaceTelemetry, TelemetryModel } from './model';
import { logProviders, meshConfigYaml } from './mesh-config';

/** What the platform team has to do, a sentence each. */
export function telemetryPrerequisites(model: TelemetryModel): string[] {
  const { namespaces, traces } = model;
  if (namespaces.length === 0) return [];
  const logs = logProviders(model);
  const traced = [...new Set(namespaces.flatMap(({ tracing }) => (tracing?.provider ? [tracing.provider] : [])))];
  return [
    `No other Telemetry without a selector is in ${listOf(namespaces)}: Istio keeps to the oldest of a namespace, and passes over the others in silence.`,
    ...(logs.length
      ? [`MeshConfig has the provider ${logs.join(', ')} of access logs, in the format that stands under "Mesh configuration".`]
      : []),
    ...traced.map((provider) =>
      traces?.provider === provider
        ? `MeshConfig has the provider ${provider} of traces, as it stands under "Mesh configuration"; without it no span is sent.`
        : `MeshConfig has a provider ${provider} that takes spans, and the network of ${listOf(namespaces)} is open to it.`,
    ),
    ...(traced.length
      ? [
          'Applications pass the headers traceparent, tracestate and x-request-id on to what they call: a trace ends where one does not.',
        ]
      : []),
  ];
}

/** What is allowed but unwise, a sentence each. */
export function telemetryWarnings({ left }: TelemetryModel): string[] {
  return left.map(
    (namespace) =>
      `Namespace ${namespace} is the root namespace of the mesh, where a Telemetry would hold for all of it; access logs and traces of its services are left as they are`,
  );
}

/** The section of the README: what goes into MeshConfig. */
export function meshConfigText(model: TelemetryModel): string | undefined {
  const yaml = meshConfigYaml(model);
  return (
    yaml &&
    [
      'Values of the chart `istiod`; in the ConfigMap `istio` of the root namespace they stand below `mesh`, without the first line. ' +
        'Helm replaces lists: add the providers to those that you have. Istio keeps its built-in ones.',
      `\`\`\`yaml\n${yaml}\`\`\``,
    ].join('\n\n')
  );
}

function listOf(namespaces: readonly NamespaceTelemetry[]): string {
  return `namespace${namespaces.length > 1 ? 's' : ''} ${namespaces.map(({ namespace }) => namespace).join(', ')}`;
}
