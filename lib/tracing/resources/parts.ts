import { HEALTH_PORT, OTLP_GRPC, OTLP_HTTP } from '../ports';

/** Every address of the pod: the kubelet's probes and the senders come from outside of it, and policies say who may. */
const ANY = '0.0.0.0';

export const HEALTH = `${ANY}:${HEALTH_PORT}`;

export const RECEIVERS = {
  otlp: { protocols: { grpc: { endpoint: `${ANY}:${OTLP_GRPC}` }, http: { endpoint: `${ANY}:${OTLP_HTTP}` } } },
};

/**
 * The same everywhere: the limit comes first, so that what is refused is refused before it costs memory, and senders learn of it;
 * batches come last, after what drops spans. The limiter acts at 60 % of the container's memory and collects garbage at 80 %.
 * https://github.com/open-telemetry/opentelemetry-collector/tree/v0.159.0/processor/memorylimiterprocessor
 * https://github.com/open-telemetry/opentelemetry-collector/tree/v0.159.0/processor/batchprocessor
 */
export const MEMORY_LIMITER = { check_interval: '1s', limit_percentage: 80, spike_limit_percentage: 20 };

/** A message of gRPC holds 4 MiB as a rule: 2 KiB for each of so many spans. https://pkg.go.dev/google.golang.org/grpc#MaxRecvMsgSize */
export const BATCH = { timeout: '1s', send_batch_size: 1024, send_batch_max_size: 2048 };
