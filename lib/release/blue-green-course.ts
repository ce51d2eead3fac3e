import { other } from './blue-green-state';
import { type Colours, deploymentOf } from './colours';
import type { ReleaseCourse } from './course';
import { fullLoadOf } from './mesh/capacity';
import type { ReleaseFacts } from './release';
import { PROPAGATION, type TwoTracksProps, peakOf, startOf } from './two-tracks';

/** From one colour to the other and rid of the first. Each step waits for somebody to commit it. */
export function blueGreenCourse(facts: ReleaseFacts, props: Colours & TwoTracksProps): ReleaseCourse {
  const { state } = props;
  // What is there alone is old: the other one comes next.
  const coming = state.kind === 'only' ? other(state.colour) : state.colour;
  const going = other(coming);
  const name = (colour: typeof coming) => deploymentOf(facts.name, props, colour);
  const pods = Math.max(facts.minReplicas, fullLoadOf(props.fullLoad, facts));
  const weights = (percent: number) => ({ [name(going)]: 100 - percent, [name(coming)]: percent });
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
