import { jumpProblems, type IRelease, MeshGateway, Release, Scaling } from '../../lib';
import { type Json, World } from '../banking-service/world';

/* docs/guides/switching-strategies.md: the ways to Flagger and back, of a service that a gateway leads to. */

const STATES: Readonly<Record<string, () => IRelease>> = {
  rolling: () => Release.rolling(),
  weighted: () => Release.weighted(),
  'taken over': () => Release.canary({ takeOver: true }),
  canary: () => Release.canary(),
  suspended: () => Release.canary({ suspend: true }),
  'given back': () => Release.canary({ takeOver: true, suspend: true }),
};

function manifests(name: string): Json[] {
  const world = new World();
  const teller = world.service('teller', { release: STATES[name]!(), scaling: Scaling.horizontal({ min: 3, max: 13 }) });
  new MeshGateway(world.chart, 'edge', { hosts: ['bank.example.com'], issuer: 'ca' }).route('/api', teller);
  return world.objects();
}

const said = (from: string, to: string) =>
  jumpProblems(manifests(from) as never, manifests(to) as never).map(({ where }) => where);

test.each([
  ['under Flagger', ['rolling', 'taken over', 'canary']],
  ['and back', ['canary', 'given back', 'rolling']],
])('%s, a commit each', (_what, way) => {
  way.slice(1).forEach((to, i) => expect({ to, problems: said(way[i]!, to) }).toEqual({ to, problems: [] }));
});

test.each([
  [
    'rolling',
    'canary',
    [
      'Service vault/teller',
      'VirtualService vault/edge',
      'VirtualService vault/teller',
      'VirtualService vault/teller-edge',
      'VirtualService vault/teller-mesh',
    ],
  ],
  ['weighted', 'taken over', ['Canary vault/teller', 'Service vault/teller']],
  ['canary', 'rolling', ['Canary vault/teller']],
  ['suspended', 'rolling', ['Canary vault/teller']],
  ['given back', 'weighted', ['Canary vault/teller']],
])('from %s straight to %s is refused', (from, to, where) => {
  expect(said(from, to)).toEqual(where);
});
