import { Duration } from 'cdk8s';
import { Audience, type CanaryProps, type IWebhook, MeshGateway, Release } from '../../../lib';
import { type Json, World } from '../../banking-service/world';
import { canariesOf } from '../../support/flagger';
import { rehearse } from '../../support/flagger/rehearsal';
import { restarted } from '../../support/flagger/revisions';
import type { KubeObject } from '../../support/reachability';
import { type Request, firstMatch, mergeDelegates } from '../../traffic/envoy';

/* ADR 0006: our roots and Flagger's delegate, merged as Istio merges them, in every state that a release passes through. */

const load: IWebhook = {
  ...{ name: 'load', type: 'rollout', timeoutSeconds: 5 },
  validate() {},
  bind: () => ({ name: 'load', type: 'rollout', url: 'http://tester.vault/', timeoutSeconds: 5 }),
};
const FORMS: [string, CanaryProps][] = [
  ['steps', { steps: [10, 60, 100] }],
  ['an audience by header', { abTest: { audience: Audience.customerGroup('premium'), iterations: 2 } }],
  ['an audience by cookie', { abTest: { audience: Audience.cookie('tier', 'gold'), iterations: 2 } }],
  ['cookies', { steps: [50, 100], sessionAffinity: {} }],
  ['copies', { steps: [50, 100], mirror: { idempotent: true } }],
  ['blue-green', { blueGreen: { iterations: 2 }, webhooks: [load] }],
];

const request = (method: string, path: string, headers: Request['headers'] = {}): Request => ({
  method,
  path,
  headers,
  port: 8071,
});
const TRIED: [Request, string, number][] = [
  [request('GET', '/api/v1/reports/7'), '37s', 3],
  [request('GET', '/api/v1/reports/7', { 'x-customer-group': 'premium', cookie: 'a=b; tier=gold; c=d' }), '37s', 3],
  [request('POST', '/api/v1/payments', { 'x-customer-group': 'premium', cookie: 'tier=gold' }), '10s', 0],
  [request('POST', '/api/v1/payments', { cookie: 'tier=golden' }), '10s', 0],
  [request('DELETE', '/api'), '10s', 3],
];

/** Every state of a release, with the roots that lead to it. */
function states(props: CanaryProps) {
  const world = new World();
  const routes = [
    { path: '/api/v1/reports', methods: ['GET'], timeout: Duration.seconds(37) },
    { path: '/api/v1/payments', methods: ['POST'], retries: { attempts: 0 } },
  ];
  const teller = world.service('teller', { release: Release.canary(props), traffic: { routes } });
  new MeshGateway(world.chart, 'edge', { hosts: ['bank.example.com'], issuer: 'ca' }).route('/api', teller);
  const objects = world.objects();
  const [canary] = canariesOf(objects);
  const { ticks } = rehearse(restarted(objects, canary!, 'before'), objects, canary!, 'succeeded');
  const rootsOf = (name: string): Json[] => world.one('VirtualService', name).spec.http;
  return { roots: [rootsOf('teller-mesh'), rootsOf('edge')], ticks };
}

/** What callers and the gateway see in each of them. */
function mergedStates(props: CanaryProps) {
  const { roots, ticks } = states(props);
  return ticks.flatMap(({ objects, weights }) => {
    const leaf = delegateOf(objects);
    return leaf && weights ? roots.map((root) => ({ weights, http: mergeDelegates(root, () => leaf.spec.http as Json[]) })) : [];
  });
}

/** The routes of Flagger's VirtualService, once there is one. */
const delegateOf = (objects: readonly KubeObject[]): Json | undefined =>
  objects.find(({ kind, metadata }) => kind === 'VirtualService' && metadata?.name === 'teller');

describe.each(FORMS)('%s', (_name, props) => {
  let merged: ReturnType<typeof mergedStates>;
  beforeAll(() => {
    merged = mergedStates(props);
  });

  test('each request is treated as its own route says, whichever version it goes to', () => {
    expect(merged.length).toBeGreaterThan(8);
    for (const { http } of merged) {
      for (const [asked, timeout, attempts] of TRIED) {
        const route = firstMatch(http, asked)!;
        expect([route.timeout, route.retries.attempts]).toEqual([timeout, attempts]);
      }
    }
  });

  test('each request goes to the versions that Flagger has chosen', () => {
    const seen = new Set<string>();
    for (const { http, weights } of merged) {
      for (const [asked] of TRIED) {
        const { route } = firstMatch(http, asked)!;
        // The only destination of a route has everything, whatever its weight says.
        const shares = Object.fromEntries(
          (route as Json[]).map(({ destination, weight }, _i, all) => [destination.host, all.length === 1 ? 100 : weight]),
        );
        const meant =
          props.abTest === undefined ||
          (_name.endsWith('header')
            ? asked.headers['x-customer-group'] === 'premium'
            : /(^|; )tier=gold(;|$)/.test(asked.headers.cookie ?? ''));
        const canary = meant ? weights.canary : 0;
        expect(shares['teller-canary'] ?? 0).toBe(canary);
        expect(shares['teller-primary'] ?? 0).toBe(meant ? weights.primary : 100);
        seen.add(String(canary));
      }
    }
    expect(seen.size).toBeGreaterThan(1);
  });
});

test('who carries the cookie of the new version keeps it', () => {
  const { roots, ticks } = states({ steps: [50, 100], sessionAffinity: {} });
  const leaf = ticks.map(({ objects }) => delegateOf(objects)).find((one) => one?.spec.http.length === 3)!;
  const [kept] = leaf.spec.http as Json[];
  const regex = kept!.match[0].headers.Cookie.regex as string;
  expect(regex).toMatch(/teller-canary/);
  for (const root of roots) {
    const http = mergeDelegates(root, () => leaf.spec.http as Json[]);
    const sticky = http.filter(({ match }) => match?.some((one: Json) => one.headers?.Cookie?.regex === regex));
    // One for each route of the root: none was dropped for a conflict.
    expect(sticky).toHaveLength(root.length);
    for (const { route } of sticky) {
      expect((route as Json[]).find(({ weight }) => weight === 100)!.destination.host).toBe('teller-canary');
    }
  }
});
