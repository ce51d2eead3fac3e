import type { Declaration } from '../../declared';
import type { Finding } from '../../model';
import type { KubeObject, System } from '../../systems';
import { Expectation, type Ports } from './expected';
import { type Range, rangeOf, showRange, union, without } from './ranges';
import { type Pod, worldOf } from './world';

/** A line of netpol-analyzer's list. */
export interface Connection {
  readonly src: string;
  readonly dst: string;
  readonly conn: string;
}

/** What is open and not declared, or declared and not open, by a list of connections. */
export function compare(
  system: System,
  declaration: Declaration,
  list: (objects: readonly KubeObject[]) => readonly Connection[],
) {
  const { pods, objects } = worldOf(system, declaration);
  const connections = list(objects);
  const expectation = new Expectation(declaration);
  const findings: Finding[] = [];
  const differ = (rule: 'open' | 'closed', object: string, ports: readonly string[]) => {
    if (ports.length === 0) return;
    const message = `${ports.join(', ')}: ${rule === 'open' ? 'open, and nobody declared it' : 'declared, and closed'}`;
    findings.push({ system: system.name, object, rule, level: 'error', message });
  };

  const found = new Map(connections.map(({ src, dst, conn }) => [`${src} → ${dst}`, portsIn(conn)]));
  let pairs = 0;
  for (const from of pods) {
    for (const to of pods) {
      if (from === to || !(expectation.guards(from) || expectation.guards(to))) continue;
      pairs++;
      const key = `${from.id} → ${to.id}`;
      const [open, expected] = [found.has(key) ? found.get(key) : new Set<string>(), expectation.between(from, to)];
      differ('open', key, minus(open, expected));
      differ('closed', key, minus(expected, open));
    }
  }
  for (const pod of pods.filter((one) => expectation.guards(one))) {
    for (const side of ['callers', 'callees'] as const) {
      const [open, expected] = [addressesIn(connections, pod, side), expectation.outside(pod, side)];
      for (const port of new Set([...open.keys(), ...expected.keys()])) {
        const [a, b] = [open.get(port) ?? [], expected.get(port) ?? []];
        for (const range of without(a, b)) differ('open', between(pod, side, range), [port]);
        for (const range of without(b, a)) differ('closed', between(pod, side, range), [port]);
      }
    }
  }
  return { pairs, findings };
}

const between = ({ id }: Pod, side: 'callers' | 'callees', range: Range): string =>
  side === 'callees' ? `${id} → ${showRange(range)}` : `${showRange(range)} → ${id}`;

/** `TCP 53,443,UDP 53`, or `All Connections`. */
export function portsIn(text: string): Ports {
  if (text === 'All Connections') return undefined;
  let protocol = '';
  return new Set(
    text.split(',').map((part) => {
      const [, named, ports] = /^(?:([A-Z]+) )?(.+)$/.exec(part)!;
      protocol = named ?? protocol;
      return `${protocol} ${ports}`;
    }),
  );
}

function minus(a: Ports, b: Ports): string[] {
  if (b === undefined) return [];
  return a === undefined ? ['every port'] : [...a].filter((port) => !b.has(port));
}

const ADDRESSES = /^[\d.]+-[\d.]+$/;

function addressesIn(connections: readonly Connection[], { id }: Pod, side: 'callers' | 'callees'): Map<string, Range[]> {
  const open = new Map<string, Range[]>();
  for (const { src, dst, conn } of connections) {
    const [self, other] = side === 'callees' ? [src, dst] : [dst, src];
    if (self !== id || !ADDRESSES.test(other)) continue;
    for (const port of portsIn(conn) ?? ['every port']) open.set(port, union([...(open.get(port) ?? []), rangeOf(other)]));
  }
  return open;
}
