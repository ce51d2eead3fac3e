import { sums, table } from '../../.ci/attack/report';

/* How docs/attacks.md is made of what tests note. */

const ATTACKS = ['a', 'b'].map((name) => ({ name, tests: `test/${name}.test.ts`, holds: `${name} holds` }));
const lines = (...noted: readonly [string, Record<string, number>][]) =>
  noted.map(([attack, counts]) => `${JSON.stringify({ attack, counts })}\n`).join('');

test('counts are added up by attack', () => {
  const found = sums(lines(['b', { texts: 1200 }], ['a', { systems: 1, calls: 999_999 }], ['a', { systems: 1, calls: 1 }]));
  expect(table(ATTACKS, found).split('\n').slice(2)).toEqual([
    '| a | 2 systems, 1,000,000 calls | a holds | `test/a.test.ts` |',
    '| b | 1,200 texts | b holds | `test/b.test.ts` |',
  ]);
});

test('an attack that was not counted is an error, and so is one that is not listed', () => {
  expect(() => table(ATTACKS, sums(lines(['a', { systems: 1 }], ['c', { texts: 1 }])))).toThrow(
    'attacks that were not counted: b; that are not listed: c',
  );
});
