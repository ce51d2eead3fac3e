import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { linkOrCopy, type TextFile } from './text-files';

const LOCK = '.cdk8s-banking.lock';

/**
 * Replaces files in a folder that is not ours alone. What can fail for want of space fails before the first one is replaced;
 * what fails later takes all of it back.
 */
export function replaceFiles(folder: string, files: readonly TextFile[]): void {
  mkdirSync(folder, { recursive: true });
  locked(folder, () => {
    // In the same folder, since a rename is atomic within one file system only. No tool takes its files for manifests.
    const stage = mkdtempSync(join(folder, `.${process.pid}-`));
    try {
      files.forEach(({ text }, i) => writeFileSync(join(stage, `${i}.new`), text));
      putInPlace(folder, files, stage);
    } finally {
      rmSync(stage, { recursive: true, force: true });
    }
  });
}

function putInPlace(folder: string, files: readonly TextFile[], stage: string): void {
  const undo: (() => void)[] = [];
  try {
    files.forEach(({ path }, i) => {
      const target = join(folder, path);
      const former = join(stage, `${i}.old`);
      mkdirSync(dirname(target), { recursive: true });
      if (existsSync(target)) linkOrCopy(target, former);
      undo.push(() => (existsSync(former) ? renameSync(former, target) : rmSync(target, { force: true })));
      renameSync(join(stage, `${i}.new`), target);
    });
  } catch (e) {
    undo.reverse().forEach((step) => step());
    throw e;
  }
}

/** Two runs that replace files one by one would leave some of each. */
function locked(folder: string, run: () => void): void {
  const lock = join(folder, LOCK);
  try {
    writeFileSync(lock, `${process.pid}\n`, { flag: 'wx' });
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code !== 'EEXIST') throw e;
    const by = readFileSync(lock, 'utf8').trim();
    throw new Error(
      `process ${by} is writing to ${folder} too; wait for it, and give each app a folder of its own. ` +
        `If it is there no more, delete ${lock}`,
      { cause: e },
    );
  }
  try {
    run();
  } finally {
    rmSync(lock, { force: true });
  }
}
