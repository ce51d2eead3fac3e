import type { Duration } from 'cdk8s';
import type { PortProtocol } from '../contracts/port';
import type { SecretKey } from '../contracts/secret-key';
import type { IRelease } from '../release/release';
import type { Exposure } from '../traffic/exposure';
import type { TrafficProps } from '../traffic/model';
import type { MtlsException } from '../zero-trust/mtls';
import type { PortProps } from '../zero-trust/ports';
import type { ZeroTrustNamespace } from '../zero-trust/zero-trust-namespace';
import type { ConfigurationProps, SecretFiles } from './configuration';
import type { Health } from './health';
import type { PlacementProps } from './placement';
import type { Priority } from './priority';
import type { Scaling } from './scaling';
import type { ShutdownProps } from './shutdown';
import type { ServiceTier } from './tiers';

/** What the application's container asks for and may use. Quantities as Kubernetes writes them. */
export interface ResourcesProps {
  /** @default - the tier's */
  readonly requests?: { readonly cpu?: string; readonly memory?: string };
  /**
   * `cpu: 'none'` goes without a CPU limit, which throttles a JVM while it starts; the namespace then has no CPU limit either.
   * @default - the tier's
   */
  readonly limits?: { readonly cpu?: string | 'none'; readonly memory?: string };
  /** Disk for logs, `/tmp` and other scratch space, both requested and allowed. @default '1Gi' */
  readonly ephemeralStorage?: string;
}

export interface SecurityProps {
  /** User id of the container. 1337 is the proxy's, 0 is root; 1000 and above are allowed. @default 10001 */
  readonly user?: number;
  /** Group id of the container, and the group that owns its volumes. @default 10001 */
  readonly group?: number;
  /** Folders that can be written, besides /tmp; each is an empty volume. @default - none */
  readonly writablePaths?: readonly string[];
}

export interface AvailabilityProps {
  /** Pods that a drain may take at once. @default 1 */
  readonly maxUnavailable?: number;
  /** Pods that a drain must leave, instead of `maxUnavailable`. @default - not used */
  readonly minAvailable?: number;
  /** How long a new pod must stay ready before it counts. @default - the tier's */
  readonly minReady?: Duration;
  /** How long a rollout may go without progress. Never shorter than a pod may take to start. @default - derived from the probes, at least 600 s */
  readonly progressDeadline?: Duration;
  /** What happens to a pod that would make the zones uneven. @default - the tier's: a critical service stays even */
  readonly zoneSpread?: 'DoNotSchedule' | 'ScheduleAnyway';
}

/**
 * A service of the bank. Required is what can't be guessed; everything else has a default that is safe in production.
 */
export interface BankingServiceProps {
  /** The namespace that it lives in. */
  readonly namespace: ZeroTrustNamespace;
  /** Name of the workload and of its objects. @default - the construct id */
  readonly name?: string;
  /**
   * Image with a digest, or with a tag that never moves. Left out where the release names the image of every track, as
   * `Release.blueGreen` does.
   */
  readonly image?: string;
  /** @default 'Always': the registry checks at each start whether the node may have the image */
  readonly imagePullPolicy?: 'Always' | 'IfNotPresent';
  /** Secrets with credentials for the registry. @default - none */
  readonly imagePullSecrets?: readonly string[];
  /** The port that the container listens on. */
  readonly port: number;
  /** What is spoken on it. @default PortProtocol.HTTP */
  readonly protocol?: PortProtocol;
  /** The port of the Service. @default - the same as `port` */
  readonly servicePort?: number;
  /** Further ports that can be called. @default - none */
  readonly ports?: readonly PortProps[];
  /** Version label of the pods. @default - the tag of the image, or the start of its digest */
  readonly version?: string;
  /** @default ServiceTier.STANDARD */
  readonly tier?: ServiceTier;
  /** @default Health.healthz(): /healthz and /readyz */
  readonly health?: Health;
  readonly resources?: ResourcesProps;
  /** @default Scaling.horizontal() over the tier's range */
  readonly scaling?: Scaling;
  readonly shutdown?: ShutdownProps;
  readonly security?: SecurityProps;
  readonly availability?: AvailabilityProps;
  /** @default - Priority.ofTier() for critical services, the cluster's default for the others */
  readonly priority?: Priority;
  readonly placement?: PlacementProps;
  readonly configuration?: ConfigurationProps;
  /** Variables from Secrets that exist already. @default - none */
  readonly secretEnv?: Readonly<Record<string, SecretKey>>;
  /** Secrets as files, mode 0440. @default - none */
  readonly secretFiles?: readonly SecretFiles[];
  /** Arguments of the container, instead of the image's. @default - the image's */
  readonly args?: readonly string[];
  /** Program of the container, instead of the image's. @default - the image's */
  readonly command?: readonly string[];
  /** How callers talk to it: timeouts, retries, circuit breaker, routes. */
  readonly traffic?: TrafficProps;
  /** @default Exposure.clusterIp() */
  readonly exposure?: Exposure;
  /** How a new version takes over. @default Release.rolling() */
  readonly release?: IRelease;
  /** Ports that take plain text, each with a reason. @default - none */
  readonly mtlsExceptions?: readonly MtlsException[];
  /** Give its pods a token for the API server, which `allowTo(ApiServer.of(platform))` lets them reach. @default false */
  readonly serviceAccountToken?: boolean;
  /** Annotations of its ServiceAccount: a cloud role, say. @default - none */
  readonly serviceAccountAnnotations?: Readonly<Record<string, string>>;
  /** Labels added to its pods and objects. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Annotations added to its pods. A change of one rolls the pods. @default - none */
  readonly podAnnotations?: Readonly<Record<string, string>>;
}
