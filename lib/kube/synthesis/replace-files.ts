import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { linkOrCopy, type TextFile } from './text-files';

/** No tool takes what is in it for manifests. */
const STAGE = '.cdk8s-banking';

/**
 * Replaces files in a folder that is not ours alone. What can fail for want of space fails before the first one is replaced;
 * what fails later takes all of it back.
 */
export function replaceFiles(folder: string, files: readonly TextFile[]): void {
  mkdirSync(folder, { recursive: true });
  // In the same folder, since a rename is atomic within one file system only.
  const stage = join(folder, STAGE);
  enter(stage, folder);
  try {
    files.forEach(({ text }, i) => writeFileSync(join(stage, `${i}.new`), text()));
    putInPlace(folder, files, stage);
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

/** Two runs that replace files one by one would leave some of each, so only one has the stage. */
function enter(stage: string, folder: string): void {
  try {
    mkdirSync(stage);
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code !== 'EEXIST') throw e;
    throw new Error(
      `another run is writing to ${folder}; wait for it, and give each app a folder of its own. ` +
        `If there is none, one was killed: delete ${stage}`,
      { cause: e },
    );
  }
}

function putInPlace(folder: string, files: readonly TextFile[], stage: string): void {
  const undo: (() => void)[] = [];
  try {
    files.forEach(({ path }, i) => {
      const target = join(folder, path);
      const former = join(stage, `${i}.old`);
      mkdirSync(dirname(target), { recursive: true });
      if (existsSync(target)) {
        linkOrCopy(target, former);
        undo.push(() => renameSync(former, target));
      } else undo.push(() => rmSync(target, { force: true }));
      renameSync(join(stage, `${i}.new`), target);
    });
  } catch (e) {
    for (const step of undo.reverse()) {
      try {
        step();
      } catch {
        // What can be put back is; the first error says what is wrong.
      }
    }
    throw e;
  }
}
