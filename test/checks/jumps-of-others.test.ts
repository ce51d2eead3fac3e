import type { CheckedManifest } from '../../lib';
import { ALL, ROLLING, canary, deployment, object, plainRoute, said, service } from './manifests';

type Case = readonly [
  what: string,
  before: readonly CheckedManifest[],
  after: readonly CheckedManifest[],
  said: readonly string[],
];

describe('Deployments of others, whose pods have no identity that stays', () => {
  const named = (name: string) => deployment(name, { template: { metadata: { labels: { app: 'loans' } } } });
  const [first, second, leads] = [named('loans-1'), named('loans-2'), service({ app: 'loans' })];
  const inMakes = (where: string) =>
    `${where}: sends requests to Service bank/loans in the commit that makes Deployment bank/loans-2; commit the Deployment without requests first, and wait until its pods are ready`;

  test.each<Case>([
    ['one takes the place of another in one commit', [first, leads], [second, leads], [inMakes('Service bank/loans')]],
    [
      'and a route leads to it',
      [first, leads, plainRoute()],
      [second, leads, plainRoute()],
      [inMakes('VirtualService bank/loans')],
    ],
    ['another stands beside it', [first, leads], [first, second, leads], []],
    ['the former goes, once the other is there', [first, second, leads], [second, leads], []],
    ['one comes to a Service that had none', [leads], [first, leads], []],
    ['one comes with its Service', [], [first, leads], []],
    ['one goes with its Service', [first, leads], [], []],
    [
      'two go while their Service stays',
      [first, second, leads],
      [leads],
      [
        'Service bank/loans: stays while Deployment bank/loans-1, Deployment bank/loans-2 goes, so that callers find nobody; take both away in one commit, or keep both',
      ],
    ],
    ['the pods of a Service without a selector go', [first, service({})], [service({})], []],
  ])('%s', (_what, before, after, expected) => expect(said(before, after)).toEqual(expected));
});

describe('manifests that name no namespace, which is told where they are applied', () => {
  const nowhere = ({ metadata: { namespace: _, ...metadata }, ...rest }: CheckedManifest) =>
    ({ ...rest, metadata }) as CheckedManifest;
  const FIRST = 'commit Release.canary({ takeOver: true }) first, and take takeOver out when the Canary is Initialized';
  const loans = deployment('loans');
  const door = object('networking.k8s.io/v1', 'Ingress', 'door', { defaultBackend: { service: { name: 'loans' } } });
  const root = object('networking.istio.io/v1', 'VirtualService', 'root', {
    hosts: ['bank.example.com'],
    http: [{ delegate: { name: 'loans' } }],
  });

  test.each<Case>([
    [
      'have a Service, and a Canary that needs it',
      [loans, service(ALL), canary()],
      [loans, canary()],
      [`Service loans: leaves Git while Canary loans needs it, and would be pruned; ${FIRST}`],
    ],
    [
      'have a Deployment, and a Canary that releases it',
      [loans, service(ALL), canary()],
      [loans, service(ALL)],
      [
        'Canary loans: leaves Git, and with it would go the pods that serve; commit Release.canary({ takeOver: true, suspend: true }) first, which has it left in the cluster, then follow docs/guides/switching-strategies.md',
      ],
    ],
    [
      'have a route, and a Service that it leads to',
      [loans, service(ALL), plainRoute()],
      [loans, service({ app: 'nobody' }), plainRoute()],
      [
        'Service /loans: no longer leads to Deployment loans; keep what it selects, and move requests by routes',
        'VirtualService loans: sends requests to Service /loans, which no longer leads to Deployment loans; keep what the Service selects',
      ],
    ],
    [
      'have a door, and a Service that it leads to',
      [loans, service(ALL), door],
      [loans, service({ app: 'nobody' }), door],
      [
        'Ingress door: sends requests to Service /loans, which no longer leads to Deployment loans; keep what the Service selects',
        'Service /loans: no longer leads to Deployment loans; keep what it selects, and move requests by routes',
      ],
    ],
    [
      'have a route that delegates, and a Canary whose route Flagger has not made yet',
      ROLLING.slice(0, 3),
      [...ROLLING.slice(0, 3), root, canary()],
      [
        `VirtualService root: delegates to VirtualService /loans, which Flagger has not made yet, so that requests would end in a 404; ${FIRST}`,
      ],
    ],
  ])('%s', (_what, before, after, expected) => expect(said(before.map(nowhere), after.map(nowhere))).toEqual(expected));
});

test('a Canary that says as little as can be written is nobody’s', () => {
  const least = object('flagger.app/v1beta1', 'Canary', 'x', {});
  expect(said([...ROLLING, least], [...ROLLING, least])).toEqual([]);
  expect(said([...ROLLING, least], ROLLING)).toEqual([]);
  expect(said(ROLLING, [...ROLLING, least])).toEqual([]);
});
