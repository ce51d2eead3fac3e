import type { Duration } from 'cdk8s';
import type { Problems } from '../../../kernel/errors';
import type { CanaryFacts } from '../contract';

/** Seconds that a metric looks back: those between two looks of Flagger, so that a step is judged by its own requests. */
export function windowSeconds(given: Duration | undefined, intervalSeconds: number): number {
  return given?.toSeconds({ integral: false }) ?? intervalSeconds;
}

/** Adds what is wrong with a given window. */
export function windowProblems(
  given: Duration | undefined,
  { intervalSeconds }: CanaryFacts,
  problems: Problems,
  part: string,
): void {
  if (given === undefined) return;
  const window = windowSeconds(given, intervalSeconds);
  problems.check(Number.isInteger(window) && window >= 1, `${window} s must be a whole number of seconds from 1 on`, part);
  problems.check(
    !(window > intervalSeconds),
    `${window} s looks back beyond the ${intervalSeconds} s since the last look, so that the step before is judged too; use at most ${intervalSeconds} s`,
    part,
  );
}
