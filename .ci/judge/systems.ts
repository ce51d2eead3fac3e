import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { parseAllDocuments } from 'yaml';

export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- any kind there is
  readonly [field: string]: any;
}

export interface ManifestFile {
  /** Below the system's folder. */
  readonly path: string;
  readonly objects: readonly KubeObject[];
}

/** All that one cluster is given of an app: an environment, or an app that has none. */
export interface System {
  /** Its folder below the output, with `/`. */
  readonly name: string;
  readonly folder: string;
  readonly files: readonly ManifestFile[];
}

const paths = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.split(sep).join('/'))
    .sort();

/** The documents of one file. */
export function objectsIn(text: string): KubeObject[] {
  return parseAllDocuments(text, { version: '1.1' })
    .map((document) => document.toJS() as KubeObject | null)
    .filter((object) => object !== null);
}

/** The systems of these names, with all that was written. @throws Error when a file belongs to none of them */
export function systemsIn(output: string, names: readonly string[]): System[] {
  const manifests = paths(output).filter((path) => path.endsWith('.yaml'));
  const stray = manifests.filter((path) => !names.some((name) => path.startsWith(`${name}/`)));
  if (stray.length > 0) throw new Error(`of no system, hence read by no judge: ${stray.join(', ')}`);
  return [...names].sort().map((name) => {
    const folder = join(output, name);
    const own = manifests.filter((path) => path.startsWith(`${name}/`)).map((path) => path.slice(name.length + 1));
    return { name, folder, files: own.map((path) => ({ path, objects: objectsIn(readFileSync(join(folder, path), 'utf8')) })) };
  });
}

export const objectsOf = (system: System): KubeObject[] => system.files.flatMap(({ objects }) => objects);

export const ofKind = (system: System, ...kinds: readonly string[]): KubeObject[] =>
  objectsOf(system).filter(({ kind }) => kinds.includes(kind));

export const count = (systems: readonly System[]): number => systems.reduce((sum, one) => sum + objectsOf(one).length, 0);

/** How findings name an object. */
export function describe({ kind, namespace, name }: { kind: string; namespace?: string; name: string }): string {
  return `${kind} ${namespace ? `${namespace}/` : ''}${name}`;
}

export const describeObject = ({ kind, metadata }: KubeObject): string => describe({ kind, ...metadata });

/** The system that a file belongs to. */
export function systemOf(systems: readonly System[], file: string): System {
  const found = systems.find(({ folder }) => file.startsWith(`${folder}${sep}`));
  if (!found) throw new Error(`${file} belongs to no system`);
  return found;
}

/** Makes a folder, and those above it. */
export function folderAt(...parts: readonly string[]): string {
  const folder = join(...parts);
  mkdirSync(folder, { recursive: true });
  return folder;
}
