import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';

export interface Measured {
  readonly ms: number;
  readonly peakMb: number;
}

const tsx = createRequire(__filename).resolve('tsx/cli');

/** Runs `work.ts` in a process of its own. */
export function measure(...args: readonly (string | number)[]): Measured {
  const all = [tsx, join(__dirname, 'work.ts'), ...args.map(String)];
  return JSON.parse(execFileSync(process.execPath, all, { encoding: 'utf8', maxBuffer: 1e9 })) as Measured;
}

/** Milliseconds that a command takes, from start to end. */
export function timed(command: string, args: readonly string[], cwd: string): number {
  const start = process.hrtime.bigint();
  execFileSync(command, args, { cwd, stdio: 'pipe' });
  return Number(process.hrtime.bigint() - start) / 1e6;
}

export const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n');
}
