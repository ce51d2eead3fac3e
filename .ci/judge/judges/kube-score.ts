import { command } from '../command';
import { goTool } from '../install';
import type { Court, Finding, Judge } from '../model';
import { KUBERNETES } from '../paths';
import { count, describe, type System } from '../systems';

interface Scored {
  readonly type_meta: { readonly kind: string };
  readonly object_meta: { readonly name: string; readonly namespace?: string };
  readonly checks: readonly {
    readonly check: { readonly id: string; readonly name: string };
    readonly grade: number;
    readonly skipped: boolean;
    readonly comments: readonly { readonly path: string; readonly summary: string }[] | null;
  }[];
}

/** kube-score's grades: 1 critical, 5 warning, 7 almost, 10 well. */
const CRITICAL = 1;
const WELL = 10;

const MINOR = KUBERNETES.split('.').slice(0, 2).join('.');

export const kubeScore: Judge = {
  name: 'kube-score',
  says: 'practice of workloads, every optional check included',
  tools: [goTool('kube-score')],
  reads: count,
  run({ bin, systems }: Court) {
    const program = bin('kube-score');
    const optional = command(program, ['list'])
      .stdout.split('\n')
      .filter((line) => line.endsWith(',optional'))
      .flatMap((line) => ['--enable-optional-test', line.split(',')[0]!]);
    // A cluster at a time: it takes all that it is given for one.
    const findings = systems.flatMap((system) => {
      const files = system.files.map(({ path }) => `${system.folder}/${path}`);
      const args = ['score', '-o', 'json', '--kubernetes-version', `v${MINOR}`, ...optional, ...files];
      return findingsOf(system, JSON.parse(command(program, args, { answers: [0, 1] }).stdout) as Scored[]);
    });
    return { read: count(systems), findings };
  },
};

function findingsOf(system: System, scored: readonly Scored[]): Finding[] {
  return scored.flatMap(({ type_meta, object_meta, checks }) =>
    checks
      .filter(({ grade, skipped }) => grade < WELL && !skipped)
      .map(({ check, grade, comments }) => ({
        system: system.name,
        object: describe({ kind: type_meta.kind, ...object_meta }),
        rule: check.id,
        level: grade <= CRITICAL ? 'error' : 'warning',
        message: (comments ?? []).map(({ path, summary }) => [path, summary].filter(Boolean).join(': ')).join('; ') || check.name,
      })),
  );
}
