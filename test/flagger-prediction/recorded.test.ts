import { predictedPrints, type Worlds } from '../support/flagger/compare';
import recorded from './recorded.json';
import { STRATEGIES, VERSIONS } from './strategies';

const WORLDS: Worlds = { ...STRATEGIES, ...VERSIONS };

/*
 * What Flagger's own packages made of every strategy, tick by tick, in short prints (node .ci/flagger/compare.mjs --record).
 * Where a print differs, the same command without --record says which field of which object does.
 */
it.each(Object.keys(WORLDS))('predicts what Flagger 1.44.0 makes: %s', (strategy) => {
  const prints = predictedPrints({ [strategy]: WORLDS[strategy]! });
  const expected = Object.entries(recorded).filter(([release]) => release.startsWith(`${strategy}: `));
  expect(expected.length).toBeGreaterThan(0);
  expect(Object.entries(prints).map(([release, ticks]) => [release, ticks.join(' ')])).toEqual(expected);
});
