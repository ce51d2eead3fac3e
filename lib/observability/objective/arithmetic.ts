/** A number without the dust of binary fractions: 14.4 × 0.0001 is 0.00144. */
export function tidy(value: number): number {
  return Number(value.toPrecision(10));
}

const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
] as const;

/** Seconds in the words of PromQL, in the largest unit that divides them: `5m`, `1h`, `3d`, `90s`. */
export function promDuration(seconds: number): string {
  const [unit, size] = UNITS.find(([, size]) => seconds >= size && seconds % size === 0) ?? ['s', 1];
  return `${seconds / size}${unit}`;
}

const WORDS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** Seconds as people say them, roughly: `30 days`, `50 hours`, `1 minute`. */
export function inWords(seconds: number): string {
  const [unit, size] = WORDS.find(([, size]) => seconds >= 3 * size) ?? ['minute', 60];
  const count = Math.round(seconds / size);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** Milliseconds as people write them: `200 ms`, `1.5 s`. */
export function latencyInWords(milliseconds: number): string {
  return milliseconds < 1000 ? `${tidy(milliseconds)} ms` : `${tidy(milliseconds / 1000)} s`;
}
