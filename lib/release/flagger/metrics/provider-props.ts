/** Take a certificate that can't be verified. It may be anybody's. */
export interface UnverifiedTls {
  /** Why that is accepted, and until when. */
  readonly accept: string;
}

export interface PrometheusMetricsProps {
  /** Where its API answers. @default - the platform's `prometheus.address` */
  readonly address?: string;
  /** Secret with `token`, or with `username` and `password`. @default - none: it asks for none */
  readonly secret?: string;
  /** Headers of each query: a tenant, say. Credentials have their place in the Secret. @default - none */
  readonly headers?: Readonly<Record<string, string>>;
  /** @default - the certificate is verified */
  readonly skipTlsVerification?: UnverifiedTls;
}

export interface InfluxDbMetricsProps {
  readonly address: string;
  /** Secret with `token` and `org`. */
  readonly secret: string;
}

export interface DatadogMetricsProps {
  /** Secret with `datadog_api_key` and `datadog_application_key`. */
  readonly secret: string;
  /** @default 'https://api.datadoghq.com' */
  readonly address?: string;
}

export interface ExternalMetricsProps {
  /** @default - the API server, which asks the adapter */
  readonly address?: string;
  /** Secret with `token`. @default - Flagger's own service account */
  readonly secret?: string;
  /** @default - the certificate is verified */
  readonly skipTlsVerification?: UnverifiedTls;
}

export interface StackdriverMetricsProps {
  /** Secret with `project`, and with `serviceAccountKey` where Flagger has no workload identity. */
  readonly secret: string;
}

export interface CloudWatchMetricsProps {
  /** `eu-central-1` */
  readonly region: string;
}

export interface NewRelicMetricsProps {
  /** Secret with `newrelic_account_id` and `newrelic_query_key`. */
  readonly secret: string;
  /** @default 'https://insights-api.newrelic.com' */
  readonly address?: string;
}

export interface GraphiteMetricsProps {
  readonly address: string;
  /** Secret with `username` and `password`. @default - none: it asks for none */
  readonly secret?: string;
  /** @default - the certificate is verified */
  readonly skipTlsVerification?: UnverifiedTls;
}

export interface DynatraceMetricsProps {
  /** `https://abc12345.live.dynatrace.com` */
  readonly address: string;
  /** Secret with `dynatrace_token`. */
  readonly secret: string;
}

export interface SplunkMetricsProps {
  /** `https://api.<realm>.signalfx.com` */
  readonly address: string;
  /** Secret with `sf_token_key`. */
  readonly secret: string;
}
