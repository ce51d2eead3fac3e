import type { PlatformModel } from '../platform/model';

/** A canary that Flagger runs. */
export interface ObservedCanary {
  /** The workload that it releases: what Flagger's metrics call it by. */
  readonly target: string;
  /** Seconds that a release may take. Undefined when it waits for people. */
  readonly longest?: number;
  /** What each metric of its analysis must keep to, in the unit of its threshold. @default - that is not known */
  readonly thresholds?: readonly CanaryThreshold[];
}

export interface CanaryThreshold {
  /** As the Canary calls it: `request-success-rate`. */
  readonly metric: string;
  readonly min?: number;
  readonly max?: number;
}

/** What must be known of a service to watch it, on every track of its release. */
export interface ObservedFacts {
  /** Its name: the canonical service of its pods in the metrics of the mesh. */
  readonly name: string;
  readonly namespace: string;
  readonly platform: PlatformModel;
  /** Names of the Services that lead to it. */
  readonly hosts: readonly string[];
  /** Names of its Deployments. */
  readonly deployments: readonly string[];
  /** Names of its HorizontalPodAutoscalers. */
  readonly autoscalers: readonly string[];
  /** Names of its PodDisruptionBudgets. */
  readonly disruptionBudgets: readonly string[];
  readonly canary?: ObservedCanary;
  /** Whether it answers requests; otherwise the mesh sees connections only. */
  readonly takesRequests: boolean;
  /** Whether some of its requests are streams, which count with all the time that they last. @default false */
  readonly streams?: boolean;
  /** Whether it takes mutual TLS only, on every port. */
  readonly strictMtls: boolean;
  /** Whether its proxies say which hosts they have ejected. */
  readonly reportsEjections: boolean;
}
