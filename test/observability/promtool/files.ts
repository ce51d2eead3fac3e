import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Json } from '../../banking-service/world';
import { type AlertCase, STEP } from './scenario';

/** The rules that a case needs: those of its alert, and the recorded series that these read, directly or by way of others. */
function groupsOf(one: AlertCase, groups: readonly Json[]): Json[] {
  const near = groups.filter(
    ({ name }) => name.includes(`.${one.service ?? 'payments'}.`) || /^banking\.\w+$/.test(name as string),
  );
  const rules = near.flatMap((group) => group.rules as Json[]);
  const wanted = new Set(rules.filter(({ alert }) => alert === one.alert));
  if (wanted.size === 0) throw new Error(`${one.alert}: ${one.what}: there is no such alert`);
  // A set grows while it is walked through.
  for (const { expr } of wanted) {
    for (const rule of rules) if (rule.record && reads(expr as string, rule)) wanted.add(rule);
  }
  return near
    .map((group) => ({ ...group, rules: (group.rules as Json[]).filter((rule) => wanted.has(rule)) }))
    .filter((group) => group.rules.length > 0);
}

/** Whether an expression reads what a rule records: its name, of the same goal. */
function reads(expr: string, { record, labels }: Json): boolean {
  return [...expr.matchAll(/(objective:\w+:\w+)\{([^}]*)\}/g)].some(
    ([, name, matchers]) => name === record && matchers!.includes(`objective=${JSON.stringify(labels.objective)}`),
  );
}

/** Writes the rules and the test of a case side by side. @returns the path of the test */
function write(folder: string, name: string, one: AlertCase, groups: readonly Json[], asks: Json): string {
  mkdirSync(folder, { recursive: true });
  const needed = groupsOf(one, groups);
  const test = {
    rule_files: [`${name}.rules.yaml`],
    evaluation_interval: one.every ?? `${STEP}s`,
    group_eval_order: needed.map((group) => group.name as string),
    tests: [{ interval: `${STEP}s`, input_series: one.input, ...asks }],
  };
  const path = join(folder, `${name}.test.yaml`);
  writeFileSync(join(folder, `${name}.rules.yaml`), stringify({ groups: needed }));
  writeFileSync(path, stringify(test));
  return path;
}

/** Writes the test of a case. @returns its path */
export function writeCase(folder: string, name: string, one: AlertCase, groups: readonly Json[]): string {
  const labels = Object.entries({ alertname: one.alert, alertstate: 'firing', ...one.where });
  const firing = `ALERTS{${labels.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(',')}}`;
  return write(folder, name, one, groups, {
    promql_expr_test: one.expect.map((expected) => ({
      expr: `count(${firing}) or vector(0)`,
      eval_time: expected.at,
      exp_samples: [{ labels: '{}', value: expected.firing }],
    })),
  });
}

/**
 * Writes a test that fails on purpose: promtool then prints the texts of the alert, which tells whether its templates can be
 * filled in. @returns its path
 */
export function writeTexts(folder: string, name: string, one: AlertCase, groups: readonly Json[]): string {
  const at = one.expect.find(({ firing }) => firing > 0)!.at;
  return write(folder, name, one, groups, { alert_rule_test: [{ eval_time: at, alertname: one.alert, exp_alerts: [] }] });
}
