import { Health, type MirroredProps, PortProtocol, Release, Scaling, type TrafficProps } from '../../lib';
import { mirroredCourse } from '../../lib/release/mirrored-course';
import { notesOn } from '../../lib/kube/notes';
import { type Json, World } from '../banking-service/world';
import { firstMatch } from '../traffic/envoy';
import { FACTS } from './facts';
import { linesOf } from './said';

const shadow = { image: 'registry.example.com/vault/teller:4.8.0', variables: { DATABASE: 'shadow' } };

function world(props: Partial<MirroredProps>, traffic: TrafficProps = {}, more: object = {}): World {
  const all = new World();
  const release = Release.mirrored({ shadow, percentage: 30, ...props });
  all.service('teller', { scaling: Scaling.horizontal({ min: 3, max: 13 }), release, traffic, ...more });
  return all;
}

const http = (all: World) => all.one('VirtualService').spec.http as Json[];
const copied = (routes: Json[], method: string, path: string) =>
  firstMatch(routes, { method, path, headers: {}, port: 8071 })!.mirror !== undefined;

describe('R8: copies of what may be carried out twice, and of nothing else', () => {
  let all: World;
  beforeAll(() => {
    const routes = [
      { path: '/pay', methods: ['POST'], idempotent: true } as const,
      { path: '/transfer', methods: ['POST'] } as const,
    ];
    all = world({}, { routes });
  });

  test.each<[string, string, boolean]>([
    ['GET', '/', true],
    ['HEAD', '/pay', true],
    ['OPTIONS', '/transfer', true],
    ['POST', '/pay', true],
    ['POST', '/transfer', false],
    ['DELETE', '/pay', false],
    ['PUT', '/', false],
  ])('%s %s', (method, path, is) => expect(copied(http(all), method, path)).toBe(is));

  test('beside the route, with a percentage that is not deprecated (R8 trap)', () => {
    for (const one of http(all)) {
      expect(one.route).toEqual([
        { destination: { host: 'teller.vault.svc.cluster.local', port: { number: 8071 }, subset: 'stable' } },
      ]);
      expect(one.mirrorPercent).toBeUndefined();
      if (!one.mirror) continue;
      expect(one.mirror).toEqual({ host: 'teller.vault.svc.cluster.local', port: { number: 8071 }, subset: 'shadow' });
      expect(one.mirrorPercentage).toEqual({ value: 30 });
    }
  });

  test('of gRPC, where every call is a POST, only what is declared', () => {
    const health = Health.grpc({ readinessService: 'ready' });
    const grpc = world({}, { routes: [{ path: '/vault.Rates/Get', idempotent: true }] }, { protocol: PortProtocol.GRPC, health });
    expect([copied(http(grpc), 'POST', '/vault.Rates/Get'), copied(http(grpc), 'POST', '/vault.Teller/Pay')]).toEqual([
      true,
      false,
    ]);
  });
});

test('at 0 % the shadow is there, and no route names it', () => {
  const all = world({ percentage: 0 });
  expect(http(all).every(({ mirror, mirrorPercentage }) => mirror === undefined && mirrorPercentage === undefined)).toBe(true);
  expect(all.one('Deployment', 'teller-shadow').spec.template.spec.containers[0].image).toBe(shadow.image);
});

test('the shadow is known by its own Deployment, and told where it is wrong', () => {
  expect(world({}).one('DestinationRule').spec.subsets).toEqual([
    { name: 'stable', labels: { app: 'teller' } },
    { name: 'shadow', labels: { app: 'teller-shadow' } },
  ]);
  expect(linesOf(() => world({ shadow: { ...shadow, version: '4 8' } }))).toEqual([
    'teller.release.shadow.version: "4 8" is not a label value; use 1 to 63 letters, digits, "-", "_" and "."',
  ]);
});

test('what the shadow does is real, which the report says', () => {
  const teller = world({}).chart.node.findChild('teller');
  expect(notesOn(teller)).toContainEqual({
    kind: 'warning',
    text: 'teller-shadow may do whatever teller may: what it writes, sends and calls is real, though nobody gets its answers.',
  });
});

test('it has pods for what is copied', () => {
  // 60 % of 13 are 7.8.
  expect(world({ percentage: 60 }).one('HorizontalPodAutoscaler', 'teller-shadow').spec.minReplicas).toBe(8);
});

test('how it goes on, by hand (R13)', () => {
  const course = mirroredCourse(FACTS, { percentage: 30 });
  const weights = { teller: 100, 'teller-shadow': 0 };
  expect(course.steps.map((step) => [step.weights, step.takes])).toEqual([
    [weights, { shortest: 13, longest: 73 }],
    [weights, undefined],
    [weights, { shortest: 0, longest: 10 }],
    [{ teller: 100 }, { shortest: 0, longest: 55 }],
  ]);
  expect(course.peakPods).toEqual({ teller: 22, 'teller-shadow': 22 });
});
