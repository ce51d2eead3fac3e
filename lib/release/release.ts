import type { Construct } from 'constructs';
import type { IMeshNamespace } from '../contracts/mesh-namespace';
import type { WorkloadPort } from '../contracts/port';
import type { Problems } from '../kernel/errors';
import type { Stage } from '../kube';
import type { PlatformModel } from '../platform/model';
import type { Exposure } from '../traffic/exposure';
import type { TrafficModel, TrafficProps } from '../traffic/model';
import type { Delegation } from '../traffic/routable';
import type { RouteCondition } from '../traffic/route-condition';
import type { Guard } from '../zero-trust/guard';
import type { ReleaseCourse } from './course';

/** How a Deployment replaces its pods. */
export type UpdateStrategy =
  { readonly type: 'RollingUpdate'; readonly maxUnavailable: number; readonly maxSurge: number } | { readonly type: 'Recreate' };

/** What a track runs, where that is not the service's own image. */
export interface TrackVersion {
  /** Image with a digest, or with a tag that never moves. */
  readonly image: string;
  /** Version label of its pods. @default - the tag of the image, or the start of its digest */
  readonly version?: string;
  /** Environment variables of this version, added to the service's and counting before them. @default - the service's alone */
  readonly variables?: Readonly<Record<string, string>>;
}

/** One Deployment of a service. Most releases have one; others run two side by side. */
export interface TrackProps {
  /** Name of the Deployment, and the value of its `app` label. */
  readonly name: string;
  readonly strategy: UpdateStrategy;
  /** @default - what the service itself runs */
  readonly runs?: TrackVersion;
  /** Fewest replicas, where a track must be able to carry more than the autoscaler would start with. @default - the service's */
  readonly minReplicas?: number;
  /** Most pods of it that can exist at once, copies that another controller makes included. @default - the largest scale and twice the surge */
  readonly mostPods?: number;
}

/** An object, as another one refers to it. */
export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}

/** A Deployment that was made for a release. */
export interface BoundTrack {
  readonly name: string;
  /** Version label of its pods. */
  readonly version: string;
  /** What scales it; undefined when its number of replicas is fixed. */
  readonly autoscaler?: ObjectRef;
}

/** What a release must know of a service to judge whether it can be done. */
export interface ReleaseFacts {
  readonly name: string;
  /** The namespace that it lives in. Undefined when it is missing, which is a problem of its own. */
  readonly namespace?: IMeshNamespace;
  readonly platform: PlatformModel;
  /** What the environment is for; undefined outside of an Environment. */
  readonly stage?: Stage;
  readonly scaling: 'fixed' | 'horizontal' | 'keda';
  readonly minReplicas: number;
  readonly maxReplicas: number;
  /** Pods that KEDA keeps when the source of its metrics fails. Undefined where nothing of the kind is said. */
  readonly fallbackReplicas?: number;
  /** Percent of what its pods can do that the autoscaler keeps free: 30 where it aims at 70 % CPU. 0 where nobody knows. */
  readonly headroom: number;
  /** Container ports that take plain text: their callers may be outside of the mesh, where no weights hold. */
  readonly plainPorts: readonly number[];
  readonly ports: readonly WorkloadPort[];
  /** How callers talk to it: resolved, and as the user gave it. */
  readonly traffic: TrafficModel;
  readonly given: TrafficProps;
  readonly exposure: Exposure;
  /** Seconds that a pod may take from its start until it counts: startup budget and minReady. */
  readonly startSeconds: number;
  /** Seconds that a new pod must stay ready before it counts. */
  readonly minReadySeconds: number;
  /** Seconds that a rollout may go without progress. */
  readonly progressDeadline: number;
  /** Seconds that a pod may take to stop. */
  readonly graceSeconds: number;
  /** Secrets that its pods read, each once. */
  readonly secrets: readonly string[];
  /** Whether something else restarts its pods when their configuration changes. */
  readonly reloader: boolean;
}

/** A service, as its release sees it. */
export interface ReleasableService {
  readonly name: string;
  readonly namespace: IMeshNamespace;
  /** The stable identity of its pods, on every track. */
  readonly selector: Readonly<Record<string, string>>;
  readonly ports: readonly WorkloadPort[];
  readonly traffic: TrafficModel;
  readonly exposure: Exposure;
  /** Labels of every object of the service. */
  readonly labels: Readonly<Record<string, string>>;
  readonly facts: ReleaseFacts;
  /** What it is to others: edges that the release needs (a load tester's) end here. */
  readonly guard: Guard;
  /** Makes a Deployment of the service, with what scales it. */
  createTrack(track: TrackProps): BoundTrack;
}

/** A release that belongs to a service. It owns the objects that carry traffic: Service, VirtualService, DestinationRule. */
export interface BoundRelease {
  /**
   * Makes what a gateway needs to reach the service.
   * @param conditions what the gateway lets in, asked for when everything is declared
   */
  exposeThrough(gateway: string, conditions: () => readonly RouteCondition[]): Delegation;
  /** How it goes on, step by step: computed from the same values as the manifests. */
  course(): ReleaseCourse;
}

/** A version of its own that a release names, with the prop that says so. */
export interface NamedVersion {
  /** Where the user wrote it: `release.green`. */
  readonly part: string;
  readonly runs: TrackVersion;
}

/**
 * How a new version of a service takes over. It is known when the service is built, so nothing is made and then taken back.
 */
export interface IRelease {
  /** Versions that it names; the service judges their images and variables. @default - none: all tracks run the service's image */
  readonly versions?: readonly NamedVersion[];
  /** Whether every track is among `versions`, so that the service itself has no image. @default false */
  readonly namesEveryImage?: boolean;
  /** Annotations that the ConfigMaps of the service need under it. @default - none */
  readonly configMapAnnotations?: Readonly<Record<string, string>>;
  /** Adds what is wrong with it for this service. */
  validate(problems: Problems, facts: ReleaseFacts): void;
  bind(scope: Construct, service: ReleasableService): BoundRelease;
}

/** Most pods of one Deployment at once: a pod that goes counts until it is gone, when the next new ones have started. */
export function mostPods(maxReplicas: number, strategy: UpdateStrategy): number {
  return maxReplicas + (strategy.type === 'RollingUpdate' ? 2 * strategy.maxSurge : 0);
}
