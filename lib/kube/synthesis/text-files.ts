import { copyFileSync, linkSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A file below a folder. */
export interface TextFile {
  readonly path: string;
  /** Made when it is written, so that the texts of all files are never in memory at once. */
  readonly text: () => string;
}

/** Writes files to a folder that is not there yet. */
export function writeAll(folder: string, files: readonly TextFile[]): void {
  mkdirSync(folder);
  const made = new Set([folder]);
  for (const { path, text } of files) {
    const target = join(folder, path);
    const parent = dirname(target);
    if (!made.has(parent)) mkdirSync(parent, { recursive: true });
    made.add(parent);
    writeFileSync(target, text());
  }
}

/** Another name for a file; a copy where the file system has no hard links. */
export function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}
