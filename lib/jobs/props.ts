import type { Duration } from 'cdk8s';
import type { PlacementProps } from '../banking-service/placement';
import type { ResourcesProps, SecurityProps } from '../banking-service/props';

/** What every Job of this library can be told. */
export interface JobProps {
  /** Name of the workload, and the start of the Job's name. @default - the construct id */
  readonly name?: string;
  /** @default 'Always': the registry checks at each start whether the node may have the image */
  readonly imagePullPolicy?: 'Always' | 'IfNotPresent';
  /** Secrets with credentials for the registry. @default - none */
  readonly imagePullSecrets?: readonly string[];
  /** @default - requests 100m and 256Mi, limits 1 and 512Mi, and 1Gi of disk */
  readonly resources?: ResourcesProps;
  readonly security?: SecurityProps;
  readonly placement?: PlacementProps;
  /**
   * How long the Job may be there unfinished, its retries included: `activeDeadlineSeconds`.
   * @default - each construct says its own
   */
  readonly timeout?: Duration;
  /** How often a pod that failed is tried again: `backoffLimit`. Pods that a drain took are not counted. @default - each construct says its own */
  readonly retries?: number;
  /**
   * How long a finished Job stays: `ttlSecondsAfterFinished`. What a GitOps tool keeps in place, it makes again once this time
   * is over, and the Job runs again; so this is for manifests that are applied by hand.
   * @default - 1 day for hooks of Argo CD, which are not kept in place; otherwise none, since pruning takes the old ones away
   */
  readonly ttlAfterFinished?: Duration;
  /** Labels added to its pod and objects. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Annotations added to its pod. @default - none */
  readonly podAnnotations?: Readonly<Record<string, string>>;
}
