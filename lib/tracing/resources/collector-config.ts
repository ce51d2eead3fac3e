import type { SecretKey } from '../../contracts/secret-key';
import type { TailSamplingModel } from '../tail-sampling';
import type { TraceExportModel } from '../trace-export';
import { BATCH, HEALTH, MEMORY_LIMITER, RECEIVERS } from './parts';

/** What the configuration of a collector is made of. */
export interface CollectorModel {
  readonly exports: readonly TraceExportModel[];
  readonly sampling?: TailSamplingModel;
}

/** The configuration of a collector: OTLP in, OTLP out. https://opentelemetry.io/docs/collector/configuration/ */
export function collectorConfig({ exports, sampling }: CollectorModel): object {
  const exporters = exports.map((one) => [exporterId(one), exporter(one, exports.indexOf(one))] as const);
  return {
    extensions: { health_check: { endpoint: HEALTH } },
    receivers: RECEIVERS,
    processors: {
      memory_limiter: MEMORY_LIMITER,
      ...(sampling ? { tail_sampling: tailSampling(sampling) } : {}),
      batch: BATCH,
    },
    exporters: Object.fromEntries(exporters),
    service: {
      extensions: ['health_check'],
      pipelines: {
        traces: {
          receivers: ['otlp'],
          processors: ['memory_limiter', ...(sampling ? ['tail_sampling'] : []), 'batch'],
          exporters: exporters.map(([id]) => id),
        },
      },
      telemetry: { logs: { encoding: 'json' } },
    },
  };
}

/** `otlp_grpc/tempo.tracing.svc.cluster.local:4317`. */
export function exporterId({ protocol, host, port }: TraceExportModel): string {
  return `otlp_${protocol}/${host}:${port.port}`;
}

/** Name of the variable that holds a header's value. */
export function headerVariable(index: number, header: number): string {
  return `EXPORT_${index + 1}_HEADER_${header + 1}`;
}

/** Queue and retries are the exporter's own: 1000 batches in memory, five minutes. */
function exporter({ protocol, host, port, tls, headers }: TraceExportModel, index: number): object {
  const entries = Object.entries(headers).map(([name, value], i) => [name, headerValue(value, headerVariable(index, i))]);
  const sent = entries.length ? { headers: Object.fromEntries(entries) as object } : {};
  if (protocol === 'http') return { endpoint: `${tls ? 'https' : 'http'}://${host}:${port.port}`, ...sent };
  // In the mesh the proxy opens mutual TLS; the collector itself speaks plain gRPC to it.
  return { endpoint: `${host}:${port.port}`, ...(tls ? {} : { tls: { insecure: true } }), ...sent };
}

/** The collector reads `${…}` in any text, and a dollar sign from two. https://opentelemetry.io/docs/collector/configuration/#environment-variables */
function headerValue(value: string | SecretKey, variable: string): string {
  return typeof value === 'string' ? value.replaceAll('$', '$$$$') : `\${env:${variable}}`;
}

function tailSampling({ slowerThan, rest, decisionWait, traces }: TailSamplingModel): object {
  return {
    decision_wait: `${decisionWait}s`,
    num_traces: traces,
    policies: [
      { name: 'failed', type: 'status_code', status_code: { status_codes: ['ERROR'] } },
      { name: 'slow', type: 'latency', latency: { threshold_ms: slowerThan } },
      { name: 'rest', type: 'probabilistic', probabilistic: { sampling_percentage: rest } },
    ],
  };
}
