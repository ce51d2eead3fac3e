import fc from 'fast-check';
import { MeshGateway, type RouteProps } from '../../lib';
import type { RouteCondition } from '../../lib/traffic/route-condition';
import { type Json, World } from '../banking-service/world';
import { asks, conditions, mostSpecific, requests, withoutTies } from './conditions';
import { firstMatch, mergeDelegates } from './envoy';
import { expectedPolicy, fallback, tables } from './tables';

type Doors = readonly (RouteCondition & { readonly to: 0 | 1 })[];
const NAMES = ['teller', 'broker'] as const;

const doors: fc.Arbitrary<Doors> = fc
  .array(fc.tuple(conditions, fc.constantFrom(0 as const, 1 as const)), { minLength: 1, maxLength: 5 })
  .map((all) => withoutTies(all.map(([condition, to]) => ({ ...condition, to }))));

/** The routes of a gateway, merged as Istio merges them. */
function atTheGateway(way: Doors, routeTables: readonly (readonly RouteProps[])[]): Json[] {
  const world = new World();
  const services = NAMES.map((name, i) => world.service(name, { traffic: { timeout: fallback, routes: routeTables[i] } }));
  const gateway = new MeshGateway(world.chart, 'edge', { hosts: ['bank.example.com'], issuer: 'ca' });
  for (const { to, path, ...options } of way) gateway.route(path, services[to]!, options);
  const spec = (json: unknown) => (json as Json).spec as Json;
  const leaves = new Map(
    services
      .filter((_, i) => way.some(({ to }) => to === i))
      .map((service) => {
        const name = `${service.model.name}-edge`;
        return [name, spec(service.object('VirtualService', name).toJson()).http as Json[]] as const;
      }),
  );
  return mergeDelegates(spec(gateway.object('VirtualService').toJson()).http, ({ name }) => leaves.get(name)!);
}

test('a request through the gateway goes to the most specific door, and is treated there as by the most specific route', () => {
  fc.assert(
    fc.property(
      doors,
      tables(20, 4),
      tables(40, 4),
      fc.array(requests, { minLength: 10, maxLength: 25 }),
      (way, one, two, sent) => {
        const http = atTheGateway(way, [one, two]);
        for (const request of sent) {
          const door = mostSpecific(way, request);
          const chosen = firstMatch(http, request);
          if (!door) expect(chosen).toBeUndefined();
          else {
            expect(chosen?.route[0].destination).toEqual({
              host: `${NAMES[door.to]}.vault.svc.cluster.local`,
              port: { number: 8071 },
            });
            expect({ timeout: chosen!.timeout, retries: { perTryTimeout: undefined, ...chosen!.retries } }).toEqual(
              expectedPolicy([one, two][door.to]!, request),
            );
          }
        }
      },
    ),
    { numRuns: 100 },
  );
});

test('nothing passes that no door lets in, in whatever order the doors are declared', () => {
  fc.assert(
    fc.property(doors, fc.array(requests, { minLength: 10, maxLength: 25 }), (way, sent) => {
      const http = atTheGateway([...way].reverse(), [[], []]);
      for (const request of sent) {
        expect(firstMatch(http, request) !== undefined).toBe(way.some((one) => asks(one, request)));
      }
    }),
    { numRuns: 40 },
  );
});

describe('the merge, as Istio does it', () => {
  const merged = (root: Json, leaf: Json) => mergeDelegates([{ match: [root], delegate: {} }], () => [{ match: [leaf] }]);

  test.each<[string, Json, Json, boolean]>([
    ['a longer prefix', { uri: { prefix: '/a/' } }, { uri: { prefix: '/a/b/' } }, true],
    ['a shorter prefix', { uri: { prefix: '/a/b/' } }, { uri: { prefix: '/a/' } }, false],
    ['a prefix below an exact path', { uri: { exact: '/a' } }, { uri: { prefix: '/a/' } }, false],
    ['a method by regular expression on either side', { method: { exact: 'GET' } }, { method: { regex: 'GET|HEAD' } }, false],
    ['another value of a header', { headers: { x: { exact: '1' } } }, { headers: { x: { exact: '2' } } }, false],
    ['another header', { headers: { x: { exact: '1' } } }, { headers: { y: { exact: '2' } } }, true],
  ])('%s', (_name, root, leaf, kept) => {
    expect(merged(root, leaf)).toHaveLength(kept ? 1 : 0);
  });

  test('one match of a leaf that fits nowhere drops its whole route', () => {
    const leaf = { match: [{ uri: { prefix: '/a/b/' } }, { uri: { prefix: '/z/' } }] };
    expect(mergeDelegates([{ match: [{ uri: { prefix: '/a/' } }], delegate: {} }], () => [leaf])).toEqual([]);
  });
});
