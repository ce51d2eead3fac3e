import type { Duration } from 'cdk8s';
import { type Problems, show } from '../../../kernel/errors';
import { DURATION, NUMBER, FLAG, TEXT, type Shapes } from '../../../kernel/shape';
import type { CanaryWebhook } from '../contract';

/** What can be said of every call. */
export interface CallOptions {
  /** How Flagger's events call it. @default - what it does: `load-test` */
  readonly name?: string;
  /** How long Flagger waits for one answer, in whole seconds. @default 5 s; 30 s for a test that Flagger waits for; 10 s, Flagger's own, for other receivers */
  readonly timeout?: Duration;
  /**
   * Further tries when nobody answers, or with 5xx or 429: after 1 s, 2 s, 4 s and so on, up to 30 s. A refusal (403) is not
   * tried again. @default 0
   */
  readonly retries?: number;
}

/** What can be said of a call that waits for an approval. */
export interface GateOptions extends CallOptions {
  /** Tell nobody that it waits. @default false */
  readonly muteAlert?: boolean;
}

export const CALL: Shapes<CallOptions> = { name: TEXT, timeout: DURATION, retries: NUMBER };
export const GATE: Shapes<GateOptions> = { ...CALL, muteAlert: FLAG };

/** The longest that a webhook may take. Nobody should find out an hour later. */
const LONGEST = 3600;

/** Adds what is wrong with the name and the times of a call. */
export function callProblems(
  call: Pick<CanaryWebhook, 'name' | 'timeoutSeconds' | 'retries'>,
  problems: Problems,
  part: string,
): void {
  const { name, timeoutSeconds, retries = 0 } = call;
  problems.check(
    typeof name === 'string' && /^[\x21-\x7e]([\x20-\x7e]{0,61}[\x21-\x7e])?$/.test(name),
    `${show(name)} is not a name; use 1 to 63 printable characters`,
    `${part}.name`,
  );
  problems.check(
    Number.isInteger(timeoutSeconds) && timeoutSeconds >= 1 && timeoutSeconds <= LONGEST,
    `${timeoutSeconds} s must be a whole number of seconds from 1 to ${LONGEST}`,
    `${part}.timeout`,
  );
  problems.check(
    Number.isInteger(retries) && retries >= 0 && retries <= 10,
    `${show(retries)} must be a whole number from 0 to 10`,
    `${part}.retries`,
  );
}

export function secondsOf(duration: Duration | undefined, fallback: number): number {
  return duration?.toSeconds({ integral: false }) ?? fallback;
}
