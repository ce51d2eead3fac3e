import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A file below the output folder. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Writes files below a folder, each under another name first and then renamed: a run that is killed leaves whole files.
 */
export function writeFiles(folder: string, files: readonly TextFile[]): void {
  files.forEach(({ path, text }, i) => {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    // The same folder, since a rename is atomic within one file system only. No tool takes it for a manifest.
    const temporary = join(dirname(target), `.${process.pid}-${i}.tmp`);
    try {
      writeFileSync(temporary, text, { encoding: 'utf8' });
      renameSync(temporary, target);
    } catch (e) {
      rmSync(temporary, { force: true });
      throw e;
    }
  });
}
