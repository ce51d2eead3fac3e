import { BATCH, HEALTH, MEMORY_LIMITER, RECEIVERS } from './parts';

const STORE = 'memory';

/**
 * Jaeger with all parts in one program and traces in memory, as its own all-in-one.yaml, without the receivers that nobody here
 * needs. The page for people listens on 16686 by itself.
 * https://github.com/jaegertracing/jaeger/blob/v2.20.0/cmd/jaeger/internal/all-in-one.yaml
 */
export function jaegerConfig(maxTraces: number): object {
  return {
    extensions: {
      healthcheckv2: { use_v2: true, http: { endpoint: HEALTH } },
      jaeger_storage: { backends: { [STORE]: { memory: { max_traces: maxTraces } } } },
      jaeger_query: { storage: { traces: STORE } },
    },
    receivers: RECEIVERS,
    processors: { memory_limiter: MEMORY_LIMITER, batch: BATCH },
    exporters: { jaeger_storage_exporter: { trace_storage: STORE } },
    service: {
      extensions: ['jaeger_storage', 'jaeger_query', 'healthcheckv2'],
      pipelines: {
        traces: { receivers: ['otlp'], processors: ['memory_limiter', 'batch'], exporters: ['jaeger_storage_exporter'] },
      },
      telemetry: { resource: { 'service.name': 'jaeger' }, logs: { encoding: 'json' } },
    },
  };
}
