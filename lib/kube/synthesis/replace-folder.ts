import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { replaceFiles } from './replace-files';
import { linkOrCopy, type TextFile, writeAll } from './text-files';

/** Of a folder that cannot be renamed: a mount point, or one in a folder that somebody else owns. */
const FIXED = ['EACCES', 'EBUSY', 'EPERM', 'EROFS', 'EXDEV'];

/**
 * Replaces a folder that is ours alone. The new one is written beside it and takes its place by a rename, so nobody sees some
 * files of both. Node cannot swap two folders: where there is one already, it is moved away first, and a run that is killed
 * between these two calls leaves none. The next run puts it back before it starts.
 */
export function replaceFolder(path: string, files: readonly TextFile[]): void {
  // A link to a folder elsewhere stays a link.
  const target = existsSync(path) ? realpathSync(path) : path;
  mkdirSync(dirname(target), { recursive: true });
  try {
    recover(target);
    replace(target, files);
  } catch (e) {
    if (!existsSync(target) || !FIXED.includes((e as NodeJS.ErrnoException).code ?? '')) throw e;
    replaceFiles(target, files);
  }
}

function replace(target: string, files: readonly TextFile[]): void {
  // Without read permission for others, as `mkdtemp` makes it: the folders within get the usual one.
  const stage = mkdtempSync(`${stagesOf(target)}${process.pid}-`);
  try {
    writeAll(join(stage, 'new'), files);
    if (existsSync(target)) keepOthers(target, join(stage, 'new'));
    swap(stage, target);
  } finally {
    // If it could not be put back, it is the only one that there is.
    if (existsSync(target) || formerIn(stage) === undefined) rmSync(stage, { recursive: true, force: true });
  }
}

function swap(stage: string, target: string): void {
  for (let attempt = 0; ; attempt += 1) {
    const former = join(stage, `${attempt}.old`);
    const moved = existsSync(target) && moveAway(target, former);
    try {
      return renameSync(join(stage, 'new'), target);
    } catch (e) {
      // Another run has just put its own there.
      if (existsSync(target) && attempt < 9) continue;
      if (moved) renameSync(former, target);
      throw e;
    }
  }
}

/** False when another run was faster. */
function moveAway(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw e;
  }
}

/** What is there and is not written now is kept: files of an earlier run, which the CLI removes, and those of somebody else. */
function keepOthers(from: string, to: string): void {
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [there, here] = [join(from, entry.name), join(to, entry.name)];
    const isNew = !existsSync(here);
    if (!isNew && entry.isDirectory() !== lstatSync(here).isDirectory()) {
      throw new Error(`${there} stands where a ${entry.isDirectory() ? 'file' : 'folder'} is to be written; move it away`);
    }
    if (entry.isDirectory()) {
      if (isNew) mkdirSync(here);
      keepOthers(there, here);
    } else if (isNew) linkOrCopy(there, here);
  }
}

/** Clears away what runs that were killed left behind, and puts back what one of them had just moved away. */
function recover(target: string): void {
  const stages = stagesOf(target);
  for (const name of readdirSync(dirname(target))) {
    const stage = join(dirname(target), name);
    const pid = stage.startsWith(stages) ? /^(\d+)-/.exec(stage.slice(stages.length))?.[1] : undefined;
    if (pid === undefined || isRunning(Number(pid))) continue;
    const former = formerIn(stage);
    if (former !== undefined && !existsSync(target)) renameSync(former, target);
    rmSync(stage, { recursive: true, force: true });
  }
}

/** How the stages of a folder begin: beside it, for a rename works within one file system only. */
function stagesOf(target: string): string {
  return join(dirname(target), `.${basename(target)}.`);
}

/** What stood at the target last, before it was moved into a stage. */
function formerIn(stage: string): string | undefined {
  const [last] = readdirSync(stage)
    .filter((name) => name.endsWith('.old'))
    .sort()
    .reverse();
  return last === undefined ? undefined : join(stage, last);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (e) {
    return (e as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
