/**
 * Two files instead of seven hundred. Jest gives each test file modules of its own, so that what one test file loads is looked up, read,
 * and compiled again for the next: all of lib/, and the packages that it stands on. Here esbuild puts them into one file each, before
 * the tests run; a module in them runs when it is first asked for, as it would from its own file. `transform.mjs` asks.
 *
 * Files that are asked for one by one see the same instances, whatever the path, and each test file still has its own.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { build, version } from 'esbuild';

const ROOT = join(import.meta.dirname, '..', '..');
/** `npm ci` empties it. Jest leaves paths in `node_modules` out of stacks; those of lib/ come back by the source map. */
const FOLDER = join(ROOT, 'node_modules', '.cache', 'jest-bundles');
const LIB = join(ROOT, 'lib') + sep;
export const PACKAGES = ['cdk8s', 'cdk8s-plus-28', 'constructs', 'yaml', 'js-yaml', '@prometheus-io/lezer-promql'];

const { resolve } = createRequire(join(ROOT, 'package.json'));
const packages = PACKAGES.map((name) => resolve(name));

/** The module that jest loads, and the code that it has run: `environment.mjs` compiles that. */
const pathOf = (bundle) => join(FOLDER, `${bundle}.js`);
export const codeOf = (path) => path.replace(/js$/, 'code.js');
const stateOf = (bundle) => join(FOLDER, `${bundle}.json`);
const key = (file) => relative(ROOT, file).split(sep).join('/');

/** What a module is to the tests: the bundle that holds it, and its name there. Nothing, if it is loaded from its own file. */
export function held(file) {
  const bundle = file.startsWith(LIB) && file.endsWith('.ts') ? 'lib' : packages.includes(file) ? 'packages' : undefined;
  return bundle && { bundle: pathOf(bundle), name: key(file) };
}

export const isBundle = (file) => dirname(file) === FOLDER;
/** The source map of a bundle. */
export const mapOf = (bundle) => readFileSync(`${bundle}.map`, 'utf8');

/** In lib/, what stands outside is asked of jest: packages, and the generated classes, which are loaded when they are first needed. */
const outside = {
  name: 'outside',
  setup({ onResolve }) {
    onResolve({ filter: /^(\.\.\/)+imports$/ }, () => ({ path: join(ROOT, 'imports', 'index.ts'), external: true }));
  },
};

const OPTIONS = {
  lib: { packages: 'external', plugins: [outside] },
  packages: { conditions: [] },
};

const sources = () =>
  readdirSync(LIB, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(LIB, name))
    .sort();

/** A bundle and what it was made of: these files, with this content, by this esbuild and this program. */
function digest(bundle, files) {
  const hash = createHash('sha1').update(version);
  for (const file of [
    import.meta.filename,
    join(ROOT, 'tsconfig.json'),
    codeOf(pathOf(bundle)),
    ...files.map((name) => join(ROOT, name)),
  ]) {
    hash.update(`\0${file}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** Replaced in one step: another jest may be reading it. */
function write(path, content) {
  writeFileSync(`${path}.${process.pid}`, content);
  renameSync(`${path}.${process.pid}`, path);
}

/** Is there a bundle that was made of the same? A file that is new, gone or changed says no. */
function fresh(bundle, entries) {
  try {
    const { entries: before, files, hash } = JSON.parse(readFileSync(stateOf(bundle), 'utf8'));
    return String(before) === String(entries) && digest(bundle, files) === hash;
  } catch {
    return false;
  }
}

async function make(bundle, modules) {
  const entries = modules.map(key);
  if (fresh(bundle, entries)) return;
  const start = Date.now();
  const { outputFiles, metafile } = await build({
    absWorkingDir: ROOT,
    stdin: {
      contents: `module.exports = {${entries.map((name) => `'${name}': () => require('./${name}')`).join(',\n')}};`,
      resolveDir: ROOT,
      sourcefile: `${bundle}.entries`,
    },
    outfile: pathOf(bundle),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    // Messages name classes.
    keepNames: true,
    sourcemap: 'external',
    sourcesContent: false,
    metafile: true,
    write: false,
    ...OPTIONS[bundle],
  });
  const path = pathOf(bundle);
  for (const { path: made, text } of outputFiles) write(made === path ? codeOf(path) : made, text);
  // By the digest: what was read of a bundle, its source map too, is kept until the text below is another one.
  const digests = outputFiles.map(({ hash }) => hash).join(' ');
  write(path, `runBundle(${JSON.stringify(path)}, ${JSON.stringify(digests)}, module, require);\n`);
  const files = Object.keys(metafile.inputs).filter((name) => !name.endsWith('.entries'));
  // Of a file that was saved meanwhile, esbuild may have read either text: the next run makes the bundle again.
  if (files.some((name) => statSync(join(ROOT, name)).mtimeMs >= start)) return;
  write(stateOf(bundle), JSON.stringify({ entries, files, hash: digest(bundle, files) }));
}

/** Jest's `globalSetup`: once a run, before the first test file. */
export default async function setup() {
  mkdirSync(FOLDER, { recursive: true });
  await Promise.all([make('lib', sources()), make('packages', packages)]);
}
