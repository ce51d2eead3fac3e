export { Platform } from './platform/platform';
export type { PlatformModel, Resolved } from './platform/model';
export type { Version } from './platform/versions';
export {
  type ContainerResources,
  type DnsProps,
  type EgressGatewayPods,
  type FlaggerProps,
  type ForeignPods,
  type GatewayPods,
  type AlertmanagerProps,
  type GrafanaProps,
  type IstioProps,
  type PlatformProps,
  type PrometheusProps,
  SidecarMode,
} from './platform/props';

export { jumpProblems } from './checks/jumps/jumps';
export type { CheckedManifest } from './checks/manifest';

export { ConfigError, type Problem, Problems } from './kernel/errors';
export { WORKLOAD_LABEL } from './kernel/labels';

export type { Destination, Edge, EdgeOptions, ICallee, ICaller, NetworkPeer } from './contracts/peer';
export type { IMeshNamespace } from './contracts/mesh-namespace';
export type { AnalysisThresholds, IObjective, LatencyThreshold } from './contracts/objective';
export type { ResourceClaim } from './contracts/resource-claim';
export { PortProtocol, type WorkloadPort } from './contracts/port';
export type { SecretKey } from './contracts/secret-key';

export {
  type DeepPartial,
  defineObject,
  Environment,
  type EnvironmentProps,
  findObject,
  GitOpsApp,
  type GitOpsAppProps,
  handOver,
  type Late,
  type Manifest,
  type ManifestMetadata,
  escapeMarkdown,
  note,
  type Note,
  type NoteKind,
  type ObjectHead,
  type ObjectMetadata,
  Overrides,
  section,
  type Section,
  Stage,
  type TypedKind,
} from './kube';

export { type AccessProps, Subject } from './zero-trust/access';
export { ApiServer } from './zero-trust/api-server';
export { ExistingWorkload, type ExistingWorkloadProps, type Guarded } from './zero-trust/existing-workload';
export { ExternalClients } from './zero-trust/external-clients';
export { ExternalHost, type ExternalHostProps } from './zero-trust/external-host';
export type { ExternalHostModel, IExternalHost } from './zero-trust/external-host-model';
export { ForeignWorkload, type ForeignWorkloadProps } from './zero-trust/foreign-workload';
export { Guard, type GuardModel } from './zero-trust/guard';
export { type NamespaceModel, PodSecurity, type ZeroTrustNamespaceProps } from './zero-trust/model';
export { Mtls, type MtlsException } from './zero-trust/mtls';
export type { PortProps } from './zero-trust/ports';
export type { QuotaLeft, QuotaProps } from './zero-trust/quota';
export { Reach } from './zero-trust/reach';
export type { ContainerDefaults } from './zero-trust/resources/limits';
export { ZeroTrustNamespace } from './zero-trust/zero-trust-namespace';

export { Audience, type AudienceMatch, type CustomerGroupOptions, type HeaderMatch, type HeaderValue } from './traffic/audience';
export { CircuitBreaker, type CircuitBreakerProps } from './traffic/circuit-breaker';
export { Fault, type FaultModel, type FaultOptions } from './traffic/fault';
export { Exposure, type ExposureOptions, type LoadBalancerOptions } from './traffic/exposure';
export type { RouteModel, RouteProps, TrafficModel, TrafficProps } from './traffic/model';
export type { RetryModel, RetryProps } from './traffic/retries';
export type { DelegateRef, Delegation, IRoutable } from './traffic/routable';
export type { RouteCondition } from './traffic/route-condition';

export type { RecreateProps } from './release/recreate';
export type { CourseStep, ReleaseCourse, TimeSpan } from './release/course';
export type {
  BoundRelease,
  BoundTrack,
  IRelease,
  NamedVersion,
  ObjectRef,
  ReleasableService,
  ReleaseFacts,
  TrackProps,
  TrackVersion,
  UpdateStrategy,
} from './release/release';
export type { AbTestProps } from './release/ab-test';
export type { BlueGreenProps } from './release/blue-green';
export { BlueGreen, type BlueGreenKind, type Colour } from './release/blue-green-state';
export type { ColourProps, Colours } from './release/colours';
export type { BlueGreenIngressProps } from './release/ingress/blue-green-ingress';
export type { IngressProps } from './release/ingress/props';
export type { MirroredProps } from './release/mirrored';
export type { AnalysisModel } from './release/flagger/analysis';
export type {
  AbTestChecks,
  AnalysisProps,
  BlueGreenChecks,
  MirrorProps,
  SessionAffinityProps,
} from './release/flagger/analysis-props';
export type { CanaryProps } from './release/flagger/canary';
export type {
  AutoscalerModel,
  CanaryModel,
  CanaryServiceModel,
  CorsModel,
  HeaderOperations,
  HeadersModel,
  HttpMatch,
  MadeMetadata,
} from './release/flagger/canary-model';
export { CanaryRelease } from './release/flagger/canary-release';
export type { CanaryAutoscaler, CanaryReleaseProps, CanaryTarget } from './release/flagger/canary-release-props';
export type { PrimaryScalerProps } from './release/flagger/canary-scale';
export type {
  CanaryAlert as BoundAlert,
  CanaryContext,
  CanaryFacts,
  CanaryMetric as BoundMetric,
  CanaryRef,
  CanaryWebhook,
  ICanaryAlert,
  ICanaryMetric,
  IWebhook,
  ThresholdRange,
  WebhookType,
} from './release/flagger/contract';
export type { SessionAffinityModel } from './release/flagger/session-affinity';
export type { CanaryServiceProps, CorsProps, RewriteProps, UnmanagedMetadata } from './release/flagger/service-props';
export type { Shift } from './release/flagger/shift';
export type { BuiltInChecks, Thresholds } from './release/flagger/thresholds';
export type {
  ConsistentHashProps,
  HttpPoolProps,
  LoadBalancerProps,
  LocalityProps,
  OutlierDetectionProps,
  TrafficPolicyProps,
} from './release/flagger/traffic-policy';
export type { RollingProps } from './release/rolling';
export type { TwoTracksProps } from './release/two-tracks';
export type { WeightedProps } from './release/weighted';
export { Release } from './release/strategies';

export { BankingService } from './banking-service/banking-service';
export {
  type ConfigMapModel,
  ConfigurationChange,
  type ConfigurationModel,
  type ConfigurationProps,
  type SecretFiles,
} from './banking-service/configuration';
export { Health, type HealthProps, type MetricsEndpoint, type PresetOptions } from './banking-service/health';
export type { AvailabilityModel } from './banking-service/availability';
export type { ResourcesModel, SecurityModel } from './banking-service/container';
export type { ServiceModel } from './banking-service/model';
export type { NodeRequirement, Placed, PlacementModel, PlacementProps } from './banking-service/placement';
export { Priority } from './banking-service/priority';
export type { Capacity, ReleasePlan } from './banking-service/release-plan';
export { HealthProbe, type ProbeAction, type ProbeTiming } from './banking-service/probe';
export type { AvailabilityProps, BankingServiceProps, ResourcesProps, SecurityProps } from './banking-service/props';
export {
  type Behavior,
  type BehaviorProps,
  type HorizontalProps,
  type KedaProps,
  type KedaTrigger,
  type ReplicaRange,
  Scaling,
  type ScalingModel,
} from './banking-service/scaling';
export type { ShutdownModel, ShutdownProps } from './banking-service/shutdown';
export { ServiceTier, type TierDefaults, TIERS } from './banking-service/tiers';
export type { Track, TrackContext, TrackModel } from './banking-service/track';
export type { VersionModel, VersionsModel } from './banking-service/versions';

export { GitOpsTool, type JobDelivery } from './jobs/delivery';
export type { JobModel, JobTask } from './jobs/model';
export type { JobProps } from './jobs/props';

export { DatabaseMigration } from './migration/database-migration';
export type { FlywayProps } from './migration/flyway';
export { type DatabaseCredentials, type InitGateOptions, MigrationGate } from './migration/gate';
export type { LiquibaseProps } from './migration/liquibase';
export type { MigrationModel } from './migration/model';
export { type ContractOptions, MigrationPhase } from './migration/phase';
export type { DatabaseMigrationProps } from './migration/props';
export { MigrationTool } from './migration/tool';
export type { ToolModel, ToolRun } from './migration/tool-model';

export { DeploymentValidation } from './validation/deployment-validation';
export type { ValidationModel } from './validation/model';
export type { DeploymentValidationProps, ValidatedService } from './validation/props';
export type { HealthTarget, ServiceTarget, TrackTarget } from './validation/target';

export { type GatewayModel, type IssuerRef, type MeshGatewayProps } from './mesh-gateway/model';
export { MeshGateway, type RouteOptions } from './mesh-gateway/mesh-gateway';
export { GatewayTls, TlsVersion } from './mesh-gateway/tls';

export { ALERTS, type AlertContext, type AlertName } from './observability/alerts/alert';
export type { ObservedBackup } from './observability/alerts/namespace';
export {
  type ConfigMapDashboardsOptions,
  Dashboards,
  type DashboardsModel,
  type GrafanaOperatorOptions,
} from './observability/dashboards/dashboards';
export { DASHBOARDS, type Dashboard, type Links, dashboardUid } from './observability/links';
export type { BackupProps, ObservabilityStackProps, StackModel } from './observability/model';
export { ObservabilityStack } from './observability/observability-stack';
export type { BurnRate, Severity } from './observability/objective/burn-rates';
export type { Goal, ObjectiveTargets, Route } from './observability/objective/goals';
export { Monitors, type MonitorsModel, type ScrapeModel } from './observability/monitors/monitors';
export type { MonitorOptions } from './observability/monitors/props';
export { Objective, type ObjectiveProps } from './observability/objective/objective';
export { ObservedService, type ObservedServiceOptions, type ObservedServiceProps } from './observability/observed-service';
export { type IstioSourceOptions, RequestSource, type RequestSourceOptions } from './observability/request-source';
export type { AlertRouteModel, NamedService, RoutingModel, TimingModel } from './observability/routing/model';
export type { AlertRouteProps, AlertRoutingProps, AlertTiming, TicketHours, Weekday } from './observability/routing/props';
export type { ServiceNames } from './observability/service-names';
export {
  type AccessLogMode,
  type AccessLogOptions,
  AccessLogs,
  type AccessLogsModel,
  type AllLogOptions,
  type ErrorLogOptions,
} from './observability/telemetry/access-logs';
export type { NamespaceTelemetry, TelemetryModel } from './observability/telemetry/model';
export type { TelemetryProps } from './observability/telemetry/props';
export { TraceTag, type TraceTagModel } from './observability/telemetry/trace-tag';
export { Tracing, type TracingModel, type TracingOptions } from './observability/telemetry/tracing';
export { ENVOY_STATS_ANNOTATION } from './observability/sources/envoy';

export {
  AlertChannel,
  type ChatProps,
  type DiscordProps,
  type EmailProps,
  type PagerDutyProps,
  type RocketChatProps,
  type SlackProps,
} from './alerting/alert-channel';
export type { AlertmanagerChannel } from './alerting/alertmanager-receiver';
export type {
  AlertChannelModel,
  DiscordModel,
  EmailModel,
  GoogleChatModel,
  MsTeamsModel,
  PagerDutyModel,
  RocketChatModel,
  SlackModel,
} from './alerting/model';
export { CanaryAlert, type CanaryAlertProps, type AlertSeverity } from './release/flagger/alerts/alert';
export type { ILoadTester } from './release/flagger/load-tester/load-tester';
export { CanaryMetric, type MetricOptions, type QueryProps, type TemplateProps } from './release/flagger/metrics/canary-metric';
export { MetricProvider, type MetricProviderModel, type MetricProviderType } from './release/flagger/metrics/metric-provider';
export type {
  CloudWatchMetricsProps,
  DatadogMetricsProps,
  DynatraceMetricsProps,
  ExternalMetricsProps,
  GraphiteMetricsProps,
  InfluxDbMetricsProps,
  NewRelicMetricsProps,
  PrometheusMetricsProps,
  SplunkMetricsProps,
  StackdriverMetricsProps,
  UnverifiedTls,
} from './release/flagger/metrics/provider-props';
export type { AcceptanceTestProps, ExpectedAnswer } from './release/flagger/webhooks/acceptance-test';
export type { CommandCalls, CommandProps } from './release/flagger/webhooks/command';
export type { LoadTestProps } from './release/flagger/webhooks/load-model';
export type { CustomProps, ReceiverOptions, ServiceCallProps } from './release/flagger/webhooks/receivers';
export type { CallOptions, GateOptions } from './release/flagger/webhooks/timing';
export { type ApprovalOptions, type RollbackOptions, Webhook } from './release/flagger/webhooks/webhook';
export { Jaeger } from './tracing/jaeger';
export { OpenTelemetryCollector } from './tracing/open-telemetry-collector';
export type { JaegerProps } from './tracing/jaeger-props';
export type { OpenTelemetryCollectorProps } from './tracing/props';
export type { ReceiverProps } from './tracing/receiver-props';
export type { ReceiverPlace, TraceCollector } from './tracing/receiver';
export type { SenderPods, SpanSender } from './tracing/senders';
export { TailSampling, type TailSamplingModel, type TailSamplingProps } from './tracing/tail-sampling';
export { type OtlpExportProps, TraceExport, type TraceExportModel } from './tracing/trace-export';
export { LoadTester } from './load-tester/load-tester';
export type { ExistingLoadTesterProps, LoadTesterProps } from './load-tester/props';
