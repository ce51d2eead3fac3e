import { toYaml } from '../../kube';
import { LOG_FORMAT } from './log-format';
import type { TelemetryModel } from './model';

/** The provider that every mesh has: pkg/config/mesh/mesh.go. Its format is the mesh's. */
const BUILT_IN = 'envoy';

interface MeshConfig {
  readonly accessLogEncoding?: 'JSON';
  readonly accessLogFormat?: string;
  readonly extensionProviders?: readonly object[];
}

/**
 * What the mesh must be told before a Telemetry can mean it, as values of the istiod chart. Undefined when there is nothing.
 * https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig-ExtensionProvider
 */
export function meshConfig(model: TelemetryModel): { readonly meshConfig: MeshConfig } | undefined {
  const providers = logProviders(model);
  const builtIn = providers.includes(BUILT_IN);
  const extensionProviders = [
    ...providers
      .filter((name) => name !== BUILT_IN)
      .map((name) => ({ name, envoyFileAccessLog: { path: '/dev/stdout', logFormat: { labels: LOG_FORMAT } } })),
    ...traceProviders(model),
  ];
  if (!builtIn && extensionProviders.length === 0) return undefined;
  return {
    meshConfig: {
      // A text of JSON in YAML: one line for each field, so that a reader can see what changes.
      ...(builtIn ? { accessLogEncoding: 'JSON', accessLogFormat: `${JSON.stringify(LOG_FORMAT, undefined, 2)}\n` } : {}),
      ...(extensionProviders.length ? { extensionProviders } : {}),
    },
  };
}

/** The same as YAML. */
export function meshConfigYaml(model: TelemetryModel): string | undefined {
  const config = meshConfig(model);
  return config && toYaml([config]);
}

/** Names of the providers of access logs, each once. */
export function logProviders({ namespaces }: TelemetryModel): string[] {
  return [...new Set(namespaces.flatMap(({ accessLogs }) => (accessLogs ? [accessLogs.provider] : [])))];
}

function traceProviders({ traces }: TelemetryModel): object[] {
  if (!traces) return [];
  const { provider, collector } = traces;
  const { namespace, host, port } = collector;
  // The namespace before the host: one host name in two namespaces would be none to istiod.
  return [{ name: provider, opentelemetry: { service: `${namespace}/${host}`, port } }];
}
