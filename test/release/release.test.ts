import { FACTS } from './facts';
import { Chart, Testing } from 'cdk8s';
import {
  BankingService,
  Environment,
  GitOpsApp,
  Health,
  HealthProbe,
  type IRelease,
  Platform,
  PortProtocol,
  Release,
  Scaling,
  Stage,
  ZeroTrustNamespace,
} from '../../lib';
import { Problems } from '../../lib/kernel/errors';
import { notesOn } from '../../lib/kube/notes';
import { IMAGE, type Json, World } from '../banking-service/world';

const REASON = 'two versions cannot share the ledger';

function world(release: IRelease, props: object = {}): World {
  const all = new World();
  all.service('teller', { release, scaling: Scaling.horizontal({ min: 5 }), ...props });
  return all;
}

test.each<[string, IRelease, object]>([
  ['rolling', Release.rolling(), { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } }],
  [
    'rolling, otherwise',
    Release.rolling({ maxSurge: 3 }),
    { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 3 } },
  ],
  ['relaxed', Release.relaxed(), { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 2 } }],
  ['recreate', Release.recreate({ acceptDowntime: REASON }), { type: 'Recreate' }],
])('%s', (_name, release, strategy) => {
  expect(world(release).one('Deployment').spec.strategy).toEqual(strategy);
});

describe('what a release accepts', () => {
  const problemsOf = (release: IRelease, minReplicas: number) => {
    const problems = new Problems('teller');
    release.validate(problems, { ...FACTS, minReplicas });
    return problems.any;
  };
  test.each<[string, IRelease, number, boolean]>([
    ['one of five may be missing', Release.relaxed(), 5, true],
    ['one of four may not', Release.relaxed(), 4, false],
    ['none of one may', Release.rolling(), 1, true],
    ['one of two is half of them', Release.rolling({ maxUnavailable: 1 }), 2, false],
    ['two of ten may', Release.rolling({ maxUnavailable: 2 }), 10, true],
    ['downtime with a reason', Release.recreate({ acceptDowntime: REASON }), 3, true],
    ['downtime without one', Release.recreate({ acceptDowntime: '' }), 3, false],
  ])('%s', (_name, release, min, accepted) => {
    expect(problemsOf(release, min)).toBe(!accepted);
  });
});

test('downtime that was accepted is in the report', () => {
  const chart = new Chart(new Environment(new GitOpsApp(), 'prod', { stage: Stage.PRODUCTION }), 'world');
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'vault', platform: new Platform() });
  const release = Release.recreate({ acceptDowntime: REASON });
  const teller = new BankingService(chart, 'teller', { namespace, image: IMAGE, port: 8071, release });
  expect(notesOn(teller)).toContainEqual({ kind: 'acceptance', text: `teller is down while versions change: ${REASON}` });
});

test('a rolling release keeps the name that a strategy before or after it gives its pods', () => {
  const subsets = (release: IRelease) => world(release).one('DestinationRule').spec.subsets as Json[] | undefined;
  expect(subsets(Release.rolling({ subset: 'green' }))).toEqual([{ name: 'green', labels: { app: 'teller' } }]);
  expect(subsets(Release.rolling())).toBeUndefined();
});

describe('a release owns the objects that carry traffic', () => {
  const kinds = ['Service', 'VirtualService', 'DestinationRule'];
  const traffic = (props: object) =>
    world(Release.rolling(), props)
      .objects()
      .filter(({ kind }) => kinds.includes(kind as string))
      .map(({ kind, metadata }) => `${kind} ${metadata.name}`);

  test('one of each, named for the service', () => {
    expect(traffic({}).sort()).toEqual(['DestinationRule teller', 'Service teller', 'VirtualService teller']);
  });

  test('no routes where no requests are seen', () => {
    const health = Health.of({ liveness: HealthProbe.tcp(), readiness: HealthProbe.exec(['/ready']) });
    expect(traffic({ protocol: PortProtocol.TCP, health }).sort()).toEqual(['DestinationRule teller', 'Service teller']);
  });

  test('all by the fully qualified name', () => {
    const all = world(Release.rolling(), { servicePort: 87 });
    const host = 'teller.vault.svc.cluster.local';
    const virtualService = all.one('VirtualService').spec as Json;
    expect(all.one('DestinationRule').spec.host).toBe(host);
    expect(virtualService.hosts).toEqual([host]);
    for (const route of virtualService.http as Json[]) {
      expect(route.route).toEqual([{ destination: { host, port: { number: 87 } } }]);
    }
  });
});

test('rendering twice gives the same', () => {
  const all = world(Release.relaxed());
  expect(Testing.synth(all.chart)).toEqual(Testing.synth(all.chart));
});
