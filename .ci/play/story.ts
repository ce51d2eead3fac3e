import { type Steps, always, combined } from './steps';

/** What happens, in seconds after the beginning; what is below 0 is history that is written before Prometheus starts. */
export const HISTORY = 65 * 60;
export const STEP = 30;
/** Of what the objective of payments counts, so that the longest window of a page is full; once a minute. */
export const LONG_HISTORY = 6 * 3600 + 5 * 60;
export const LONG_STEP = 60;
/** The canary of payments is changed half a minute before, and goes through the steps of the bank, one each minute. */
export const RELEASE = -30;
export const LOOK = 60;
export const WEIGHT: Steps = [
  [-Infinity, 0],
  [RELEASE + LOOK, 0.05],
  [RELEASE + 2 * LOOK, 0.25],
  [RELEASE + 3 * LOOK, 0.5],
];
/** At half of the requests it goes bad: every second one that it gets fails. */
export const BAD = 170;
/** How long is waited for what must happen then. */
export const PATIENCE = 145;
const FAILS: Steps = [
  [-Infinity, 0],
  [BAD, 0.5],
];

export const PRIMARY_SHARE = combined(WEIGHT, always(1), (weight, all) => all - weight);
export const CANARY_FAILS = combined(WEIGHT, FAILS, (weight, fails) => weight * fails);
export const CANARY_WELL = combined(WEIGHT, FAILS, (weight, fails) => weight * (1 - fails));

/** The share of all requests of payments that fails, once it is bad. */
export const FAILING = 0.25;
