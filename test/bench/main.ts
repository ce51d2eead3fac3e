import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const RUNS = 7;
const MAIN = join(__dirname, '..', '..', 'build', 'lib', 'index.js');

/** Milliseconds that a fresh process takes to load modules, after those that every app loads anyway. */
function loading(first: readonly string[], then: readonly string[]): number {
  const script = `
    for (const name of ${JSON.stringify(first)}) require(name);
    const start = process.hrtime.bigint();
    for (const name of ${JSON.stringify(then)}) require(name);
    console.log(Number(process.hrtime.bigint() - start) / 1e6);`;
  const times = Array.from({ length: RUNS }, () => Number(execFileSync(process.execPath, ['-e', script], { cwd: __dirname })));
  return times.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? NaN;
}

const print = (what: string, ms: number): void => console.log(`${ms.toFixed(0).padStart(6)} ms  ${what}`);

print("require('cdk8s') and require('cdk8s-plus-28')", loading([], ['cdk8s', 'cdk8s-plus-28']));
print("require('cdk8s-banking') after them", loading(['cdk8s', 'cdk8s-plus-28'], [MAIN]));
