import type { ReleaseCourse } from './course';
import type { ReleaseFacts } from './release';
import { PROPAGATION, type TwoTracksProps, peakOf, startOf } from './two-tracks';

/** A shadow that sees requests and answers nobody. */
export function mirroredCourse(facts: ReleaseFacts, props: TwoTracksProps & { readonly percentage?: number }): ReleaseCourse {
  const { name } = facts;
  const shadow = `${name}-shadow`;
  const weights = { [name]: 100, [shadow]: 0 };
  const copied = props.percentage ? `${props.percentage} %` : 'Some';
  return {
    strategy: 'Release.mirrored',
    steps: [
      {
        what: 'The shadow starts, and gets nothing',
        weights,
        checks: [`Deployment ${shadow} is rolled out`],
        takes: startOf(facts),
      },
      {
        what: `${copied} of the requests that may be carried out twice are copied to the shadow`,
        weights,
        checks: ['errors and latency of the shadow are those of the service'],
      },
      { what: 'Nothing is copied any more: percentage 0', weights, checks: [], takes: PROPAGATION },
      {
        what: 'The shadow is left out: Release.weighted()',
        weights: { [name]: 100 },
        checks: [],
        takes: { shortest: 0, longest: facts.graceSeconds },
      },
    ],
    toRollBack: PROPAGATION,
    rollback:
      'Write percentage: 0 and commit: nothing is copied any more. Callers have not been answered by the shadow at any time.',
    peakPods: peakOf(facts, [name, shadow], props),
    madeByOthers: [],
  };
}
