import { Duration } from 'cdk8s';
import { Audience, type CanaryReleaseProps, Platform } from '../../../lib';
import { Problems } from '../../../lib/kernel/errors';
import { portOf, resolveCanaryRelease } from '../../../lib/release/flagger/canary-release-model';
import { linesOf } from '../said';

/* A canary of a workload that something else makes, judged without an app. */

const up = { validate() {}, bind: () => ({ name: 'up', query: 'up', thresholdRange: { min: 1 }, describes: 'it is up' }) };
const load = { name: 'load', type: 'rollout', timeoutSeconds: 5, validate() {}, bind: () => ({}) as never } as const;

function resolved(props: Partial<CanaryReleaseProps>, name = 'orders') {
  const problems = new Problems('orders');
  const target = { kind: 'Deployment', name: 'orders' } as const;
  const model = resolveCanaryRelease(
    name,
    { namespace: 'shop', target, port: 8073, ...props },
    'shop',
    new Platform().model,
    problems,
  );
  problems.throwIfAny();
  return model;
}

/** What is wrong with it, a line each. */
const judged = (props: Partial<CanaryReleaseProps>, name?: string) => linesOf(() => resolved(props, name));

type Match = NonNullable<NonNullable<CanaryReleaseProps['service']>['match']>;
const vip = Audience.header('x-a', { exact: 'b' });
const web = Audience.sourceLabels({ 'banking.workload/name': 'web' });
const beside = (match: Match, props: Partial<CanaryReleaseProps>) => judged({ service: { match }, ...props });

test.each<[string, Partial<CanaryReleaseProps>, string[]]>([
  ['the least', {}, []],
  [
    'labels that are none',
    { labels: { 'a b': 'c' } },
    ['orders.labels: "a b" is not a label key; use [prefix/]name with up to 63 characters'],
  ],
  ['a second to make progress', { progressDeadline: Duration.seconds(1) }, []],
  [
    'half a second more',
    { progressDeadline: Duration.millis(1500) },
    ['orders.progressDeadline: 1.5 s must be a whole number of seconds from 1 on'],
  ],
  [
    'a target with capitals',
    { target: { kind: 'Deployment', name: 'Orders' } },
    [
      'orders.target.name: "Orders" is not a name that Kubernetes takes; use 1 to 55 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
    ],
  ],
  ['bytes, checked by a metric', { service: { appProtocol: 'tcp' }, metrics: [up] }, []],
  [
    'bytes, checked by nothing',
    { service: { appProtocol: 'tcp' } },
    [
      'orders.metrics: is empty, and Flagger sees no requests on a port that speaks bytes: every version would be promoted; give a metric of your own',
    ],
  ],
  [
    'without a mesh, whatever is spoken',
    { provider: 'kubernetes', service: { appProtocol: 'tcp' }, webhooks: [load], successRate: 99 },
    [],
  ],
])('a standalone canary: %s', (_what, given, problems) => {
  expect(judged(given)).toEqual(problems);
});

test.each<[string, CanaryReleaseProps['autoscaler'], string[]]>([
  ['an autoscaler by its name', { kind: 'HorizontalPodAutoscaler', name: 'orders' }, []],
  [
    'a name with capitals',
    { kind: 'HorizontalPodAutoscaler', name: 'Orders' },
    [
      'orders.autoscaler.name: "Orders" is not a name that Kubernetes takes; use 1 to 55 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
    ],
  ],
  [
    'a name that leaves no room',
    { kind: 'ScaledObject', name: 'o'.repeat(56) },
    [
      'orders.autoscaler.name: "oooooooooooooooooooooooooooooooooooooooooooooooooooooooo" is not a name that Kubernetes takes; use 1 to 55 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
    ],
  ],
  ['one pod', { kind: 'HorizontalPodAutoscaler', name: 'orders', primary: { min: 1, max: 1 } }, []],
  [
    'no pod',
    { kind: 'HorizontalPodAutoscaler', name: 'orders', primary: { min: 0 } },
    ['orders.autoscaler.primary: min 0 must be a whole number of pods from 1 on'],
  ],
  [
    'half a pod',
    { kind: 'HorizontalPodAutoscaler', name: 'orders', primary: { max: 2.5 } },
    ['orders.autoscaler.primary: max 2.5 must be a whole number of pods from 1 on'],
  ],
  ['at least two', { kind: 'HorizontalPodAutoscaler', name: 'orders', primary: { min: 2 } }, []],
  ['at most two', { kind: 'HorizontalPodAutoscaler', name: 'orders', primary: { max: 2 } }, []],
])('what scales it: %s', (_what, given, problems) => {
  expect(judged({ autoscaler: given })).toEqual(problems);
});

test.each<[string, [Match, Partial<CanaryReleaseProps>], string[]]>([
  [
    'headers of both',
    [[{ headers: { 'x-b': { exact: 'c' } } }], { abTest: { audience: vip } }],
    [
      'orders.service.match[0].headers: Flagger would put the headers of the audience in the place of these, and mean more requests than either; leave them out, and match by path',
    ],
  ],
  [
    'pods of both',
    [[{ sourceLabels: { app: 'a' } }], { abTest: { audience: web } }],
    [
      'orders.service.match[0].sourceLabels: Flagger would put the sourceLabels of the audience in the place of these, and mean more requests than either; leave them out, and match by path',
    ],
  ],
  ['headers of one, pods of the other', [[{ headers: { 'x-b': { exact: 'c' } } }], { abTest: { audience: web } }], []],
  ['pods of one, headers of the other', [[{ sourceLabels: { app: 'a' } }], { abTest: { audience: vip } }], []],
  [
    'any of two, of which one asks for headers',
    [[{ uri: { exact: '/' } }, { headers: { 'x-b': { exact: 'c' } } }], { abTest: { audience: [web, vip] } }],
    [
      'orders.service.match[1].headers: Flagger would put the headers of the audience in the place of these, and mean more requests than either; leave them out, and match by path',
    ],
  ],
  ['paths alone', [[{ uri: { prefix: '/a' } }], { abTest: { audience: [web, vip] } }], []],
  ['pods beside a cookie', [[{ sourceLabels: { app: 'a' } }], { sessionAffinity: {} }], []],
  [
    'headers beside a cookie',
    [[{ headers: { 'x-b': { exact: 'c' } } }], { sessionAffinity: {} }],
    [
      'orders.service.match[0].headers: Flagger would put the headers of the cookie in the place of these, and mean more requests than either; leave them out, and match by path',
    ],
  ],
  ['headers beside steps', [[{ headers: { 'x-b': { exact: 'c' } } }], {}], []],
])('an audience or a cookie beside matches: %s', (_what, given, problems) => {
  expect(beside(...given)).toEqual(problems);
});

test('a name of the Canary that Kubernetes would refuse', () => {
  expect(judged({}, 'Orders')).toEqual([
    'orders.name: "Orders" is not a name that Kubernetes takes; use 1 to 63 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
  ]);
});

test('without a word of a target, the Deployment of its name', () => {
  expect(resolved({ target: undefined }).target).toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'orders' });
});

test.each([
  [undefined, false],
  [false, false],
  [true, true],
])('suspend %s stands still: %s', (suspend, still) => expect(resolved({ suspend }).suspend).toBe(still));

test.each([
  ['http', { successRate: 99, p99: 500 }, 0],
  ['http2', { successRate: 99, p99: 500 }, 0],
  ['grpc', { p99: 500 }, 1],
  ['tcp', {}, 0],
] as const)('what Flagger sees of %s by itself (rule 19)', (appProtocol, builtIn, derived) => {
  const { analysis } = resolved({ service: { appProtocol }, metrics: appProtocol === 'tcp' ? [up] : [] });
  expect(analysis.builtIn).toEqual(builtIn);
  expect(analysis.derived).toHaveLength(derived);
});

test('the port that is analysed: the number of a named one is known to the workload alone', () => {
  const known = [
    { name: 'admin', port: 9071, targetPort: 9072, protocol: 'http' },
    { name: 'api', port: 8073, targetPort: 8077, protocol: 'http' },
  ] as never;
  const port = (targetPort: number | string, of: never = known) => portOf(resolved({ service: { targetPort } }).service, of);
  expect(port(8081)).toEqual({ name: 'http', port: 8073, targetPort: 8081, protocol: 'http' });
  expect(port('api')).toEqual({ name: 'http', port: 8073, targetPort: 8077, protocol: 'http' });
  expect(port('api', [] as never).targetPort).toBe(8073);
});

test('a workload that nobody can reach is not the one of the canary', () => {
  const workload = { guard: { model: { ports: [] } } } as unknown as CanaryReleaseProps['workload'];
  expect(judged({ workload })).toEqual([
    'orders.workload: guards Service none with the ports none, and the canary is about Service orders with port 8073; make the two the same',
  ]);
});
