import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chart, Testing } from 'cdk8s';
import { Environment, GitOpsApp } from 'cdk8s-banking';
import { loadAll } from 'js-yaml';
import { bank } from '../../../apps/bank/bank';
import { environments } from '../../../apps/bank/environments';
import {
  type BankingServiceProps,
  type Monitors,
  ObservabilityStack,
  type ObservabilityStackProps,
  ObservedService,
  type ObservedServiceProps,
  Platform,
} from '../../../lib';
import { IMAGE, type Json, World } from '../../banking-service/world';
import type { KubeObject } from '../../support/reachability';

export const PROMISE = { availability: 99.7 };

/** One service, `teller` in `vault`, and a stack that watches it. */
export function watched(
  service: Partial<BankingServiceProps>,
  monitors?: Monitors,
  stack: Partial<ObservabilityStackProps> = {},
) {
  const world = new World();
  const image = service.release?.namesEveryImage ? undefined : IMAGE;
  const teller = world.service('teller', { image, ...service });
  new ObservabilityStack(world.chart, 'stack', { services: [teller], objective: PROMISE, monitors, ...stack });
  return world;
}

/** As they are on the wire. */
export const objectsOf = (world: World): KubeObject[] => JSON.parse(JSON.stringify(world.objects())) as KubeObject[];

/** A stack that watches a service that something else made, `quotes` in `markets`, and the objects that the stack makes. */
export function foreign(props: Partial<ObservedServiceProps>, monitors?: Monitors): Json[] {
  const chart = new Chart(Testing.app(), 'foreign');
  const quotes = ObservedService.of({ name: 'quotes', namespace: 'markets', ...props });
  new ObservabilityStack(chart, 'stack', { services: [quotes], objective: PROMISE, platform: new Platform(), monitors });
  return Testing.synth(chart) as Json[];
}

/** The bank in production, with all that its ObservabilityStack makes in its own folder. */
export function bankWithItsStack(): KubeObject[] {
  const outdir = mkdtempSync(join(tmpdir(), 'watched-bank-'));
  try {
    const prod = environments.find(({ name }) => name === 'prod')!;
    const app = new GitOpsApp({ outdir });
    bank(new Environment(app, prod.name, { stage: prod.stage }), prod);
    app.synth();
    const folder = join(outdir, 'prod');
    return readdirSync(folder)
      .filter((file) => file.endsWith('.yaml'))
      .flatMap((file) => loadAll(readFileSync(join(folder, file), 'utf8')) as KubeObject[]);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
