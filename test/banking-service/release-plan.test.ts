import { Duration } from 'cdk8s';
import { type BankingService, Health, HealthProbe, Release, type ReleasePlan, Scaling, ServiceTier } from '../../lib';
import { planText, seconds } from '../../lib/banking-service/release-plan';
import { World } from './world';

const MI = 1024 ** 2;

/** A pod asks for 300m + 100m of CPU and 700Mi + 128Mi of memory, its proxy included. */
const PROPS = {
  tier: ServiceTier.STANDARD,
  scaling: Scaling.horizontal({ min: 4, max: 9 }),
  resources: { requests: { cpu: '300m', memory: '700Mi' }, limits: { cpu: '800m', memory: '900Mi' } },
  availability: { minReady: Duration.seconds(7) },
  health: Health.of({
    liveness: HealthProbe.tcp(),
    readiness: HealthProbe.http('/readyz'),
    startup: HealthProbe.tcp({ period: Duration.seconds(5), failureThreshold: 11 }),
  }),
};

describe('ReleasePlan of a rolling update, against figures computed by hand (R1, R13)', () => {
  let world: World;
  let service: BankingService;
  let plan: ReleasePlan;
  beforeAll(() => {
    world = new World({}, { quota: { pods: 30, requestsCpu: '6', requestsMemory: '12Gi' } });
    service = world.service('teller', { ...PROPS, release: Release.rolling({ maxSurge: 2 }) });
    plan = service.releasePlan;
  });

  test('four to nine pods in waves of two', () => {
    // The fastest wave waits for minReady alone: 2 waves × 7 s. The slowest for the startup budget: 5 waves × (budget + 7 s).
    expect(plan.course.toPromote!.shortest).toBe(14);
    const budget = service.model.health.startupBudget;
    expect(plan.course.toPromote!.longest).toBe(5 * (Math.ceil(budget) + 7));
    expect(plan.course.toRollBack).toEqual(plan.course.toPromote);
  });

  test('at the peak: nine, two new ones and two that go', () => {
    expect(plan.peak).toEqual({ pods: 13, requestsCpu: 13 * 400, requestsMemory: 13 * 828 * MI });
  });

  test('what the quota leaves', () => {
    expect(plan.quotaLeft).toEqual({ pods: 17, requestsCpu: 6000 - 5200, requestsMemory: 12 * 1024 * MI - 13 * 828 * MI });
  });

  test('every pod of the plan is a pod that the quota knows', () => {
    const { pods } = world.one('ResourceQuota').spec.hard;
    expect(Number(pods)).toBe(30);
    const exact = new World();
    const { releasePlan } = exact.service('teller', { ...PROPS, release: Release.rolling({ maxSurge: 2 }) });
    expect(exact.one('ResourceQuota').spec.hard).toMatchObject({
      pods: String(releasePlan.peak.pods),
      'requests.cpu': '5200m',
      'requests.memory': '10764Mi',
    });
    expect(releasePlan.quotaLeft).toEqual({ pods: 0, requestsCpu: 0, requestsMemory: 0 });
  });

  test('as text', () => {
    expect(planText({ ...plan, course: { ...plan.course, toPromote: undefined } }))
      .toBe(`| step | requests | goes on when | takes |
| --- | --- | --- | --- |
| Pods are replaced one after the other | teller 100 % | each new pod is ready for 7 s | 14 s to 5 min 10 s |

- Strategy: Release.rolling
- To promote: as long as people take to commit the steps
- To roll back: 14 s to 5 min 10 s. Put the former image back and commit: pods are replaced one after the other again.
- At the peak: 13 pods, 5200m CPU, 10764Mi memory (teller 13)
- Left by the quota when every workload is at its peak: 17 pods, 800m CPU, 1524Mi memory`);
  });
});

test('a plan of Flagger as text: shares, checks, those who go on, and what is made by others', () => {
  const capacity = { pods: 7, requestsCpu: 2500, requestsMemory: 3 * 1024 * MI };
  const steps: ReleasePlan['course']['steps'] = [
    {
      what: 'a | b',
      weights: { teller: 90, 'teller-new': 10 },
      checks: ['errors stay', 'p95 stays'],
      takes: { shortest: 90, longest: 90 },
    },
    { what: 'the rest', weights: { 'teller-new': 100 }, checks: [] },
  ];
  const course: ReleasePlan['course'] = {
    strategy: 'Release.canary',
    steps,
    toPromote: { shortest: 60, longest: 3600 },
    toRollBack: { shortest: 5, longest: 5 },
    rollback: 'Commit the former image.',
    peakPods: { teller: 4, 'teller-new': 3 },
    madeByOthers: ['Deployment/teller-primary', 'Service/teller-canary'],
  };
  expect(planText({ service: 'teller', namespace: 'vault', course, peak: capacity }))
    .toBe(`| step | requests | goes on when | takes |
| --- | --- | --- | --- |
| a \\| b | teller 90 %, teller-new 10 % | errors stay; p95 stays | 1 min 30 s |
| the rest | teller-new 100 % |  | until somebody goes on |

- Strategy: Release.canary
- To promote: 1 min to 1 h
- To roll back: 5 s. Commit the former image.
- At the peak: 7 pods, 2500m CPU, 3Gi memory (teller 4, teller-new 3)
- Left by the quota when every workload is at its peak: unknown, as the needs of a workload in the namespace are
- Made by Flagger, and not to be declared: Deployment/teller-primary, Service/teller-canary`);
});

test('where the needs of a workload are unknown, so is what the quota leaves', () => {
  const world = new World();
  const { releasePlan } = world.service('teller');
  world.namespace.claim('postgres', () => undefined);
  expect(releasePlan.quotaLeft).toBeDefined();
  expect(world.namespace.quotaLeft()).toBeUndefined();
});

test.each([
  [0, '0 s'],
  [59, '59 s'],
  [60, '1 min'],
  [754, '12 min 34 s'],
  [3600, '1 h'],
  [3905, '1 h 5 min 5 s'],
])('%i seconds are said as %s', (value, text) => expect(seconds(value)).toBe(text));
