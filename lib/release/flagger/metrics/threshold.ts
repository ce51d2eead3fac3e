import { type Problems, show } from '../../../kernel/errors';
import type { ThresholdRange } from '../contract';

/** Adds what is wrong with what a value must keep to. */
export function thresholdProblems({ min, max }: ThresholdRange, problems: Problems, part: string): void {
  for (const [key, value] of Object.entries({ min, max })) {
    problems.check(value === undefined || Number.isFinite(value), `${key} ${show(value)} must be a number`, part);
  }
  problems.check(min !== undefined || max !== undefined, 'names no bound, so that nothing could fail; give min or max', part);
  problems.check(min === undefined || max === undefined || !(min > max), `min ${min} is above max ${max}; swap them`, part);
}

/** `at least 99`, `at most 5`, `from 1 to 5`. */
export function describeThreshold({ min, max }: ThresholdRange): string {
  if (min === undefined) return `at most ${max}`;
  return max === undefined ? `at least ${min}` : `from ${min} to ${max}`;
}

/** Adds what is wrong with a percentage that must be reached. */
export function percentProblems(value: unknown, problems: Problems, part: string, example: number): void {
  const share = typeof value === 'number' && value > 0 && value <= 1;
  problems.check(
    typeof value === 'number' && value > 1 && value <= 100,
    share
      ? `${show(value)} is a share, and percent are asked for; write ${Number((value * 100).toPrecision(10))}`
      : `${show(value)} must be a percentage above 1 and up to 100; write it like ${example}`,
    part,
  );
}
