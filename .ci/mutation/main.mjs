/**
 * `npm run mutate [-- [--force] room …]`: mutates lib/ room by room, and rewrites the table of docs/mutation.md. `--force` forgets
 * what earlier runs found. What survived stands in .ci/out/mutation/<room>.txt.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { POLICY, ROOMS, fileOf } from './rooms.mjs';
import { inDocument, objections, rowOf, rowsIn, survivors, table } from './report.mjs';

const HERE = import.meta.dirname;
const ROOT = join(HERE, '..', '..');
const OUT = join(ROOT, '.ci', 'out', 'mutation');
const DOCUMENT = join(ROOT, 'docs', 'mutation.md');
const STRYKER = join(HERE, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
const LEAST = { inAll: 85, policy: 90 };

/** Ends the run when a program fails. */
function run(what, program, args, options) {
  const { status, error } = spawnSync(program, args, { stdio: 'inherit', cwd: ROOT, ...options });
  if (error || status !== 0) throw new Error(`${what} failed: ${error?.message ?? `exit code ${status}`}`);
}

function measure(room, force) {
  const start = performance.now();
  const args = [STRYKER, 'run', join('.ci', 'mutation', 'stryker.config.mjs'), ...(force ? ['--force'] : [])];
  run(`mutating ${room}`, process.execPath, args, { env: { ...process.env, ROOM: room } });
  const report = JSON.parse(readFileSync(join(OUT, `${fileOf(room)}.json`), 'utf8'));
  writeFileSync(join(OUT, `${fileOf(room)}.txt`), survivors(report));
  console.log(
    `${room}: ${Math.round((performance.now() - start) / 1000)} s; what survived: .ci/out/mutation/${fileOf(room)}.txt`,
  );
  return rowOf(report);
}

function main() {
  const { values, positionals } = parseArgs({ options: { force: { type: 'boolean' } }, allowPositionals: true });
  const all = Object.keys(ROOMS);
  const unknown = positionals.filter((room) => !all.includes(room));
  if (unknown.length > 0) throw new Error(`there is no room ${unknown.join(', ')}; there are ${all.join(', ')}`);
  if (!existsSync(STRYKER)) {
    run('installing Stryker', 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: HERE });
  }
  mkdirSync(OUT, { recursive: true });

  for (const room of positionals.length > 0 ? positionals : all) {
    const row = measure(room, values.force);
    // Read again: a run takes long, and each room's row is worth keeping.
    const document = readFileSync(DOCUMENT, 'utf8');
    const rows = new Map(rowsIn(document)).set(room, row);
    writeFileSync(DOCUMENT, inDocument(document, table(all, rows)));
  }
  const rows = rowsIn(readFileSync(DOCUMENT, 'utf8'));
  console.log(`\n${table(all, rows)}\n`);
  const against = objections(rows, POLICY, LEAST);
  for (const line of against) console.error(line);
  process.exitCode = against.length === 0 ? 0 : 1;
}

main();
