import type { Cluster } from './cluster';
import { deployment, destination, entry, namespace, routing, service, sidecar, town } from './fixtures';
import type { KubeObject } from './objects';

/* The safe has two tracks, old and new, behind one Service and behind one each. */

const host = (name: string): string => `${name}.vault.svc.cluster.local`;
const track = (name: string, replicas?: number): KubeObject => {
  const pods = { containers: [{ ports: [{ name: 'door', containerPort: 8081 }] }] };
  const made = deployment('vault', name, { app: name, of: 'tracks' }, pods);
  (made['spec'] as { replicas?: number }).replicas = replicas;
  return made;
};
const tracks = [
  track('old'),
  track('new'),
  service('vault', 'tracks', { selector: { of: 'tracks' }, ports: [{ name: 'http', port: 81, targetPort: 'door' }] }),
  ...['old', 'new'].map((app) =>
    service('vault', app, { selector: { app }, ports: [{ name: 'http', port: 81, targetPort: 'door' }] }),
  ),
];
const to = (name: string, weight?: number, subset?: string): object => ({ destination: { host: host(name), subset }, weight });
const routes = (...http: object[]): KubeObject => routing('vault', 'v', { hosts: [host('tracks')], http });
const groups = destination('vault', 'd', {
  host: host('tracks'),
  subsets: ['old', 'new'].map((app) => ({ name: app, labels: { app } })),
});
const ask = { host: host('tracks'), servicePort: 81, method: 'GET', path: '/coins' };

/** `share name:port` of every arrival, mirrors with a star. */
function arrivals(cluster: Cluster, more: object = {}, from = 'vault/clerk'): string[] {
  return cluster
    .journey(from, { ...ask, ...more })
    .arrivals.map(
      ({ share, mirrored, pods }) => `${share}${mirrored ? '*' : ''} ${pods.map((end) => `${end.pod.id}:${end.port}`).join()}`,
    );
}

type Case = [what: string, objects: KubeObject[], expected: string[], more?: object, from?: string];

const cases: Case[] = [
  ['no route at all is the Service', [], ['100 vault/old:8081,vault/new:8081']],
  ['a route of its own', [routes({ route: [to('new')] })], ['100 vault/new:8081']],
  ['weights', [routes({ route: [to('old', 90), to('new', 10)] })], ['90 vault/old:8081', '10 vault/new:8081']],
  ['no weight is none among several', [routes({ route: [to('old', 100), to('new')] })], ['100 vault/old:8081']],
  ['one alone gets all, whatever its weight', [routes({ route: [to('old', 0)] })], ['100 vault/old:8081']],
  [
    'weights that make less are shares all the same',
    [routes({ route: [to('old', 30), to('new', 10)] })],
    ['75 vault/old:8081', '25 vault/new:8081'],
  ],
  [
    'subsets',
    [groups, routes({ route: [to('tracks', 90, 'old'), to('tracks', 10, 'new')] })],
    ['90 vault/old:8081', '10 vault/new:8081'],
  ],
  [
    'a header before the weights',
    [
      groups,
      routes(
        { match: [{ headers: { 'x-try': { exact: 'new' } } }], route: [to('tracks', undefined, 'new')] },
        { route: [to('tracks', 100, 'old')] },
      ),
    ],
    ['100 vault/new:8081'],
    { headers: { 'X-Try': 'new' } },
  ],
  [
    'and everybody else',
    [
      groups,
      routes(
        { match: [{ headers: { 'x-try': { exact: 'new' } } }], route: [to('tracks', undefined, 'new')] },
        { route: [to('tracks', 100, 'old')] },
      ),
    ],
    ['100 vault/old:8081'],
    { headers: { 'x-try': 'old' } },
  ],
  [
    'a cookie',
    [routes({ match: [{ headers: { Cookie: { regex: '.*track.*7.*' } } }], route: [to('new')] }, { route: [to('old')] })],
    ['100 vault/new:8081'],
    { headers: { cookie: 'a=b; track=7; c=d' } },
  ],
  [
    'a mirror',
    [routes({ route: [to('old')], mirror: { host: host('new') }, mirrorPercentage: { value: 30 } })],
    ['100 vault/old:8081', '30* vault/new:8081'],
  ],
  [
    'a path by prefix',
    [routes({ match: [{ uri: { prefix: '/coins' } }], route: [to('new')] }, { route: [to('old')] })],
    ['100 vault/new:8081'],
    { path: '/coins/7' },
  ],
  [
    'another path',
    [routes({ match: [{ uri: { prefix: '/coins' } }], route: [to('new')] }, { route: [to('old')] })],
    ['100 vault/old:8081'],
    { path: '/notes' },
  ],
  [
    'a parameter',
    [routes({ match: [{ queryParams: { a: { exact: '1' } } }], route: [to('new')] }, { route: [to('old')] })],
    ['100 vault/new:8081'],
    { path: '/coins?a=1' },
  ],
  [
    'a header that must be missing',
    [routes({ match: [{ withoutHeaders: { a: {} } }], route: [to('new')] }, { route: [to('old')] })],
    ['100 vault/old:8081'],
    { headers: { a: '1' } },
  ],
  [
    'labels of the caller',
    [routes({ match: [{ sourceLabels: { id: 'clerk' } }], route: [to('new')] }, { route: [to('old')] })],
    ['100 vault/new:8081'],
  ],
  [
    'labels of another',
    [routes({ match: [{ sourceLabels: { id: 'guest' } }], route: [to('new')] }, { route: [to('old')] })],
    ['100 vault/old:8081'],
  ],
  [
    'the port that is dialled',
    [routes({ match: [{ port: 82 }], route: [to('new')] }, { route: [to('old')] })],
    ['100 vault/old:8081'],
  ],
  [
    'a root in the mesh that delegates',
    [
      routing('vault', 'root', {
        hosts: [host('tracks')],
        http: [{ match: [{ method: { exact: 'GET' } }], delegate: { name: 'leaf' } }],
      }),
      routing('vault', 'leaf', { hosts: [], http: [{ route: [{ destination: { host: 'new' }, weight: 100 }] }] }),
    ],
    ['100 vault/new:8081'],
  ],
  [
    'a root whose delegate is missing is as none, to a sidecar',
    [routing('vault', 'root', { hosts: [host('tracks')], http: [{ delegate: { name: 'leaf' } }] })],
    ['100 vault/old:8081,vault/new:8081'],
  ],
  [
    'a Service outside of the cluster',
    [
      entry('vault', 'e', {
        hosts: ['clearing.example'],
        ports: [{ number: 443, name: 'tls', protocol: 'TLS' }],
        resolution: 'DNS',
      }),
    ],
    ['100 '],
    { host: 'clearing.example', servicePort: 443 },
  ],
];

it.each(cases)('%s', (...[, objects, expected, more, from]: Case) => {
  expect(arrivals(town([...tracks, ...objects]), more, from)).toEqual(expected);
});

describe('over a gateway', () => {
  const gate = { name: 'gate', namespace: 'lobby', labels: { istio: 'gate' }, gateway: true, inMesh: true };
  const gateway = (hosts: string[] = ['bank.example.com']): KubeObject => ({
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    metadata: { name: 'g', namespace: 'lobby' },
    spec: { selector: { istio: 'gate' }, servers: [{ hosts }] },
  });
  const root = routing('lobby', 'root', {
    hosts: ['bank.example.com'],
    gateways: ['g'],
    http: [{ match: [{ uri: { prefix: '/coins' } }], delegate: { name: 'leaf', namespace: 'vault' } }],
  });
  const leaf = routing('vault', 'leaf', { http: [{ route: [to('old', 0), to('new', 100)] }] });
  const at = (objects: KubeObject[], more: object = {}) =>
    town([...tracks, ...objects], { pods: [gate] }).journey('lobby/gate', {
      ...ask,
      host: 'bank.example.com',
      servicePort: 443,
      ...more,
    });

  it('follows the root of the host to the delegate of the service', () => {
    const { via, arrivals: found, problems } = at([gateway(), root, leaf]);
    expect([via, problems]).toEqual(['VirtualService/lobby/root', []]);
    expect(found.map(({ share, pods }) => [share, pods.map(({ pod }) => pod.id)])).toEqual([[100, ['vault/new']]]);
  });

  it.each<[string, KubeObject[], object, string]>([
    [
      'no route for the path',
      [gateway(), root, leaf],
      { path: '/notes' },
      'VirtualService/lobby/root: no route takes GET /notes to bank.example.com',
    ],
    [
      'a delegate that is missing is a 404',
      [gateway(), root],
      {},
      'VirtualService/lobby/root: no route takes GET /coins to bank.example.com',
    ],
    [
      'a host of another Gateway',
      [gateway(['shop.example.com']), root, leaf],
      {},
      'lobby/gate has no route for bank.example.com',
    ],
    ['no Gateway', [root, leaf], {}, 'lobby/gate has no route for bank.example.com'],
  ])('%s', (_, objects, more, problem) => {
    expect(at(objects, more).problems).toEqual([problem]);
  });
});

describe('requests get lost', () => {
  const lost: [string, KubeObject[], string][] = [
    [
      'by a subset that no rule describes',
      [routes({ route: [to('tracks', 100, 'new')] })],
      'VirtualService/vault/v: no DestinationRule says which pods are subset new of tracks.vault.svc.cluster.local',
    ],
    [
      'by a subset that only another namespace describes',
      [{ ...groups, metadata: { name: 'd', namespace: 'lobby' } }, routes({ route: [to('tracks', 100, 'new')] })],
      'VirtualService/vault/v: no DestinationRule says which pods are subset new of tracks.vault.svc.cluster.local',
    ],
    [
      'by a track that is scaled to nothing',
      [
        track('idle', 0),
        service('vault', 'idle', { selector: { app: 'idle' }, ports: [{ name: 'http', port: 81 }] }),
        routes({ route: [to('idle')] }),
      ],
      'VirtualService/vault/v: idle.vault.svc.cluster.local has no running pod on port 81',
    ],
    [
      "by a host that the caller's Sidecar does not import",
      [
        routes({ route: [to('new')] }),
        sidecar('vault', 's', { egress: [{ hosts: ['~/*'] }], outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } }),
      ],
      'tracks.vault.svc.cluster.local: vault/clerk does not know tracks.vault.svc.cluster.local on port 81',
    ],
    [
      'between two that route the same host',
      [routes({ route: [to('new')] }), routing('vault', 'w', { hosts: ['tracks'], http: [{ route: [to('old')] }] })],
      'VirtualService/vault/v and VirtualService/vault/w both route tracks.vault.svc.cluster.local; which one counts depends on their age',
    ],
    [
      'by conditions that nothing meets',
      [routes({ match: [{ method: { exact: 'PUT' } }], route: [to('new')] })],
      'VirtualService/vault/v: no route takes GET /coins to tracks.vault.svc.cluster.local',
    ],
  ];
  it.each(lost)('%s', (_, objects, problem) => {
    expect(town([...tracks, ...objects]).journey('vault/clerk', ask).problems).toEqual([problem]);
  });

  it('is no matter of a DaemonSet that runs, and is one of a DaemonSet that is parked', () => {
    const parked = (nodeSelector: object): KubeObject => ({
      ...deployment('vault', 'every', { app: 'every' }, { nodeSelector, containers: [{ ports: [{ containerPort: 81 }] }] }),
      kind: 'DaemonSet',
    });
    const every = service('vault', 'every', { selector: { app: 'every' }, ports: [{ name: 'http', port: 81 }] });
    const problems = (nodeSelector: object): readonly string[] =>
      town([parked(nodeSelector), every, namespace('x', {})]).journey('vault/clerk', { ...ask, host: host('every') }).problems;
    expect(problems({ disk: 'ssd' })).toEqual([]);
    expect(problems({ 'flagger.app/scale-to-zero': 'true' })).toEqual([
      'every.vault.svc.cluster.local: every.vault.svc.cluster.local has no running pod on port 81',
    ]);
  });
});
