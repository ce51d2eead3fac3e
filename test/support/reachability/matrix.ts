import { LAYERS, type Cluster, type Layers } from './cluster';
import type { End, Flow, HttpRequest } from './flow';
import type { KubeObject } from './objects';
import type { Verdict } from './verdict';
import type { Mutation } from './mutation';

/** A flow worth a row of the table. */
export type Probe = Flow;

export interface Row {
  readonly from: string;
  readonly to: string;
  readonly port: string;
  readonly request: string;
  readonly open: boolean;
  readonly layers: Layers;
}

export interface Matrix {
  readonly rows: readonly Row[];
  /** One line for each row: `open`, `closed`, or `-` for a layer that has no say. Ends with a line break. */
  readonly text: string;
}

export function reachabilityMatrix(cluster: Cluster, probes: readonly Probe[]): Matrix {
  const rows = probes.map((probe) => rowOf(cluster, probe)).sort(byPlace);
  const cells = rows.map(({ from, to, port, request, open, layers }) => [
    from,
    to,
    port,
    request,
    ...LAYERS.map((layer) => wordFor(layers[layer])),
    open ? 'OPEN' : 'CLOSED',
  ]);
  const table = [['from', 'to', 'port', 'request', ...LAYERS, 'all'], ...cells];
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((line) => (line[column] ?? '').length)));
  const text = table.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return { rows, text: `${text.join('\n')}\n` };
}

/** Every pod to every other, on each port that it declares, with a request by each Service's name if it has one. */
export function allPairs(cluster: Cluster, request: HttpRequest = {}): Probe[] {
  const pods = cluster.pods();
  return pods.flatMap((to) =>
    to.ports.flatMap(({ port, protocol }) => {
      const hosts = cluster.servicesOf(to.id, port).map(({ host }) => ({ ...request, host }));
      return pods
        .filter((from) => from.id !== to.id)
        .flatMap((from) =>
          (hosts.length > 0 ? hosts : [request]).map((named): Probe => ({
            from: from.id,
            to: to.id,
            port,
            protocol: protocol === 'UDP' ? 'UDP' : 'TCP',
            request: named,
          })),
        );
    }),
  );
}

/** The layers in which a change of an object of this kind can show; of any other kind, in each. */
const LAYERS_OF: Readonly<Record<string, readonly (keyof Layers)[]>> = {
  NetworkPolicy: ['egress', 'ingress'],
  AuthorizationPolicy: ['authorization'],
  PeerAuthentication: ['mtls', 'authorization'],
  Sidecar: ['sidecar'],
};

/** The mutations after which every probe reads as before, in every layer. */
export function unnoticed(
  objects: readonly KubeObject[],
  mutations: readonly Mutation[],
  build: (objects: readonly KubeObject[]) => Cluster,
  probes: readonly Probe[],
): Mutation[] {
  const before = build(objects);
  const expected = new Map(probes.map((probe) => [probe, before.flow(probe)]));
  // What noticed one change is likely to notice the next one too, so it is asked first.
  const sharp: Probe[] = [];
  return mutations.filter((mutation) => {
    const after = build(mutation.objects);
    const layers = LAYERS_OF[mutation.id.split('/')[0]!];
    const notices = (probe: Probe): boolean => after.differs(probe, expected.get(probe)!, layers);
    const near = nearWorkload(mutation);
    const by =
      [...sharp.filter(near), ...sharp.filter((probe) => !near(probe)), ...probes.filter(near)].find(notices) ??
      probes.find(notices);
    if (by && !sharp.includes(by)) sharp.unshift(by);
    return by === undefined;
  });
}

/** Whether a probe comes from the workload that the changed object is named for, or goes to it. */
function nearWorkload({ id }: Mutation): (probe: Probe) => boolean {
  const workload = id.replace(/^[^/]*\//, '').replace(/[# ].*$/, '');
  return ({ from, to }) => from === workload || to === workload;
}

function rowOf(cluster: Cluster, probe: Probe): Row {
  const layers = cluster.flow(probe);
  return {
    from: endName(probe.from) + (probe.sender === 'proxy' ? ' (proxy)' : ''),
    to: endName(probe.to),
    port: `${probe.port}${probe.protocol === 'UDP' ? '/UDP' : ''}`,
    request: requestName(probe.request ?? {}),
    open: LAYERS.every((layer) => layers[layer].open),
    layers,
  };
}

function endName(end: End): string {
  if (typeof end === 'string') {
    return end;
  }
  if ('node' in end) {
    return `node ${end.node}`.trim();
  }
  return 'id' in end ? end.id : (end.ip ?? '');
}

function requestName({ host, servicePort, method, path, authority, principal, headers, claims }: HttpRequest): string {
  const target = [host, servicePort === undefined ? undefined : String(servicePort)]
    .filter((part) => part !== undefined)
    .join(':');
  const rest = [
    authority && `as ${authority}`,
    principal && `by ${principal}`,
    headers && JSON.stringify(headers),
    claims && JSON.stringify(claims),
  ];
  return [target, method, path, ...rest].filter(Boolean).join(' ') || '-';
}

function wordFor({ open, guarded }: Verdict): string {
  return guarded ? (open ? 'open' : 'closed') : '-';
}

function byPlace(a: Row, b: Row): number {
  const compare = (x: string, y: string): number => (x < y ? -1 : Number(x > y)); // not by locale: the same everywhere
  return (
    compare(a.from, b.from) ||
    compare(a.to, b.to) ||
    parseInt(a.port, 10) - parseInt(b.port, 10) ||
    compare(a.port, b.port) ||
    compare(a.request, b.request)
  );
}
