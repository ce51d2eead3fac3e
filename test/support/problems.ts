import { type ConfigError, Problems } from '../../lib/kernel/errors';

/** What is wrong, a line each. */
export function problemsOf(run: () => unknown): string[] {
  try {
    run();
    return [];
  } catch (e) {
    return (e as ConfigError).problems.map(({ where, what }) => `${where}: ${what}`);
  }
}

/** What is wrong by a check that gathers problems. */
export const noted = (check: (problems: Problems) => unknown): string[] => {
  const problems = new Problems('x');
  check(problems);
  return problemsOf(() => problems.throwIfAny());
};
