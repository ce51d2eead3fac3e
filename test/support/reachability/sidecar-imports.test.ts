import { entry, routing, service, sidecar, state, toSafe, town } from './fixtures';
import type { Flow } from './flow';
import type { KubeObject } from './objects';

const SAFE_HOST = 'safe.vault.svc.cluster.local';
const safe = service('vault', 'safe', { selector: { id: 'safe' }, ports: [{ name: 'http', port: 81, targetPort: 'door' }] });
const bar = service('lobby', 'bar', { selector: { id: 'guest' }, ports: [{ name: 'http', port: 82 }] });
const only = (...hosts: string[]): KubeObject =>
  sidecar('vault', 's', { egress: [{ hosts }], outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } });
const clearing = (more: object = {}): KubeObject =>
  entry('vault', 'clearing', {
    hosts: ['clearing.example'],
    ports: [{ number: 443, name: 'tls', protocol: 'TLS' }],
    resolution: 'DNS',
    ...more,
  });

const dialBar: Partial<Flow> = { to: 'lobby/guest', port: 82, request: { host: 'bar.lobby.svc.cluster.local' } };
const abroad = (host: string): Partial<Flow> => ({ to: { ip: '203.0.113.4' }, port: 443, request: { host } });
const dialClearing = abroad('clearing.example');
const byIp: Partial<Flow> = { to: { ip: '203.0.113.4' }, port: 443 };

type Case = [what: string, expected: string, objects: KubeObject[], flow?: Partial<Flow>];

const twoPorts = [
  { number: 80, name: 'http', protocol: 'HTTP' },
  { number: 443, name: 'tls', protocol: 'TLS' },
];

describe('ServiceEntries', () => {
  const fixed = (more: object): KubeObject => clearing({ resolution: 'NONE', ...more });
  const cases: Case[] = [
    ['an entry makes a host known', 'open', [clearing(), only('./*')], dialClearing],
    ['without it', 'closed', [only('./*')], dialClearing],
    ['on its ports', 'closed', [clearing(), only('./*')], { ...dialClearing, port: 444 }],
    ['if the Sidecar imports it', 'closed', [clearing(), only('./other.example')], dialClearing],
    ['by name', 'open', [clearing(), only('./clearing.example')], dialClearing],
    ['a wildcard entry', 'open', [clearing({ hosts: ['*.example'] }), only('./*')], dialClearing],
    [
      'a wildcard entry is not imported by one of its names',
      'closed',
      [clearing({ hosts: ['*.example'] }), only('./clearing.example')],
      dialClearing,
    ],
    ['a wildcard entry by the same wildcard', 'open', [clearing({ hosts: ['*.example'] }), only('./*.example')], dialClearing],
    [
      "another namespace's entry",
      'open',
      [{ ...clearing(), metadata: { name: 'c', namespace: 'lobby' } }, only('lobby/*')],
      dialClearing,
    ],
    [
      'that it keeps for itself',
      'closed',
      [{ ...clearing({ exportTo: ['.'] }), metadata: { name: 'c', namespace: 'lobby' } }, only('lobby/*')],
      dialClearing,
    ],
    ['that it shows nobody', 'closed', [clearing({ exportTo: ['~'] }), only('./*')], dialClearing],
    ['an address of an entry', 'open', [fixed({ addresses: ['203.0.113.0/29'] }), only('./*')], byIp],
    [
      'one of its addresses and one of its ports',
      'open',
      [fixed({ addresses: ['203.0.114.0/29', '203.0.113.4'], ports: twoPorts }), only('./*')],
      byIp,
    ],
    ['an address beside it', 'closed', [fixed({ addresses: ['203.0.113.8/29'] }), only('./*')], byIp],
    ['an opaque entry without addresses takes every address on its port', 'open', [fixed({}), only('./*')], byIp],
    ['on that port', 'closed', [fixed({}), only('./*')], { ...byIp, port: 444 }],
    [
      "an address is found on the entry's ports only",
      'closed',
      [fixed({ addresses: ['203.0.113.0/29'] }), only('./*')],
      { ...byIp, port: 444 },
    ],
    ['one of several ports without addresses', 'open', [fixed({ ports: twoPorts }), only('./*')], byIp],
    ['one that resolves names does not', 'closed', [clearing(), only('./*')], byIp],
    ['nor does one for HTTP', 'closed', [fixed({ ports: [{ number: 443, name: 'http', protocol: 'HTTP' }] }), only('./*')], byIp],
  ];
  it.each(cases)('%s: %s', (...[, expected, objects, flow]: Case) => {
    expect(state(town(objects).flow(toSafe(flow)).sidecar)).toBe(expected);
  });
});

describe('VirtualServices draw in where they lead', () => {
  const leads = (spec: object, ns = 'vault'): KubeObject =>
    routing(ns, 'v', { hosts: ['safe'], http: [{ route: [{ destination: { host: 'bar.lobby.svc.cluster.local' } }] }], ...spec });
  const hosts = only(`./${SAFE_HOST}`);
  const cases: Case[] = [
    ['a route', 'open', [safe, bar, hosts, leads({})], dialBar],
    ['found by a wildcard import', 'open', [safe, bar, only('./*.vault.svc.cluster.local'), leads({})], dialBar],
    [
      'a wildcard route found by one of its names',
      'open',
      [safe, bar, hosts, leads({ hosts: ['*.vault.svc.cluster.local'] })],
      dialBar,
    ],
    ['none', 'closed', [safe, bar, hosts], dialBar],
    ['of a host that is not imported', 'closed', [safe, bar, hosts, leads({ hosts: ['other'] })], dialBar],
    ['in a namespace that is not imported', 'closed', [safe, bar, hosts, leads({ hosts: [SAFE_HOST] }, 'lobby')], dialBar],
    ['of a gateway only', 'closed', [safe, bar, hosts, leads({ gateways: ['edge'] })], dialBar],
    ['of a gateway and the mesh', 'open', [safe, bar, hosts, leads({ gateways: ['edge', 'mesh'] })], dialBar],
    [
      'to another port',
      'closed',
      [
        safe,
        bar,
        hosts,
        leads({ http: [{ route: [{ destination: { host: 'bar.lobby.svc.cluster.local', port: { number: 83 } } }] }] }),
      ],
      { ...dialBar, request: { ...dialBar.request, servicePort: 82 } },
    ],
    [
      'a mirror',
      'open',
      [safe, bar, hosts, leads({ http: [{ mirrors: [{ destination: { host: 'bar.lobby.svc.cluster.local' } }] }] })],
      dialBar,
    ],
    [
      'for callers of another namespace',
      'closed',
      [
        safe,
        bar,
        hosts,
        leads({
          http: [{ match: [{ sourceNamespace: 'street' }], route: [{ destination: { host: 'bar.lobby.svc.cluster.local' } }] }],
        }),
      ],
      dialBar,
    ],
    [
      'through a delegate',
      'open',
      [
        safe,
        bar,
        hosts,
        leads({ http: [{ delegate: { name: 'd' } }] }),
        routing('vault', 'd', { http: [{ route: [{ destination: { host: 'bar.lobby.svc.cluster.local' } }] }] }),
      ],
      dialBar,
    ],
    [
      'through a delegate of the same namespace only',
      'closed',
      [
        safe,
        bar,
        hosts,
        leads({ http: [{ delegate: { name: 'd' } }] }),
        routing('lobby', 'd', { http: [{ route: [{ destination: { host: 'bar' } }] }] }),
      ],
      dialBar,
    ],
    ['one of whose hosts is imported', 'open', [safe, bar, hosts, leads({ hosts: ['other', 'safe'] })], dialBar],
    [
      'a short name is of the namespace of the VirtualService',
      'closed',
      [safe, bar, hosts, leads({ http: [{ route: [{ destination: { host: 'bar' } }] }] })],
      dialBar,
    ],
  ];
  it.each(cases)('%s: %s', (...[, expected, objects, flow]: Case) => {
    expect(state(town(objects).flow(toSafe(flow)).sidecar)).toBe(expected);
  });
});
