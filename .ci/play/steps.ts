/** A value that changes at some seconds, and holds in between. The first begins before everything. */
export type Steps = readonly (readonly [from: number, value: number])[];

export const at = (steps: Steps, t: number): number => steps.filter(([from]) => from <= t).at(-1)?.[1] ?? 0;

/** Two of them combined, second by second. */
export function combined(one: Steps, other: Steps, by: (a: number, b: number) => number): Steps {
  const moments = [...new Set([...one, ...other].map(([from]) => from))].sort((a, b) => a - b);
  return moments.map((t) => [t, by(at(one, t), at(other, t))]);
}

export const always = (value: number): Steps => [[-Infinity, value]];

/** Counters begin eight hours before the play. */
const BEGIN = -8 * 3600;
const PERIOD = 1500;

/** What a load of one a second has added up to: it comes and goes by 15 % in 25 minutes. */
function volume(t: number): number {
  const turn = (2 * Math.PI) / PERIOD;
  return t - BEGIN + (0.15 / turn) * (1 - Math.cos(turn * t));
}

/** A counter of what comes at a rate that has steps. */
export function counted(rate: Steps, t: number): number {
  let sum = 0;
  rate.forEach(([from, value], i) => {
    const start = Math.max(from, BEGIN);
    const end = Math.min(rate[i + 1]?.[0] ?? Infinity, t);
    if (end > start) sum += value * (volume(end) - volume(start));
  });
  return Math.floor(sum);
}
