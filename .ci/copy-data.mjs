// What tsc leaves behind: the files that imports/index.ts reads when a schema is asked for.
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const build = process.argv[2] ?? join(root, 'build');
for (const name of ['schemas', 'cel-rules.json']) {
  const from = join(root, 'imports', name);
  if (existsSync(from)) cpSync(from, join(build, 'imports', name), { recursive: true });
}
