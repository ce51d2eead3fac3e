import { type Problems, show } from '../kernel/errors';
import { ANYTHING, NUMBER, TEXT, mapOf, type Shapes, propsOf } from '../kernel/shape';
import type { ReleaseCourse, TimeSpan } from './course';
import { fullLoadProblems } from './mesh/capacity';
import { splitProblems } from './mesh/split';
import { type ReleaseFacts, type TrackVersion, type UpdateStrategy, mostPods } from './release';

/** What every release with two Deployments side by side can be told. */
export interface TwoTracksProps {
  /**
   * Pods that carry all requests together. A track that is about to get requests has as many of them as its share needs,
   * whatever its autoscaler did last.
   * @default - the most that the service scales to: an autoscaler may stand anywhere below it when the switch comes
   */
  readonly fullLoad?: number;
  /** Pods that a track may have beyond its replicas while its own version changes; none is ever missing. @default 1 */
  readonly maxSurge?: number;
}

export const TWO_TRACKS: Shapes<TwoTracksProps> = { fullLoad: NUMBER, maxSurge: NUMBER };

/** The shape of what a track runs. */
export const TRACK_VERSION_SHAPES: Shapes<TrackVersion> = { image: ANYTHING, version: TEXT, variables: mapOf(TEXT) };
export const TRACK_VERSION = propsOf<TrackVersion>(TRACK_VERSION_SHAPES);

/**
 * From an applied change of a VirtualService until the proxies have it: istiod waits 100 ms for more changes, and 10 s at
 * most (PILOT_DEBOUNCE_AFTER, PILOT_DEBOUNCE_MAX).
 * https://github.com/istio/istio/blob/1.30.3/pilot/pkg/features/tuning.go
 */
export const PROPAGATION: TimeSpan = { shortest: 0, longest: 10 };

/** How a track changes its own version. */
export function update({ maxSurge = 1 }: TwoTracksProps): UpdateStrategy & { readonly type: 'RollingUpdate' } {
  return { type: 'RollingUpdate', maxUnavailable: 0, maxSurge };
}

/** Adds what is wrong with two Deployments of this service side by side in the mesh. */
export function twoTracksProblems(problems: Problems, facts: ReleaseFacts, strategy: string, props: TwoTracksProps): void {
  splitProblems(problems, facts, strategy);
  ownProblems(problems, facts, props);
}

/** Adds what is wrong with the props alone. */
export function ownProblems(problems: Problems, facts: ReleaseFacts, { fullLoad, maxSurge }: TwoTracksProps): void {
  fullLoadProblems(problems, fullLoad, facts);
  problems.check(
    maxSurge === undefined || (Number.isInteger(maxSurge) && maxSurge >= 1),
    `maxSurge ${show(maxSurge)} must be a whole number of pods from 1 on; with none to spare a pod would have to go first`,
    'release.maxSurge',
  );
}

/** A new Deployment beside the other: all of its pods start at once. */
export function startOf({ minReadySeconds, startSeconds }: ReleaseFacts): TimeSpan {
  return { shortest: minReadySeconds, longest: startSeconds };
}

/** Most pods of each Deployment, which may all exist at once. */
export function peakOf(facts: ReleaseFacts, deployments: readonly string[], props: TwoTracksProps): ReleaseCourse['peakPods'] {
  return Object.fromEntries(deployments.map((name) => [name, mostPods(facts.maxReplicas, update(props))]));
}
