import { Audience, Health, HealthProbe, MeshGateway, PortProtocol, Release, Scaling, type WeightedProps } from '../../lib';
import { weightedCourse } from '../../lib/release/weighted-course';
import { IMAGE, type Json, World } from '../banking-service/world';
import { firstMatch, mergeDelegates } from '../traffic/envoy';
import { FACTS } from './facts';

const canary = { image: 'registry.example.com/vault/teller:4.8.0', variables: { MODE: 'new' } };
const HOST = 'teller.vault.svc.cluster.local';

function world(props: WeightedProps, service: object = {}): World {
  const all = new World();
  all.service('teller', { scaling: Scaling.horizontal({ min: 3, max: 13 }), release: Release.weighted(props), ...service });
  return all;
}

const fewest = (all: World, name: string) => all.one('HorizontalPodAutoscaler', name).spec.minReplicas as number;
const to = (route: Json) => (route.route as Json[]).map(({ destination, weight }) => [destination.subset, weight]);

describe('R5: two tracks, one Service', () => {
  let all: World;
  beforeAll(() => {
    all = world({ canary, weight: 25 });
  });

  test('each track is a Deployment with an autoscaler; the stable one keeps the name of the service', () => {
    const deployments = all.objects().filter(({ kind }) => kind === 'Deployment');
    expect(
      deployments.map(({ metadata, spec }) => [metadata.name, spec.selector.matchLabels, spec.template.spec.containers[0].image]),
    ).toEqual([
      ['teller', { app: 'teller' }, IMAGE],
      ['teller-canary', { app: 'teller-canary' }, canary.image],
    ]);
    expect(all.objects().filter(({ kind }) => kind === 'HorizontalPodAutoscaler')).toHaveLength(2);
  });

  test('one Service selects both by the stable identity; subsets tell them apart by the label that pods had before', () => {
    expect(all.one('Service').spec.selector).toEqual({ 'banking.workload/name': 'teller' });
    expect(all.one('DestinationRule').spec).toMatchObject({
      host: HOST,
      subsets: [
        { name: 'stable', labels: { app: 'teller' } },
        { name: 'canary', labels: { app: 'teller-canary' } },
      ],
    });
  });

  test('the canary has variables of its own', () => {
    const maps = all.objects().filter(({ kind }) => kind === 'ConfigMap');
    expect(maps.map(({ data }) => data)).toEqual([{ MODE: 'new' }]);
    expect(all.one('Deployment', 'teller').spec.template.spec.containers[0].envFrom).toBeUndefined();
  });
});

describe('R5 trap: weights that do not sum, and a VirtualService without a DestinationRule', () => {
  test.each<[number, (string | number | undefined)[][]]>([
    [0, [['stable', undefined]]],
    [
      10,
      [
        ['stable', 90],
        ['canary', 10],
      ],
    ],
    [
      80,
      [
        ['stable', 20],
        ['canary', 80],
      ],
    ],
    [100, [['canary', undefined]]],
  ])('%d %%: a subset that gets nothing is not named', (weight, expected) => {
    const all = world({ canary, weight });
    for (const route of all.one('VirtualService').spec.http as Json[]) expect(to(route)).toEqual(expected);
    const known = (all.one('DestinationRule').spec.subsets as Json[]).map(({ name }) => name as string);
    expect(known).toEqual(expect.arrayContaining(expected.map(([subset]) => subset)));
  });

  test('without a canary there is one track, by name', () => {
    const all = world({});
    expect(all.objects().filter(({ kind }) => kind === 'Deployment')).toHaveLength(1);
    expect((all.one('VirtualService').spec.http as Json[]).map(to)).toEqual([[['stable', undefined]], [['stable', undefined]]]);
  });
});

describe('capacity (rule 7): the canary has pods for the next weight already, the stable track for the way back', () => {
  // 11 pods carry everything. 10 % are 1.1, 25 % are 2.75, 50 % are 5.5, 75 % are 8.25; the autoscaler keeps 30 % free.
  test.each<[number, number, number]>([
    [0, 3, 3],
    [10, 3, 3],
    [25, 6, 3],
    [30, 6, 3],
    [31, 6, 11],
    [50, 9, 11],
    [75, 11, 11],
    [100, 11, 11],
  ])('at %d %%: canary %d, stable %d', (weight, ofCanary, ofStable) => {
    const all = world({ canary, weight, fullLoad: 11 });
    expect([fewest(all, 'teller-canary'), fewest(all, 'teller')]).toEqual([ofCanary, ofStable]);
  });

  test('full load is the most that the service scales to, unless it is said', () => {
    expect(fewest(world({ canary, weight: 100 }), 'teller-canary')).toBe(13);
    expect(world({ canary, weight: 1 }).one('DestinationRule').metadata.annotations).toEqual({
      'banking.release/full-load': '13',
    });
  });

  test('where nobody knows what the autoscaler keeps free, the way back needs all pods from the first percent on', () => {
    const triggers = [{ type: 'kafka', metadata: { topic: 'a' } }];
    const all = world({ canary, weight: 1 }, { scaling: Scaling.keda({ min: 3, max: 13, triggers }) });
    expect(all.one('ScaledObject', 'teller').spec.minReplicaCount).toBe(13);
  });

  test('with steps of its own', () => {
    expect(fewest(world({ canary, weight: 5, steps: [5, 60], fullLoad: 11 }), 'teller-canary')).toBe(7);
  });

  test('the quota has room for both tracks at their largest', () => {
    // 13 and twice the surge for each track.
    expect(world({ canary }).one('ResourceQuota').spec.hard.pods).toBe('30');
    expect(world({ canary, maxSurge: 3 }).one('ResourceQuota').spec.hard.pods).toBe('38');
  });
});

describe('requests that always go to the canary', () => {
  const always = [Audience.header('x-canary', 'always'), Audience.cookie('tester', 'yes')];
  let all: World, http: Json[];
  beforeAll(() => {
    const traffic = { routes: [{ path: '/pay', headers: { 'x-canary': 'never' } }] };
    all = world({ canary, weight: 10, always }, { traffic });
    http = all.one('VirtualService').spec.http as Json[];
  });
  const subsets = (headers: Record<string, string>, path = '/') =>
    to(firstMatch(http, { method: 'POST', path, headers, port: 8071 })!).map(([subset]) => subset);

  test.each<[string, Record<string, string>, string[]]>([
    ['by a header', { 'x-canary': 'always' }, ['canary']],
    ['by a cookie among others', { cookie: 'a=b; tester=yes; c=d' }, ['canary']],
    ['not by another value', { 'x-canary': 'alway' }, ['stable', 'canary']],
    ['not without one', {}, ['stable', 'canary']],
  ])('%s', (_name, headers, expected) => expect(subsets(headers)).toEqual(expected));

  test('a route that asks for the header itself knows its value: it means the audience, or nobody of it', () => {
    expect(subsets({ 'x-canary': 'never' }, '/pay')).toEqual(['stable', 'canary']);
    // Beside the route that needs another value, the audience has its own of this path by the cookie alone.
    expect(subsets({ 'x-canary': 'never', cookie: 'tester=yes' }, '/pay')).toEqual(['canary']);
  });

  test('and through a gateway, as Istio merges its delegates', () => {
    const edge = new MeshGateway(all.chart, 'edge', { hosts: ['bank.example.com'], issuer: 'ca' });
    edge.route('/api', all.chart.node.findChild('teller') as never, { methods: ['GET', 'POST'] });
    const leaf = all.one('VirtualService', 'teller-edge').spec.http as Json[];
    const merged = mergeDelegates(all.one('VirtualService', 'edge').spec.http as Json[], () => leaf);
    const sent = (headers: Record<string, string>) =>
      firstMatch(merged, { method: 'POST', path: '/api/1', headers, port: 8071 })!;
    expect(to(sent({ 'x-canary': 'always' }))).toEqual([['canary', undefined]]);
    expect(to(sent({}))).toEqual([
      ['stable', 90],
      ['canary', 10],
    ]);
  });
});

test('a port of bytes has the same weights: its connections would reach the canary whatever the requests are told', () => {
  const all = world({ canary, weight: 10 }, { ports: [{ port: 9071, protocol: PortProtocol.TCP, name: 'feed' }] });
  expect(all.one('VirtualService').spec.tcp).toEqual([
    {
      match: [{ port: 9071 }],
      route: [
        { destination: { host: HOST, port: { number: 9071 }, subset: 'stable' }, weight: 90 },
        { destination: { host: HOST, port: { number: 9071 }, subset: 'canary' }, weight: 10 },
      ],
    },
  ]);
  const bytesOnly = world(
    { canary },
    { protocol: PortProtocol.TCP, health: Health.of({ liveness: HealthProbe.tcp(), readiness: HealthProbe.exec(['/ready']) }) },
  );
  expect(bytesOnly.one('VirtualService').spec).toMatchObject({ tcp: [{ route: [{ destination: { subset: 'stable' } }] }] });
  expect(bytesOnly.one('VirtualService').spec.http).toBeUndefined();
});

test('how it goes on, by hand (R13)', () => {
  const course = weightedCourse(FACTS, { weight: 0, steps: [20, 60], fullLoad: 17, maxSurge: 2 });
  expect(course.steps.map(({ weights, takes }) => [weights, takes])).toEqual([
    [
      { teller: 100, 'teller-canary': 0 },
      { shortest: 13, longest: 73 },
    ],
    [{ teller: 80, 'teller-canary': 20 }, undefined],
    [{ teller: 40, 'teller-canary': 60 }, undefined],
    // 3 pods by two are 2 waves of 13 s at least, 20 by two are 10 waves of 73 s at most.
    [
      { teller: 40, 'teller-canary': 60 },
      { shortest: 26, longest: 730 },
    ],
    [
      { teller: 100, 'teller-canary': 0 },
      { shortest: 0, longest: 10 },
    ],
    [{ teller: 100 }, { shortest: 0, longest: 55 }],
  ]);
  // 20 % of 17 are 3.4, 60 % are 10.2.
  expect(course.steps[0]!.checks).toEqual(['Deployment teller-canary is rolled out: 4 pods are ready']);
  expect(course.steps[1]!.checks).toContain('11 pods of it are ready for the next step');
  expect(course.toPromote).toBeUndefined();
  expect(course.toRollBack).toEqual({ shortest: 0, longest: 10 });
  expect(course.peakPods).toEqual({ teller: 24, 'teller-canary': 24 });
});
