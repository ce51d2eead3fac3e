import { join } from 'node:path';
import { command } from '../command';
import { debianTool } from '../install';
import { type Court, type Finding, type Judge, NotRun } from '../model';
import { ROOT } from '../paths';
import { ofKind } from '../systems';

const NOT_RUN = 2;

/** What `.ci/promtool.mjs` asks of it, with the promtool that is pinned here. */
export const promtool: Judge = {
  name: 'promtool',
  says: '`check rules` on every PrometheusRule, `test rules` on what each alert is meant to do',
  unit: 'rules and cases',
  tools: [debianTool('promtool', 'prometheus', '2.42.0')],
  reads: (systems) => systems.flatMap((system) => ofKind(system, 'PrometheusRule')).length,
  run({ bin, folder, systems }: Court) {
    const options = { cwd: ROOT, env: { PROMTOOL: bin('promtool') }, answers: [0, 1, NOT_RUN], minutes: 30 };
    const { status, stdout } = command(process.execPath, [join('.ci', 'promtool.mjs'), folder], options);
    const lines = stdout.trim().split('\n');
    const last = lines.at(-1)!;
    if (status === NOT_RUN) throw new NotRun(last);
    const counts = /: (\d+) rules of .*, (\d+) cases of /.exec(last);
    if (!counts) throw new Error(last);
    const message = lines.slice(0, -1).join('; ');
    const finding: Finding = { system: systems[0]!.name, object: 'PrometheusRules', rule: 'promtool', level: 'error', message };
    return { read: Number(counts[1]) + Number(counts[2]), findings: status === 0 ? [] : [finding] };
  },
};
