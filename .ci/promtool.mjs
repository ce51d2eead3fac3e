// Judges the rules of a folder (dist/, unless another is named) and the cases of every alert with promtool.
// It is the promtool in PATH, or the one that PROMTOOL names. Exit code 0: all hold. 1: something does not. 2: not run, since promtool is not installed.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const tsx = createRequire(import.meta.url).resolve('tsx/cli');
const main = join(root, 'test', 'observability', 'promtool', 'main.ts');
const { status } = spawnSync(process.execPath, [tsx, main, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
process.exitCode = status ?? 1;
