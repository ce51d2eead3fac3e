import { BlockList } from 'node:net';
import type { Json } from '../banking-service/world';
import { firstMatch, mergeDelegates } from '../traffic/envoy';
import { kinds, milliseconds, named, type Objects, renderedBank, trap } from './support';

const bank = renderedBank();
const LOANS = 'enterprise-loan-system';
const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'];
const PATHS = ['/', '/api/v1/loans', '/api/v1/loans/7', '/api/v1/payments', '/api/v1/payments/7/void', '/api/v1/accounts/7'];

const requests = METHODS.flatMap((method) => PATHS.map((path) => ({ method, path, headers: {}, port: 8080 })));

/** The routes of a host, delegates in their place. */
function routesOf(objects: Objects, virtualService: Json): Json[] {
  const http = (virtualService.spec.http ?? []) as Json[];
  if (!http.some(({ delegate }) => delegate)) return http;
  // What Flagger makes has neither timeouts nor retries of its own: it splits what our roots let in.
  const flaggers = (name: string) => kinds(objects, 'Canary').some(({ metadata }) => metadata.name === name);
  return mergeDelegates(http, ({ name }) =>
    flaggers(name as string)
      ? [{ route: [{ destination: { host: name as string } }] }]
      : (named(objects, 'VirtualService', name as string).spec.http as Json[]),
  );
}

/** Those that take traffic by themselves: a VirtualService without hosts is a delegate. */
const entrances = (objects: Objects) => kinds(objects, 'VirtualService').filter(({ spec }) => spec.hosts);

trap(
  'M1 trap: a certificate where the gateway’s pods can not read it, an old TLS version, or plain requests that are served',
  bank,
  (objects) =>
    kinds(objects, 'Gateway').every(({ spec }) => {
      const secure = (spec.servers as Json[]).filter(({ port }) => port.protocol === 'HTTPS');
      const plain = (spec.servers as Json[]).filter(({ port }) => port.protocol === 'HTTP');
      return (
        secure.length > 0 &&
        secure.every(
          ({ tls, hosts }) =>
            ['TLSV1_2', 'TLSV1_3'].includes(tls.minProtocolVersion as string) &&
            kinds(objects, 'Certificate').some(
              (one) =>
                one.metadata.namespace === 'istio-ingress' &&
                one.spec.secretName === tls.credentialName &&
                (hosts as string[]).every((host) => one.spec.dnsNames.includes(host.replace(/^.*\//, ''))),
            ),
        ) &&
        plain.every(({ tls }) => tls?.httpsRedirect === true)
      );
    }),
  {
    'beside the services': (all) => (named(all, 'Certificate', 'banking-edge').metadata.namespace = 'banking'),
    'by another name': (all) => (named(all, 'Gateway', 'edge').spec.servers[0].tls.credentialName = 'other'),
    'for another host': (all) => (named(all, 'Certificate', 'banking-edge').spec.dnsNames = ['example.com']),
    'TLS 1.0': (all) => (named(all, 'Gateway', 'edge').spec.servers[0].tls.minProtocolVersion = 'TLSV1_0'),
    'no redirect': (all) => delete named(all, 'Gateway', 'edge').spec.servers[1].tls,
  },
);

/** Which service answers, in what time, and whether it may be asked again, as bank.ts says it. */
function intended({ method, path }: { method: string; path: string }): string {
  const below = (base: string) => path === base || path.startsWith(`${base}/`);
  const again = ['GET', 'HEAD', 'OPTIONS'].includes(method) ? 'repeated' : 'once';
  if (below('/api/v1/loans')) return `${LOANS} 10s ${again}`;
  if (below('/api/v1/payments')) return `${LOANS} 15s ${again}`;
  if (below('/api/v1/accounts') && method === 'GET') return `accounts 10s ${again}`;
  return ['GET', 'HEAD'].includes(method) ? `web 10s ${again}` : 'nobody';
}

const atTheEdge = (objects: Objects) => {
  const http = routesOf(objects, named(objects, 'VirtualService', 'edge'));
  return requests.every((request) => {
    const route = firstMatch(http, request);
    if (!route) return intended(request) === 'nobody';
    const host = String(route.route[0].destination.host).split('.')[0]!;
    const again = String(route.retries?.retryOn).includes('gateway-error') ? 'repeated' : 'once';
    return `${host} ${route.timeout} ${again}` === intended(request);
  });
};
trap(
  'M2 trap: a catch-all in front of the others, and a delegate whose matches are in conflict with the root’s',
  bank,
  atTheEdge,
  {
    'the root in reverse': (all) => named(all, 'VirtualService', 'edge').spec.http.reverse(),
    'a delegate in reverse': (all) => named(all, 'VirtualService', `${LOANS}-edge`).spec.http.reverse(),
    'a delegate that matches methods by regular expression': (all) =>
      (named(all, 'VirtualService', 'web-edge').spec.http[0].match = [{ method: { regex: 'GET|HEAD' } }]),
    'a root that holds only a part of what its delegate matches': (all) =>
      (named(all, 'VirtualService', 'edge').spec.http[2].match = [{ uri: { exact: '/api/v1/loans' } }]),
  },
);

const NEVER_REACHED = ['connect-failure', 'refused-stream'];
const backoff = (attempts: number): number =>
  Array.from({ length: attempts }, (_, i) => Math.min(250, 25 * (2 ** (i + 1) - 1))).reduce((a, b) => a + b, 0);
trap(
  'M3 trap: a payment that is retried after it may have been booked, a try that ends in an unknown outcome, tries that do not fit',
  bank,
  (objects) =>
    entrances(objects).every((one) => {
      const http = routesOf(objects, one);
      return requests.every((request) => {
        const route = firstMatch(http, request);
        if (!route) return true;
        if (!route.retries) return false; // Istio then retries twice, whatever the method
        const { attempts, perTryTimeout, retryOn } = route.retries as Json;
        const safe = ['GET', 'HEAD', 'OPTIONS'].includes(request.method);
        const harmless =
          String(retryOn)
            .split(',')
            .every((condition) => NEVER_REACHED.includes(condition)) && !perTryTimeout;
        const fits =
          !perTryTimeout || (attempts + 1) * milliseconds(perTryTimeout) + backoff(attempts) <= milliseconds(route.timeout);
        return (safe || harmless) && fits;
      });
    }),
  {
    'on 5xx': (all) => (named(all, 'VirtualService', 'payments-mesh').spec.http[1].retries.retryOn = '5xx'),
    'on a gateway’s error, through the gateway': (all) =>
      (named(all, 'VirtualService', `${LOANS}-edge`).spec.http[1].retries.retryOn = 'gateway-error'),
    'a time for one try': (all) => (named(all, 'VirtualService', 'payments-mesh').spec.http[1].retries.perTryTimeout = '2s'),
    'by the mesh’s own default': (all) => delete named(all, 'VirtualService', 'payments-mesh').spec.http[1].retries,
    'a timeout that ends before the last try': (all) =>
      (named(all, 'VirtualService', 'payments-mesh').spec.http[0].timeout = '8s'),
    'safe methods behind the others': (all) => {
      const { http } = named(all, 'VirtualService', 'payments-mesh').spec as { http: Json[] };
      delete http[0]!.match;
    },
  },
);

trap(
  'M4 trap: consecutiveErrors, which Istio ignores',
  bank,
  (objects) =>
    kinds(objects, 'DestinationRule').every(({ spec }) => {
      const { consecutive5xxErrors, consecutiveErrors, maxEjectionPercent, interval, baseEjectionTime } = spec.trafficPolicy
        .outlierDetection as Json;
      return (
        consecutive5xxErrors > 0 && consecutiveErrors === undefined && maxEjectionPercent < 100 && interval && baseEjectionTime
      );
    }),
  {
    'the old name': (all) => {
      const { outlierDetection } = named(all, 'DestinationRule', 'accounts').spec.trafficPolicy as { outlierDetection: Json };
      outlierDetection.consecutiveErrors = outlierDetection.consecutive5xxErrors;
      delete outlierDetection.consecutive5xxErrors;
    },
    'all pods at once': (all) =>
      (named(all, 'DestinationRule', 'accounts').spec.trafficPolicy.outlierDetection.maxEjectionPercent = 100),
  },
);

const METADATA = [
  ['169.254.169.254', 'ipv4'],
  ['fd00:ec2::254', 'ipv6'],
] as const;

/** Whether an address lies in a block of a NetworkPolicy. */
function reaches({ cidr, except = [] }: { cidr: string; except?: string[] }, address: string, family: 'ipv4' | 'ipv6'): boolean {
  const within = (block: string) => {
    const [start, prefix] = block.split('/') as [string, string];
    if (start.includes(':') !== (family === 'ipv6')) return false;
    const list = new BlockList();
    list.addSubnet(start, Number(prefix), family);
    return list.check(address, family);
  };
  return within(cidr) && !except.some(within);
}

const egressOf = (one: Json): Json[] =>
  ((one.spec.egress ?? []) as Json[]).flatMap(({ to }) => (to ?? [{ everywhere: true }]) as Json[]);
trap(
  'M8 trap: egress to every address without a word, to the metadata service, or to a host by wildcard',
  bank,
  (objects) => {
    const accepted = (namespace: string) =>
      kinds(objects, 'ServiceEntry').some(
        ({ metadata }) => metadata.namespace === namespace && metadata.annotations?.['banking.acceptance/reason'],
      );
    const closed = kinds(objects, 'NetworkPolicy').every((one) =>
      egressOf(one).every(
        ({ everywhere, ipBlock }) =>
          !everywhere &&
          (!ipBlock || !/\/0$/.test(ipBlock.cidr as string) || accepted(one.metadata.namespace as string)) &&
          (!ipBlock || METADATA.every(([address, family]) => !reaches(ipBlock as { cidr: string }, address, family))),
      ),
    );
    const hosts = kinds(objects, 'ServiceEntry').flatMap(({ spec }) => spec.hosts as string[]);
    const known = kinds(objects, 'Sidecar').every(({ spec }) => spec.outboundTrafficPolicy?.mode === 'REGISTRY_ONLY');
    return closed && known && hosts.length > 0 && hosts.every((host) => !host.includes('*'));
  },
  {
    'every address': (all) => (named(all, 'NetworkPolicy', 'payments').spec.egress[0].to[0].ipBlock.cidr = '0.0.0.0/0'),
    'no address at all': (all) => delete named(all, 'NetworkPolicy', 'payments').spec.egress[0].to,
    'the metadata service': (all) =>
      (named(all, 'NetworkPolicy', 'payments').spec.egress[0].to[0].ipBlock.cidr = '169.254.0.0/16'),
    'the metadata service of IPv6': (all) =>
      (named(all, 'NetworkPolicy', 'payments').spec.egress[0].to[0].ipBlock.cidr = 'fd00::/8'),
    'a wildcard': (all) => (kinds(all, 'ServiceEntry')[0]!.spec.hosts = ['*.example.net']),
    'hosts that nobody knows': (all) => (named(all, 'Sidecar', 'payments').spec.outboundTrafficPolicy.mode = 'ALLOW_ANY'),
  },
);
