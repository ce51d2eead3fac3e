import Sequencer from '@jest/test-sequencer';

/**
 * Test files of two seconds and more, the longest first. Jest learns how long each takes, and starts with the longest; in a fresh clone
 * it goes by the size of the files, and one of these, started last, would run alone while the other core has nothing to do.
 */
const LONG = [
  'repo/package',
  'kube/write-faults/write-faults',
  'wrong-inputs/javascript',
  'properties/systems',
  'validation/script',
  'reachability/bank',
  'flagger-prediction/recorded',
  'apps/rebuild',
  'kube/yaml',
  'wrong-inputs/hostile-text',
  'wrong-inputs/wrong-inputs',
  'observability/monitors/targets',
  'wrong-inputs/text-in-place',
  'flagger-prediction/prove',
  'apps/plain-app',
  'release/transitions',
  'kube/gitops-app',
  'apps/golden',
  'imports/generate',
  'repo/lint',
  'traffic/route-order',
  'traffic/delegation',
  'apps/schemas',
  'imports/schemas',
  'migration/wait-script',
  'tracing/collector',
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
