import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { folderAt } from '../../systems';

const TOKEN = 'judge';
const SECONDS_TO_START = 120;

export interface Answer {
  readonly status: number;
  readonly body: Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- any kind there is
  readonly warnings: readonly string[];
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A process of ours, its output in a file. */
class Process {
  private readonly child: ChildProcess;

  constructor(
    program: string,
    args: readonly string[],
    private readonly log: string,
  ) {
    const out = openSync(log, 'a');
    this.child = spawn(program, args, { stdio: ['ignore', out, out] });
    closeSync(out);
  }

  /** @throws Error with its last words when it has ended */
  expectAlive(): void {
    if (this.child.exitCode === null && this.child.signalCode === null) return;
    throw new Error(`${this.child.spawnfile} ended: ${readFileSync(this.log, 'utf8').trim().split('\n').slice(-3).join('\n')}`);
  }

  async end(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    await ended;
  }
}

/** An etcd for all the clusters of one run; each keeps its objects under a name of its own. */
export class Etcd {
  static async start(program: string, scratch: string): Promise<Etcd> {
    const [client, peer] = [await freePort(), await freePort()].map((port) => `http://127.0.0.1:${port}`);
    const args = ['--data-dir', join(scratch, 'etcd'), '--unsafe-no-fsync', '--log-level', 'error'];
    const urls = ['--listen-client-urls', client!, '--advertise-client-urls', client!, '--listen-peer-urls', peer!];
    return new Etcd(new Process(program, [...args, ...urls], join(scratch, 'etcd.log')), client!);
  }

  private constructor(
    private readonly process: Process,
    readonly url: string,
  ) {}

  end(): Promise<void> {
    return this.process.end();
  }
}

/** One API server with nothing behind it: no controllers, no nodes. What it admits is stored, and nothing runs. */
export class ApiServer {
  static async start(program: string, etcd: Etcd, scratch: string, name: string): Promise<ApiServer> {
    const folder = folderAt(scratch, name);
    const key = join(folder, 'service-account.key');
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    writeFileSync(key, privateKey.export({ type: 'pkcs1', format: 'pem' }), { mode: 0o600 });
    const tokens = join(folder, 'tokens.csv');
    writeFileSync(tokens, `${TOKEN},judge,judge\n`, { mode: 0o600 });
    const port = await freePort();
    const flags = {
      'etcd-servers': etcd.url,
      'etcd-prefix': `/${name}`,
      'cert-dir': join(folder, 'certificates'),
      'bind-address': '127.0.0.1',
      'secure-port': String(port),
      'service-cluster-ip-range': '10.96.0.0/16',
      'service-account-issuer': 'https://kubernetes.default.svc',
      'service-account-key-file': key,
      'service-account-signing-key-file': key,
      'token-auth-file': tokens,
      'authorization-mode': 'AlwaysAllow',
    };
    const args = Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`);
    const server = new ApiServer(new Process(program, args, join(folder, 'log')), folder, port);
    try {
      await server.ready();
    } catch (error) {
      await server.end();
      throw error;
    }
    return server;
  }

  /** One connection for everything: a request a time is asked for. It answers on loopback only, with a certificate of its own. */
  private readonly agent = new Agent({ keepAlive: true, rejectUnauthorized: false });

  private constructor(
    private readonly process: Process,
    private readonly folder: string,
    private readonly port: number,
  ) {}

  /** A file that leads other programs here. */
  kubeconfig(): string {
    const file = join(this.folder, 'kubeconfig');
    const cluster = { server: `https://127.0.0.1:${this.port}`, 'insecure-skip-tls-verify': true };
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'judge', cluster }],
      users: [{ name: 'judge', user: { token: TOKEN } }],
      contexts: [{ name: 'judge', context: { cluster: 'judge', user: 'judge' } }],
      'current-context': 'judge',
    };
    writeFileSync(file, JSON.stringify(config), { mode: 0o600 });
    return file;
  }

  ask(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', accept: 'application/json' };
      const sent = request({ host: '127.0.0.1', port: this.port, method, path, headers, agent: this.agent }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (text += part));
        response.on('end', () => {
          const said = [response.headers.warning ?? []].flat().join(', ');
          const warnings = [...said.matchAll(/299 - "((?:[^"\\]|\\.)*)"/g)].map((match) => match[1]!.replaceAll('\\"', '"'));
          resolve({
            status: response.statusCode!,
            body: text.startsWith('{') ? (JSON.parse(text) as Answer['body']) : {},
            warnings,
          });
        });
        response.on('error', reject);
      });
      sent.on('error', reject);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  async end(): Promise<void> {
    this.agent.destroy();
    await this.process.end();
  }

  private async ready(): Promise<void> {
    for (let i = 0; i < SECONDS_TO_START * 4; i++) {
      this.process.expectAlive();
      const answer = await this.ask('GET', '/readyz').catch(() => undefined);
      if (answer?.status === 200) return;
      await sleep(250);
    }
    throw new Error(`the API server is not ready after ${SECONDS_TO_START} s`);
  }
}
