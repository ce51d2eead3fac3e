import { promDuration, tidy } from './arithmetic';

/** Whether a human is woken, or finds it in the morning. */
export type Severity = 'page' | 'ticket';

/** One alert on the pace at which an error budget is used up. Windows in seconds. */
export interface BurnRate {
  readonly severity: Severity;
  /** The window that shows that it matters. */
  readonly long: number;
  /** The window that shows that it still goes on, so that the alert ends soon after the trouble. */
  readonly short: number;
  /** The pace: 1 uses the budget up just at the end of the objective's window. */
  readonly factor: number;
  /** The share of requests above which it fires, of both windows. */
  readonly threshold: number;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * Shares of the budget that may be used up within a window before somebody is told. For 30 days they give the paces 14.4, 6,
 * 3 and 1. https://sre.google/workbook/alerting-on-slos/#recommended_parameters_for_an_slo_based_a
 */
const SHARES: readonly { readonly severity: Severity; readonly share: number; readonly long: number; readonly short: number }[] =
  [
    { severity: 'page', share: 0.02, long: HOUR, short: 5 * MINUTE },
    { severity: 'page', share: 0.05, long: 6 * HOUR, short: 30 * MINUTE },
    { severity: 'ticket', share: 0.1, long: DAY, short: 2 * HOUR },
    { severity: 'ticket', share: 0.1, long: 3 * DAY, short: 6 * HOUR },
  ];

/** Every window that a burn rate looks at, in seconds, shortest first. */
export const BURN_WINDOWS: readonly number[] = [...new Set(SHARES.flatMap(({ long, short }) => [long, short]))].sort(
  (a, b) => a - b,
);

export interface BurnRates {
  readonly rates: readonly BurnRate[];
  /** Alerts that there can't be, and why, a sentence each. */
  readonly missing: readonly string[];
}

/**
 * The alerts of one goal.
 * @param window of the objective, in seconds
 * @param budget share of the requests that may break the goal
 */
export function burnRates(window: number, budget: number): BurnRates {
  const missing: string[] = [];
  const rates: BurnRate[] = [];
  for (const { severity, share, long, short } of SHARES) {
    // Slower than 1 keeps the objective, so nothing slower is worth an alert.
    const factor = Math.max(tidy((share * window) / long), 1);
    const threshold = tidy(factor * budget);
    if (threshold >= 1) {
      missing.push(
        `no ${severity} for ${tidy(share * 100)} % of the budget in ${promDuration(long)}: ` +
          `not even failure of every request uses it up at ${factor} times the pace`,
      );
    } else {
      const same = rates.findIndex((one) => one.severity === severity && one.factor === factor);
      // Of two alerts at one pace, the one over the longer window knows more.
      if (same >= 0) rates.splice(same, 1);
      rates.push({ severity, long, short, factor, threshold });
    }
  }
  return { rates, missing };
}
