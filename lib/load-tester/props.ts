import type { Duration } from 'cdk8s';
import type { SecretFiles } from '../banking-service/configuration';
import type { ResourcesProps } from '../banking-service/props';
import type { ZeroTrustNamespace } from '../zero-trust/zero-trust-namespace';

export interface LoadTesterProps {
  /** The namespace that it lives in: that of the services it tests, or one of its own. */
  readonly namespace: ZeroTrustNamespace;
  /** Name of the workload and of its objects. @default - the construct id */
  readonly name?: string;
  /** @default 'ghcr.io/fluxcd/flagger-loadtester:0.38.0', which comes with Flagger 1.44 */
  readonly image?: string;
  /** Secrets with credentials for the registry. @default - none */
  readonly imagePullSecrets?: readonly string[];
  /** How long one test may run, in whole seconds. @default 1 h */
  readonly taskTimeout?: Duration;
  /** Files that tests read, by name, below /etc/load-tester: schemas of gRPC, Bats files. @default - none but health.proto */
  readonly files?: Readonly<Record<string, string>>;
  /** Secrets that programs of tests read: tokens of test users, say. @default - none */
  readonly secretFiles?: readonly SecretFiles[];
  /** @default requests 100m / 128Mi, limits 1 / 512Mi, 256Mi of disk */
  readonly resources?: ResourcesProps;
}

export interface ExistingLoadTesterProps {
  /** The port of its Service, or its name. @default - its first port */
  readonly port?: number | string;
  /** Where the schema of the gRPC health protocol is in its container. @default '/tmp/ghz/health.proto', where its image has it */
  readonly healthProto?: string;
}
