import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ConfigError, type Problem } from '../../lib/kernel/errors';
import type { ObjectHead } from '../../lib/kube';

const made: string[] = [];

/** A folder that does not exist yet, below one that does. */
export function freshOutdir(): string {
  const parent = mkdtempSync(join(tmpdir(), 'kube-'));
  made.push(parent);
  return join(parent, 'out');
}

export function removeOutdirs(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** Every file below a folder by its path, with its text. */
export function filesIn(folder: string): Record<string, string> {
  const found: Record<string, string> = {};
  const visit = (at: string): void => {
    for (const name of readdirSync(at).sort()) {
      const path = join(at, name);
      if (statSync(path).isDirectory()) visit(path);
      else found[relative(folder, path)] = readFileSync(path, 'utf8');
    }
  };
  if (existsSync(folder)) visit(folder);
  return found;
}

/** The problems of the ConfigError that is thrown. */
export function problemsOf(run: () => unknown): readonly Problem[] {
  try {
    run();
  } catch (e) {
    if (e instanceof ConfigError) return e.problems;
    throw e;
  }
  throw new Error('nothing was thrown');
}

export function head(kind: string, name: string, namespace?: string, apiVersion = 'v1'): ObjectHead {
  return { apiVersion, kind, metadata: { name, namespace } };
}
