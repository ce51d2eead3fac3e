import { appendFileSync } from 'node:fs';
import fc from 'fast-check';

/** How often a property is tried; `npm run attack` tries it a thousand times. */
export const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 15);

/** Whether everything is tried, as `npm run attack` does, and not a sample. */
export const THOROUGH = process.env['PROPERTY_RUNS'] !== undefined;

const SEED = process.env['PROPERTY_SEED'];
if (SEED !== undefined) fc.configureGlobal({ seed: Number(SEED) });

/** Warnings of systems that nobody runs are of no use to anybody. */
export function silence(): void {
  beforeAll(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
  afterAll(() => jest.restoreAllMocks());
}

/**
 * Notes how much a test has gone through, for `npm run attack`; nothing without it.
 * @param attack a name of .ci/attack/attacks.ts
 * @param counts by what is counted
 */
export function counted(attack: string, counts: Readonly<Record<string, number>>): void {
  const file = process.env['ATTACK_COUNTS'];
  if (file) appendFileSync(file, `${JSON.stringify({ attack, counts })}\n`);
}
