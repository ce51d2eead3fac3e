import type { Construct } from 'constructs';
import type { IMeshNamespace } from '../contracts/mesh-namespace';
import type { WorkloadPort } from '../contracts/port';
import type { Problems } from '../kernel/errors';
import type { Exposure } from '../traffic/exposure';
import type { TrafficModel } from '../traffic/model';
import type { DelegateRef } from '../traffic/routable';
import type { RouteCondition } from '../traffic/route-condition';

/** How a Deployment replaces its pods. */
export type UpdateStrategy =
  { readonly type: 'RollingUpdate'; readonly maxUnavailable: number; readonly maxSurge: number } | { readonly type: 'Recreate' };

/** One Deployment of a service. Most releases have one; others run two side by side. */
export interface TrackProps {
  /** Name of the Deployment, and the value of its `app` label. */
  readonly name: string;
  readonly strategy: UpdateStrategy;
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
  /** Makes a Deployment of the service, with what scales it. */
  createTrack(track: TrackProps): void;
}

/** What a release must know to judge whether it can be done. */
export interface ReleaseScale {
  readonly minReplicas: number;
  readonly maxReplicas: number;
}

/** A release that belongs to a service. It owns the objects that carry traffic: Service, VirtualService, DestinationRule. */
export interface BoundRelease {
  /**
   * Makes the VirtualService by which a gateway reaches the service.
   * @param conditions what the gateway lets in, asked for when everything is declared
   */
  exposeThrough(gateway: string, conditions: () => readonly RouteCondition[]): DelegateRef;
}

/**
 * How a new version of a service takes over. It is known when the service is built, so nothing is made and then taken back.
 */
export interface IRelease {
  /** Pods beyond the replicas that can exist at once while a version takes over. */
  readonly surge: number;
  /** Adds what is wrong with it for this service. */
  validate(problems: Problems, scale: ReleaseScale): void;
  bind(scope: Construct, service: ReleasableService): BoundRelease;
}
