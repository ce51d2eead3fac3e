import type { CheckedManifest } from '../../lib';
import {
  ALL,
  type Json,
  ROLLING,
  TWO,
  canary,
  deployment,
  object,
  plainRoute,
  routes,
  rule,
  said,
  scaler,
  service,
} from './manifests';

const KEPT = { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' };
const FIRST = 'commit Release.canary({ takeOver: true }) first, and take takeOver out when the Canary is Initialized';

const to = (host: string, subset?: string) => ({ destination: { host, subset } });
const virtualService = (name: string, spec: Json, annotations?: Record<string, string>) =>
  object('networking.istio.io/v1', 'VirtualService', name, spec, annotations);
const root = (...names: string[]) =>
  virtualService('root', { hosts: ['bank.example.com'], http: names.map((name) => ({ delegate: { name } })) });
const leaf = (name: string, annotations?: Record<string, string>) =>
  virtualService(name, { http: [{ route: [to('loans')] }] }, annotations);
const without = (name: string) => TWO.filter(({ metadata }) => metadata.name !== name);

/** Another service beside loans. */
const CREDITS = [
  deployment('credits', { template: { metadata: { labels: { app: 'credits', 'banking.workload/name': 'credits' } } } }),
  { ...service({ app: 'credits' }), metadata: { name: 'credits', namespace: 'bank' } },
];
const CREDITS_CANARY = {
  ...canary({ targetRef: { kind: 'Deployment', name: 'credits' } }),
  metadata: { name: 'credits', namespace: 'bank' },
};
const SERVED = ROLLING.slice(0, 3);

type Case = readonly [
  what: string,
  before: readonly CheckedManifest[],
  after: readonly CheckedManifest[],
  said: readonly string[],
];

describe('Flagger', () => {
  const leaves = `VirtualService bank/loans: leaves Git in the commit that brings Canary bank/loans, with all timeouts and retries of the service; ${FIRST}`;
  const given =
    'Canary bank/loans: leaves Git, and with it would go the pods that serve; commit Release.canary({ takeOver: true, suspend: true }) first, which has it left in the cluster, then follow docs/guides/switching-strategies.md';
  const subsetsOfCredits = [
    ...CREDITS,
    { ...rule({}), metadata: { name: 'credits', namespace: 'bank' }, spec: { host: 'credits', subsets: [{ name: 'a' }] } },
    virtualService('credits', { hosts: ['credits'], http: [{ route: [to('credits', 'a')] }] }),
  ];

  test.each<Case>([
    [
      'keeps the Service of its Canary, and no other',
      [...ROLLING, CREDITS[0]!, CREDITS_CANARY],
      [...ROLLING.slice(0, 2), CREDITS[0]!, CREDITS_CANARY],
      [
        'Service bank/loans: goes while Deployment bank/loans stays, so that callers find nobody; keep it, or take both away in one commit',
      ],
    ],
    [
      'takes a service over while another has subsets',
      [...SERVED, ...subsetsOfCredits],
      [...SERVED, ...subsetsOfCredits, canary()],
      [],
    ],
    [
      'takes a service over whose route goes, though another is routed',
      [...ROLLING, ...subsetsOfCredits],
      [...SERVED, ...subsetsOfCredits, canary()],
      [leaves],
    ],
    ['takes a service over whose route goes, though its Service stays', ROLLING, [...SERVED, canary()], [leaves]],
    ['takes a service over whose route is left in the cluster', [...SERVED, plainRoute(KEPT)], [...SERVED, canary()], []],
    [
      'takes a service over that another VirtualService routes',
      ROLLING,
      [...SERVED, virtualService('b', { hosts: ['loans'], http: [{ route: [to('loans')] }] }), canary()],
      [],
    ],
    [
      'takes a service over whose VirtualService stays, and leads elsewhere',
      [...ROLLING, ...CREDITS],
      [...SERVED, ...CREDITS, virtualService('loans', { hosts: ['loans'], http: [{ route: [to('credits')] }] }), canary()],
      [],
    ],
    ['gives back what is kept, and is not suspended', [...ROLLING.slice(0, 2), canary({}, KEPT)], ROLLING, [given]],
    ['gives back what is suspended, and is not kept', [...ROLLING.slice(0, 2), canary({ suspend: true })], ROLLING, [given]],
  ])('%s', (_what, before, after, expected) => expect(said(before, after)).toEqual(expected));
});

describe('a route that delegates', () => {
  test.each<Case>([
    [
      'to another in the commit that takes the former away',
      [...SERVED, root('a', 'b'), leaf('a'), leaf('b')],
      [...SERVED, root('b', 'c'), leaf('b'), leaf('c')],
      [
        'VirtualService bank/a: goes in the commit that takes VirtualService bank/root off it, which answers 404 if it learns of that first; keep it for one more commit',
      ],
    ],
    [
      'to another, while the former is left in the cluster',
      [...SERVED, root('a'), leaf('a', KEPT)],
      [...SERVED, root('b'), leaf('b')],
      [],
    ],
    ['to fewer', [...SERVED, root('a', 'b'), leaf('a'), leaf('b')], [...SERVED, root('b'), leaf('b')], []],
    [
      'to what Flagger has not made yet',
      [...SERVED, root('a'), leaf('a')],
      [...SERVED, root('a', 'loans'), leaf('a'), canary()],
      [
        `VirtualService bank/root: delegates to VirtualService bank/loans, which Flagger has not made yet, so that requests would end in a 404; ${FIRST}`,
      ],
    ],
    [
      'to what Flagger has made',
      [...SERVED, root('a'), leaf('a'), canary()],
      [...SERVED, root('a', 'loans'), leaf('a'), canary()],
      [],
    ],
  ])('%s', (_what, before, after, expected) => expect(said(before, after)).toEqual(expected));
});

describe('requests are sent', () => {
  const by = 'VirtualService bank/loans: sends requests to';
  const rises = (share: string, needed: string) =>
    `Deployment bank/loans-new: goes from ${share}, which takes ${needed}, and is sure to have 3 pods only; raise its fewest pods with a commit before, or go in smaller steps`;
  const one = [...without('loans-new')];
  const wholeRule = { ...rule({}), spec: { host: 'loans', subsets: [{ name: 'all' }] } };

  test.each<Case>([
    [
      'to a subset in the commit that names it',
      ROLLING,
      [...SERVED, rule({ old: 'loans' }), routes({ old: 100 })],
      [
        `${by} subset old of Service bank/loans in the commit that names the subset, and a proxy that learns of the route first answers 503; commit the subset first, with Release.rolling({ subset: 'old' }) or without requests`,
      ],
    ],
    [
      'to a Deployment in the commit that makes it, by a VirtualService that is new too',
      [...SERVED, rule({ old: 'loans', new: 'loans-new' })],
      [...TWO, routes({ new: 100 })],
      [
        `${by} subset new of Service bank/loans in the commit that makes Deployment bank/loans-new; commit the Deployment without requests first, and wait until its pods are ready`,
      ],
    ],
    [
      'to two Deployments in the commit that makes them',
      [...SERVED, rule({ new: 'x' })],
      [
        ...SERVED,
        ...['a', 'b'].map((name) =>
          deployment(name, { template: { metadata: { labels: { app: 'x', 'banking.workload/name': 'loans' } } } }),
        ),
        rule({ new: 'x' }),
        routes({ new: 100 }),
      ],
      [
        `${by} subset new of Service bank/loans in the commit that makes Deployment bank/a, Deployment bank/b; commit the Deployment without requests first, and wait until its pods are ready`,
      ],
    ],
    [
      'to a subset of nobody, in the commit that names it',
      ROLLING.slice(0, 3),
      [service(ALL), rule({ new: 'x' }), routes({ new: 100 })],
      [
        'Service bank/loans: stays while Deployment bank/loans goes, so that callers find nobody; take both away in one commit, or keep both',
      ],
    ],
    [
      'to a subset that nothing has ever named',
      [...SERVED, routes({ old: 100 })],
      [...SERVED, routes({ old: 100 })],
      [`${by} subset old of Service bank/loans, which no DestinationRule names`],
    ],
    [
      'to a Service that leads to nobody any more',
      ROLLING,
      [...ROLLING.slice(0, 2), service({ app: 'nobody' }), plainRoute()],
      [
        'Service bank/loans: no longer leads to Deployment bank/loans; keep what it selects, and move requests by routes',
        `${by} Service bank/loans, which no longer leads to Deployment bank/loans; keep what the Service selects`,
      ],
    ],
    [
      'to pods of which some go, and got none of them before',
      [...TWO, routes({ old: 100 })],
      [...one, plainRoute()],
      [
        `${by} Service bank/loans, where Deployment bank/loans-new still gets a part of them until it is gone; take it away with a commit before`,
      ],
    ],
    [
      'to pods of which some go, and got some of them before',
      [...TWO, routes({ old: 60, new: 40 })],
      [...one, plainRoute()],
      [
        'Deployment bank/loans-new: gets 40 % of the requests and goes in the same commit; send them elsewhere first, and take it away with the next commit',
        `${by} Service bank/loans, where Deployment bank/loans-new still gets a part of them until it is gone; take it away with a commit before`,
      ],
    ],
    [
      'to pods of which some go, and got all of them before',
      [...TWO, plainRoute()],
      [...one, plainRoute()],
      [
        'Deployment bank/loans-new: gets 100 % of the requests and goes in the same commit; send them elsewhere first, and take it away with the next commit',
      ],
    ],
    [
      'by a route that is new, to pods of which some go',
      TWO,
      [...one, plainRoute()],
      [
        'Deployment bank/loans-new: gets 100 % of the requests and goes in the same commit; send them elsewhere first, and take it away with the next commit',
        `${by} Service bank/loans, where Deployment bank/loans-new still gets a part of them until it is gone; take it away with a commit before`,
      ],
    ],
    [
      'elsewhere in the commit that takes their subset away, and a part of its pods',
      [...TWO.slice(0, 5), wholeRule, routes({ all: 100 })],
      [...one.slice(0, 3), rule({}), plainRoute()],
      [
        'Deployment bank/loans-new: gets 100 % of the requests and goes in the same commit; send them elsewhere first, and take it away with the next commit',
        "Service bank/loans: loses subset all in the commit that takes requests off it, and a proxy that learns of the subset first answers 503; take the requests off it first, as with Release.rolling({ subset: 'all' })",
      ],
    ],
    [
      'elsewhere in the commit that takes their subset away',
      [...TWO, routes({ old: 100 })],
      [...TWO.slice(0, 5), rule({ new: 'loans-new' }), plainRoute()],
      [
        rises('0 % of the requests to 100 %', '9 pods'),
        "Service bank/loans: loses subset old in the commit that takes requests off it, and a proxy that learns of the subset first answers 503; take the requests off it first, as with Release.rolling({ subset: 'old' })",
      ],
    ],
  ])('%s', (_what, before, after, expected) => expect(said(before, after)).toEqual(expected));
});

describe('pods', () => {
  const replicas = (count: number) => [deployment('loans', { replicas: count }), ...ROLLING.slice(2)];
  const leave = (count: number) =>
    `Deployment bank/loans: spec.replicas ${count} leaves Git, which makes it 1 until the autoscaler has acted; take it out of the live object first (https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling)`;
  const only = (name: string, from: string, needed: string, sure: string) =>
    `Deployment bank/${name}: goes from ${from}, which takes ${needed}, and is sure to have ${sure} only; raise its fewest pods with a commit before, or go in smaller steps`;
  const shifted = (more: readonly CheckedManifest[], annotations?: Record<string, string>) => [
    deployment('loans'),
    deployment('loans-new'),
    ...more,
    service(ALL),
    rule({ old: 'loans', new: 'loans-new' }, annotations),
  ];
  const keda = object('keda.sh/v1alpha1', 'ScaledObject', 'x', {
    scaleTargetRef: { name: 'loans-new' },
    minReplicaCount: 1,
    maxReplicaCount: 4,
  });
  const full = (count: number) => ({ 'banking.release/full-load': String(count) });
  const ofTeam = (given: CheckedManifest) => {
    if (given.kind !== 'Deployment') return given;
    const { template, ...spec } = given.spec as Json;
    return { ...given, spec: { ...spec, template: { metadata: { labels: { ...template.metadata.labels, team: 'a' } } } } };
  };
  const everybody = (annotations?: Record<string, string>) => ({
    ...service({ team: 'a' }),
    metadata: { name: 'all', namespace: 'bank', annotations },
  });

  test.each<Case>([
    ['two that leave Git are one until the autoscaler acts', replicas(2), ROLLING, [leave(2)]],
    ['one that leaves Git is one', replicas(1), ROLLING, []],
    ['as many as before, with an autoscaler', replicas(6), [...replicas(6), scaler('loans', 3)], []],
    ['that leave Git without an autoscaler', replicas(6), [deployment('loans'), ...ROLLING.slice(2)], []],
    // 60 % of the CPU are used by 60 % of the requests: all of them use all.
    ['that are just enough', [...TWO, routes({ old: 60, new: 40 })], [...TWO, routes({ old: 100 })], []],
    [
      'that are not quite enough',
      [...TWO, routes({ old: 59, new: 41 })],
      [...TWO, routes({ old: 100 })],
      [only('loans', '59 % of the requests to 100 %', '9 pods', '3 pods')],
    ],
    [
      'that nobody knows to be free',
      [...shifted([keda]), routes({ old: 90, new: 10 })],
      [...shifted([keda]), routes({ old: 50, new: 50 })],
      [only('loans-new', '10 % of the requests to 50 %', '2 pods', '1 pod')],
    ],
    [
      'of which the largest number that is said counts',
      [
        ...shifted([scaler('loans-new', 3)], full(20)),
        { ...service(ALL, full(10)), metadata: { name: 'all', namespace: 'bank', annotations: full(10) } },
        routes({ old: 90, new: 10 }),
      ],
      [
        ...shifted([scaler('loans-new', 3)]),
        { ...service(ALL), metadata: { name: 'all', namespace: 'bank' } },
        routes({ old: 70, new: 30 }),
      ],
      [only('loans-new', '10 % of the requests to 30 %', '6 pods', '3 pods')],
    ],
    [
      'of which a Service of this one and of another says something',
      [...shifted([scaler('loans-new', 3)]).map(ofTeam), ofTeam(CREDITS[0]!), everybody(full(20)), routes({ old: 90, new: 10 })],
      [...shifted([scaler('loans-new', 3)]).map(ofTeam), ofTeam(CREDITS[0]!), everybody(), routes({ old: 70, new: 30 })],
      [only('loans-new', '10 % of the requests to 30 %', '6 pods', '3 pods')],
    ],
    [
      'of which another service says nothing',
      [
        ...shifted([scaler('loans-new', 1, 4)]),
        CREDITS[0]!,
        { ...CREDITS[1]!, metadata: { ...CREDITS[1]!.metadata, annotations: full(90) } },
        scaler('credits', 50, 90),
        routes({ old: 90, new: 10 }),
      ],
      [
        ...shifted([scaler('loans-new', 1, 4)]),
        CREDITS[0]!,
        CREDITS[1]!,
        scaler('credits', 50, 90),
        routes({ old: 50, new: 50 }),
      ],
      [only('loans-new', '10 % of the requests to 50 %', '2 pods', '1 pod')],
    ],
  ])('%s', (_what, before, after, expected) => expect(said(before, after)).toEqual(expected));
});
