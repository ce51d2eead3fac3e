import type {
  TelemetrySpec,
  TelemetrySpecAccessLogging,
  TelemetrySpecAccessLoggingMatchMode,
  TelemetrySpecTracing,
  TelemetrySpecTracingCustomTags,
} from '../../../../imports/telemetry.istio.io';
import type { AccessLogsModel } from '../access-logs';
import type { NamespaceTelemetry } from '../model';
import type { TraceTagModel } from '../trace-tag';
import type { TracingModel } from '../tracing';

/**
 * What the proxies of a namespace tell. The provider is always named: Istio keeps a filter only under the providers that its
 * entry names, and ignores an entry without any where the mesh has no default.
 * https://github.com/istio/istio/blob/1.30.3/pilot/pkg/model/telemetry.go
 */
export function telemetry({ accessLogs: logs, tracing: traces }: NamespaceTelemetry): TelemetrySpec {
  return { accessLogging: logs && [accessLogging(logs)], tracing: traces && [tracing(traces)] };
}

function accessLogging({ provider, mode, expression }: AccessLogsModel): TelemetrySpecAccessLogging {
  return {
    providers: [{ name: provider }],
    match: mode === 'CLIENT_AND_SERVER' ? undefined : { mode: mode as TelemetrySpecAccessLoggingMatchMode },
    filter: expression === undefined ? undefined : { expression },
  };
}

function tracing({
  provider,
  randomSamplingPercentage,
  customTags,
  useRequestIdForTraceSampling,
}: TracingModel): TelemetrySpecTracing {
  if (provider === undefined) return { disableSpanReporting: true };
  return {
    providers: [{ name: provider }],
    randomSamplingPercentage,
    useRequestIdForTraceSampling,
    customTags: Object.fromEntries(Object.entries(customTags).map(([name, tag]) => [name, customTag(tag)])),
  };
}

function customTag({ kind, value, defaultValue }: TraceTagModel): TelemetrySpecTracingCustomTags {
  switch (kind) {
    case 'literal':
      return { literal: { value } };
    case 'header':
      return { header: { name: value, defaultValue } };
    case 'environment':
      return { environment: { name: value, defaultValue } };
  }
}
