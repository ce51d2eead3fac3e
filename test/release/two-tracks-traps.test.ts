import { Audience, BlueGreen, jumpProblems, Release } from '../../lib';
import type { Json } from '../banking-service/world';
import { failures } from '../support/release/mixes';
import { FULL, NEXT, STATES, rendered } from '../support/release/states';
import { firstMatch } from '../traffic/envoy';
import { kinds, named, type Objects, trap } from '../traps/support';

/* How the rows of releases are commonly got wrong, done to our own output: each must be noticed. */

const state = (name: string) => rendered(STATES[name]!());
const sound = (objects: Objects) => failures(objects, objects, objects, FULL).length === 0;
const http = (objects: Objects) => named(objects, 'VirtualService', 'teller').spec.http as Json[];

const staged = state("BlueGreen.staged('green')");
const live = state("BlueGreen.live('green')");

trap(
  'R4 trap: green scaled below the load of blue at the switch, the idle autoscaler at its minimum, a subset without pods',
  staged,
  (objects) => sound(objects) && jumpProblems(objects as never, live as never).length === 0,
  {
    'the autoscaler of green at its usual minimum': (all) =>
      (named(all, 'HorizontalPodAutoscaler', 'teller-green').spec.minReplicas = 3),
    'one pod too few': (all) => (named(all, 'HorizontalPodAutoscaler', 'teller-green').spec.minReplicas = FULL - 1),
    'a subset that no pod is in': (all) =>
      (named(all, 'DestinationRule', 'teller').spec.subsets[0].labels = { app: 'teller-blue' }),
    'no green yet': (all) => all.splice(all.indexOf(named(all, 'Deployment', 'teller-green')), 1),
  },
);

trap('R5 trap: weights that do not sum, and a VirtualService without a DestinationRule', state('weighted 25'), sound, {
  'weights of 95': (all) => (http(all)[0]!.route[0].weight = 70),
  'no weight for one of two': (all) => delete http(all)[1]!.route[1].weight,
  'no DestinationRule': (all) => all.splice(all.indexOf(named(all, 'DestinationRule', 'teller')), 1),
  'no such subset': (all) => (http(all)[0]!.route[1].destination.subset = 'next'),
});

const premium = { 'x-customer-group': 'premium' };
const subset = (objects: Objects, headers: Record<string, string>) =>
  firstMatch(http(objects), { method: 'GET', path: '/', headers, port: 8071 })?.route[0].destination.subset as string;

trap(
  'R7 trap: an audience that widens to everyone, and one that nobody is in',
  rendered(Release.abTest({ b: { image: NEXT }, audience: Audience.customerGroup('premium') })),
  (objects) => subset(objects, premium) === 'b' && subset(objects, {}) === 'stable',
  {
    'a match without its header': (all) => http(all)[0]!.match.forEach((match: Json) => delete match.headers),
    'a second match, of everybody': (all) => http(all)[0]!.match.push({}),
    'everybody first': (all) => http(all).reverse(),
  },
);

const CHANGES = ['POST', 'PUT', 'PATCH', 'DELETE'];

trap(
  'R8 trap: duplicated payments, a mirror of its own, and a percentage that is deprecated',
  rendered(Release.mirrored({ shadow: { image: NEXT }, percentage: 30 })),
  (objects) =>
    http(objects).every(
      ({ route, mirror, mirrorPercent }) => route && mirrorPercent === undefined && mirror?.subset !== 'stable',
    ) &&
    http(objects).some(({ mirror }) => mirror) &&
    CHANGES.every((method) => !firstMatch(http(objects), { method, path: '/pay', headers: {}, port: 8071 })?.mirror),
  {
    'payments are copied': (all) => (http(all)[1]!.mirror = http(all)[0]!.mirror),
    'reads are not told apart': (all) => delete http(all)[0]!.match,
    'an item of its own': (all) => delete http(all)[0]!.route,
    'the deprecated percentage': (all) => (http(all)[0]!.mirrorPercent = 30),
  },
);

test('R3 trap: a selector that changes instead of a backend is refused', () => {
  const before = rendered(Release.blueGreen({ blue: { image: NEXT }, green: { image: NEXT }, state: BlueGreen.staged('green') }));
  const after = structuredClone(before);
  kinds(after, 'Service').forEach((one) => (one.spec.selector = { app: 'teller-green' }));
  expect(jumpProblems(before as never, after as never).map(({ where }) => where)).toContain('VirtualService vault/teller');
});
