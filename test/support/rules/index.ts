import { MESH } from './mesh';
import { RELEASES } from './releases';
import type { Rule } from './rule';
import { WORKLOADS } from './workloads';

export { type Rule, brokenRules } from './rule';

/** The design rules that manifests show by themselves. Those about what a user must be asked for are tested with the props. */
export const RULES: readonly Rule[] = [...WORKLOADS, ...MESH, ...RELEASES];

export function rule(number: number, of: readonly Rule[] = RULES): Rule {
  const found = of.find((one) => one.number === number);
  if (!found) throw new Error(`there is no rule ${number}`);
  return found;
}
