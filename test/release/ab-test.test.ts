import { type AbTestProps, Audience, MeshGateway, Release, Scaling } from '../../lib';
import { abTestCourse } from '../../lib/release/ab-test-course';
import { IMAGE, type Json, World } from '../banking-service/world';
import { firstMatch } from '../traffic/envoy';
import { FACTS } from './facts';
import { linesOf } from './said';

const b = { image: 'registry.example.com/vault/teller:4.8.0' };
const premium = Audience.customerGroup('premium');

function world(props: Partial<AbTestProps>, traffic: object = {}): World {
  const all = new World();
  const release = Release.abTest({ b, ...props });
  all.service('teller', { scaling: Scaling.horizontal({ min: 3, max: 13 }), release, traffic });
  return all;
}

const http = (all: World, name = 'teller') => all.one('VirtualService', name).spec.http as Json[];
const sentTo = (routes: Json[], headers: Record<string, string>, path = '/', method = 'POST') =>
  firstMatch(routes, { method, path, headers, port: 8071 })?.route[0].destination.subset as string | undefined;
const fewest = (all: World, name: string) => all.one('HorizontalPodAutoscaler', name).spec.minReplicas as number;

describe('R7: the audience gets B, and nobody else', () => {
  test.each<[string, Audience | readonly Audience[], Record<string, string>, string]>([
    ['a customer of the group', premium, { 'x-customer-group': 'premium' }, 'b'],
    ['a customer of another', premium, { 'x-customer-group': 'premium-light' }, 'stable'],
    ['a customer of none', premium, {}, 'stable'],
    ['a header by its beginning', Audience.header('user-agent', { prefix: 'Teller/8' }), { 'user-agent': 'Teller/8.1' }, 'b'],
    ['a cookie among others', Audience.cookie('beta', 'on'), { cookie: 'x=1; beta=on' }, 'b'],
    ['a cookie that only looks like it', Audience.cookie('beta', 'on'), { cookie: 'alphabeta=on; beta=only' }, 'stable'],
    ['any of several', [premium, Audience.cookie('beta', 'on')], { cookie: 'beta=on' }, 'b'],
    ['both of two', premium.and(Audience.cookie('beta', 'on')), { cookie: 'beta=on' }, 'stable'],
  ])('%s', (_name, audience, headers, subset) => {
    expect(sentTo(http(world({ audience })), headers)).toBe(subset);
  });

  test('callers by their pods', () => {
    const all = world({ audience: Audience.sourceLabels({ 'banking.workload/name': 'branch' }) });
    const routes = http(all);
    expect(routes.map(({ match, route }) => [match?.[0].sourceLabels, route[0].destination.subset])).toEqual([
      [{ 'banking.workload/name': 'branch' }, 'b'],
      [undefined, 'stable'],
      [{ 'banking.workload/name': 'branch' }, 'b'],
      [undefined, 'stable'],
    ]);
  });

  test('every route of the service has one for the audience before it, with the same timeout and retries', () => {
    const all = world({ audience: premium }, { routes: [{ path: '/pay', methods: ['POST'], idempotent: true }] });
    const routes = http(all);
    expect(routes).toHaveLength(6);
    for (let i = 0; i < routes.length; i += 2) {
      const { match: _of, route: _to, ...b } = routes[i]!;
      const { match: _all, route: _rest, ...a } = routes[i + 1]!;
      expect(b).toEqual(a);
      expect(sentTo([routes[i]!], { 'x-customer-group': 'premium' }, '/pay')).toBe(i === 2 ? undefined : 'b');
    }
  });

  test('and at a gateway; where it lets in the audience alone, nobody gets A', () => {
    const all = world({ audience: premium });
    const teller = all.chart.node.findChild('teller') as never;
    new MeshGateway(all.chart, 'edge', { hosts: ['bank.example.com'], issuer: 'ca' })
      .route('/api', teller)
      .route('/premium', teller, { headers: { 'x-customer-group': 'premium' } })
      .route('/plain', teller, { headers: { 'x-customer-group': 'plain' } });
    const leaf = http(all, 'teller-edge');
    expect(sentTo(leaf, { 'x-customer-group': 'premium' }, '/api')).toBe('b');
    expect(sentTo(leaf, {}, '/api')).toBe('stable');
    expect(sentTo(leaf, { 'x-customer-group': 'premium' }, '/premium')).toBe('b');
    expect(sentTo(leaf, { 'x-customer-group': 'plain' }, '/plain')).toBe('stable');
    const of = (path: string) =>
      leaf
        .filter(({ match }) => match.some(({ uri }: Json) => uri.exact === path))
        .map(({ route }) => route[0].destination.subset as string);
    expect([of('/premium'), of('/plain')]).toEqual([
      ['b', 'b'],
      ['stable', 'stable'],
    ]);
  });
});

test('B runs an image of its own, and is told where it is wrong', () => {
  const all = world({});
  const image = (name: string) => all.one('Deployment', name).spec.template.spec.containers[0].image as string;
  expect([image('teller'), image('teller-b')]).toEqual([IMAGE, b.image]);
  expect(linesOf(() => world({ b: { ...b, version: '4 8' } }))).toEqual([
    'teller.release.b.version: "4 8" is not a label value; use 1 to 63 letters, digits, "-", "_" and "."',
  ]);
});

test.each<[Partial<AbTestProps>, number, number]>([
  [{}, 3, 13],
  [{ share: 20 }, 3, 3],
  [{ audience: premium }, 13, 13],
  [{ audience: premium, fullLoad: 11 }, 11, 11],
  // A fifth fits into the 30 % that the autoscaler of A keeps free.
  [{ audience: premium, share: 20, fullLoad: 11 }, 3, 3],
  [{ audience: premium, share: 45, fullLoad: 11 }, 11, 5],
])('pods for the audience, and for the way back: %j', (props, a, b) => {
  const all = world(props);
  expect([fewest(all, 'teller'), fewest(all, 'teller-b')]).toEqual([a, b]);
});

test('how it goes on, by hand (R13)', () => {
  const course = abTestCourse(FACTS, { share: 35, fullLoad: 17 });
  expect(course.steps.map(({ weights, takes }) => [weights, takes])).toEqual([
    [
      { teller: 100, 'teller-b': 0 },
      { shortest: 13, longest: 73 },
    ],
    [{ teller: 65, 'teller-b': 35 }, undefined],
    [
      { teller: 100, 'teller-b': 0 },
      { shortest: 0, longest: 10 },
    ],
    [{ teller: 100 }, { shortest: 0, longest: 55 }],
  ]);
  expect(course.steps[0]!.checks).toEqual([
    'Deployment teller-b is rolled out: 6 pods are ready, enough for 35 % of the requests',
  ]);
  expect(course.peakPods).toEqual({ teller: 22, 'teller-b': 22 });
});
