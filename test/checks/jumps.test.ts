import type { CheckedManifest } from '../../lib';
import { ALL, ROLLING, TWO, canary, deployment, object, routes, rule, said, scaler, service } from './manifests';

const KEPT = { 'argocd.argoproj.io/sync-options': 'Prune=false,ServerSideApply=true' };
const KEPT_BY_GIT = [...ROLLING.slice(0, 2), service(ALL, KEPT)];

const ONE = [deployment('loans'), scaler('loans', 3), service(ALL), rule({ old: 'loans' })];

test.each<[string, readonly CheckedManifest[], readonly CheckedManifest[]]>([
  ['nothing at all', [], []],
  ['a service that is new, with all that it needs at once', [], [...TWO, routes({ old: 90, new: 10 })]],
  ['a service that goes with all that it had', [...TWO, routes({ old: 90, new: 10 })], []],
  ['a new image, rolled out', ROLLING, [deployment('loans', {}, 'loans:2'), ...ROLLING.slice(1)]],
  ['more or fewer pods, as the autoscaler sees fit', ROLLING, [ROLLING[0]!, scaler('loans', 1), ...ROLLING.slice(2)]],
  // 60 % of the CPU are used by 90 % of the requests: all of them use 67 %.
  ['requests that the autoscaler keeps room for', [...TWO, routes({ old: 90, new: 10 })], [...TWO, routes({ old: 100 })]],
  ['weights that mean the same', [...TWO, routes({ old: 9, new: 1 })], [...TWO, routes({ old: 90, new: 10 })]],
  [
    'hosts outside of the cluster',
    [],
    [
      object('networking.istio.io/v1', 'VirtualService', 'x', {
        http: [{ route: [{ destination: { host: 'a.example.net', subset: 'b' } }] }],
      }),
    ],
  ],
  [
    'a release of Flagger',
    [...KEPT_BY_GIT.slice(0, 2), canary()],
    [deployment('loans', {}, 'loans:2'), KEPT_BY_GIT[1]!, canary()],
  ],
  ['a Service that is left in the cluster for Flagger', [...KEPT_BY_GIT, canary()], [...KEPT_BY_GIT.slice(0, 2), canary()]],
  ['a service that Flagger gives back, when it was told', [...ROLLING.slice(0, 2), canary({ suspend: true }, KEPT)], ROLLING],
  ['a service that goes with its Canary', [...ROLLING.slice(0, 2), canary()], []],
])('nothing is said of %s', (_what, before, after) => expect(said(before, after)).toEqual([]));

test.each<[string, readonly CheckedManifest[], readonly CheckedManifest[], string[]]>([
  [
    'a Deployment that goes while its Service stays',
    ROLLING,
    ROLLING.slice(2),
    [
      'Service bank/loans: stays while Deployment bank/loans goes, so that callers find nobody; take both away in one commit, or keep both',
    ],
  ],
  [
    'a route to a subset that nothing names',
    ROLLING,
    [...ROLLING.slice(0, 3), routes({ old: 100 })],
    ['VirtualService bank/loans: sends requests to subset old of Service bank/loans, which no DestinationRule names'],
  ],
  [
    'a selector that changes, which the API server refuses',
    ROLLING,
    [deployment('loans', { selector: { matchLabels: { app: 'loans', tier: 'a' } } }), ...ROLLING.slice(1)],
    [
      'Deployment bank/loans: has another selector, which the API server refuses to change; give the Deployment another name, and move requests to it',
    ],
  ],
  [
    'replicas that leave Git (S5 trap)',
    [deployment('loans', { replicas: 6 }), ...ROLLING.slice(2)],
    ROLLING,
    [
      'Deployment bank/loans: spec.replicas 6 leaves Git, which makes it 1 until the autoscaler has acted; take it out of the live object first (https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling)',
    ],
  ],
  [
    'a track that gets more than it has pods for, and another image with it',
    [...TWO, routes({ old: 90, new: 10 })],
    [deployment('loans'), deployment('loans-new', {}, 'loans:2'), ...TWO.slice(2), routes({ old: 50, new: 50 })],
    [
      'Deployment bank/loans-new: changes its image in the commit that raises its share from 10 % to 50 %: what was tried is not what would serve; commit the image first',
      'Deployment bank/loans-new: goes from 10 % of the requests to 50 %, which takes 5 pods, and is sure to have 3 pods only; raise its fewest pods with a commit before, or go in smaller steps',
    ],
  ],
  [
    'the same, where the service says how many pods carry everything',
    [
      ...TWO.slice(0, 5),
      rule({ old: 'loans', new: 'loans-new' }, { 'banking.release/full-load': '20' }),
      routes({ old: 90, new: 10 }),
    ],
    [...TWO, routes({ old: 70, new: 30 })],
    [
      'Deployment bank/loans-new: goes from 10 % of the requests to 30 %, which takes 6 pods, and is sure to have 3 pods only; raise its fewest pods with a commit before, or go in smaller steps',
    ],
  ],
  [
    'a Service that goes while its pods stay',
    ROLLING,
    ROLLING.slice(0, 2),
    [
      'Service bank/loans: goes while Deployment bank/loans stays, so that callers find nobody; keep it, or take both away in one commit',
    ],
  ],
  [
    'a Service that turns away from its pods (R3 trap)',
    [deployment('loans'), deployment('loans-new'), service({ app: 'loans' })],
    [deployment('loans'), deployment('loans-new'), service({ app: 'loans-new' })],
    ['Service bank/loans: no longer leads to Deployment bank/loans; keep what it selects, and move requests by routes'],
  ],
  [
    'a service that Flagger would take over, pruned before it can',
    ROLLING,
    [...ROLLING.slice(0, 2), canary()],
    [
      'Service bank/loans: leaves Git while Canary bank/loans needs it, and would be pruned; commit Release.canary({ takeOver: true }) first, and take takeOver out when the Canary is Initialized',
      'VirtualService bank/loans: leaves Git in the commit that brings Canary bank/loans, with all timeouts and retries of the service; commit Release.canary({ takeOver: true }) first, and take takeOver out when the Canary is Initialized',
    ],
  ],
  [
    'subsets that Flagger would empty',
    [...ONE, routes({ old: 100 }, KEPT)],
    [...ONE, canary()],
    [
      'Canary bank/loans: takes over Service bank/loans, whose requests go to subsets: they are empty from the moment that Flagger points the Service to its primary; go back to Release.rolling() first',
    ],
  ],
  [
    'a Canary that goes while its target stays',
    [...ROLLING.slice(0, 2), canary({ suspend: true })],
    [...TWO, routes({ old: 100 })],
    [
      "Canary bank/loans: gives Service bank/loans back to routes with subsets, and the pods that serve now are of Flagger's primary, in none of them; go to Release.rolling() first",
      'Canary bank/loans: leaves Git, and with it would go the pods that serve; commit Release.canary({ takeOver: true, suspend: true }) first, which has it left in the cluster, then follow docs/guides/switching-strategies.md',
    ],
  ],
  [
    'a Canary of something else',
    [...TWO.slice(0, 4), canary()],
    [...TWO.slice(0, 4), canary({ targetRef: { kind: 'Deployment', name: 'loans-new' }, service: { name: 'credits' } })],
    [
      'Canary bank/loans: changes the name of its service from bank/loans to bank/credits, so that callers of the former find nobody; keep the name',
      'Canary bank/loans: releases bank/loans-new instead of bank/loans, whose primary serves; make another Canary for another service',
    ],
  ],
])('%s', (_what, before, after, expected) => expect(said(before, after)).toEqual(expected));

test('only some requests are lost, and they count too: testers of a preview whose pods go with its route', () => {
  const preview = object('networking.istio.io/v1', 'VirtualService', 'loans', {
    http: [
      { match: [{ headers: { 'x-new': { exact: 'yes' } } }], route: [{ destination: { host: 'loans', subset: 'new' } }] },
      { route: [{ destination: { host: 'loans', subset: 'old' } }] },
    ],
  });
  expect(said([...TWO, preview], [...TWO.filter(({ metadata }) => metadata.name !== 'loans-new'), routes({ old: 100 })])).toEqual(
    [
      'Deployment bank/loans-new: gets some of the requests and goes in the same commit; send them elsewhere first, and take it away with the next commit',
    ],
  );
});
