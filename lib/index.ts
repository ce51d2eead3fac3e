export { Platform } from './platform/platform';
export type { PlatformModel, Resolved } from './platform/model';
export type { Version } from './platform/versions';
export {
  type ContainerResources,
  type DnsProps,
  type EgressGatewayPods,
  type ForeignPods,
  type GatewayPods,
  type GrafanaProps,
  type IstioProps,
  type PlatformProps,
  type PrometheusProps,
  SidecarMode,
} from './platform/props';

export { ConfigError, type Problem, Problems } from './kernel/errors';
export { WORKLOAD_LABEL } from './kernel/labels';

export type { Destination, Edge, EdgeOptions, ICallee, ICaller, NetworkPeer } from './contracts/peer';
export type { IMeshNamespace } from './contracts/mesh-namespace';
export type { AnalysisThresholds, IObjective, LatencyThreshold } from './contracts/objective';
export type { ResourceClaim } from './contracts/resource-claim';
export { PortProtocol, type WorkloadPort } from './contracts/port';

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

export { CircuitBreaker, type CircuitBreakerProps } from './traffic/circuit-breaker';
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
export type { RollingProps } from './release/rolling';
export { Release } from './release/strategies';

export { BankingService } from './banking-service/banking-service';
export {
  type ConfigMapModel,
  ConfigurationChange,
  type ConfigurationModel,
  type ConfigurationProps,
  type SecretFiles,
  type SecretKey,
} from './banking-service/configuration';
export { Health, type HealthProps, type PresetOptions } from './banking-service/health';
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
export type { VersionModel } from './banking-service/versions';

export { type GatewayModel, type IssuerRef, type MeshGatewayProps } from './mesh-gateway/model';
export { MeshGateway, type RouteOptions } from './mesh-gateway/mesh-gateway';
export { GatewayTls, TlsVersion } from './mesh-gateway/tls';
