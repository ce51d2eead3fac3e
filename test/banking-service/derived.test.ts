import { Duration } from 'cdk8s';
import {
  type AvailabilityProps,
  type BankingServiceProps,
  Health,
  HealthProbe,
  Priority,
  Scaling,
  ServiceTier,
  type ShutdownProps,
  TIERS,
} from '../../lib';
import { Problems } from '../../lib/kernel/errors';
import { parseVersion } from '../../lib/platform/versions';
import { resolveShutdown } from '../../lib/banking-service/shutdown';
import { resolveService } from '../../lib/banking-service/model';
import { IMAGE, World } from './world';

const { namespace } = new World();
const model = (props: Partial<BankingServiceProps> = {}) =>
  resolveService('teller', { namespace, image: IMAGE, port: 8071, ...props });
const s = (value: number) => Duration.seconds(value);

describe('a tier decides', () => {
  test.each([
    [ServiceTier.CRITICAL, '500m', '1Gi', '1', '2Gi', 3, 10, 10, 1_000_000, 'DoNotSchedule'],
    [ServiceTier.STANDARD, '500m', '512Mi', '1', '1Gi', 3, 20, 10, undefined, 'ScheduleAnyway'],
    [ServiceTier.SMALL, '250m', '512Mi', '500m', '1Gi', 2, 4, 5, undefined, 'ScheduleAnyway'],
  ])('%s', (tier, cpu, memory, cpuLimit, memoryLimit, min, max, minReady, priority, zoneSpread) => {
    const { resources, scaling, availability, priority: given } = model({ tier });
    expect(resources).toEqual({
      requests: { cpu, memory },
      limits: { cpu: cpuLimit, memory: memoryLimit },
      ephemeralStorage: '1Gi',
    });
    expect([scaling.min, scaling.max, availability.minReady, availability.zoneSpread]).toEqual([min, max, minReady, zoneSpread]);
    expect(given.model.value).toBe(priority);
  });

  test('and each of its values is a prop', () => {
    const { resources, scaling, availability, priority } = model({
      tier: ServiceTier.CRITICAL,
      resources: { requests: { cpu: '300m' }, limits: { memory: '3Gi' }, ephemeralStorage: '700Mi' },
      scaling: Scaling.horizontal({ max: 13 }),
      availability: { minReady: s(17), zoneSpread: 'ScheduleAnyway' },
      priority: Priority.existing('vip'),
    });
    expect(resources).toEqual({
      requests: { cpu: '300m', memory: '1Gi' },
      limits: { cpu: '1', memory: '3Gi' },
      ephemeralStorage: '700Mi',
    });
    expect([scaling.min, scaling.max, availability.minReady, availability.zoneSpread]).toEqual([3, 13, 17, 'ScheduleAnyway']);
    expect(priority.model).toEqual({ className: 'vip' });
  });

  test('the tables of the tiers are the documented ones', () => {
    expect(Object.keys(TIERS)).toEqual(['critical', 'standard', 'small']);
    expect(model().tier).toBe(ServiceTier.STANDARD);
  });
});

test.each([
  [{ min: 2 }, 2, 20],
  [{ max: 2 }, 2, 2],
  [{ min: 30 }, 30, 30],
  [{ min: 5, max: 7 }, 5, 7],
])('replicas %j of a tier with 3 to 20: %d to %d', (range, min, max) => {
  expect(model({ scaling: Scaling.horizontal(range) }).scaling).toMatchObject({ min, max });
});

describe('grace period = preStop + drain + margin, and a proxy stays as long as the application', () => {
  test.each<[ShutdownProps, number, number]>([
    [{}, 55, 45],
    [{ preStop: s(7), drain: s(61), margin: s(13) }, 81, 68],
    [{ preStop: s(5), drain: s(0), margin: s(5) }, 10, 5],
  ])('%j', (props, grace, proxyDrain) => {
    expect(model({ shutdown: props }).shutdown).toMatchObject({ grace, proxyDrain });
  });

  test.each([
    ['1.34', {}, undefined],
    ['1.30', {}, undefined],
    ['1.29', {}, ['sleep', '15']],
    ['1.28', { preStop: s(9) }, ['sleep', '9']],
    ['1.29', { preStopCommand: ['/wait', '15s'] }, ['/wait', '15s']],
  ])('on Kubernetes %s with %j the command that waits is %j', (kubernetes, props: ShutdownProps, command) => {
    expect(resolveShutdown(props, parseVersion(kubernetes), new Problems('x')).preStopCommand).toEqual(command);
  });
});

describe('the startup budget, and the deadline that follows from it', () => {
  const startup = (initial: number, period: number, failures: number) =>
    Health.of({
      liveness: HealthProbe.tcp(),
      readiness: HealthProbe.http('/r'),
      startup: HealthProbe.tcp({ initialDelay: s(initial), period: s(period), failureThreshold: failures }),
    });
  const withoutStartup = () =>
    Health.of({
      liveness: HealthProbe.tcp({ initialDelay: s(11), period: s(13), failureThreshold: 7 }),
      readiness: HealthProbe.http('/r'),
    });

  test.each<[string, () => Health, number, number]>([
    ['default', () => Health.healthz(), 120, 600],
    ['Spring Boot Actuator', () => Health.springBootActuator(), 150, 600],
    ['commerce', () => Health.commerce(), 300, 610],
    ['gRPC', () => Health.grpc({ readinessService: 'r', port: 9091 }), 120, 600],
    ['without a startup probe, the liveness probe counts', withoutStartup, 102, 600],
    ['290 s fit', () => startup(30, 13, 20), 290, 600],
    ['291 s do not', () => startup(31, 13, 20), 291, 601],
    ['stretched to a long start', () => Health.springBootActuator({ startsWithin: s(333) }), 340, 650],
    ['a short start stretches nothing', () => Health.springBootActuator({ startsWithin: s(33) }), 150, 600],
  ])('%s', (_name, make, budget, deadline) => {
    const health = make();
    expect(health.startupBudget).toBe(budget);
    // budget + minReady 10 + 300 for pulling and scheduling, at least 600
    expect(model({ health }).availability.progressDeadline).toBe(deadline);
    expect(deadline).toBe(Math.max(600, budget + 10 + 300));
  });

  test('a deadline that is given is kept', () => {
    expect(model({ availability: { progressDeadline: s(131) } }).availability.progressDeadline).toBe(131);
  });
});

describe('the disruption budget', () => {
  test.each<[AvailabilityProps, object]>([
    [{}, { maxUnavailable: 1, minAvailable: undefined }],
    [{ maxUnavailable: 2 }, { maxUnavailable: 2, minAvailable: undefined }],
    [{ minAvailable: 2 }, { maxUnavailable: undefined, minAvailable: 2 }],
  ])('%j', (availability, expected) => {
    expect(model({ availability }).availability).toMatchObject(expected);
  });
});

test('a user, a group, writable folders', () => {
  expect(model().security).toEqual({ user: 10001, group: 10001, writablePaths: [] });
  expect(model({ security: { user: 1000, group: 20007, writablePaths: ['/var/run/teller'] } }).security).toEqual({
    user: 1000,
    group: 20007,
    writablePaths: ['/var/run/teller'],
  });
});

test('the model is frozen', () => {
  const { availability, resources } = model();
  expect(() => ((availability as { minReady: number }).minReady = 0)).toThrow(TypeError);
  expect(() => ((resources.requests as { cpu: string }).cpu = '1')).toThrow(TypeError);
});
