import { Duration } from 'cdk8s';
import {
  ObservabilityStack,
  type ObservabilityStackProps,
  Objective,
  ObservedService,
  type ObservedServiceProps,
  RequestSource,
} from '../../lib';
import { World } from '../banking-service/world';

const NO_NAME = 'is not a name that Kubernetes takes; use';
const js = (value: unknown) => value as never;

/** What is said of a thing that can't be built. */
function said(build: () => unknown): string[] {
  try {
    build();
  } catch (e) {
    return (e as { problems: { where: string; what: string }[] }).problems.map(({ where, what }) => `${where}: ${what}`);
  }
  return [];
}

describe('names of a service that this library did not make', () => {
  const of = (props: Partial<ObservedServiceProps>) =>
    said(() => ObservedService.of({ name: 'quotes', namespace: 'markets', ...props }));

  test('each is judged where it stands', () => {
    expect(
      of({
        namespace: 'Markets',
        canary: 'quotes_v1',
        deployments: ['quotes_v1', 'ok'],
        services: ['Quotes'],
        autoscalers: ['a b'],
        disruptionBudgets: ['-x'],
      }).map((text) => text.split(' is not')[0]),
    ).toEqual([
      'quotes.namespace: "Markets"',
      'quotes.canary: "quotes_v1"',
      'quotes.deployments: "quotes_v1"',
      'quotes.services: "Quotes"',
      'quotes.autoscalers: "a b"',
      'quotes.disruptionBudgets: "-x"',
    ]);
  });

  test('a service and a canary leave room for what Flagger appends', () => {
    const long = 'a'.repeat(56);
    expect(of({ name: long })).toEqual([expect.stringContaining(`name: "${long}" ${NO_NAME} 1 to 55`)]);
    expect(of({ canary: long, deployments: [long] })).toEqual([expect.stringContaining(`canary: "${long}" ${NO_NAME} 1 to 55`)]);
  });

  test('one that has no name of its own is called a service', () => {
    expect(of({ name: 'My quotes' })).toEqual([
      expect.stringContaining(`observed service "My quotes".name: "My quotes" ${NO_NAME}`),
    ]);
    expect(said(() => ObservedService.of(js(undefined)))[0]).toMatch(/^observed service nothing/);
  });

  test('a canary is one of the Deployments, where these are named; without one they may be any', () => {
    expect(of({ deployments: ['v1', 'v2'] })).toEqual([]);
    expect(of({ deployments: ['v1', 'v2'], canary: 'v3' })).toEqual([
      'quotes.canary: "v3" is none of the deployments v1, v2; name it there too',
    ]);
  });

  test('labels of the pods are some, and with a canary none that Flagger rewrites', () => {
    expect(of({ podLabels: {} })).toEqual(['quotes.podLabels: is empty; leave it out, or name what the pods carry']);
    expect(of({ podLabels: { app: 'quotes' } })).toEqual([]);
    expect(of({ podLabels: { app: 'quotes', team: 'x' }, canary: 'quotes' })).toEqual([
      'quotes.podLabels: Flagger may write another app on the pods of the primary; name a label that it leaves alone',
    ]);
    expect(of({ podLabels: { 'a b': 'x' } })).toEqual([expect.stringMatching(/^quotes\.podLabels: .*a b/)]);
  });
});

describe('a stack', () => {
  const stack = (props: Partial<ObservabilityStackProps>, id = 'watch') =>
    said(() => {
      const world = new World();
      const objective = { availability: 99.7 };
      return new ObservabilityStack(world.chart, id, { services: [world.service('till')], objective, ...props });
    });

  test('watches services, and is called a stack where its id is no name', () => {
    expect(stack({ services: js(undefined) })).toEqual([expect.stringMatching(/^watch\.services: /)]);
    expect(stack({ services: js('till') })).toEqual([expect.stringMatching(/^watch\.services: "till" must be /)]);
    expect(stack({ services: [] }, 'our stack')).toEqual(['stack "our stack".services: is empty; name what is watched']);
  });

  test('says of an objective what the objective says', () => {
    expect(stack({ objective: { availability: 100 } })).toEqual([
      'objective.availability: 100 leaves nothing to fail: every release and every lost packet breaks it; promise at most 99.999',
    ]);
  });

  test('has a name of 30 characters, and watches Certificates in namespaces', () => {
    expect(stack({ name: 'Retail' })).toEqual([
      `watch.name: "Retail" ${NO_NAME} 1 to 30 lower-case letters, digits and "-", starting with a letter and not ending with "-"`,
    ]);
    expect(stack({ certificates: ['vault', 'the gate'] })).toEqual([
      expect.stringContaining(`watch.certificates: "the gate" ${NO_NAME}`),
    ]);
  });

  test('misses backups by the name of their schedule, after an hour or more', () => {
    const backups = (schedule: string, maxAge?: Duration) =>
      stack({
        backups: [
          { schedule: 'daily', maxAge: Duration.hours(1) },
          { schedule, maxAge: maxAge! },
        ],
      });
    expect(backups('weekly', Duration.days(8))).toEqual([]);
    expect(backups('every day', Duration.days(8))).toEqual([
      expect.stringContaining(`watch.backups[1].schedule: "every day" ${NO_NAME}`),
    ]);
    expect(backups('weekly')).toEqual(['watch.backups[1].maxAge: is missing; it must be a Duration']);
    expect(backups('weekly', Duration.seconds(3599))).toEqual([
      'watch.backups[1].maxAge: 3599 s is no age of a backup; give an hour or more',
    ]);
    expect(backups('weekly', Duration.seconds(3600.0005))).toEqual([
      'watch.backups[1].maxAge: 3600.0005 s is no age of a backup; give an hour or more',
    ]);
  });
});

describe('an objective', () => {
  const of = (props: Parameters<typeof Objective.of>[0]) => said(() => Objective.of(props));
  const byRoute = { measuredBy: RequestSource.springBoot() };

  test('holds for 7 to 90 whole days', () => {
    const window = (length: Duration) => of({ availability: 99.7, window: length });
    expect([7, 90].map((days) => window(Duration.days(days)))).toEqual([[], []]);
    expect(window(Duration.days(6))).toEqual([
      'objective.window: 6 d is no window that alerts can be made for; use 7 to 90 whole days',
    ]);
    expect(window(Duration.days(91))).toEqual([
      'objective.window: 91 d is no window that alerts can be made for; use 7 to 90 whole days',
    ]);
    expect(window(Duration.hours(180))).toEqual([
      'objective.window: 7.5 d is no window that alerts can be made for; use 7 to 90 whole days',
    ]);
    expect(window(Duration.seconds(691_200.0005))).toEqual([
      expect.stringMatching(/^objective\.window: 8\.00000000\d+ d is no window/),
    ]);
  });

  test('with a window that is none, what else is wrong is found by the one that it would have by default', () => {
    expect(of({ availability: 0.999, window: Duration.days(1) })).toEqual([
      'objective.window: 1 d is no window that alerts can be made for; use 7 to 90 whole days',
      expect.stringContaining('objective.availability: availability 0.999 leaves so much to fail') as string,
    ]);
  });

  test('promises at most 99.999 %, limits that do not fall, and one failure at least', () => {
    expect(of({ availability: 99.999, p50: Duration.millis(70), p90: Duration.millis(70), minimumFailures: 1 })).toEqual([]);
    expect(of({ availability: 99.9991 })).toEqual([
      'objective.availability: 99.9991 is no percentage that can be kept; write percent, like 99.9, at most 99.999',
    ]);
    expect(of({ availability: NaN })).toHaveLength(1);
  });

  test.each(['GET /a b', 'get /a', 'FETCH /a', '/a b', 'GET a/b', 'a/b', '/caf\u00e9', 'GET  /a', ''])(
    '%j is no route',
    (name) => {
      expect(of({ ...byRoute, routes: { [name]: { availability: 99 } } })).toEqual([
        `objective.routes[${JSON.stringify(name)}]: ${JSON.stringify(name)} is no route; write it like "POST /api/v1/payments" or "/api/v1/payments/{id}"`,
      ]);
    },
  );

  test('says which promise of which route is none', () => {
    expect(of({ ...byRoute, routes: { '/a': { p95: Duration.millis(0) }, '/b': { p95: undefined } } })).toEqual([
      'objective.routes["/a"].p95: 0 ms is no time; give the longest that a request may take',
      'objective.routes["/b"]: promises nothing; give availability, p95 or another percentile',
    ]);
  });
});

describe('a source', () => {
  const RISING = 'buckets must be a rising list of durations above zero; write them from the shortest to the longest';

  test.each([
    ['none', []],
    ['one twice', [Duration.millis(100), Duration.millis(100)]],
    ['one of no time', [Duration.millis(0), Duration.millis(100)]],
  ])('has buckets that rise: %s', (_, buckets) => {
    expect(said(() => RequestSource.istio({ buckets }))).toEqual([`RequestSource.istio: ${RISING}`]);
    expect(said(() => RequestSource.springBoot({ buckets }))).toEqual([`RequestSource.springBoot: ${RISING}`]);
    expect(said(() => RequestSource.openTelemetry({ buckets }))).toEqual([`RequestSource.openTelemetry: ${RISING}`]);
  });

  test('takes no options that it does not know, and says whose', () => {
    expect(said(() => RequestSource.springBoot(js({ reporter: 'source' })))[0]).toMatch(/^RequestSource\.springBoot: /);
    expect(said(() => RequestSource.openTelemetry(js({ reporter: 'source' })))[0]).toMatch(/^RequestSource\.openTelemetry: /);
  });

  test('can tell of a limit up to its last bucket', () => {
    const measuredBy = RequestSource.openTelemetry({ buckets: [Duration.millis(50), Duration.millis(900)] });
    expect(said(() => Objective.of({ p99: Duration.millis(900), measuredBy }))).toEqual([]);
    expect(said(() => Objective.of({ p99: Duration.millis(901), measuredBy }))).toEqual([
      "objective.latency-p99: 901 ms is beyond the last bucket of OpenTelemetry's durations, 900 ms; nothing could tell whether it is kept; give a shorter limit, or more buckets",
    ]);
  });
});
