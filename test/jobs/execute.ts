import { spawn } from 'node:child_process';

/** How a program ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** Seconds. */
  readonly took: number;
}

/** Longer than any program of the tests may take. */
const AT_MOST = 45_000;

/** Runs a program to its end. */
export function execute(program: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ended> {
  const start = process.hrtime.bigint();
  const child = spawn(program, args, { env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'], timeout: AT_MOST });
  const out: string[] = [];
  const err: string[] = [];
  child.stdout.on('data', (chunk) => out.push(String(chunk)));
  child.stderr.on('data', (chunk) => err.push(String(chunk)));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      const took = Number(process.hrtime.bigint() - start) / 1e9;
      resolve({ code, out: out.join(''), err: err.join(''), took });
    });
  });
}
