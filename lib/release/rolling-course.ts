import type { ReleaseCourse, TimeSpan } from './course';
import { type ReleaseFacts, type UpdateStrategy, mostPods } from './release';

type Rolling = UpdateStrategy & { readonly type: 'RollingUpdate' };

/**
 * A wave of pods is started, and when they count, as many old ones go. A wave is as large as the surge and the pods that may
 * be missing together; the fastest is one whose pods are ready at once, the slowest takes the whole startup budget each time.
 */
export function rollingCourse(facts: ReleaseFacts, strategy: Rolling): ReleaseCourse {
  const { name, minReplicas, maxReplicas } = facts;
  const waves = (replicas: number) => Math.ceil(replicas / (strategy.maxSurge + strategy.maxUnavailable));
  const takes: TimeSpan = {
    shortest: waves(minReplicas) * facts.minReadySeconds,
    longest: waves(maxReplicas) * facts.startSeconds,
  };
  return {
    strategy: 'Release.rolling',
    steps: [
      {
        what: 'Pods are replaced one after the other',
        weights: { [name]: 100 },
        checks: [`each new pod is ready for ${facts.minReadySeconds} s`],
        takes,
      },
    ],
    toPromote: takes,
    toRollBack: takes,
    rollback: 'Put the former image back and commit: pods are replaced one after the other again.',
    peakPods: { [name]: mostPods(maxReplicas, strategy) },
    madeByOthers: [],
  };
}

/** Nothing serves between the end of the last old pod and the start of the first new one. */
export function recreateCourse(facts: ReleaseFacts): ReleaseCourse {
  const takes: TimeSpan = { shortest: facts.minReadySeconds, longest: facts.graceSeconds + facts.startSeconds };
  return {
    strategy: 'Release.recreate',
    steps: [
      {
        what: 'All pods stop, then the new ones start; nothing serves meanwhile',
        weights: { [facts.name]: 100 },
        checks: [],
        takes,
      },
    ],
    toPromote: takes,
    toRollBack: takes,
    rollback: 'Put the former image back and commit: the same downtime again.',
    peakPods: { [facts.name]: facts.maxReplicas },
    madeByOthers: [],
  };
}
