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

/** The objects below a folder, as sorted JSON: of two folders with the same objects, the same list. */
export function listOf(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
  return names.flatMap((name) => objectsIn(readFileSync(join(folder, name), 'utf8')).map(jsonOf)).sort();
}

const jsonOf = (object: unknown): string => JSON.stringify(object, (_, value: unknown) => (isMap(value) ? sorted(value) : value));
const isMap = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);
const sorted = (map: object) => Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
