import { myApp } from '../../apps/blue-green/my-app';
import { PREVIEW, states } from '../../apps/blue-green/states';
import {
  Audience,
  BlueGreen,
  type BlueGreenProps,
  Environment,
  GitOpsApp,
  jumpProblems,
  Release,
  Scaling,
  Stage,
} from '../../lib';
import { blueGreenCourse } from '../../lib/release/blue-green-course';
import { IMAGE, type Json, World, only } from '../banking-service/world';
import { Cluster, LAYERS } from '../support/reachability';
import { failures, mixes } from '../support/release/mixes';
import { firstMatch } from '../traffic/envoy';
import { FACTS } from './facts';
import { objectsOf } from '../support/yaml';

/** What the app writes for a state, as YAML, and read back. */
function folder(state: BlueGreen): Json[] {
  const app = new GitOpsApp();
  myApp(new Environment(app, 'state', { stage: Stage.PRODUCTION }), state);
  return objectsOf(app.synthYaml()) as Json[];
}

const FOLDERS = states.map(({ name, state }) => ({ name, objects: folder(state) }));
const named = (name: string) => FOLDERS.find((one) => one.name === name)!.objects;
const steps = FOLDERS.slice(1).map(({ name, objects }, i) => ({
  from: FOLDERS[i]!.name,
  to: name,
  before: FOLDERS[i]!.objects,
  after: objects,
}));
/** In the app: eight pods carry the busiest hour. */
const FULL = 8;

const deployments = (objects: readonly Json[]) =>
  objects
    .filter(({ kind, metadata }) => kind === 'Deployment' && metadata.name.startsWith('my-app'))
    .map(({ metadata }) => metadata.name as string);
const fewest = (objects: readonly Json[], name: string) =>
  only(objects, 'HorizontalPodAutoscaler', name).spec.minReplicas as number;
/** What callers in the mesh get, and those at the gateway. */
const ROUTES = ['my-app', 'my-app-edge'];
const routes = (objects: readonly Json[], name: string) => only(objects, 'VirtualService', name).spec.http as Json[];
const colours = (route: Json) =>
  (route.route as Json[]).map(({ destination, weight }) => `${destination.subset} ${weight ?? 100}`);

describe('R4: each folder of apps/blue-green', () => {
  test.each<[string, string[], string[], string[]]>([
    ['blue-only', ['my-app-blue'], ['blue 100'], ['blue 100']],
    ['green-staged', ['my-app-blue', 'my-app-green'], ['blue 100'], ['blue 100']],
    ['green-preview', ['my-app-blue', 'my-app-green'], ['blue 100'], ['green 100']],
    ['green-partial', ['my-app-blue', 'my-app-green'], ['blue 90', 'green 10'], ['green 100']],
    ['green-live', ['my-app-blue', 'my-app-green'], ['green 100'], ['green 100']],
    ['green-only', ['my-app-green'], ['green 100'], ['green 100']],
  ])('%s: Deployments, what everybody gets, what the synthetic traffic gets', (name, expected, everybody, testers) => {
    const objects = named(name);
    expect(deployments(objects).sort()).toEqual(expected);
    for (const virtualService of ROUTES) {
      const sent = (headers: Record<string, string>) =>
        colours(firstMatch(routes(objects, virtualService), { method: 'GET', path: '/', headers, port: 8080 })!);
      expect(sent({})).toEqual(everybody);
      expect(sent({ [PREVIEW.header]: PREVIEW.value })).toEqual(testers);
    }
  });

  test.each(FOLDERS)('$name: no subset without pods, no sum but 100, no share without its pods', ({ objects }) => {
    expect(mixes(objects, objects).flatMap((mix) => failures(objects, mix, objects, FULL))).toEqual([]);
    const subsets = only(objects, 'DestinationRule', 'my-app').spec.subsets as Json[];
    expect(subsets.map(({ name, labels }) => [name, labels])).toEqual(
      deployments(objects)
        .sort()
        .map((name) => [name.replace('my-app-', ''), { app: name }]),
    );
  });

  test('while there are two colours, each has pods for all requests; alone, the autoscaler decides (R4 trap)', () => {
    for (const { objects } of FOLDERS) {
      const there = deployments(objects);
      for (const name of there) expect(fewest(objects, name)).toBe(there.length > 1 ? FULL : 3);
    }
  });
});

describe.each(steps)('R4: the commit from $from to $to', ({ before, after }) => {
  test('loses nothing, in whatever order its objects are applied', () => {
    const all = mixes(before, after);
    expect(all.length).toBeGreaterThan(1);
    expect(all.flatMap((mix) => failures(before, mix, after, FULL))).toEqual([]);
  });

  test('is not refused, nor is its way back', () => {
    expect(jumpProblems(before as never, after as never)).toEqual([]);
    const alone = deployments(after).length < deployments(before).length;
    // What is gone has to be staged again first.
    if (!alone) expect(jumpProblems(after as never, before as never)).toEqual([]);
  });

  test('changes Deployments or routes, never both', () => {
    const of = (kind: string, objects: readonly Json[]) => JSON.stringify(objects.filter((one) => one.kind === kind));
    const changed = (kind: string) => of(kind, before) !== of(kind, after);
    expect(changed('Deployment')).toBe(!changed('VirtualService'));
    expect(changed('Service')).toBe(false);
  });
});

test('R4 trap: a step that is left out is refused, with what to do', () => {
  expect(jumpProblems(named('blue-only') as never, named('green-live') as never)).toEqual([
    ...ROUTES.map((name) => ({
      where: `VirtualService my-app/${name}`,
      what:
        'sends requests to subset green of Service my-app/my-app in the commit that names the subset, and a proxy that learns of the route first answers 503; ' +
        "commit the subset first, with Release.rolling({ subset: 'green' }) or without requests",
    })),
  ]);
  expect(jumpProblems(named('green-partial') as never, named('green-only') as never)).toEqual([
    {
      where: 'Deployment my-app/my-app-blue',
      what: 'gets 90 % of the requests and goes in the same commit; send them elsewhere first, and take it away with the next commit',
    },
  ]);
});

describe('M10: policies, budget and callers hold for each colour', () => {
  test.each(FOLDERS)('$name', ({ objects }) => {
    const cluster = Cluster.of(objects, {
      namespaces: { 'istio-ingress': {} },
      pods: [
        {
          name: 'gateway',
          namespace: 'istio-ingress',
          labels: { istio: 'ingress' },
          serviceAccount: 'istio-ingress',
          inMesh: true,
          gateway: true,
        },
        { name: 'stranger', namespace: 'my-app', labels: { app: 'my-app-green' }, serviceAccount: 'stranger', inMesh: true },
      ],
    });
    const budget = only(objects, 'PodDisruptionBudget', 'my-app').spec.selector.matchLabels as Json;
    for (const name of deployments(objects)) {
      const pods = only(objects, 'Deployment', name).spec.template.metadata.labels as Json;
      expect(pods).toMatchObject(budget);
      const open = (from: string, method = 'GET') => {
        const request = { host: 'my-app.my-app.svc.cluster.local', servicePort: 8080, method, path: '/' };
        const layers = cluster.flow({ from, to: `my-app/${name}`, port: 8080, request });
        return LAYERS.every((layer) => layers[layer].open);
      };
      expect([
        open('istio-ingress/gateway'),
        open('my-app/synthetic-traffic'),
        open('my-app/synthetic-traffic', 'POST'),
        open('my-app/stranger'),
      ]).toEqual([true, true, false, false]);
    }
  });
});

describe('Release.blueGreen', () => {
  const blue = { image: IMAGE };
  const green = { image: 'registry.example.com/vault/teller:4.8.0', version: 'v8', variables: { MODE: 'new' } };
  const world = (props: Partial<BlueGreenProps>) => {
    const all = new World();
    const release = Release.blueGreen({ blue, green, state: BlueGreen.live('green'), ...props });
    all.service('teller', { image: undefined, scaling: Scaling.horizontal({ min: 3, max: 13 }), release });
    return all;
  };

  test('a colour takes over the Deployment of a service that rolled, and with it the pods', () => {
    const all = world({ blue: { ...blue, deployment: 'teller' }, state: BlueGreen.staged('green') });
    expect(
      all
        .objects()
        .filter(({ kind }) => kind === 'Deployment')
        .map(({ metadata }) => metadata.name as string),
    ).toEqual(['teller', 'teller-green']);
    const rolled = new World();
    rolled.service('teller', { scaling: Scaling.horizontal({ min: 3, max: 13 }) });
    expect(all.one('Deployment', 'teller')).toEqual(rolled.one('Deployment'));
  });

  test('each colour runs its own image, under its own version, with its own variables', () => {
    const pods = world({}).one('Deployment', 'teller-green').spec.template;
    expect(pods.spec.containers[0].image).toBe(green.image);
    expect(pods.metadata.labels).toMatchObject({ version: 'v8', app: 'teller-green', 'banking.workload/name': 'teller' });
    expect(world({}).one('ConfigMap').data).toEqual({ MODE: 'new' });
  });

  test('full load is the most that the service scales to, unless it is said', () => {
    const all = world({});
    expect(['teller-blue', 'teller-green'].map((name) => fewest(all.objects(), name))).toEqual([13, 13]);
  });

  test('a colour that is not there need not be known', () => {
    expect(world({ green: undefined, state: BlueGreen.only('blue') }).one('Deployment').metadata.name).toBe('teller-blue');
  });

  test('how it goes on, by hand (R13)', () => {
    const course = blueGreenCourse(FACTS, {
      blue,
      green,
      state: BlueGreen.preview('green', Audience.header('a', 'b')),
      fullLoad: 7,
    });
    expect(course.steps.map(({ weights, takes }) => [weights, takes])).toEqual([
      [
        { 'teller-blue': 100, 'teller-green': 0 },
        { shortest: 13, longest: 73 },
      ],
      [{ 'teller-blue': 100, 'teller-green': 0 }, undefined],
      [{ 'teller-blue': 90, 'teller-green': 10 }, undefined],
      [{ 'teller-blue': 0, 'teller-green': 100 }, undefined],
      [{ 'teller-green': 100 }, { shortest: 0, longest: 55 }],
    ]);
    expect(course.steps[0]!.checks).toEqual(['Deployment teller-green is rolled out: 7 pods are ready, enough for all requests']);
    expect(course.toRollBack).toEqual({ shortest: 0, longest: 10 });
    expect(course.peakPods).toEqual({ 'teller-blue': 22, 'teller-green': 22 });
    expect(course.rollback).toContain("BlueGreen.live('blue')");
    // What is there alone is old: green goes on to blue.
    expect(blueGreenCourse(FACTS, { blue, green, state: BlueGreen.only('green') }).steps[0]!.weights).toEqual({
      'teller-green': 100,
      'teller-blue': 0,
    });
  });
});
