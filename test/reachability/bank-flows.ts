import type { Flow } from '../support/reachability';
import type { IntendedEdge } from '../support/flagger';
import { EDGES, METHODS, PATHS } from './bank-intent';

/** A flow and whether it should be let through. */
export interface Expectation {
  readonly flow: Flow;
  readonly open: boolean;
}

/** Pods that answer while no release goes on: under Flagger the primary, and of two colours the live one. */
export const SERVICES = [
  'banking/web',
  'banking/enterprise-loan-system-blue',
  'banking/payments-primary',
  'banking/accounts',
  'banking/load-tester',
];

/** Of two tracks, the pods that nobody reaches by the name of the service while no release goes on. */
export const IDLE = ['banking/enterprise-loan-system-green', 'banking/payments'];

/** The service that a pod belongs to, whatever its track. */
export const serviceOf = (id: string) => id.replace(/-(blue|green|primary)$/, '');
export const DATA = [
  { id: 'banking-data/postgres', port: 5432 },
  { id: 'banking-data/redis', port: 6379 },
];

export const hostOf = (id: string) => `${serviceOf(id).split('/')[1]}.${id.split('/')[0]}.svc.cluster.local`;

/** The pods that an edge leads to: those that answer by the host that it names. */
function podsOf({ to, host }: IntendedEdge): string {
  if (host === CANARY) return 'banking/payments';
  return SERVICES.find((pod) => serviceOf(pod) === to) ?? to;
}

const CANARY = 'payments-canary.banking.svc.cluster.local';

/** Everybody calls every service, and the new version of the one under Flagger, in every way. */
export function calls(everybody: readonly string[]): Flow[] {
  const targets = [...SERVICES.map((to) => ({ to, host: hostOf(to) })), { to: 'banking/payments', host: CANARY }];
  return targets.flatMap(({ to, host }) =>
    everybody
      .filter((from) => from !== to)
      .flatMap((from) =>
        METHODS.flatMap((method) =>
          PATHS.map((path): Flow => ({ from, to, port: 8080, request: { host, servicePort: 8080, method, path } })),
        ),
      ),
  );
}

/** Everybody connects to the databases. */
export function connections(everybody: readonly string[]): Flow[] {
  return DATA.flatMap(({ id, port }) =>
    everybody
      .filter((from) => from !== id)
      .map((from): Flow => ({ from, to: id, port, request: { host: hostOf(id), servicePort: port } })),
  );
}

/** What nobody may do at all: other ports of known workloads, and workloads that nobody has declared anything about. */
export function sideways(everybody: readonly string[]): Flow[] {
  const otherPorts = EDGES.flatMap((one) => {
    const { from, to, allows } = one;
    return [9999, 5432, 6379, 8080]
      .filter((port) => !EDGES.some((edge) => edge.from === from && edge.to === to && edge.port === port))
      .flatMap((port) =>
        (allows?.paths ?? [undefined]).map((path): Flow => ({
          from: podsOf({ ...one, to: from, host: undefined }),
          to: podsOf(one),
          port,
          request: { host: one.host ?? hostOf(to), servicePort: port, method: allows?.methods[0], path },
        })),
      );
  });
  const strangers = ['banking/stranger', 'banking-data/stranger'];
  const toStrangers = strangers.flatMap((to) =>
    everybody
      .filter((from) => from !== to)
      .flatMap((from) =>
        [5432, 6379, 8080].map((port): Flow => ({ from, to, port, request: { host: hostOf(to), servicePort: port } })),
      ),
  );
  const outOfReach = everybody.filter((id) => id.startsWith('elsewhere/'));
  const toElsewhere = [...SERVICES, ...IDLE, ...DATA.map(({ id }) => id), ...strangers].flatMap((from) =>
    outOfReach.flatMap((to) =>
      [443, 5432, 6379, 8080].map((port): Flow => ({ from, to, port, request: { host: hostOf(to), servicePort: port } })),
    ),
  );
  return [...otherPorts, ...toStrangers, ...toElsewhere];
}

/** Whether the bank means to let it through. */
export function intended({ from, to, port, request }: Flow): boolean {
  return EDGES.some((edge) => {
    if (edge.from !== serviceOf(String(from)) || edge.to !== serviceOf(String(to)) || edge.port !== port) return false;
    // Who may ask a service may ask its new version by name: Istio tells callers of every host that routes lead to.
    const hosts = edge.host ? [edge.host] : [hostOf(String(to)), ...(edge.to === 'banking/payments' ? [CANARY] : [])];
    if (!hosts.includes(request?.host ?? '')) return false;
    if (!edge.allows) return true;
    const { methods, paths } = edge.allows;
    // `/` at the gateway means every path; web has no management paths.
    const every = edge.to === 'banking/web' && edge.from === 'istio-ingress/gateway';
    return methods.includes(request!.method!) && (every || paths.includes(request!.path!));
  });
}

/** What every pod needs of the platform, and who must not get the same. */
export function plumbing(): Expectation[] {
  const pods = [...SERVICES, ...IDLE, 'banking/stranger', 'banking-data/postgres', 'banking-data/redis', 'banking-data/stranger'];
  return pods.flatMap((pod) => {
    const out = (to: Flow['to'], port: number, open: boolean, protocol: 'TCP' | 'UDP' = 'TCP'): Expectation => ({
      flow: { from: pod, to, port, protocol, sender: 'proxy' },
      open,
    });
    const into = (from: Flow['from'], port: number, open: boolean): Expectation => ({ flow: { from, to: pod, port }, open });
    return [
      ...(['UDP', 'TCP'] as const).flatMap((protocol) => [
        out('kube-system/coredns', 53, true, protocol),
        out({ ip: '169.254.20.10' }, 53, true, protocol),
        out('kube-system/coredns', 54, false, protocol),
        out({ ip: '169.254.20.10' }, 54, false, protocol),
        out('kube-system/other', 53, false, protocol),
        out('elsewhere/false-dns', 53, false, protocol),
        out({ ip: '203.0.113.53' }, 53, false, protocol),
      ]),
      out('istio-system/istiod', 15012, true),
      out('istio-system/istiod', 8080, false),
      out('istio-system/other', 15012, false),
      out('elsewhere/false-istiod', 15012, false),
      into('monitoring/prometheus', 15020, true),
      into('monitoring/prometheus', 15090, false),
      into('monitoring/other', 15020, false),
      into('elsewhere/false-prometheus', 15020, false),
      into('elsewhere/plain', 15021, false),
      into({ node: '' }, 15020, true),
      into({ node: '' }, 15021, true),
    ];
  });
}

/** The world outside the cluster. */
export function outside(): Expectation[] {
  const clearing = { host: 'clearing.example.net', servicePort: 443 };
  const to = (from: string, ip: string, port: number, request: Flow['request'], open = false): Expectation => ({
    flow: { from, to: { ip }, port, request },
    open,
  });
  return [...SERVICES, ...IDLE, 'banking/stranger', 'banking-data/stranger'].flatMap((from) => [
    to(from, '203.0.113.7', 443, clearing, serviceOf(from) === 'banking/payments'),
    to(from, '203.0.113.7', 8443, { ...clearing, servicePort: 8443 }),
    to(from, '203.0.113.99', 443, clearing),
    to(from, '203.0.113.7', 443, { host: 'evil.example.org', servicePort: 443 }),
    to(from, '169.254.169.254', 80, { host: '169.254.169.254', servicePort: 80 }),
  ]);
}

/** A flow in words. */
export function say({ from, to, port, protocol, request }: Flow): string {
  const end = (e: Flow['from']) => (typeof e === 'string' ? e : JSON.stringify(e));
  const asks = [request?.method, request?.path ?? request?.host].filter(Boolean).join(' ');
  return `${end(from)} → ${end(to)}:${port}${protocol === 'UDP' ? '/UDP' : ''} ${asks}`.trim();
}
