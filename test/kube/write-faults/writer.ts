import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { transformSync } from '@swc/core';

const SOURCES = join(__dirname, '..', '..', '..', 'lib', 'kube', 'synthesis');
const PARTS = ['write', 'replace-files', 'replace-folder', 'text-files'];
const PATHS = ['a.yaml', 'b.yaml', 'deep/c.yaml', 'README.md'];

/** Calls of Node that change a disk: each of them may be the one at which it ends. */
const CHANGES = ['writeFileSync', 'mkdirSync', 'mkdtempSync', 'renameSync', 'linkSync', 'copyFileSync', 'rmSync'];

/**
 * A program that writes files as the app does: `node run.js FOLDER TEXT FAULT FIRST OUTDIR...`. Into the first OUTDIR with a
 * fault at the FIRST change of the disk, into the next one with a fault at the change after it, and so on: the process is
 * killed (`KILL`), or the disk says no with a code (`ENOSPC`). It prints, for each, what was said, and how many changes there were.
 */
const PROGRAM = `
const fs = require('fs');
const [folder, text, fault, first, ...outdirs] = process.argv.slice(2);
let changes = 0;
let nth = 0;
for (const name of ${JSON.stringify(CHANGES)}) {
  const real = fs[name];
  fs[name] = (...args) => {
    changes += 1;
    if (changes !== nth) return real(...args);
    if (fault === 'KILL') process.kill(process.pid, 'SIGKILL');
    // Some bytes are there already when the disk is full.
    if (name === 'writeFileSync') real(args[0], String(args[1]).slice(0, 3));
    throw Object.assign(new Error(fault + ': ' + name), { code: fault });
  };
}
const { writeFiles } = require('./write.js');
const files = ${JSON.stringify(PATHS)}.map((path) => ({ path, text: () => text + ' in ' + path + '\\n' }));
const ran = outdirs.map((outdir, i) => {
  changes = 0;
  nth = Number(first) + i;
  let said = '';
  try {
    writeFiles(outdir, folder, files, []);
  } catch (e) {
    said = e.message;
  }
  nth = 0;
  return { changes, said };
});
process.stdout.write(JSON.stringify(ran));
`;

/** Puts the program into a folder. @returns its path */
export function program(folder: string): string {
  mkdirSync(folder, { recursive: true });
  for (const part of PARTS) {
    const source = readFileSync(join(SOURCES, `${part}.ts`), 'utf8');
    const { code } = transformSync(source, {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'commonjs' },
    });
    writeFileSync(join(folder, `${part}.js`), code);
  }
  const path = join(folder, 'run.js');
  writeFileSync(path, PROGRAM);
  return path;
}

export interface Ran {
  /** Empty when all went well. */
  readonly said: string;
  /** Changes of the disk that it took, or came to. */
  readonly changes: number;
}

export type Fault = 'KILL' | 'ENOSPC' | 'EACCES' | 'EIO';

/** Writes into each of the folders; undefined when it was killed. */
export function write(
  path: string,
  folder: string,
  text: string,
  outdirs: readonly string[],
  fault?: { readonly is: Fault; readonly first: number },
): Promise<Ran[] | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path, folder, text, fault?.is ?? '-', String(fault?.first ?? -1e9), ...outdirs]);
    let [out, err] = ['', ''];
    child.stdout.on('data', (data) => (out += String(data)));
    child.stderr.on('data', (data) => (err += String(data)));
    child.on('close', (code, signal) => {
      if (signal === 'SIGKILL') resolve(undefined);
      else if (code === 0) resolve(JSON.parse(out) as Ran[]);
      else reject(new Error(err));
    });
  });
}

/** What is there when all of a text is written. */
export const whole = (text: string): Record<string, string> =>
  Object.fromEntries([...PATHS].sort().map((path) => [path, `${text} in ${path}\n`]));

/** What an earlier run has left. */
export function lay(folder: string, text: string): void {
  for (const [path, content] of Object.entries(whole(text))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** What a reader of the folder finds: every file with its text; what begins with a dot is nobody's manifest. */
export function read(folder: string): Record<string, string> | 'nothing' {
  if (!existsSync(folder)) return 'nothing';
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => !path.startsWith('.'))
    .sort();
  return paths.length === 0
    ? 'nothing'
    : Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}
