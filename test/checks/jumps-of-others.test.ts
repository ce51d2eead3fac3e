import type { CheckedManifest } from '../../lib';
import { deployment, plainRoute, said, service } from './manifests';

type Case = readonly [
  what: string,
  before: readonly CheckedManifest[],
  after: readonly CheckedManifest[],
  said: readonly string[],
];

describe('Deployments of others, whose pods have no identity that stays', () => {
  const named = (name: string) => deployment(name, { template: { metadata: { labels: { app: 'loans' } } } });
  const [first, second, leads] = [named('loans-1'), named('loans-2'), service({ app: 'loans' })];
  const inMakes = (where: string) =>
    `${where}: sends requests to Service bank/loans in the commit that makes Deployment bank/loans-2; commit the Deployment without requests first, and wait until its pods are ready`;

  test.each<Case>([
    ['one takes the place of another in one commit', [first, leads], [second, leads], [inMakes('Service bank/loans')]],
    [
      'and a route leads to it',
      [first, leads, plainRoute()],
      [second, leads, plainRoute()],
      [inMakes('VirtualService bank/loans')],
    ],
    ['another stands beside it', [first, leads], [first, second, leads], []],
    ['the former goes, once the other is there', [first, second, leads], [second, leads], []],
    ['one comes to a Service that had none', [leads], [first, leads], []],
    ['one comes with its Service', [], [first, leads], []],
    ['one goes with its Service', [first, leads], [], []],
    [
      'two go while their Service stays',
      [first, second, leads],
      [leads],
      [
        'Service bank/loans: stays while Deployment bank/loans-1, Deployment bank/loans-2 goes, so that callers find nobody; take both away in one commit, or keep both',
      ],
    ],
    ['the pods of a Service without a selector go', [first, service({})], [service({})], []],
  ])('%s', (_what, before, after, expected) => expect(said(before, after)).toEqual(expected));
});
