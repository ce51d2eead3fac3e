import { type ConfigError, Problems } from '../../lib/kernel/errors';

/** What is wrong, a line each: what is thrown on the way, or noted. */
export function linesOf(judge: (problems: Problems) => unknown, name = 'teller'): string[] {
  const problems = new Problems(name);
  try {
    judge(problems);
    problems.throwIfAny();
    return [];
  } catch (e) {
    return (e as ConfigError).problems.map(({ where, what }) => `${where}: ${what}`);
  }
}
