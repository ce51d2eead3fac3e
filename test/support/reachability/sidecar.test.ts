import { deployment, entry, routing, service, sidecar, state, toSafe, town } from './fixtures';
import type { Flow } from './flow';
import type { KubeObject } from './objects';

const CLERK = { workloadSelector: { labels: { id: 'clerk' } } };
const SAFE_HOST = 'safe.vault.svc.cluster.local';
const safe = service('vault', 'safe', { selector: { id: 'safe' }, ports: [{ name: 'http', port: 81, targetPort: 'door' }] });
const bar = service('lobby', 'bar', { selector: { id: 'guest' }, ports: [{ name: 'http', port: 82 }] });
const only = (...hosts: string[]): KubeObject => sidecar('vault', 's', { egress: [{ hosts }], outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } });
const clearing = (more: object = {}): KubeObject =>
  entry('vault', 'clearing', { hosts: ['clearing.example'], ports: [{ number: 443, name: 'tls', protocol: 'TLS' }], resolution: 'DNS', ...more });

const dialSafe: Partial<Flow> = { request: { host: SAFE_HOST } };
const dialBar: Partial<Flow> = { to: 'lobby/guest', port: 82, request: { host: 'bar.lobby.svc.cluster.local' } };
const abroad = (host: string): Partial<Flow> => ({ to: { ip: '203.0.113.4' }, port: 443, request: { host } });
const dialClearing = abroad('clearing.example');
const byIp: Partial<Flow> = { to: { ip: '203.0.113.4' }, port: 443 };

type Case = [what: string, expected: string, objects: KubeObject[], flow?: Partial<Flow>];

describe('hosts', () => {
  const cases: Case[] = [
    ['no Sidecar knows every Service', 'open', [safe], dialSafe],
    ['and passes on the rest', 'unguarded', [], dialSafe],
    ['./* is the own namespace', 'open', [safe, only('./*')], dialSafe],
    ['and no other', 'closed', [bar, only('./*')], dialBar],
    ['*/* is all', 'open', [bar, only('*/*')], dialBar],
    ['a namespace by name', 'open', [bar, only('lobby/*')], dialBar],
    ['one Service', 'open', [safe, only(`vault/${SAFE_HOST}`)], dialSafe],
    ['another Service', 'closed', [safe, only('vault/saf.vault.svc.cluster.local')], dialSafe],
    ['a wildcard name', 'open', [bar, only('*/*.lobby.svc.cluster.local')], dialBar],
    ['a wildcard name that misses', 'closed', [bar, only('*/*.vault.svc.cluster.local')], dialBar],
    ['the right name in the wrong namespace', 'closed', [bar, only('vault/bar.lobby.svc.cluster.local')], dialBar],
    ['a namespace that is excluded', 'closed', [bar, only('*/*', '~lobby/*')], dialBar],
    ['a name that is excluded everywhere', 'closed', [bar, only('*/*', '~/bar.lobby.svc.cluster.local')], dialBar],
    ['an exclusion of something else', 'open', [bar, only('*/*', '~vault/*')], dialBar],
    ['a port that the Service has', 'open', [safe, only('./*')], { request: { host: SAFE_HOST, servicePort: 81 } }],
    ['a port that it has not', 'closed', [safe, only('./*')], { request: { host: SAFE_HOST, servicePort: 8081 } }],
    ['a pod port that it does not lead to', 'closed', [safe, only('./*')], { ...dialSafe, port: 81 }],
    ['a listener of that port', 'open', [safe, sidecar('vault', 's', { egress: [{ port: { number: 81 }, hosts: ['*/*'] }], outboundTrafficPolicy: {} })], dialSafe],
    ['a listener of another', 'closed', [safe, sidecar('vault', 's', { egress: [{ port: { number: 80 }, hosts: ['*/*'] }], outboundTrafficPolicy: {} })], dialSafe],
    ['no egress at all is every host', 'open', [bar, sidecar('vault', 's', { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } })], dialBar],
    ['a pod by its address is no known host', 'closed', [safe, only('*/*')]],
    ['unless its Service is headless', 'open', [service('vault', 'h', { clusterIP: 'None', selector: { id: 'safe' }, ports: [{ port: 8081 }] }), only('*/*')]],
    ['a Service that is kept private', 'closed', [{ ...bar, metadata: { name: 'bar', namespace: 'lobby', annotations: { 'networking.istio.io/exportTo': '.' } } }, only('*/*')], dialBar],
    ['a Service that is exported to two', 'open', [{ ...bar, metadata: { name: 'bar', namespace: 'lobby', annotations: { 'networking.istio.io/exportTo': 'street, vault' } } }, only('*/*')], dialBar],
  ];
  it.each(cases)('%s: %s', (...[, expected, objects, flow]: Case) => {
    expect(state(town(objects).flow(toSafe(flow)).sidecar)).toBe(expected);
  });
});

describe('which Sidecar', () => {
  const closedFor = (ns: string, more: object = {}): KubeObject =>
    sidecar(ns, `c-${Object.keys(more).join('')}`, { egress: [{ hosts: ['./nothing.example'] }], outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' }, ...more });
  const cases: Case[] = [
    ['the namespace\'s', 'closed', [safe, closedFor('vault')], dialSafe],
    ['another namespace\'s', 'open', [safe, closedFor('lobby')], dialSafe],
    ['the root\'s', 'closed', [safe, closedFor('istio-system')], dialSafe],
    ['the namespace\'s over the root\'s', 'open', [safe, closedFor('istio-system'), only('./*')], dialSafe],
    ['a selector in the root namespace reaches nobody else', 'open', [safe, closedFor('istio-system', CLERK)], dialSafe],
    ['the workload\'s over the namespace\'s', 'closed', [safe, only('./*'), closedFor('vault', CLERK)], dialSafe],
    ['a selector for another workload', 'open', [safe, only('./*'), closedFor('vault', { workloadSelector: { labels: { id: 'safe' } } })], dialSafe],
    ['a policy that is not given is the mesh\'s', 'unguarded', [sidecar('vault', 's', { egress: [{ hosts: ['./*'] }] })], dialSafe],
    ['a policy without a mode is REGISTRY_ONLY', 'closed', [sidecar('vault', 's', { egress: [{ hosts: ['./*'] }], outboundTrafficPolicy: {} })], dialSafe],
    ['ALLOW_ANY passes on', 'unguarded', [sidecar('vault', 's', { egress: [{ hosts: ['./*'] }], outboundTrafficPolicy: { mode: 'ALLOW_ANY' } })], dialClearing],
    ['a source outside the mesh', 'unguarded', [closedFor('street')], { ...dialSafe, from: 'street/thief' }],
    ['an address', 'unguarded', [closedFor('vault')], { ...dialSafe, from: { ip: '203.0.113.4' } }],
    ['what the proxy sends itself', 'unguarded', [closedFor('vault')], { ...dialSafe, sender: 'proxy' }],
    ['UDP', 'unguarded', [closedFor('vault')], { port: 9753, protocol: 'UDP' }],
  ];
  it.each(cases)('%s: %s', (...[, expected, objects, flow]: Case) => {
    expect(state(town(objects).flow(toSafe(flow)).sidecar)).toBe(expected);
  });

  it('is the mesh\'s policy where no Sidecar is', () => {
    expect(state(town([], { outboundTrafficPolicy: 'REGISTRY_ONLY' }).flow(toSafe(dialSafe)).sidecar)).toBe('closed');
    expect(state(town([safe], { outboundTrafficPolicy: 'REGISTRY_ONLY' }).flow(toSafe(dialSafe)).sidecar)).toBe('open');
  });

  it('is none for a gateway, which knows all that is exported to it and nothing else', () => {
    const cluster = town([safe, closedFor('lobby')], { pods: [{ name: 'gate', namespace: 'lobby', gateway: true }] });
    expect(state(cluster.flow(toSafe({ ...dialSafe, from: 'lobby/gate' })).sidecar)).toBe('open');
    expect(state(cluster.flow(toSafe({ ...dialClearing, from: 'lobby/gate' })).sidecar)).toBe('closed');
  });
});

describe('ServiceEntries', () => {
  const fixed = (more: object): KubeObject => clearing({ resolution: 'NONE', ...more });
  const cases: Case[] = [
    ['an entry makes a host known', 'open', [clearing(), only('./*')], dialClearing],
    ['without it', 'closed', [only('./*')], dialClearing],
    ['on its ports', 'closed', [clearing(), only('./*')], { ...dialClearing, port: 444 }],
    ['if the Sidecar imports it', 'closed', [clearing(), only('./other.example')], dialClearing],
    ['by name', 'open', [clearing(), only('./clearing.example')], dialClearing],
    ['a wildcard entry', 'open', [clearing({ hosts: ['*.example'] }), only('./*')], dialClearing],
    ['a wildcard entry is not imported by one of its names', 'closed', [clearing({ hosts: ['*.example'] }), only('./clearing.example')], dialClearing],
    ['a wildcard entry by the same wildcard', 'open', [clearing({ hosts: ['*.example'] }), only('./*.example')], dialClearing],
    ['another namespace\'s entry', 'open', [{ ...clearing(), metadata: { name: 'c', namespace: 'lobby' } }, only('lobby/*')], dialClearing],
    ['that it keeps for itself', 'closed', [{ ...clearing({ exportTo: ['.'] }), metadata: { name: 'c', namespace: 'lobby' } }, only('lobby/*')], dialClearing],
    ['that it shows nobody', 'closed', [clearing({ exportTo: ['~'] }), only('./*')], dialClearing],
    ['an address of an entry', 'open', [fixed({ addresses: ['203.0.113.0/29'] }), only('./*')], byIp],
    ['an address beside it', 'closed', [fixed({ addresses: ['203.0.113.8/29'] }), only('./*')], byIp],
    ['an opaque entry without addresses takes every address on its port', 'open', [fixed({}), only('./*')], byIp],
    ['on that port', 'closed', [fixed({}), only('./*')], { ...byIp, port: 444 }],
    ['one that resolves names does not', 'closed', [clearing(), only('./*')], byIp],
    ['nor does one for HTTP', 'closed', [fixed({ ports: [{ number: 443, name: 'http', protocol: 'HTTP' }] }), only('./*')], byIp],
  ];
  it.each(cases)('%s: %s', (...[, expected, objects, flow]: Case) => {
    expect(state(town(objects).flow(toSafe(flow)).sidecar)).toBe(expected);
  });
});

describe('VirtualServices draw in where they lead', () => {
  const leads = (spec: object, ns = 'vault'): KubeObject => routing(ns, 'v', { hosts: ['safe'], http: [{ route: [{ destination: { host: 'bar.lobby.svc.cluster.local' } }] }], ...spec });
  const hosts = only(`./${SAFE_HOST}`);
  const cases: Case[] = [
    ['a route', 'open', [safe, bar, hosts, leads({})], dialBar],
    ['none', 'closed', [safe, bar, hosts], dialBar],
    ['of a host that is not imported', 'closed', [safe, bar, hosts, leads({ hosts: ['other'] })], dialBar],
    ['in a namespace that is not imported', 'closed', [safe, bar, hosts, leads({ hosts: [SAFE_HOST] }, 'lobby')], dialBar],
    ['of a gateway only', 'closed', [safe, bar, hosts, leads({ gateways: ['edge'] })], dialBar],
    ['of a gateway and the mesh', 'open', [safe, bar, hosts, leads({ gateways: ['edge', 'mesh'] })], dialBar],
    ['to another port', 'closed', [safe, bar, hosts, leads({ http: [{ route: [{ destination: { host: 'bar.lobby.svc.cluster.local', port: { number: 83 } } }] }] })], { ...dialBar, request: { ...dialBar.request, servicePort: 82 } }],
    ['a mirror', 'open', [safe, bar, hosts, leads({ http: [{ mirrors: [{ destination: { host: 'bar.lobby.svc.cluster.local' } }] }] })], dialBar],
    ['for callers of another namespace', 'closed', [safe, bar, hosts, leads({ http: [{ match: [{ sourceNamespace: 'street' }], route: [{ destination: { host: 'bar.lobby.svc.cluster.local' } }] }] })], dialBar],
    ['through a delegate', 'open', [safe, bar, hosts, leads({ http: [{ delegate: { name: 'd' } }] }), routing('vault', 'd', { http: [{ route: [{ destination: { host: 'bar.lobby.svc.cluster.local' } }] }] })], dialBar],
    ['a short name is of the namespace of the VirtualService', 'closed', [safe, bar, hosts, leads({ http: [{ route: [{ destination: { host: 'bar' } }] }] })], dialBar],
  ];
  it.each(cases)('%s: %s', (...[, expected, objects, flow]: Case) => {
    expect(state(town(objects).flow(toSafe(flow)).sidecar)).toBe(expected);
  });
});

it.each<[string, KubeObject[]]>([
  ['two for one namespace', [only('./*'), sidecar('vault', 't', {})]],
  ['two for one workload', [sidecar('vault', 't', CLERK), sidecar('vault', 'u', CLERK)]],
  ['a host without a namespace', [only(SAFE_HOST)]],
  ['ingress listeners', [sidecar('vault', 't', { ingress: [{ port: { number: 1 } }] })]],
  ['a listener that is not captured', [sidecar('vault', 't', { egress: [{ captureMode: 'NONE', hosts: ['*/*'] }] })]],
])('throws for %s', (_, objects) => {
  expect(() => town([safe, ...objects]).flow(toSafe(dialSafe))).toThrow();
});

it('names the Sidecar and what it knows', () => {
  const objects = [safe, only('./*'), deployment('vault', 'more', {})];
  expect(town(objects).flow(toSafe(dialSafe)).sidecar.by).toEqual(['Sidecar/vault/s', 'Service/vault/safe']);
  expect(town(objects).flow(toSafe(dialClearing)).sidecar.by).toEqual(['Sidecar/vault/s']);
});
