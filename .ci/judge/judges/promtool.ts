import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { command } from '../command';
import { goTool } from '../install';
import type { Court, Finding, Judge } from '../model';
import { describeObject, ofKind } from '../systems';

export const promtool: Judge = {
  name: 'promtool',
  says: 'Prometheus rules: syntax, templates, duplicates',
  unit: 'PrometheusRules',
  tools: [goTool('promtool')],
  reads: (systems) => systems.flatMap((system) => ofKind(system, 'PrometheusRule')).length,
  run({ bin, scratch, systems }: Court) {
    const file = join(scratch, 'rules.yaml');
    const all = systems.flatMap((system) => ofKind(system, 'PrometheusRule').map((object) => ({ system, object })));
    const findings = all.flatMap(({ system, object }): Finding[] => {
      writeFileSync(file, stringify((object as { spec?: unknown }).spec));
      const ran = command(bin('promtool'), ['check', 'rules', '--lint', 'all', '--lint-fatal', file], { answers: [0, 1, 3] });
      if (ran.status === 0) return [];
      const message = `${ran.stderr}\n${ran.stdout}`
        .replaceAll(file, 'spec')
        .trim()
        .replace(/\s*\n\s*/g, '; ');
      return [{ system: system.name, object: describeObject(object), rule: 'check rules', level: 'error', message }];
    });
    return { read: all.length, findings };
  },
};
