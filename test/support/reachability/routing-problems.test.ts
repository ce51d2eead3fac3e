import { deployment, destination, routing, service, town } from './fixtures';
import type { KubeObject } from './objects';

/* R4 and R5: subsets without pods, weights that don't sum, a VirtualService without its DestinationRule; M2: order of routes. */

const HOST = 'tracks.vault.svc.cluster.local';
const track = (name: string, replicas?: number): KubeObject => {
  const made = deployment('vault', name, { app: name, of: 'tracks' }, { containers: [{ ports: [{ containerPort: 81 }] }] });
  (made['spec'] as { replicas?: number }).replicas = replicas;
  return made;
};
const tracks = (more: object = {}): KubeObject =>
  service('vault', 'tracks', { selector: { of: 'tracks' }, ports: [{ name: 'http', port: 81 }], ...more });
const groups = destination('vault', 'd', {
  host: 'tracks',
  subsets: ['blue', 'green'].map((app) => ({ name: app, labels: { app } })),
});
const to = (weight?: number, subset?: string, more: object = {}): object => ({
  destination: { host: HOST, subset, ...more },
  weight,
});
const routes = (...http: object[]): KubeObject => routing('vault', 'v', { hosts: [HOST], http });
const both = [track('blue'), track('green'), tracks(), groups];
const V = 'VirtualService/vault/v';

type Case = [what: string, objects: KubeObject[], problems: string[]];

const cases: Case[] = [
  ['nothing', [...both, routes({ route: [to(90, 'blue'), to(10, 'green')] })], []],
  [
    'weights above 100',
    [...both, routes({ route: [to(90, 'blue'), to(20, 'green')] })],
    [`${V}: weights 90 + 20 make 110, not 100`],
  ],
  [
    'weights below 100',
    [...both, routes({ route: [to(90, 'blue'), to(undefined, 'green')] })],
    [`${V}: weights 90 + 0 make 90, not 100`],
  ],
  ['one destination has no sum', [...both, routes({ route: [to(0, 'blue')] })], []],
  [
    'a subset that no rule describes',
    [...both, routes({ route: [to(100, 'red')] })],
    [`${V}: leads to subset red of ${HOST}, which no DestinationRule describes`],
  ],
  [
    'no DestinationRule',
    [track('blue'), tracks(), routes({ route: [to(100, 'blue')] })],
    [`${V}: leads to subset blue of ${HOST}, which no DestinationRule describes`],
  ],
  [
    'two rules for one host add up',
    [
      track('blue'),
      track('red'),
      tracks(),
      groups,
      destination('vault', 'e', { host: HOST, subsets: [{ name: 'red', labels: { app: 'red' } }] }),
      routes({ route: [to(100, 'red')] }),
    ],
    [],
  ],
  [
    'a subset without pods, at no weight',
    [track('blue'), tracks(), groups, routes({ route: [to(100, 'blue'), to(0, 'green')] })],
    [`${V}: leads to subset green of ${HOST}, which has no running pod`],
  ],
  [
    'a subset that is scaled to nothing',
    [track('blue'), track('green', 0), tracks(), groups, routes({ route: [to(100, 'blue'), to(0, 'green')] })],
    [`${V}: leads to subset green of ${HOST}, which has no running pod`],
  ],
  [
    'a Service without pods, at no weight',
    [
      ...both,
      service('vault', 'none', { selector: { app: 'none' }, ports: [{ port: 81 }] }),
      routes({ route: [to(100), { destination: { host: 'none' }, weight: 0 }] }),
    ],
    [],
  ],
  [
    'a Service without pods, at some',
    [
      ...both,
      service('vault', 'none', { selector: { app: 'none' }, ports: [{ port: 81 }] }),
      routes({ route: [to(99), { destination: { host: 'none' }, weight: 1 }] }),
    ],
    [`${V}: sends requests to none.vault.svc.cluster.local, which has no running pod`],
  ],
  [
    'a mirror without pods',
    [
      ...both,
      service('vault', 'none', { selector: { app: 'none' }, ports: [{ port: 81 }] }),
      routes({ route: [to()], mirror: { host: 'none' } }),
    ],
    [`${V}: sends requests to none.vault.svc.cluster.local, which has no running pod`],
  ],
  [
    'a host that nobody knows',
    [...both, routes({ route: [{ destination: { host: 'tracs' } }] })],
    [`${V}: leads to tracs.vault.svc.cluster.local, which nobody knows`],
  ],
  [
    'a port that the Service has not',
    [...both, routes({ route: [to(undefined, undefined, { port: { number: 82 } })] })],
    [`${V}: leads to port 82 of ${HOST}, which has 81`],
  ],
  ['a route to nowhere', [...both, routes({ match: [{ port: 81 }] })], [`${V}: Istio refuses a route without a destination`]],
  ['a redirect', [...both, routes({ redirect: { uri: '/' } })], []],
  [
    'a route behind one that takes everything',
    [...both, routes({ route: [to(100, 'blue')] }, { match: [{ port: 81 }], route: [to(100, 'green')] })],
    [`${V}: 1 of its routes are behind one that takes every request`],
  ],
  [
    'two for one host in the mesh',
    [...both, routes({ route: [to()] }), routing('vault', 'w', { hosts: ['tracks'], http: [{ route: [to()] }] })],
    [`${V} and VirtualService/vault/w both route ${HOST} on mesh`],
  ],
  [
    'two for one host, on different ways',
    [
      ...both,
      routes({ route: [to()] }),
      routing('vault', 'w', { hosts: ['tracks'], gateways: ['lobby/g'], http: [{ route: [to()] }] }),
    ],
    [],
  ],
];

it.each(cases)('%s', (...[, objects, problems]: Case) => {
  expect(town(objects).routingProblems()).toEqual(problems);
});

describe('delegates', () => {
  const root = (...http: object[]): KubeObject => routing('vault', 'root', { hosts: [HOST], http });
  const leaf = (spec: object = {}): KubeObject => routing('vault', 'leaf', { hosts: [], http: [{ route: [to()] }], ...spec });
  const R = 'VirtualService/vault/root';
  const L = 'VirtualService/vault/leaf';

  it.each<[string, KubeObject[], string[]]>([
    ['one that fits', [root({ delegate: { name: 'leaf' } }), leaf()], []],
    ['one that is missing', [root({ delegate: { name: 'leaf' } })], [`${R}#http[0]: delegates to vault/leaf, but there is none`]],
    [
      'one in another namespace',
      [root({ delegate: { name: 'leaf', namespace: 'lobby' } }), leaf()],
      [
        `${R}#http[0]: delegates to lobby/leaf, but there is none`,
        `${L}: it has no hosts and nobody delegates to it, so its routes have no effect`,
      ],
    ],
    [
      'one with hosts of its own',
      [root({ delegate: { name: 'leaf' } }), leaf({ hosts: ['elsewhere.example'] })],
      [`${R}#http[0]: delegates to vault/leaf, but it has hosts of its own, so it is no delegate`],
    ],
    [
      'one that is kept from the root',
      [root({ delegate: { name: 'leaf' } }), leaf({ exportTo: ['lobby'] })],
      [`${R}#http[0]: its delegate vault/leaf is not exported to vault`],
    ],
    [
      'one that delegates on',
      [root({ delegate: { name: 'leaf' } }), leaf({ http: [{ delegate: { name: 'twig' } }] })],
      [`${R}#http[0] > ${L}#http[0]: Istio refuses a delegate that delegates`],
    ],
    [
      'one that contradicts',
      [
        root({ match: [{ method: { exact: 'GET' } }], delegate: { name: 'leaf' } }),
        leaf({ http: [{ match: [{ method: { regex: 'GET|PUT' } }], route: [to()] }] }),
      ],
      [`${R}#http[0] > ${L}#http[0]: its conditions are no part of the root's, so Istio drops it`],
    ],
    [
      'one beside a route',
      [root({ delegate: { name: 'leaf' }, route: [to()] }), leaf()],
      [`${R}#http[0]: Istio refuses a delegate beside a route or a redirect`],
    ],
    ['one that nobody names', [leaf()], [`${L}: it has no hosts and nobody delegates to it, so its routes have no effect`]],
    ['one with gateways', [leaf({ gateways: ['lobby/g'] })], [`${L}: Istio refuses gateways without hosts`]],
    [
      'weights in a delegate',
      [root({ delegate: { name: 'leaf' } }), leaf({ http: [{ route: [to(60, 'blue'), to(30, 'green')] }] })],
      [`${R}: weights 60 + 30 make 90, not 100`],
    ],
  ])('%s', (_, objects, problems) => {
    expect(town([...both, ...objects]).routingProblems()).toEqual(problems);
  });
});
