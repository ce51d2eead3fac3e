import type { Colour, Meaning, Threshold, Unit } from '../../lib/observability/dashboards/model';

const trimmed = (value: number, digits = 3): string => String(Number(value.toPrecision(digits)));

/** Steps of a scale, the largest first. */
function scaled(value: number, steps: readonly (readonly [size: number, name: string])[]): string {
  const [size, name] = steps.find(([one]) => Math.abs(value) >= one) ?? steps.at(-1)!;
  return `${trimmed(value / size)}${name}`;
}

const PLAIN = [
  [1e9, ' G'],
  [1e6, ' M'],
  [1e3, ' k'],
  [1, ''],
] as const;
const TIMES = [
  [86_400, ' d'],
  [3600, ' h'],
  [60, ' min'],
  [1, ' s'],
  [1e-3, ' ms'],
] as const;
const BYTES = [
  [2 ** 30, ' GiB'],
  [2 ** 20, ' MiB'],
  [2 ** 10, ' KiB'],
  [1, ' B'],
] as const;

/** A value as people read it. */
export function inUnit(value: number, unit: Unit): string {
  if (!Number.isFinite(value)) return '–';
  if (value === 0 && unit !== 'percentunit' && unit !== 'percent') return '0';
  switch (unit) {
    case 'reqps':
      return `${scaled(value, PLAIN)} req/s`;
    case 'cps':
      return `${scaled(value, PLAIN)}/s`;
    case 'percentunit':
      return `${trimmed(value * 100, 4)} %`;
    case 'percent':
      return `${trimmed(value, 4)} %`;
    case 'ms':
      return scaled(value / 1000, TIMES);
    case 's':
      return scaled(value, TIMES);
    case 'bytes':
      return scaled(value, BYTES);
    case 'Bps':
      return `${scaled(value, BYTES)}/s`;
    default:
      return scaled(value, PLAIN);
  }
}

export const COLOURS: Readonly<Record<Colour, string>> = {
  green: '#4a9c5d',
  yellow: '#c9a227',
  orange: '#d9822b',
  red: '#cf3f3f',
  blue: '#3f74c7',
  text: '#30343b',
};

export function colourOf(value: number, thresholds: readonly Threshold[] = [], meanings: readonly Meaning[] = []): string {
  const meant = meanings.find((one) => one.value === value);
  const reached = thresholds.filter(({ from = -Infinity }) => value >= from).at(-1);
  return COLOURS[meant?.colour ?? reached?.colour ?? 'text'];
}

export const meaningOf = (value: number, meanings: readonly Meaning[] = []): string | undefined =>
  meanings.find((one) => one.value === value)?.text;

/** Colours of lines, one after the other. */
export const PALETTE = ['#3f74c7', '#d9822b', '#4a9c5d', '#a04fb5', '#cf3f3f', '#2e9ca6', '#8a6d3b', '#6b7280'];
