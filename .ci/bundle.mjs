/**
 * Makes one file of lib/ instead of the hundreds that tsc writes, each of which would be looked up, read and wrapped at every
 * start. Only what is ours goes in; packages stay outside, and so do the generated classes, which are loaded when they are first
 * asked for. Declarations are tsc's.
 */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const folder = join(process.argv[2] ?? join(root, 'build'), 'lib');

/** `../../imports`, from wherever in lib/, is one module beside the bundle. */
const imports = {
  name: 'imports',
  setup({ onResolve }) {
    onResolve({ filter: /^(\.\.\/)+imports$/ }, () => ({ path: '../imports/index.js', external: true }));
  },
};

for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
  if (entry.endsWith('.js')) rmSync(join(folder, entry));
}
await build({
  absWorkingDir: root,
  entryPoints: [join('lib', 'index.ts')],
  outfile: join(folder, 'index.js'),
  bundle: true,
  packages: 'external',
  plugins: [imports],
  platform: 'node',
  format: 'cjs',
  target: 'node20',
});
