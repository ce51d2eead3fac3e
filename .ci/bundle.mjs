/**
 * The JavaScript of the build; declarations are tsc's. Of lib/ it is one file instead of hundreds, each of which would be looked up,
 * read and wrapped at every start. Only what is ours goes in; packages stay outside, and so do the generated classes, which are
 * loaded when they are first asked for. They and the apps are compiled file by file.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const folder = process.argv[2] ?? join(root, 'build');

/** `../../imports`, from wherever in lib/, is one module beside the bundle. */
const imports = {
  name: 'imports',
  setup({ onResolve }) {
    onResolve({ filter: /^(\.\.\/)+imports$/ }, () => ({ path: '../imports/index.js', external: true }));
  },
};

const OPTIONS = { absWorkingDir: root, platform: 'node', format: 'cjs', target: 'node20' };

/** Every module of a folder. */
const modules = (name) =>
  readdirSync(join(root, name), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.startsWith('generator'))
    .map((path) => join(name, path));

await Promise.all([
  build({
    ...OPTIONS,
    entryPoints: [join('lib', 'index.ts')],
    outfile: join(folder, 'lib', 'index.js'),
    bundle: true,
    packages: 'external',
    plugins: [imports],
  }),
  build({ ...OPTIONS, entryPoints: [...modules('imports'), ...modules('apps')], outbase: root, outdir: folder }),
]);
