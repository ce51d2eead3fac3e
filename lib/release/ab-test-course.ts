import type { ReleaseCourse } from './course';
import { fullLoadOf, podsFor } from './mesh/capacity';
import type { ReleaseFacts } from './release';
import { PROPAGATION, type TwoTracksProps, peakOf, startOf } from './two-tracks';

/** A test of two versions. How long it lasts is for whoever counts its results. */
export function abTestCourse(facts: ReleaseFacts, props: TwoTracksProps & { readonly share?: number }): ReleaseCourse {
  const { name } = facts;
  const { share = 100 } = props;
  const b = `${name}-b`;
  const pods = Math.max(facts.minReplicas, podsFor(share, fullLoadOf(props.fullLoad, facts)));
  const nobody = { [name]: 100, [b]: 0 };
  return {
    strategy: 'Release.abTest',
    steps: [
      {
        what: 'B starts, without requests: there is no audience yet',
        weights: nobody,
        checks: [`Deployment ${b} is rolled out: ${pods} pods are ready, enough for ${share} % of the requests`],
        takes: startOf(facts),
      },
      {
        what: 'Requests of the audience go to B, all others to A',
        weights: { [name]: 100 - share, [b]: share },
        checks: ['enough requests were counted to tell which is better'],
      },
      { what: 'The audience is left out: everything goes to A', weights: nobody, checks: [], takes: PROPAGATION },
      {
        what: 'B is left out: Release.weighted() with the better image',
        weights: { [name]: 100 },
        checks: [],
        takes: { shortest: 0, longest: facts.graceSeconds },
      },
    ],
    toRollBack: PROPAGATION,
    rollback: 'Leave the audience out and commit: everything goes to A, which has pods for all requests; B stays.',
    peakPods: peakOf(facts, [name, b], props),
    madeByOthers: [],
  };
}
