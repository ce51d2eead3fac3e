import { type Colours, turnOf } from './colours';
import type { ReleaseCourse } from './course';
import type { ReleaseFacts } from './release';
import { PROPAGATION, type TwoTracksProps, peakOf, startOf } from './two-tracks';

/** From one colour to the other and rid of the first. Each step waits for somebody to commit it. */
export function blueGreenCourse(facts: ReleaseFacts, props: Colours & TwoTracksProps): ReleaseCourse {
  const { coming, going, name, pods, weights } = turnOf(facts, props);
  return {
    strategy: 'Release.blueGreen',
    steps: [
      {
        what: `BlueGreen.staged('${coming}'): ${coming} starts, without requests`,
        weights: weights(0),
        checks: [`Deployment ${name(coming)} is rolled out: ${pods} pods are ready, enough for all requests`],
        takes: startOf(facts),
      },
      {
        what: `BlueGreen.preview('${coming}', …): an audience gets ${coming}`,
        weights: weights(0),
        checks: [`what the audience asks of ${coming} is answered well`],
      },
      {
        what: `BlueGreen.partial('${coming}', 10): ${coming} gets 10 %`,
        weights: weights(10),
        checks: [`errors and latency of ${coming} are those of ${going}`],
      },
      {
        what: `BlueGreen.live('${coming}'): ${coming} gets everything, ${going} is kept`,
        weights: weights(100),
        checks: [`errors and latency of ${coming} are what they were of ${going}`, 'nobody wants to go back'],
      },
      {
        what: `BlueGreen.only('${coming}'): ${going} goes`,
        weights: { [name(coming)]: 100 },
        checks: [],
        takes: { shortest: 0, longest: facts.graceSeconds },
      },
    ],
    toRollBack: PROPAGATION,
    rollback: `Write BlueGreen.live('${going}') and commit, as long as ${going} is there: it has pods for all requests, and gets them all.`,
    peakPods: peakOf(facts, [name(going), name(coming)], props),
    madeByOthers: [],
  };
}
