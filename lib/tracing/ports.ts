/** OTLP over gRPC, and over HTTP. https://opentelemetry.io/docs/specs/otlp/#otlpgrpc-default-port */
export const OTLP_GRPC = 4317;
export const OTLP_HTTP = 4318;

/** Where a program tells that it is well, and where its metrics are. */
export const HEALTH_PORT = 13133;
export const METRICS_PORT = 8888;
