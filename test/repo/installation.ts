import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from './paths';

const PEERS = ['cdk8s', 'cdk8s-plus-28', 'constructs'];
/** Never copied: what the build makes anew, and what belongs to this checkout alone. */
const LEFT_BEHIND = ['node_modules', 'build', '.git', 'coverage', '.ci/out', '.ci/mutation/node_modules'];

/** Gives standard output; a failure carries both outputs in its message. */
export async function run(folder: string, command: string, ...args: string[]): Promise<string> {
  try {
    return (await promisify(execFile)(command, args, { cwd: folder, maxBuffer: 1e8 })).stdout;
  } catch (error) {
    const { stdout, stderr, message } = error as Error & { stdout?: string; stderr?: string };
    throw new Error([message, stdout, stderr].filter(Boolean).join('\n'));
  }
}

/** Packs a copy of the repository, built afresh, so that nothing depends on what stands in build/. Gives the tarball. */
export async function pack(folder: string): Promise<string> {
  const copy = join(folder, 'copy');
  const skip = new Set(LEFT_BEHIND.map((name) => join(ROOT, name)));
  cpSync(ROOT, copy, { recursive: true, filter: (path) => !skip.has(path) });
  const tsc = join('node_modules', 'typescript', 'bin', 'tsc');
  await run(ROOT, process.execPath, tsc, '-p', 'tsconfig.build.json', '--outDir', join(copy, 'build'));
  await run(copy, process.execPath, join('.ci', 'copy-data.mjs'));
  await run(ROOT, process.execPath, join('.ci', 'bundle.mjs'), join(copy, 'build'));
  await run(copy, 'npm', 'pack', '--ignore-scripts', '--silent', '--pack-destination', folder);
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (!tarball) throw new Error('npm pack made no tarball');
  return join(folder, tarball);
}

/** The app folder of a user who installed the tarball and the peers, in the versions that this repository is built with. */
export async function install(folder: string, tarball: string): Promise<string> {
  const app = join(folder, 'app');
  mkdirSync(app);
  const version = (name: string): string =>
    (JSON.parse(readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8')) as { version: string }).version;
  const peers = Object.fromEntries(PEERS.map((name) => [name, version(name)]));
  const dependencies = { 'cdk8s-banking': `file:${tarball}`, ...peers };
  writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'app', private: true, dependencies }));
  await run(app, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts');
  return app;
}

/** Every file below a folder, with forward slashes. */
export function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}
