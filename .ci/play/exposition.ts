import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Sample, Target } from './world';

const escaped = (value: string) => value.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');

const texts = new WeakMap<object, string>();

function line({ name, labels, value }: Sample, time = ''): string {
  let text = texts.get(labels);
  if (text === undefined) {
    text = Object.entries(labels)
      .map(([key, one]) => `${key}="${escaped(one)}"`)
      .join(',');
    texts.set(labels, text);
  }
  return `${name}{${text}} ${value}${time}\n`;
}

/** What a target says, in the text format of Prometheus. */
export function exposed(target: Target, t: number): string {
  return target
    .samples(t)
    .map((one) => line(one))
    .join('');
}

/** Labels as Prometheus joins them: those of the target win, unless its own are honoured. */
function joined(given: Sample['labels'], honoured: boolean, own: Sample['labels']): Record<string, string> {
  if (honoured) return { ...given, ...own };
  const kept = Object.entries(own).map(([key, value]) => [key in given ? `exported_${key}` : key, value] as const);
  return { ...Object.fromEntries(kept), ...given };
}

/** What Prometheus would have kept of a target at each of some moments, in OpenMetrics. */
export class Past {
  private readonly given: Sample['labels'];
  private readonly known = new WeakMap<object, Record<string, string>>();

  constructor(
    private readonly target: Target,
    instance: string,
  ) {
    this.given = { instance, ...target.labels };
  }

  /** @param t seconds of the play @param now the same moment, in seconds since 1970 @param wanted which samples */
  at(t: number, now: number, wanted: (one: Sample) => boolean = () => true): string {
    const up: Sample = { name: 'up', labels: this.given, value: 1 };
    const samples = this.target
      .samples(t)
      .filter(wanted)
      .map((one) => ({ ...one, labels: this.joined(one.labels) }));
    return [up, ...samples].map((one) => line(one, ` ${now}`)).join('');
  }

  private joined(own: Sample['labels']): Record<string, string> {
    const known = this.known.get(own) ?? joined(this.given, this.target.honoured, own);
    this.known.set(own, known);
    return known;
  }
}

/** Serves the targets on the loopback. @param clock seconds of the play */
export async function serve(
  list: readonly Target[],
  clock: () => number,
): Promise<{ readonly server: Server; readonly address: string }> {
  const server = createServer((request, response) => {
    const target = list.find(({ path }) => path === request.url);
    const t = clock();
    if (!target || (target.from ?? -Infinity) > t) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(exposed(target, t));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, address: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}
