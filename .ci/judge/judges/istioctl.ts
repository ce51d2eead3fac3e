import { command } from '../command';
import { goTool } from '../install';
import type { Court, Finding, Judge } from '../model';
import { count, type System, systemOf } from '../systems';

interface Message {
  readonly code: string;
  readonly level: string;
  readonly message: string;
  readonly origin: string;
  readonly reference?: string;
}

const fileOf = (reference: string): string => reference.replace(/:\d+$/, '');

export const istioctl: Judge = {
  name: 'istioctl',
  says: '`analyze --all-namespaces --use-kube=false` and `validate`',
  tools: [goTool('istioctl')],
  reads: count,
  run({ bin, systems }: Court) {
    const program = bin('istioctl');
    const findings = systems.flatMap((system) => [...analyze(program, system, systems), ...validate(program, system)]);
    return { read: count(systems), findings };
  },
};

function analyze(program: string, system: System, systems: readonly System[]): Finding[] {
  const args = ['analyze', '--all-namespaces', '--use-kube=false', '--output', 'json', system.folder];
  const { stdout } = command(program, args);
  return (JSON.parse(stdout) as Message[]).map(({ code, level, message, origin, reference }) => ({
    system: reference ? systemOf(systems, fileOf(reference)).name : system.name,
    object: origin,
    rule: code,
    level: level === 'Error' ? 'error' : 'warning',
    message,
  }));
}

function validate(program: string, system: System): Finding[] {
  return system.files.flatMap(({ path }): Finding[] => {
    const { status, stdout, stderr } = command(program, ['validate', '-f', `${system.folder}/${path}`], { answers: [0, 1] });
    const warnings = /warning/i.test(`${stdout}${stderr}`);
    if (status === 0 && !warnings) return [];
    const message = `${stderr}\n${stdout}`.trim().replace(/\s*\n\s*/g, '; ');
    return [{ system: system.name, object: path, rule: 'validate', level: status === 0 ? 'warning' : 'error', message }];
  });
}
