/**
 * `npm run bench`: how long a synth takes and what it needs, beside other ways to the same objects. Prints tables; nothing here
 * passes or fails. `-- 1 10 100` measures these numbers of services alone.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { coldStart, loading } from './cold-start';
import { listOf, writeObjects } from './files';
import { writeHelmChart } from './helm-chart';
import { helmVersion } from './helm-program';
import { median, measure, table } from './measure';
import { type Layout, nameOf } from './scene';

const SIZES = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1, 10, 100, 1000, 2000];
const LAYOUTS: readonly Layout[] = ['each', 'one'];
/** Plain cdk8s validates the whole app for each chart: beyond this it takes minutes. */
const MOST_FOR_CDK8S = 1000;
/** Its templates are made of a service that has two neighbours. */
const LEAST_FOR_HELM = 10;
const MOST_TO_COMPARE = 100;
const RIVALS = ['yaml', 'js-yaml', 'json', 'cdk8s', 'cdk8s-plus', 'helm', 'helm-values'] as const;
type Rival = (typeof RIVALS)[number];

const isHelm = (rival: Rival) => rival.startsWith('helm');

const runsFor = (services: number): number => (services > 1000 ? 3 : 5);

function rivalsFor(services: number, withHelm: boolean): Rival[] {
  return RIVALS.filter((rival) =>
    isHelm(rival) ? withHelm && services >= LEAST_FOR_HELM : !rival.startsWith('cdk8s') || services <= MOST_FOR_CDK8S,
  );
}

interface Figures {
  readonly ms: number;
  readonly peakMb: number;
  /** Our time to theirs, the median of the pairs. */
  readonly ratios: ReadonlyMap<Rival, number>;
}

/** Ours beside each rival, in pairs, of which every other one begins with the rival: what else the machine does meets both. */
function figures(folder: string, services: number, layout: Layout, withHelm: boolean): Figures {
  const from = join(folder, 'ours');
  const objects = `${from}.json`;
  const chartOf = (rival: Rival) => join(folder, `chart-${rival}`);
  measure('ours', services, layout, '-', from);
  writeObjects(objects, from);
  const each = layout === 'each' ? from : `${from}-each`;
  if (withHelm && layout === 'one') measure('ours', services, 'each', '-', each);
  const ours: { readonly ms: number; readonly peakMb: number }[] = [];
  const ratios = new Map<Rival, number>();
  for (const rival of rivalsFor(services, withHelm)) {
    if (isHelm(rival)) writeHelmChart(chartOf(rival), each, services, layout, rival === 'helm' ? 'text' : 'values');
    const pairs = Array.from({ length: runsFor(services) }, (_, i) => {
      const to = (who: string) => join(folder, `${who}-${rival}-${i}`);
      const own = () => measure('ours', services, layout, '-', to('ours'));
      const other = () => measure(rival, services, layout, isHelm(rival) ? chartOf(rival) : objects, to('other'));
      const before = i % 2 === 1 ? other() : undefined;
      const mine = own();
      const theirs = before ?? other();
      ours.push(mine);
      return mine.ms / theirs.ms;
    });
    ratios.set(rival, median(pairs));
    if (isHelm(rival) && services <= MOST_TO_COMPARE) compare(from, join(folder, `other-${rival}-0`), services);
  }
  return { ms: median(ours.map(({ ms }) => ms)), peakMb: median(ours.map(({ peakMb }) => peakMb)), ratios };
}

/**
 * The chart is made of text, so what comes out is looked at, but for the ends of the chain, which have one neighbour less. Of many
 * services it would be the same, and take minutes to read.
 */
function compare(ours: string, theirs: string, services: number): void {
  const ends = [nameOf(0), nameOf(services - 1)].map((name) => `"name":"${name}","namespace":`);
  const inTheMiddle = (folder: string) => listOf(folder).filter((object) => !ends.some((end) => object.includes(end)));
  if (inTheMiddle(ours).join('\n') !== inTheMiddle(theirs).join('\n'))
    throw new Error('helm does not give the objects that it is measured with');
}

/** Removed at the end of all: to remove thousands of files is work that the disk does later, while something else is measured. */
const folders = mkdtempSync(join(tmpdir(), 'bench-'));
process.on('exit', () => rmSync(folders, { recursive: true }));

const helm = helmVersion();
console.log(
  `Node ${process.version}, ${cpus().length} cores; medians of 5 pairs, of 3 beyond 1000 services; each run in a process of its own.`,
);
console.log(helm.found ? `helm ${helm.version}.\n` : `helm is not measured: ${helm.why}\n`);

const each = new Map<number, Figures>();
for (const layout of LAYOUTS) {
  const rows = SIZES.map((services) => {
    const own = figures(mkdtempSync(join(folders, 'size-')), services, layout, helm.found);
    if (layout === 'each') each.set(services, own);
    return [
      String(services),
      `${own.ms.toFixed(0)} ms`,
      `${(own.ms / services).toFixed(2)} ms`,
      `${own.peakMb.toFixed(0)} MB`,
      ...RIVALS.map((rival) => own.ratios.get(rival)?.toFixed(2) ?? '–'),
    ];
  });
  console.log(layout === 'each' ? 'One chart, and so one file, for each service:\n' : '\nOne chart for all:\n');
  console.log(
    table(['services', 'construct and synth', 'per service', 'peak memory', ...RIVALS.map((rival) => `: ${rival}`)], rows),
  );
}

const per = (services: number): number | undefined => {
  const own = each.get(services);
  return own && own.ms / services;
};
if (per(2000) && per(100)) console.log(`\nTime per service at 2000 is ${(per(2000)! / per(100)!).toFixed(2)} times that at 100.`);

console.log(`\n${loading()}\n\n${coldStart()}`);
