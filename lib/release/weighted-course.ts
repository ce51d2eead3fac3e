import type { CourseStep, ReleaseCourse } from './course';
import { fullLoadOf, podsFor } from './mesh/capacity';
import type { ReleaseFacts } from './release';
import { rollingCourse } from './rolling-course';
import { PROPAGATION, type TwoTracksProps, peakOf, startOf, update } from './two-tracks';

/** The steps of a canary whose weight people raise. Each waits for somebody to commit it. */
export function weightedCourse(
  facts: ReleaseFacts,
  props: TwoTracksProps & { readonly weight: number; readonly steps: readonly number[] },
): ReleaseCourse {
  const { name, minReplicas } = facts;
  const canary = `${name}-canary`;
  const weights = (percent: number) => ({ [name]: 100 - percent, [canary]: percent });
  const pods = (percent: number) => Math.max(minReplicas, podsFor(percent, fullLoadOf(props.fullLoad, facts)));
  const last = props.steps[props.steps.length - 1]!;
  const rising = props.steps.map((step, i): CourseStep => {
    const next = props.steps[i + 1];
    return {
      what: `${step} % to the canary`,
      weights: weights(step),
      checks: [
        `${pods(step)} pods of ${canary} were ready before`,
        'its errors and its latency are those of the stable track',
        ...(next === undefined ? [] : [`${pods(next)} pods of it are ready for the next step`]),
      ],
    };
  });
  return {
    strategy: 'Release.weighted',
    steps: [
      {
        what: 'The canary starts, without requests',
        weights: weights(0),
        checks: [`Deployment ${canary} is rolled out: ${pods(props.steps[0]!)} pods are ready`],
        takes: startOf(facts),
      },
      ...rising,
      {
        what: 'The stable track takes the new image, pod by pod',
        weights: weights(last),
        checks: [`Deployment ${name} is rolled out`],
        takes: rollingCourse(facts, update(props)).toPromote,
      },
      { what: 'All requests go to the stable track', weights: weights(0), checks: [], takes: PROPAGATION },
      {
        what: 'The canary is left out',
        weights: { [name]: 100 },
        checks: [],
        takes: { shortest: 0, longest: facts.graceSeconds },
      },
    ],
    toRollBack: PROPAGATION,
    rollback: 'Write weight: 0 and commit: the stable track, which has pods for all requests, gets them all; the canary stays.',
    peakPods: peakOf(facts, [name, canary], props),
    madeByOthers: [],
  };
}
