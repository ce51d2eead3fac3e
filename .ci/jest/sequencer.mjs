import Sequencer from '@jest/test-sequencer';

/**
 * Test files of five seconds and more, the longest first. Jest learns how long each takes, and starts with the longest; in a fresh clone
 * it goes by the size of the files, and one of these, started last, would run alone while the other core has nothing to do.
 */
const LONG = [
  'repo/package',
  'wrong-inputs/javascript',
  'properties/systems',
  'apps/rebuild',
  'kube/write-faults/write-faults',
  'reachability/bank',
  'wrong-inputs/text-in-place',
  'wrong-inputs/hostile-text',
  'apps/schemas',
  'repo/lint',
];

const rank = ({ path }) => {
  const place = LONG.findIndex((name) => path.endsWith(`${name}.test.ts`));
  return place < 0 ? LONG.length : place;
};

export default class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).toSorted((a, b) => rank(a) - rank(b));
  }
}
