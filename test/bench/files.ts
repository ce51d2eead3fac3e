import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

export type Files = Readonly<Record<string, readonly object[]>>;

/** Writes down the objects that `ours` has written, by file, for the rivals. */
export function writeObjects(path: string, folder: string): void {
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  const files: Files = Object.fromEntries(names.map((name) => [name, objectsIn(readFileSync(join(folder, name), 'utf8'))]));
  writeFileSync(path, JSON.stringify(files));
}

export const readObjects = (path: string): Files => JSON.parse(readFileSync(path, 'utf8')) as Files;

export const objectsIn = (text: string): object[] =>
  parseAllDocuments(text, { version: '1.1' }).map((one) => one.toJS() as object);
