import { type Problems, show } from '../kernel/errors';
import type { Health } from './health';
import type { AvailabilityProps } from './props';
import type { ScalingModel } from './scaling';
import type { TierDefaults } from './tiers';

/** Which drains and rollouts may go on. Seconds. */
export interface AvailabilityModel {
  readonly maxUnavailable?: number;
  readonly minAvailable?: number;
  readonly minReady: number;
  readonly progressDeadline: number;
  readonly zoneSpread: string;
}

/** The longest that pulling and scheduling may take beside the start itself. */
const PULL_AND_SCHEDULE = 300;

/** Flagger's default, and long enough for most. https://docs.flagger.app/usage/how-it-works#canary-analysis */
const SHORTEST_DEADLINE = 600;

/** Checks that pods can be drained, and that a rollout is not given up before a pod may be up. */
export function resolveAvailability(
  props: AvailabilityProps,
  health: Health,
  scaling: ScalingModel,
  tier: TierDefaults,
  problems: Problems,
): AvailabilityModel {
  const { maxUnavailable, minAvailable, zoneSpread = tier.zoneSpread } = props;
  const part = 'availability';
  problems.check(
    maxUnavailable === undefined || minAvailable === undefined,
    'maxUnavailable and minAvailable can not both be set; keep maxUnavailable',
    part,
  );
  problems.check(
    maxUnavailable === undefined || maxUnavailable === 0 || (Number.isInteger(maxUnavailable) && maxUnavailable >= 1),
    `maxUnavailable ${show(maxUnavailable)} must be a whole number from 1 on`,
    part,
  );
  problems.check(
    maxUnavailable !== 0,
    `maxUnavailable 0 blocks every drain, so that nodes can never be renewed; use 1 or more`,
    part,
  );
  problems.check(
    minAvailable === undefined || (Number.isInteger(minAvailable) && minAvailable >= 1),
    `minAvailable ${show(minAvailable)} must be a whole number from 1 on`,
    part,
  );
  problems.check(
    minAvailable === undefined || !(minAvailable >= scaling.min),
    `minAvailable ${show(minAvailable)} of at least ${scaling.min} replicas blocks every drain; ` +
      (scaling.min > 1 ? `use at most ${scaling.min - 1}, or maxUnavailable: 1` : 'use maxUnavailable: 1'),
    part,
  );
  problems.check(
    maxUnavailable === undefined || scaling.min === 1 || maxUnavailable < scaling.min,
    `maxUnavailable ${show(maxUnavailable)} of at least ${scaling.min} replicas lets a drain take all of them; use at most ${scaling.min - 1}`,
    part,
  );
  const minReady = props.minReady?.toSeconds({ integral: false }) ?? tier.minReadySeconds;
  problems.check(
    Number.isInteger(minReady) && minReady >= 0,
    `minReady ${minReady} s must be a whole number of seconds from 0 on`,
    part,
  );
  const start = health.startupBudget + minReady;
  const progressDeadline =
    props.progressDeadline?.toSeconds({ integral: false }) ?? Math.max(SHORTEST_DEADLINE, Math.ceil(start) + PULL_AND_SCHEDULE);
  problems.check(
    Number.isInteger(progressDeadline) && progressDeadline > start,
    `progressDeadline ${progressDeadline} s ends before a pod may be up: startup budget ${health.startupBudget} + minReady ${minReady} = ${start} s; use more than ${start} s`,
    part,
  );
  return {
    maxUnavailable: minAvailable === undefined ? (maxUnavailable ?? 1) : undefined,
    minAvailable,
    minReady,
    progressDeadline,
    zoneSpread,
  };
}
