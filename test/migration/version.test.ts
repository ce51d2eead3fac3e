import fc from 'fast-check';
import { type VersionOrder, compareVersions } from '../../lib/migration/version';

describe('compareVersions', () => {
  const cases: readonly [string, VersionOrder, string][] = [
    ['4.1.9', 'older', '4.2.0'],
    ['4.9.0', 'older', '4.10.0'],
    ['v4.2.0', 'same', '4.2.0'],
    ['4.2', 'same', '4.2.0'],
    ['4.2.0', 'older', '4.2.0.1'],
    ['2024.3', 'newer', '2024.2.9'],
    ['5', 'newer', '4.99'],
    ['4.2.0-rc1', 'older', '4.2.1'],
    // One publisher means an earlier version by it, another one a later build.
    ['4.2.0-rc1', 'unclear', '4.2.0'],
    ['4.2.0-17', 'unclear', '4.2.0-18'],
    ['4.2.0-17', 'same', '4.2.0-17'],
    // A digest is no number, even if it starts with digits.
    ['12ab34cd56ef', 'unclear', '4.2.0'],
    ['12ab34cd56ef', 'same', '12ab34cd56ef'],
    ['blue', 'unclear', '4.2.0'],
    ['', 'unclear', '4.2.0'],
    // More digits than a number holds.
    ['99999999999999999999.1', 'unclear', '4.2.0'],
    ['04.2', 'unclear', '4.2'],
  ];
  test.each(cases)('%s is %s to %s', (a, order, b) => {
    expect(compareVersions(a, b)).toBe(order);
    const back: Record<VersionOrder, VersionOrder> = { older: 'newer', newer: 'older', same: 'same', unclear: 'unclear' };
    expect(compareVersions(b, a)).toBe(back[order]);
  });

  test('agrees with numbers, whatever they are', () => {
    const numbers = fc.array(fc.nat(2000), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const at = (list: number[], i: number) => list[i] ?? 0;
        const first = [0, 1, 2, 3].find((i) => at(a, i) !== at(b, i));
        const expected = first === undefined ? 'same' : at(a, first) < at(b, first) ? 'older' : 'newer';
        expect(compareVersions(a.join('.'), b.join('.'))).toBe(expected);
      }),
      { seed: 11 },
    );
  });
});
