import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

export type Files = Readonly<Record<string, readonly object[]>>;

/** The objects that `ours` has written, by file. */
export function filesIn(folder: string): Files {
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  return Object.fromEntries(names.map((name) => [name, objectsIn(readFileSync(join(folder, name), 'utf8'))]));
}

export const objectsIn = (text: string): object[] =>
  parseAllDocuments(text, { version: '1.1' }).map((one) => one.toJS() as object);
