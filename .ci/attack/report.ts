import type { Attack } from './attacks';

type Counts = Readonly<Record<string, number>>;

/** What tests have noted, a line each, added up by attack. */
export function sums(lines: string): Map<string, Counts> {
  const found = new Map<string, Record<string, number>>();
  for (const line of lines.split('\n').filter(Boolean)) {
    const { attack, counts } = JSON.parse(line) as { attack: string; counts: Counts };
    const sum = found.get(attack) ?? {};
    found.set(attack, sum);
    for (const [what, count] of Object.entries(counts)) sum[what] = (sum[what] ?? 0) + count;
  }
  return found;
}

/** @throws Error for an attack that noted nothing, and for one that nobody knows */
export function table(attacks: readonly Attack[], found: ReadonlyMap<string, Counts>): string {
  const names = attacks.map(({ name }) => name);
  const silent = names.filter((name) => !found.has(name));
  const unknown = [...found.keys()].filter((name) => !names.includes(name));
  if (silent.length + unknown.length > 0) {
    throw new Error(
      `attacks that were not counted: ${silent.join(', ') || 'none'}; that are not listed: ${unknown.join(', ') || 'none'}`,
    );
  }
  const thousands = (count: number) => String(count).replace(/\B(?=(\d{3})+$)/g, ',');
  return [
    '| attack | in one run | what has to hold | tests |',
    '| --- | --- | --- | --- |',
    ...attacks.map(({ name, tests, holds }) => {
      const counts = Object.entries(found.get(name)!).map(([what, count]) => `${thousands(count)} ${what}`);
      return `| ${name} | ${counts.join(', ')} | ${holds} | \`${tests}\` |`;
    }),
  ].join('\n');
}
