import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFiles } from './replace-files';
import { replaceFolder } from './replace-folder';
import type { TextFile } from './text-files';

/**
 * Writes the files of an app: all of them, or none where something fails on the way. Files that are there and are not among
 * them stay.
 *
 * - The app's own folder, and an `outdir` that is not there yet: all appear at once. A run that is killed leaves what was
 *   there before, or all that is new; of two runs at once, the last one wins.
 * - An `outdir` that is there, and that other apps may write to: one after the other, each at once. A run that is killed leaves
 *   whole files, some of them new; of two runs at once, the second one fails.
 *
 * That holds for whatever happens to the process, not to the machine: nothing waits for the disk.
 *
 * @param folder the app's own folder below `outdir`; empty when it has none
 * @param beside files of `outdir` that all apps have a part in, written last, each by itself
 */
export function writeFiles(outdir: string, folder: string, files: readonly TextFile[], beside: readonly TextFile[]): void {
  if (folder !== '') replaceFolder(join(outdir, folder), files);
  else if (existsSync(outdir)) replaceFiles(outdir, files);
  else replaceFolder(outdir, files);
  for (const file of beside) writeFile(outdir, file);
}

function writeFile(folder: string, { path, text }: TextFile): void {
  const temporary = join(folder, `.${process.pid}.tmp`);
  try {
    writeFileSync(temporary, text());
    renameSync(temporary, join(folder, path));
  } finally {
    rmSync(temporary, { force: true });
  }
}
