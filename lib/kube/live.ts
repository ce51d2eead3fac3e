import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { loadAll } from 'js-yaml';
import { jumpProblems } from '../checks/jumps/jumps';
import type { CheckedManifest } from '../checks/manifest';
import { type Problem, type Problems, show } from '../kernel/errors';
import { isMap } from './manifest';
import type { Gathered } from './synthesis/gather';

/** Adds why a folder can't hold what is applied now. */
export function liveProblems(live: string, outdir: string, problems: Problems): void {
  const path = resolve(live);
  const inside = relative(resolve(outdir), path);
  problems.check(
    // It is absolute where it is on another drive.
    inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside),
    `${show(live)} is in the output folder, which is emptied before the app runs; check the former commit out elsewhere, as with "git worktree add ../live"`,
    'live',
  );
  problems.check(
    existsSync(path) && statSync(path).isDirectory(),
    `there is no folder ${show(live)}; give the folder of the former commit that the app's output went to, or leave live out`,
    'live',
  );
}

/**
 * What would drop requests on the way from what is committed to what is gathered, environment by environment. One that was
 * not there has nothing to lose.
 * @param live the folder that `outdir` was when the former commit was made
 * @param folder the app's own folder below it
 */
export function liveJumps(live: string, folder: string, { environments, objects }: Gathered): Problem[] {
  const root = resolve(live, folder);
  const problems: Problem[] = [];
  const names = environments.map(({ name }) => name);
  for (const environment of [undefined, ...environments]) {
    const files = manifestFiles(environment ? join(root, environment.name) : root).filter(
      (file) => environment || !names.includes(relative(root, file).split(sep)[0]!),
    );
    const before = files.flatMap((file) => read(file, relative(resolve(live), file), problems));
    if (before.length === 0) continue;
    const after = objects.filter((one) => one.environment === environment).map(({ json }) => json);
    problems.push(
      ...jumpProblems(before, after).map(({ where, what }) => ({
        where: environment ? `${environment.node.path}: ${where}` : where,
        what,
      })),
    );
  }
  return problems;
}

/** Every manifest file below a folder, in the order of its path. */
function manifestFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}

function read(file: string, shown: string, problems: Problem[]): CheckedManifest[] {
  try {
    return loadAll(readFileSync(file, 'utf8')).filter(isManifest);
  } catch (e) {
    const why = (e instanceof Error ? e.message : String(e)).split('\n')[0]!;
    problems.push({ where: shown, what: `can't be read as YAML (${why}), so that it is not known what is applied now; mend it` });
    return [];
  }
}

function isManifest(value: unknown): value is CheckedManifest {
  return (
    isMap(value) &&
    typeof value.apiVersion === 'string' &&
    typeof value.kind === 'string' &&
    isMap(value.metadata) &&
    typeof value.metadata.name === 'string'
  );
}
