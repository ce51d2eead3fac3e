/**
 * One measurement, in a process of its own: `tsx work.ts WHAT SERVICES LAYOUT FROM TO`. FROM holds the objects that `ours` wrote, or
 * the chart of helm; TO is written to. Prints milliseconds and peak memory. Loading modules is not counted; it is measured apart.
 */
import { readObjects } from './files';
import { plainCdk8s } from './plain-cdk8s';
import { cdk8s, helm, jsYaml, json, yaml } from './rivals';
import { LIBRARY, type Layout, ours } from './scene';

const [what, count, layout, from, to] = process.argv.slice(2) as [string, string, Layout, string, string];

function prepared(): () => void {
  if (what === 'ours') {
    const library = require(LIBRARY) as typeof import('cdk8s-banking');
    return () => ours(library, Number(count), layout, to);
  }
  if (what.startsWith('helm')) return () => helm(from, to);
  const write = { yaml, 'js-yaml': jsYaml, json, cdk8s, 'cdk8s-plus': plainCdk8s }[what];
  if (!write) throw new Error(`there is no ${what} to measure`);
  const files = readObjects(from);
  return () => write(files, to);
}

const run = prepared();
const start = process.hrtime.bigint();
run();
const ms = Number(process.hrtime.bigint() - start) / 1e6;
console.log(JSON.stringify({ ms, peakMb: process.resourceUsage().maxRSS / 1024 }));
