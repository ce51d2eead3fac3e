import { type Colours, turnOf } from '../colours';
import type { ReleaseCourse, TimeSpan } from '../course';
import type { ReleaseFacts } from '../release';
import { type TwoTracksProps, peakOf, startOf } from '../two-tracks';

/** Until a controller has taken up a changed Ingress. An assumption: one that configures a cloud's load balancer takes longest. */
const TAKEN_UP: TimeSpan = { shortest: 0, longest: 60 };

/** From one colour to the other behind an Ingress. */
export function ingressCourse(facts: ReleaseFacts, props: Colours & TwoTracksProps): ReleaseCourse {
  const { coming, going, name, pods, weights } = turnOf(facts, props);
  return {
    strategy: 'Release.blueGreenIngress',
    steps: [
      {
        what: `BlueGreen.staged('${coming}'): ${coming} starts, and is reached by the preview host alone`,
        weights: weights(0),
        checks: [
          `Deployment ${name(coming)} is rolled out: ${pods} pods are ready, enough for all requests`,
          `what is asked of the preview host is answered well`,
        ],
        takes: startOf(facts),
      },
      {
        what: `BlueGreen.live('${coming}'): the Ingress names ${coming}, ${going} is kept`,
        weights: weights(100),
        checks: ['nobody wants to go back'],
      },
      {
        what: `BlueGreen.only('${coming}'): ${going} goes`,
        weights: { [name(coming)]: 100 },
        checks: [],
        takes: { shortest: 0, longest: facts.graceSeconds },
      },
    ],
    toRollBack: TAKEN_UP,
    rollback: `Write BlueGreen.live('${going}') and commit, as long as ${going} is there: the Ingress names it again, and it has pods for all requests.`,
    peakPods: peakOf(facts, [name(going), name(coming)], props),
    madeByOthers: [],
  };
}
