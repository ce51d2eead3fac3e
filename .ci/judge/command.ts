import { spawnSync } from 'node:child_process';

export interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Exit codes that are answers. @default [0] */
  readonly answers?: readonly number[];
  readonly minutes?: number;
}

/**
 * Runs a command to its end.
 * @throws Error with the last lines that it printed, when it does not start or its exit code is none of the answers
 */
export function command(program: string, args: readonly string[], options: CommandOptions = {}): Ran {
  const { cwd, env, input, answers = [0], minutes = 10 } = options;
  const { error, status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    input,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    maxBuffer: 2 ** 30,
    timeout: minutes * 60_000,
  });
  if ((error as { code?: string } | undefined)?.code === 'ENOENT') throw new Error(`${program} is not installed`);
  if (error) throw error;
  if (status === null || !answers.includes(status)) {
    const last = `${stdout}\n${stderr}`.trim().split('\n').slice(-8).join('\n');
    throw new Error(`${[program.split('/').at(-1), ...args.slice(0, 2)].join(' ')} ended with ${status}: ${last}`);
  }
  return { status, stdout, stderr };
}
