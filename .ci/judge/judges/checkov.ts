import { command } from '../command';
import { pythonTool } from '../install';
import type { Court, Finding, Judge } from '../model';
import { count } from '../systems';

interface Report {
  readonly results: {
    readonly failed_checks: readonly { readonly check_id: string; readonly check_name: string; readonly resource: string }[];
    readonly parsing_errors?: readonly string[] | null;
  };
}

export const checkov: Judge = {
  name: 'checkov',
  says: 'policies of the framework kubernetes',
  tools: [pythonTool('checkov')],
  reads: count,
  run({ bin, systems }: Court) {
    const findings = systems.flatMap(({ name: system, folder }) => {
      const how = ['--framework', 'kubernetes', '--output', 'json', '--quiet', '--compact', '--skip-download'];
      const args = ['-m', 'checkov.main', '--directory', folder, ...how];
      const { results } = JSON.parse(command(bin('python'), args, { answers: [0, 1] }).stdout) as Report;
      return [
        ...results.failed_checks.map(({ check_id, check_name, resource }): Finding => {
          const [kind, ...rest] = resource.split('.');
          return { system, object: `${kind} ${rest.join('/')}`, rule: check_id, level: 'warning', message: check_name };
        }),
        ...(results.parsing_errors ?? []).map((file): Finding => {
          return { system, object: file, rule: 'parsing', level: 'error', message: 'not read' };
        }),
      ];
    });
    return { read: count(systems), findings };
  },
};
