/** How one version stands to another: `unclear` where neither numbers nor text tell. */
export type VersionOrder = 'older' | 'same' | 'newer' | 'unclear';

/** Dotted numbers, and whatever stands behind them. */
const DOTTED = /^v?((?:0|[1-9][0-9]{0,8})(?:\.(?:0|[1-9][0-9]{0,8}))*)(.*)$/;

/**
 * Compares versions by their dotted numbers: `4.1.9` is older than `4.2.0`, and `4.2` the same as `4.2.0`. What differs behind the
 * numbers alone (`4.2.0-rc1` and `4.2.0-17`) is unclear: one publisher means an earlier version by it, another one a later build.
 */
export function compareVersions(a: string, b: string): VersionOrder {
  if (a === b) return 'same';
  const [left, right] = [DOTTED.exec(a), DOTTED.exec(b)];
  // A hash that starts with digits is no number: they are followed by a letter without anything between.
  if (!left || !right || [left, right].some(([, , rest]) => /^[0-9A-Za-z]/.test(rest!))) return 'unclear';
  const [x, y] = [left, right].map(([, numbers]) => numbers!.split('.').map(Number)) as [number[], number[]];
  for (let i = 0; i < Math.max(x.length, y.length); i++) {
    const difference = (x[i] ?? 0) - (y[i] ?? 0);
    if (difference < 0) return 'older';
    if (difference > 0) return 'newer';
  }
  return left[2] === right[2] ? 'same' : 'unclear';
}
