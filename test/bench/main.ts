/** `npm run bench`: how long a synth takes and what it needs, printed as tables. Nothing here passes or fails. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';

const RUNS = 5;
const SIZES = [10, 100, 1000];
const tsx = createRequire(__filename).resolve('tsx/cli');

interface Measured {
  readonly ms: number;
  readonly peakMb: number;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

function measure(what: string, services: number, folder: string): Measured {
  const args = [tsx, join(__dirname, 'work.ts'), what, String(services), folder];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Measured;
}

/** Milliseconds that a fresh process takes to load modules, after those that every app loads anyway. */
function loading(first: readonly string[], then: readonly string[]): number {
  const load = (names: readonly string[]) => names.map((name) => `require(${JSON.stringify(name)});`).join('');
  const script = `${load(first)}const s=process.hrtime.bigint();${load(then)}console.log(Number(process.hrtime.bigint()-s)/1e6)`;
  return median(Array.from({ length: RUNS }, () => Number(execFileSync(process.execPath, ['-e', script], { cwd: __dirname }))));
}

const library = join(__dirname, '..', '..', 'build', 'lib', 'index.js');
console.log(`Node ${process.version}, ${cpus().length} cores, medians of ${RUNS} runs, each in a process of its own\n`);
console.log('| loaded | ms |\n|---|--:|');
console.log(`| cdk8s and cdk8s-plus-28 | ${loading([], ['cdk8s', 'cdk8s-plus-28']).toFixed(0)} |`);
console.log(`| cdk8s-banking after them | ${loading(['cdk8s', 'cdk8s-plus-28'], [library]).toFixed(0)} |\n`);

console.log('| services, a chart each | construct + synth | per service | peak memory | same objects, `yaml` alone | ratio |');
console.log('|--:|--:|--:|--:|--:|--:|');
const perService = new Map<number, number>();
for (const services of SIZES) {
  const pairs = Array.from({ length: RUNS }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'bench-'));
    const ours = measure('ours', services, folder);
    const plain = measure('plain', services, folder);
    rmSync(folder, { recursive: true });
    return { ours, plain, ratio: ours.ms / plain.ms };
  });
  const ms = median(pairs.map(({ ours }) => ours.ms));
  perService.set(services, ms / services);
  const cells = [
    services,
    `${ms.toFixed(0)} ms`,
    `${(ms / services).toFixed(2)} ms`,
    `${median(pairs.map(({ ours }) => ours.peakMb)).toFixed(0)} MB`,
    `${median(pairs.map(({ plain }) => plain.ms)).toFixed(0)} ms`,
    median(pairs.map(({ ratio }) => ratio)).toFixed(2),
  ];
  console.log(`| ${cells.join(' | ')} |`);
}
const growth = perService.get(1000)! / perService.get(100)!;
console.log(`\nTime per service at 1000 is ${growth.toFixed(2)} times that at 100.`);
