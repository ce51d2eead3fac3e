import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from '../judge/command';
import { cacheFolder, debianTool, installed } from '../judge/install';

export interface Series {
  readonly metric: Readonly<Record<string, string>>;
  /** Of an instant query. */
  readonly value?: readonly [number, string];
  /** Of a range query. */
  readonly values?: readonly (readonly [number, string])[];
}

export interface FiringAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly state: 'pending' | 'firing';
  readonly activeAt: string;
}

/** A real Prometheus on the loopback, with its data in a folder of its own. */
export class Prometheus {
  private process?: ChildProcess;
  private said = '';

  /** Debian's, in the version that the judges use too. */
  static install(folder: string, port: number): Prometheus {
    const tool = installed(debianTool('promtool', 'prometheus', '2.42.0'), cacheFolder());
    mkdirSync(join(folder, 'data'), { recursive: true });
    return new Prometheus(join(tool.folder, 'bin'), folder, port);
  }

  private constructor(
    private readonly bin: string,
    private readonly folder: string,
    private readonly port: number,
  ) {}

  /** Starts it with a configuration, and waits until it answers. */
  async start(config: string): Promise<void> {
    const file = join(this.folder, 'prometheus.yml');
    writeFileSync(file, config);
    const args = [
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(this.folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${this.port}`,
      '--storage.tsdb.retention.time=30d',
    ];
    this.process = spawn(join(this.bin, 'prometheus'), args, { stdio: ['ignore', 'ignore', 'pipe'] });
    const { process: running } = this;
    process.once('exit', () => running.kill('SIGKILL'));
    this.process.stderr!.on('data', (text: Buffer) => (this.said = `${this.said}${text.toString()}`.slice(-4000)));
    for (let i = 0; i < 150; i += 1) {
      if (this.process.exitCode !== null) throw new Error(`Prometheus ended: ${this.said}`);
      if (await this.ready()) return;
      await pause(200);
    }
    throw new Error(`Prometheus is not ready: ${this.said}`);
  }

  private async ready(): Promise<boolean> {
    try {
      return (await fetch(`http://127.0.0.1:${this.port}/-/ready`)).ok;
    } catch {
      return false;
    }
  }

  async stop(): Promise<void> {
    const running = this.process;
    if (!running || running.exitCode !== null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGTERM');
    await Promise.race([ended, pause(10_000).then(() => running.kill('SIGKILL'))]);
    await ended;
  }

  /** Puts samples with times of the past into its data. It must not run. */
  backfill(openMetrics: string): void {
    this.promtool('tsdb', 'create-blocks-from', 'openmetrics', '--quiet', openMetrics, join(this.folder, 'data'));
  }

  /** Evaluates recording rules over the past, as if they had been there. It must run, and sees them after a restart. */
  recordPast(rules: string, from: number, to: number): void {
    const between = [`--start=${Math.floor(from)}`, `--end=${Math.floor(to)}`, '--eval-interval=30s'];
    const url = `--url=http://127.0.0.1:${this.port}`;
    this.promtool('tsdb', 'create-blocks-from', 'rules', ...between, url, `--output-dir=${join(this.folder, 'data')}`, rules);
  }

  private promtool(...args: string[]): void {
    command(join(this.bin, 'promtool'), args, { minutes: 3 });
  }

  async query(expr: string): Promise<readonly Series[]> {
    return (await this.ask<{ result: Series[] }>('query', { query: expr })).result;
  }

  async range(expr: string, from: number, to: number, step: number): Promise<readonly Series[]> {
    const span = { start: String(from), end: String(to), step: String(step) };
    return (await this.ask<{ result: Series[] }>('query_range', { query: expr, ...span })).result;
  }

  async alerts(): Promise<readonly FiringAlert[]> {
    return (await this.ask<{ alerts: FiringAlert[] }>('alerts', {})).alerts;
  }

  private async ask<T>(path: string, query: Record<string, string>): Promise<T> {
    const response = await fetch(`http://127.0.0.1:${this.port}/api/v1/${path}?${new URLSearchParams(query).toString()}`);
    const said = (await response.json()) as { status: string; error?: string; data: T };
    if (said.status !== 'success') throw new Error(`${said.error}: ${query.query ?? path}`);
    return said.data;
  }
}

export const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
