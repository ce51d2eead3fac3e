import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LIBRARY } from './scene';
import { median, table, timed } from './measure';

const ROOT = join(__dirname, '..', '..');
const RUNS = 7;

/** Milliseconds that a fresh process takes to load modules, after those that every app loads anyway. */
function loaded(first: readonly string[], then: readonly string[]): number {
  const load = (names: readonly string[]) => names.map((name) => `require(${JSON.stringify(name)});`).join('');
  const script = `${load(first)}const s=process.hrtime.bigint();${load(then)}console.log(Number(process.hrtime.bigint()-s)/1e6)`;
  return median(Array.from({ length: RUNS }, () => Number(execFileSync(process.execPath, ['-e', script], { cwd: __dirname }))));
}

/** What loading costs. */
export function loading(): string {
  return table(
    ['loaded', 'ms'],
    [
      ['cdk8s and cdk8s-plus-28', loaded([], ['cdk8s', 'cdk8s-plus-28']).toFixed(0)],
      ['cdk8s-banking after them', loaded(['cdk8s', 'cdk8s-plus-28'], [LIBRARY]).toFixed(0)],
    ],
  );
}

/** The whole command, from the shell and back: of an app without a chart, and of the bank, in turn. */
export function coldStart(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const empty = join(folder, 'empty.js');
    const cdk8s = require.resolve('cdk8s');
    writeFileSync(
      empty,
      `const { App, Chart } = require(${JSON.stringify(cdk8s)}); const app = new App(); new Chart(app, 'empty'); app.synth();`,
    );
    const cli = join(ROOT, 'node_modules', '.bin', 'cdk8s');
    const synth = (app: string) =>
      timed(cli, ['synth', '--check-upgrade=false', '--app', `node ${app}`, '--output', join(folder, 'dist')], ROOT);
    const bank = join(ROOT, 'build', 'apps', 'bank', 'main.js');
    const pairs = Array.from({ length: RUNS }, () => ({ nothing: synth(empty), bank: synth(bank) }));
    const row = (name: string, ms: readonly number[]) => [name, `${median(ms).toFixed(0)} ms`];
    return [
      table(
        ['cdk8s synth, with node', 'time'],
        [
          row(
            'an app with nothing in it',
            pairs.map(({ nothing }) => nothing),
          ),
          row(
            'the bank, three environments',
            pairs.map((pair) => pair.bank),
          ),
        ],
      ),
      `Ratio, pair by pair: ${median(pairs.map((pair) => pair.bank / pair.nothing)).toFixed(2)}.`,
    ].join('\n\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
}
