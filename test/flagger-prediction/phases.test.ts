import { canariesOf, phasesOf, statesOf } from '../support/flagger';
import type { HttpRoute } from '../support/flagger/istio-routes';
import type { KubeObject } from '../support/reachability';
import { canarySpec, STRATEGIES } from './strategies';
import { NAMESPACE, office } from './office';

/** A phase in short: its name, and the weights of primary and canary. */
function phases(objects: readonly KubeObject[]): string[] {
  return phasesOf(objects, canariesOf(objects)[0]!).map(
    ({ name, weights }) => `${name}: ${weights === undefined ? '-' : `${weights.primary}/${weights.canary}`}`,
  );
}

const begin = ['initializing: -', 'initialized: 100/0'];

describe('the phases that a release passes through', () => {
  const cases: [strategy: string, phases: string[]][] = [
    [
      'listed steps',
      [
        ...begin,
        'progressing, canary 0 %: 100/0',
        'progressing, canary 5 %: 95/5',
        'progressing, canary 35 %: 65/35',
        'progressing, canary 100 %: 0/100',
        'promoting, canary 100 %: 0/100',
        'promoting, canary 60 %: 40/60',
        'promoting, canary 20 %: 80/20',
        'finalising: 100/0',
        'succeeded: 100/0',
        'failed, canary 0 %: 100/0',
        'promotion failed, canary 100 %: 0/100',
      ],
    ],
    [
      'even steps to a maximum',
      [
        ...begin,
        'progressing, canary 0 %: 100/0',
        'progressing, canary 20 %: 80/20',
        'progressing, canary 40 %: 60/40',
        'progressing, canary 60 %: 40/60', // the maximum of 50 is where steps end, not where they stop
        'promoting, canary 60 %: 40/60',
        'finalising: 100/0',
        'succeeded: 100/0',
        'failed, canary 0 %: 100/0',
        'promotion failed, canary 100 %: 0/100',
      ],
    ],
    [
      'A/B by headers and source labels',
      [
        ...begin,
        'progressing, canary 0 % of those who match: 100/0',
        'progressing, canary 100 % of those who match: 0/100',
        'promoting, canary 100 % of those who match: 0/100',
        'finalising: 100/0',
        'succeeded: 100/0',
        'failed, canary 0 % of those who match: 100/0',
        'promotion failed, canary 100 % of those who match: 0/100',
      ],
    ],
    [
      'blue-green',
      [
        ...begin,
        'progressing, canary 0 %: 100/0',
        'progressing, canary 100 %: 0/100', // for one tick everybody is on the canary while the primary still runs the old version
        'promoting, canary 100 %: 0/100',
        'finalising: 100/0',
        'succeeded: 100/0',
        'failed, canary 0 %: 100/0',
        'promotion failed, canary 100 %: 0/100',
      ],
    ],
    [
      'blue-green, mirrored',
      [
        ...begin,
        'progressing, canary 0 %: 100/0',
        'progressing, canary 0 %, mirrored: 100/0',
        'progressing, canary 100 %: 0/100',
        'promoting, canary 100 %: 0/100',
        'finalising: 100/0',
        'succeeded: 100/0',
        'failed, canary 0 %: 100/0',
        'promotion failed, canary 100 %: 0/100',
      ],
    ],
    [
      'blue-green without a mesh',
      [
        ...['initializing', 'initialized', 'progressing', 'promoting', 'finalising', 'succeeded'].map((phase) => `${phase}: -`),
        'failed: -',
        'promotion failed: -',
      ],
    ],
  ];
  it.each(cases)('%s', (strategy, expected) => {
    expect(phases(STRATEGIES[strategy]!)).toEqual(expected);
  });

  it('are none where a release gets nowhere: an empty list of matches starts the weights over on every tick', () => {
    expect(() => phases(STRATEGIES['an empty list of matches']!)).toThrow(
      'Canary/vaults/payments: a release gets nowhere; it stays Progressing',
    );
  });

  it('are none of a provider that is not predicted, and none without a target', () => {
    const steps = { stepWeights: [100] };
    expect(() => phases(office(canarySpec({ analysis: steps, spec: { provider: 'linkerd' } })))).toThrow(
      'the prediction knows the providers istio and kubernetes, not linkerd',
    );
    expect(() =>
      phases(office(canarySpec({ analysis: steps, spec: { targetRef: { kind: 'Deployment', name: 'paymints' } } }))),
    ).toThrow('its target Deployment paymints is not among the objects');
    expect(() =>
      phases(office(canarySpec({ analysis: steps, spec: { autoscalerRef: { kind: 'HorizontalPodAutoscaler', name: 'none' } } }))),
    ).toThrow('its autoscaler HorizontalPodAutoscaler none is not among the objects');
  });
});

/** The routes of Flagger's VirtualService in a phase. */
function routes(strategy: string, phase: string): HttpRoute[] {
  const objects = STRATEGIES[strategy]!;
  const state = statesOf(objects, canariesOf(objects)[0]!).find((one) => one.phase.name === phase)!;
  const found = state.objects.find(
    ({ kind, metadata }) => kind === 'VirtualService' && metadata?.name === 'payments' && metadata.namespace === NAMESPACE,
  );
  return (found!['spec'] as { http: HttpRoute[] }).http;
}

describe('the routes of a phase', () => {
  const weights = (primary: number, canary: number): object[] => [
    { destination: { host: 'payments-primary' }, weight: primary },
    { destination: { host: 'payments-canary' }, weight: canary },
  ];

  it('A/B: those who match, and everybody else, who see the primary alone', () => {
    expect(routes('A/B by headers and source labels', 'progressing, canary 100 % of those who match')).toEqual([
      { match: [{ headers: { 'x-insider': { exact: 'yes' } } }, { sourceLabels: { tier: 'gold' } }], route: weights(0, 100) },
      { route: [{ destination: { host: 'payments-primary' }, weight: 0 }] },
    ]);
  });

  it('A/B with paths: each condition with each path', () => {
    const [insiders] = routes('A/B with paths', 'progressing, canary 0 % of those who match');
    expect(insiders?.match).toEqual([
      { uri: { prefix: '/pay/' }, headers: { 'x-insider': { exact: 'yes' } } },
      { uri: { exact: '/pay' }, method: { exact: 'GET' }, headers: { 'x-insider': { exact: 'yes' } } },
      { uri: { prefix: '/pay/' }, sourceLabels: { tier: 'gold' } },
      { uri: { exact: '/pay' }, method: { exact: 'GET' }, sourceLabels: { tier: 'gold' } },
    ]);
  });

  it('mirroring: a copy of 30 % while all answers are the primary’s', () => {
    expect(routes('blue-green, mirrored', 'progressing, canary 0 %, mirrored')).toEqual([
      { route: weights(100, 0), mirror: { host: 'payments-canary' }, mirrorPercentage: { value: 30 } },
    ]);
  });

  it('session affinity: each cookie keeps its track, and the primary’s lives for one interval (R9)', () => {
    const attributes = 'Domain=bank.example.com; HttpOnly; Partitioned; Path=/pay; SameSite=Strict; Secure';
    const [canary, primary, rest, ...more] = routes('session affinity', 'progressing, canary 35 %');
    expect(canary).toEqual({ match: [{ headers: { Cookie: { regex: '.*pay-canary.*canarycook.*' } } }], route: weights(0, 100) });
    expect(primary).toEqual({
      match: [{ headers: { Cookie: { regex: '.*pay-primary.*primarycoo.*' } } }],
      route: weights(100, 0),
    });
    expect(rest?.route.map(({ weight, headers }) => [weight, headers?.response?.add?.['Set-Cookie']])).toEqual([
      [65, `pay-primary=primarycoo; Max-Age=90; ${attributes}`],
      [35, `pay-canary=canarycook; Max-Age=3700; ${attributes}`],
    ]);
    expect(more).toEqual([]);
  });

  it('session affinity: afterwards the canary’s cookie is taken back', () => {
    expect(routes('session affinity', 'finalising')[0]).toEqual({
      match: [{ headers: { Cookie: { regex: '.*pay-canary.*canarycook.*' } } }],
      headers: { response: { add: { 'Set-Cookie': 'pay-canary=canarycook; Max-Age=-1' } } },
      route: weights(100, 0),
    });
  });

  it('session affinity with response headers: Flagger takes the cookie back from everybody, on every route', () => {
    const deleting = routes('session affinity with response headers', 'finalising').map(({ headers }) => headers?.response?.add);
    const both = { 'x-served-by': 'bank', 'Set-Cookie': 'pay-canary=canarycook; Max-Age=-1' };
    expect(deleting).toEqual([both, both]);
  });
});
