import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { type Played, ofKind } from './bank';
import { Past, serve } from './exposition';
import { type Measured, controllers } from './objects';
import { Prometheus } from './prometheus';
import { HISTORY, LONG_HISTORY, LONG_STEP, STEP } from './story';
import { type Sample, type Target, specOf, targets } from './world';

/** A Prometheus that has watched the bank for an hour, and goes on. */
export interface Stage {
  readonly prometheus: Prometheus;
  /** Seconds after the beginning of the play. */
  clock(): number;
  /** Seconds since 1970 at the beginning. */
  readonly start: number;
  readonly measured: { current: Measured };
  close(): Promise<void>;
}

const PORT = 19_090;

interface Group {
  readonly name: string;
  readonly rules: readonly { readonly record?: string; readonly expr: string }[];
}

/** Sets the scene: an hour of history, the rules of the bank as they are, every target. */
export async function setUp(played: Played, folder: string, tell: (line: string) => void): Promise<Stage> {
  const prometheus = Prometheus.install(folder, PORT);
  const measured = { current: { 'request-success-rate': 100, 'latency-p95': 78 } as Measured };
  const list = targets(
    played,
    controllers(played, () => measured.current),
  );
  const start = Math.floor(Date.now() / 1000);
  const clock = () => Date.now() / 1000 - start;
  const { server, address } = await serve(list, clock);
  const close = async () => {
    await prometheus.stop();
    server.closeAllConnections();
    server.close();
  };
  try {
    const past = join(folder, 'past.om');
    writeFileSync(past, history(list, address, start));
    prometheus.backfill(past);
    tell(`the history of ${list.length} targets is written after ${clock().toFixed(0)} s`);

    const groups = ofKind(played, 'PrometheusRule').flatMap((one) => specOf<{ groups: Group[] }>(one).groups);
    const rules = join(folder, 'rules.yml');
    writeFileSync(rules, stringify({ groups }));
    const basic = join(folder, 'basic.yml');
    writeFileSync(basic, stringify({ groups: groups.map(recordedFromMetrics).filter((one) => one.rules.length > 0) }));
    await prometheus.start('global: {}\n');
    prometheus.recordPast(basic, start - LONG_HISTORY + 120, start);
    await prometheus.stop();
    // What would have been scraped meanwhile.
    const meanwhile = join(folder, 'meanwhile.om');
    writeFileSync(meanwhile, between(list, address, start, clock()));
    prometheus.backfill(meanwhile);
    await prometheus.start(configuration(list, address, rules));
    tell(`Prometheus evaluates ${groups.flatMap((one) => one.rules).length} rules after ${clock().toFixed(0)} s`);
    return { prometheus, clock, start, measured, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function history(list: readonly Target[], instance: string, start: number): string {
  const counts = ({ name, labels }: Sample) =>
    name.startsWith('istio_request') && labels.reporter === 'source' && labels.destination_canonical_service === 'payments';
  const long = written(list, instance, start, steps(-LONG_HISTORY, -HISTORY - 1, LONG_STEP), counts);
  return `${long}${written(list, instance, start, steps(-HISTORY, 0, STEP))}# EOF\n`;
}

/** Closer together, so that the last one is just before the first real scrape. */
const between = (list: readonly Target[], instance: string, start: number, to: number): string =>
  `${written(list, instance, start, steps(10, to, 10))}# EOF\n`;

function steps(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.max(0, Math.floor((to - from) / step) + 1) }, (_, i) => from + i * step);
}

function written(
  list: readonly Target[],
  instance: string,
  start: number,
  moments: readonly number[],
  wanted?: (one: Sample) => boolean,
): string {
  const pasts = list.map((target) => ({ from: target.from ?? -Infinity, past: new Past(target, instance) }));
  return moments.flatMap((t) => pasts.filter(({ from }) => from <= t).map(({ past }) => past.at(t, start + t, wanted))).join('');
}

/** promtool evaluates each rule by itself: those that read what others record have their past when these have it. */
function recordedFromMetrics({ name, rules }: Group): Group {
  return { name, rules: rules.filter(({ record, expr }) => record !== undefined && !/objective:|service:/.test(expr)) };
}

/** As the operator's defaults: 30 seconds between two scrapes and between two evaluations. Groups that say another interval keep it. */
function configuration(list: readonly Target[], address: string, rules: string): string {
  return stringify({
    global: { scrape_interval: `${STEP}s`, scrape_timeout: '10s', evaluation_interval: '30s' },
    rule_files: [rules],
    scrape_configs: list.map(({ path, labels, honoured }, i) => ({
      job_name: `${i} ${path}`,
      metrics_path: path,
      honor_labels: honoured,
      static_configs: [{ targets: [address], labels }],
    })),
  });
}
