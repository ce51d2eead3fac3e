import { BlueGreen, Release, Scaling } from '../../lib';
import { IMAGE, type Json, World } from '../banking-service/world';

const GREEN = 'registry.example.com/vault/teller:4.8.0';

function objectsOf(state: BlueGreen): { rule: Json; routes: Json[] } {
  const world = new World();
  world.service('teller', {
    image: undefined,
    scaling: Scaling.horizontal({ min: 3, max: 13 }),
    release: Release.blueGreen({ blue: { image: IMAGE }, green: { image: GREEN }, state, fullLoad: 7 }),
  });
  return { rule: world.one('DestinationRule', 'teller'), routes: world.one('VirtualService', 'teller').spec.http };
}

test.each<[BlueGreen, string[], string[]]>([
  [BlueGreen.only('blue'), ['blue'], ['blue 100']],
  [BlueGreen.staged('green'), ['blue', 'green'], ['blue 100']],
  [BlueGreen.staged('blue'), ['blue', 'green'], ['green 100']],
  [BlueGreen.partial('blue', 30), ['blue', 'green'], ['green 70', 'blue 30']],
  [BlueGreen.live('green'), ['blue', 'green'], ['green 100']],
  [BlueGreen.only('green'), ['green'], ['green 100']],
])(
  'R4: %#: subsets by name, shares by weight, and how many pods carry everything while there are two',
  (state, subsets, shares) => {
    const { rule, routes } = objectsOf(state);
    expect((rule.spec.subsets as Json[]).map(({ name, labels }) => [name, labels])).toEqual(
      subsets.map((name) => [name, { app: `teller-${name}` }]),
    );
    for (const { route } of routes) {
      expect((route as Json[]).map(({ destination, weight = 100 }) => `${destination.subset} ${weight}`)).toEqual(shares);
    }
    expect(rule.metadata.annotations?.['banking.release/full-load']).toBe(subsets.length === 2 ? '7' : undefined);
  },
);
