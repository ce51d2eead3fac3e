/**
 * One measurement, in a process of its own: `tsx work.ts ours|plain SERVICES FOLDER`. Prints milliseconds and peak memory.
 * Loading modules is not counted; it is measured apart.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Chart } from 'cdk8s';
import type * as library from 'cdk8s-banking';
import { parseAllDocuments, stringify } from 'yaml';

const [what, count, folder] = process.argv.slice(2) as [string, string, string];
const services = Number(count);

/** A namespace, and services in a chart each that call one another along a chain. */
function ours(): void {
  const { BankingService, GitOpsApp, Health, ZeroTrustNamespace } = require('cdk8s-banking') as typeof library;
  const app = new GitOpsApp({ outdir: folder });
  const namespace = new ZeroTrustNamespace(new Chart(app, 'namespace'), 'namespace', { name: 'bench' });
  let former: library.BankingService | undefined;
  for (let i = 0; i < services; i++) {
    const name = `service-${i}`;
    const service = new BankingService(new Chart(app, name), 'service', {
      namespace,
      name,
      image: `registry.example.com/${name}:1.0.0`,
      port: 8080,
      health: Health.springBootActuator(),
    });
    if (former) service.allowFrom(former, { methods: ['GET'], paths: ['/api/*'] });
    former = service;
  }
  app.synth();
}

/** The same objects, there already, written by the `yaml` package alone: the floor for whoever writes with it. */
function plain(files: Record<string, object[]>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, objects] of Object.entries(files)) {
    writeFileSync(join(folder, name), objects.map((object) => stringify(object, { lineWidth: 0, version: '1.1' })).join('---\n'));
  }
}

/** Reads back what `ours` wrote, for `plain` to write again. */
function read(): Record<string, object[]> {
  const names = ['namespace.yaml', ...Array.from({ length: services }, (_, i) => `service-${i}.yaml`)];
  return Object.fromEntries(
    names.map((name) => [
      name,
      parseAllDocuments(readFileSync(join(folder, name), 'utf8'), { version: '1.1' }).map((one) => one.toJS() as object),
    ]),
  );
}

let run = ours;
if (what === 'plain') {
  const files = read();
  run = () => plain(files);
} else {
  require('cdk8s-banking');
}
const before = process.resourceUsage().maxRSS;
const start = process.hrtime.bigint();
run();
const ms = Number(process.hrtime.bigint() - start) / 1e6;
console.log(JSON.stringify({ ms, peakMb: process.resourceUsage().maxRSS / 1024, beforeMb: before / 1024 }));
