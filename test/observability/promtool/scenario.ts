import type { AlertName } from '../../../lib/observability/alerts/alert';

/** Seconds between two scrapes, and between two evaluations. */
export const STEP = 30;

/** One series that the rules read: its selector and its values, in promtool's notation. */
export interface Input {
  readonly series: string;
  readonly values: string;
}

/** How many alerts of a name fire at a time. */
export interface Expectation {
  /** Like `1h12m`. */
  readonly at: string;
  readonly firing: number;
}

/** A history, and when an alert fires in it. */
export interface AlertCase {
  readonly alert: AlertName;
  /** What happens, as a sentence. */
  readonly what: string;
  /** The service whose rules are judged. @default 'payments' */
  readonly service?: 'payments' | 'quotes' | 'rates' | 'database';
  /** Labels that the alert must carry to be counted. @default - any */
  readonly where?: Readonly<Record<string, string>>;
  /**
   * How often the rules are evaluated, where they look back for days and the case would take minutes otherwise; less than the
   * five minutes after which a series is gone. @default - as often as Prometheus would
   */
  readonly every?: string;
  readonly input: readonly Input[];
  readonly expect: readonly Expectation[];
  /** Labels that make it the alert's business: with another value of any of them, nothing fires. @default - not asked */
  readonly onlyWith?: readonly string[];
}

/** Minutes of `1h12m30s`. */
function minutes(text: string): number {
  const units: Readonly<Record<string, number>> = { d: 1440, h: 60, m: 1, s: 1 / 60 };
  return [...text.matchAll(/(\d+(?:\.\d+)?)([dhms])/g)].reduce((sum, [, count, unit]) => sum + Number(count) * units[unit!]!, 0);
}

const samples = (time: string): number => Math.round((minutes(time) * 60) / STEP);

/** For how long, and how much a second. `reset`: the counter starts again from 0, as it does when its process does. */
export type Phase = readonly [duration: string, perSecond: number] | 'reset';

/** A counter that rises by so much a second, one phase after the other. */
export function counter(...phases: Phase[]): string {
  let value = 0;
  const parts: string[] = [];
  for (const phase of phases) {
    if (phase === 'reset') {
      value = 0;
      continue;
    }
    const [duration, perSecond] = phase;
    const count = samples(duration);
    const step = perSecond * STEP;
    parts.push(`${value}+${step}x${count - 1}`);
    value += step * count;
  }
  return parts.join(' ');
}

/** A value that stays for a time; null is a value that is missing. */
export type Stay = readonly [duration: string, value: number | null];

/** Values that stay for a time, one after the other. */
export function gauge(...phases: readonly Stay[]): string {
  return phases
    .map(([duration, value]) => {
      const count = samples(duration);
      return value === null ? `_x${count}` : `${value}+0x${count - 1}`;
    })
    .join(' ');
}

/** A series by its labels. */
export function series(metric: string, labels: Readonly<Record<string, string>>): string {
  return `${metric}{${Object.entries(labels)
    .map(([key, value]) => `${key}="${value}"`)
    .join(',')}}`;
}
