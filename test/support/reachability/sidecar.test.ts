import { deployment, service, sidecar, state, toSafe, town } from './fixtures';
import type { Flow } from './flow';
import type { KubeObject } from './objects';

const CLERK = { workloadSelector: { labels: { id: 'clerk' } } };
const SAFE_HOST = 'safe.vault.svc.cluster.local';
const safe = service('vault', 'safe', { selector: { id: 'safe' }, ports: [{ name: 'http', port: 81, targetPort: 'door' }] });
const bar = service('lobby', 'bar', { selector: { id: 'guest' }, ports: [{ name: 'http', port: 82 }] });
const only = (...hosts: string[]): KubeObject =>
  sidecar('vault', 's', { egress: [{ hosts }], outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } });

const dialSafe: Partial<Flow> = { request: { host: SAFE_HOST } };
const dialBar: Partial<Flow> = { to: 'lobby/guest', port: 82, request: { host: 'bar.lobby.svc.cluster.local' } };
const abroad = (host: string): Partial<Flow> => ({ to: { ip: '203.0.113.4' }, port: 443, request: { host } });
const dialClearing = abroad('clearing.example');

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
    [
      'a listener of that port',
      'open',
      [safe, sidecar('vault', 's', { egress: [{ port: { number: 81 }, hosts: ['*/*'] }], outboundTrafficPolicy: {} })],
      dialSafe,
    ],
    [
      'a listener of another',
      'closed',
      [safe, sidecar('vault', 's', { egress: [{ port: { number: 80 }, hosts: ['*/*'] }], outboundTrafficPolicy: {} })],
      dialSafe,
    ],
    [
      'no egress at all is every host',
      'open',
      [bar, sidecar('vault', 's', { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } })],
      dialBar,
    ],
    ['a pod by its address is no known host', 'closed', [safe, only('*/*')]],
    [
      'unless its Service is headless',
      'open',
      [service('vault', 'h', { clusterIP: 'None', selector: { id: 'safe' }, ports: [{ port: 8081 }] }), only('*/*')],
    ],
    [
      'one of several ports of a headless Service',
      'open',
      [service('vault', 'h', { clusterIP: 'None', selector: { id: 'safe' }, ports: [{ port: 7 }, { port: 8081 }] }), only('*/*')],
    ],
    [
      'a Service that is kept private',
      'closed',
      [
        { ...bar, metadata: { name: 'bar', namespace: 'lobby', annotations: { 'networking.istio.io/exportTo': '.' } } },
        only('*/*'),
      ],
      dialBar,
    ],
    [
      'a Service that is exported to two',
      'open',
      [
        {
          ...bar,
          metadata: { name: 'bar', namespace: 'lobby', annotations: { 'networking.istio.io/exportTo': 'street, vault' } },
        },
        only('*/*'),
      ],
      dialBar,
    ],
  ];
  it.each(cases)('%s: %s', (...[, expected, objects, flow]: Case) => {
    expect(state(town(objects).flow(toSafe(flow)).sidecar)).toBe(expected);
  });
});

describe('which Sidecar', () => {
  const closedFor = (ns: string, more: object = {}): KubeObject =>
    sidecar(ns, `c-${Object.keys(more).join('')}`, {
      egress: [{ hosts: ['./nothing.example'] }],
      outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
      ...more,
    });
  const cases: Case[] = [
    ["the namespace's", 'closed', [safe, closedFor('vault')], dialSafe],
    ["another namespace's", 'open', [safe, closedFor('lobby')], dialSafe],
    ["the root's", 'closed', [safe, closedFor('istio-system')], dialSafe],
    ["the namespace's over the root's", 'open', [safe, closedFor('istio-system'), only('./*')], dialSafe],
    ['a selector in the root namespace reaches nobody else', 'open', [safe, closedFor('istio-system', CLERK)], dialSafe],
    ["the workload's over the namespace's", 'closed', [safe, only('./*'), closedFor('vault', CLERK)], dialSafe],
    [
      'a selector for another workload',
      'open',
      [safe, only('./*'), closedFor('vault', { workloadSelector: { labels: { id: 'safe' } } })],
      dialSafe,
    ],
    [
      "a policy that is not given is the mesh's",
      'unguarded',
      [sidecar('vault', 's', { egress: [{ hosts: ['./*'] }] })],
      dialSafe,
    ],
    [
      'a policy without a mode is REGISTRY_ONLY',
      'closed',
      [sidecar('vault', 's', { egress: [{ hosts: ['./*'] }], outboundTrafficPolicy: {} })],
      dialSafe,
    ],
    [
      'ALLOW_ANY passes on',
      'unguarded',
      [sidecar('vault', 's', { egress: [{ hosts: ['./*'] }], outboundTrafficPolicy: { mode: 'ALLOW_ANY' } })],
      dialClearing,
    ],
    ['a source outside the mesh', 'unguarded', [closedFor('street')], { ...dialSafe, from: 'street/thief' }],
    ['an address', 'unguarded', [closedFor('vault')], { ...dialSafe, from: { ip: '203.0.113.4' } }],
    ['what the proxy sends itself', 'unguarded', [closedFor('vault')], { ...dialSafe, sender: 'proxy' }],
    ['UDP', 'unguarded', [closedFor('vault')], { port: 9753, protocol: 'UDP' }],
  ];
  it.each(cases)('%s: %s', (...[, expected, objects, flow]: Case) => {
    expect(state(town(objects).flow(toSafe(flow)).sidecar)).toBe(expected);
  });

  it("is the mesh's policy where no Sidecar is", () => {
    expect(state(town([], { outboundTrafficPolicy: 'REGISTRY_ONLY' }).flow(toSafe(dialSafe)).sidecar)).toBe('closed');
    expect(state(town([safe], { outboundTrafficPolicy: 'REGISTRY_ONLY' }).flow(toSafe(dialSafe)).sidecar)).toBe('open');
  });

  it('is none for a gateway, which knows all that is exported to it and nothing else', () => {
    const cluster = town([safe, closedFor('lobby')], { pods: [{ name: 'gate', namespace: 'lobby', gateway: true }] });
    expect(state(cluster.flow(toSafe({ ...dialSafe, from: 'lobby/gate' })).sidecar)).toBe('open');
    expect(state(cluster.flow(toSafe({ ...dialClearing, from: 'lobby/gate' })).sidecar)).toBe('closed');
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
