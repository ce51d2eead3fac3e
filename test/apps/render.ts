import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const ROOT = join(__dirname, '..', '..');
export const DIST = join(ROOT, 'dist');

const made: string[] = [];

/** A new, empty folder. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'apps-'));
  made.push(folder);
  return folder;
}

export function removeFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** The apps: every folder of `apps/` with a main.ts. */
export function apps(): string[] {
  const folder = join(ROOT, 'apps');
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && readdirSync(join(folder, entry.name)).includes('main.ts'))
    .map((entry) => entry.name)
    .sort();
}

/** Runs an app (or all, as `npm run synth` does) in this process, with fresh modules, and gives what it wrote. */
export function render(app?: string): Record<string, string> {
  const folder = newFolder();
  const before = process.env.CDK8S_OUTDIR;
  const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  process.env.CDK8S_OUTDIR = folder;
  try {
    jest.isolateModules(() => {
      require(join(ROOT, 'apps', app ?? '', 'main'));
    });
  } finally {
    stderr.mockRestore();
    if (before === undefined) delete process.env.CDK8S_OUTDIR;
    else process.env.CDK8S_OUTDIR = before;
  }
  return filesIn(folder);
}

/** Every file below a folder, by its path with `/`, with its text. */
export function filesIn(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
  return Object.fromEntries(paths.sort().map((path) => [path.replaceAll('\\', '/'), readFileSync(join(folder, path), 'utf8')]));
}
