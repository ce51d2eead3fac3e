import { Duration } from 'cdk8s';
import {
  type AvailabilityProps,
  Health,
  HealthProbe,
  Priority,
  type ResourcesProps,
  Scaling,
  type ShutdownProps,
  TIERS,
  Platform,
} from '../../lib';
import { resolveAvailability } from '../../lib/banking-service/availability';
import { resolveResources, resolveSecurity } from '../../lib/banking-service/container';
import { resolveShutdown } from '../../lib/banking-service/shutdown';
import { Problems } from '../../lib/kernel/errors';
import { noted } from '../support/problems';

/* The first and the last value that is taken, and those beside them. */

const { critical, standard } = TIERS;
const s = (value: number) => Duration.seconds(value);
const ms = (value: number) => Duration.millis(value);

describe('scaling', () => {
  const wrong = (scaling: Scaling, tier = standard) =>
    noted((problems) => scaling.resolve(tier, problems)).map((one) => one.replace(/^x\.scaling: /, ''));
  const triggers = [{ type: 'kafka', metadata: {} }];

  test('takes the least and the most of everything', () => {
    const least = { upPercent: 1, downPercent: 1, upStabilization: s(0), downStabilization: s(0) };
    const most = { upPercent: 1000, downPercent: 100, upStabilization: s(3600), downStabilization: s(3600) };
    expect(
      [
        Scaling.fixed(1),
        Scaling.horizontal({ min: 1, max: 1, cpu: 1, memory: 1, ...least }),
        Scaling.horizontal({ cpu: 100, memory: 100, ...most }),
        Scaling.horizontal({ cpu: undefined, memory: 80 }),
        Scaling.keda({ triggers, min: 1, max: 1, pollingInterval: s(1), fallback: { failureThreshold: 1, replicas: 1 } }),
        Scaling.keda({ triggers, min: 3, max: 9, fallback: { failureThreshold: 2, replicas: 3 } }),
        Scaling.keda({ triggers, min: 3, max: 9, fallback: { failureThreshold: 2, replicas: 9 } }),
      ].flatMap((one) => wrong(one)),
    ).toEqual([]);
    expect(wrong(Scaling.fixed(2), critical)).toEqual([]);
  });

  const fallback = (failureThreshold: number, replicas: number) =>
    Scaling.keda({ triggers, min: 3, max: 9, fallback: { failureThreshold, replicas } });
  test.each<[() => Scaling, ...string[]]>([
    [() => Scaling.fixed(1.5), 'replicas 1.5 must be a whole number from 1 on'],
    [() => Scaling.horizontal({ min: 0 }), 'min 0 must be a whole number from 1 on'],
    // Neither is compared with the other, which nobody meant.
    [() => Scaling.horizontal({ min: 3, max: 0 }), 'max 0 must be a whole number from 1 on'],
    [() => Scaling.horizontal({ min: 9.5, max: 4 }), 'min 9.5 must be a whole number from 1 on'],
    ...[0, 0.5, 101].map((cpu): [() => Scaling, string] => [
      () => Scaling.horizontal({ cpu }),
      `cpu ${cpu} must be a whole number of percent from 1 to 100 of what is requested`,
    ]),
    ...[0, 1001, 1.5].map((upPercent): [() => Scaling, string] => [
      () => Scaling.horizontal({ upPercent }),
      `upPercent ${upPercent} must be a whole number of percent from 1 to 1000`,
    ]),
    ...[0, 101, 1.5].map((downPercent): [() => Scaling, string] => [
      () => Scaling.horizontal({ downPercent }),
      `downPercent ${downPercent} must be a whole number of percent from 1 to 100`,
    ]),
    ...[0.5, 3601].map((seconds): [() => Scaling, string] => [
      () => Scaling.horizontal({ upStabilization: ms(seconds * 1000) }),
      `upStabilization ${seconds} s must be a whole number of seconds from 0 to 3600`,
    ]),
    ...[0, 0.5].map((seconds): [() => Scaling, string] => [
      () => Scaling.keda({ triggers, pollingInterval: ms(seconds * 1000) }),
      `pollingInterval ${seconds} s must be a whole number of seconds from 1 on`,
    ]),
    ...[0, 1.5].map((count): [() => Scaling, string] => [
      () => fallback(count, 4),
      `fallback.failureThreshold ${count} must be a whole number from 1 on`,
    ]),
    ...[2, 10, 4.5].map((count): [() => Scaling, string] => [
      () => fallback(3, count),
      `fallback.replicas ${count} must be a whole number from min 3 to max 9`,
    ]),
    ...['', 7].map((type): [() => Scaling, string] => [
      () => Scaling.keda({ triggers: [{ type: type as string, metadata: {} }] }),
      `trigger type ${JSON.stringify(type)} must name a scaler of KEDA, like "kafka"`,
    ]),
    [() => Scaling.keda({} as never), 'keda needs at least one trigger; without one it would never scale'],
  ])('%#', (scaling, ...expected) => expect(wrong(scaling())).toEqual(expected));

  test('without another word KEDA asks every 30 s, and keeps the minimum after three failures', () => {
    const problems = new Problems('x');
    expect(Scaling.keda({ triggers, min: 4 }).resolve(standard, problems)).toEqual({
      kind: 'keda',
      min: 4,
      max: 20,
      triggers,
      pollingInterval: 30,
      fallback: { failureThreshold: 3, replicas: 4 },
      behavior: { upPercent: 50, upStabilization: 60, downPercent: 10, downStabilization: 300 },
    });
    expect(problems.any).toBe(false);
  });
});

describe('availability', () => {
  const health = Health.of({
    liveness: HealthProbe.tcp(),
    readiness: HealthProbe.http('/readyz'),
    startup: HealthProbe.tcp({ initialDelay: s(7), period: s(5), failureThreshold: 11 }),
  });
  const wrong = (props: AvailabilityProps, replicas = 3) =>
    noted((problems) => {
      const scaling = { kind: 'fixed' as const, min: replicas, max: replicas };
      resolveAvailability(props, health, scaling, standard, problems);
    }).map((one) => one.replace(/^x\.availability: /, ''));

  test('takes the least and the most of everything', () => {
    expect([wrong({ maxUnavailable: 2 }), wrong({ minAvailable: 1 }), wrong({ minAvailable: 2 })]).toEqual([[], [], []]);
    // Of one pod, a drain takes all there are, or it never ends.
    expect([wrong({ maxUnavailable: 1 }, 1), wrong({}, 1)]).toEqual([[], []]);
    expect(wrong({ minReady: s(0), progressDeadline: s(63) })).toEqual([]);
  });

  test.each<[AvailabilityProps, string]>([
    [{ maxUnavailable: 1.5 }, 'maxUnavailable 1.5 must be a whole number from 1 on'],
    [{ minAvailable: 0 }, 'minAvailable 0 must be a whole number from 1 on'],
    [{ minAvailable: 1.5 }, 'minAvailable 1.5 must be a whole number from 1 on'],
    [{ minReady: ms(500) }, 'minReady 0.5 s must be a whole number of seconds from 0 on'],
    [
      { minReady: s(3), progressDeadline: s(65) },
      'progressDeadline 65 s ends before a pod may be up: startup budget 62 + minReady 3 = 65 s; use more than 65 s',
    ],
    [
      { minReady: s(3), progressDeadline: ms(65_500) },
      'progressDeadline 65.5 s ends before a pod may be up: startup budget 62 + minReady 3 = 65 s; use more than 65 s',
    ],
  ])('%j', (props, expected) => expect(wrong(props)).toEqual([expected]));

  test('a pod that must be ready for less than no time is refused', () => {
    expect(wrong({ minReady: { toSeconds: () => -1, toMilliseconds: () => -1000 } as never })).toEqual([
      'minReady -1 s must be a whole number of seconds from 0 on',
    ]);
  });
});

describe('a probe', () => {
  const wrong = (probe: HealthProbe) =>
    noted((problems) => probe.validate(problems, 'liveness')).map((one) => one.replace(/^x\.liveness: /, ''));

  test('takes the least of everything', () => {
    const least = { initialDelay: s(0), period: s(1), timeout: s(1), failureThreshold: 1 };
    expect([HealthProbe.tcp(least), HealthProbe.exec(['/ready'], least), HealthProbe.http('/', least)].flatMap(wrong)).toEqual(
      [],
    );
  });

  test.each<[() => HealthProbe, ...string[]]>([
    [() => HealthProbe.tcp({ initialDelay: ms(500) }), 'initialDelay 0.5 s must be a whole number of seconds from 0 on'],
    [() => HealthProbe.tcp({ timeout: ms(500) }), 'timeout 0.5 s must be a whole number of seconds from 1 on'],
    [() => HealthProbe.tcp({ timeout: s(0) }), 'timeout 0 s must be a whole number of seconds from 1 on'],
    [
      () => HealthProbe.tcp({ period: ms(2500) }),
      'period 2.5 s must be a whole number of seconds from 1 on',
      'timeout 3 s is longer than the period of 2.5 s, so that tries overlap; shorten it',
    ],
    [() => HealthProbe.tcp({ failureThreshold: 1.5 }), 'failureThreshold 1.5 must be a whole number from 1 on'],
    [() => HealthProbe.http('a/b'), 'path "a/b" must start with "/" and have no blanks'],
    [() => HealthProbe.http(undefined as never), 'path nothing must start with "/" and have no blanks'],
    [() => HealthProbe.exec(undefined as never), "command nothing must start with a program, like ['cat', '/tmp/ready']"],
  ])('%#', (probe, ...expected) => expect(wrong(probe())).toEqual(expected));
});

test('a priority is from one to one billion', () => {
  const wrong = (value: number) => noted((problems) => Priority.ofTier({ value }).validate(problems));
  expect([1, 1_000_000_000].flatMap(wrong)).toEqual([]);
  for (const value of [0, 1.5, 1_000_000_001]) {
    expect(wrong(value)).toEqual([`x.priority: value ${value} must be a whole number from 1 to 1000000000`]);
  }
  expect(Priority.ofTier().model).toEqual({ value: 1_000_000, preempt: true });
});

describe('resources and users', () => {
  const wrong = (props: ResourcesProps) =>
    noted((problems) => resolveResources(props, standard, problems)).map((one) => one.replace(/^x\./, ''));
  const notCpu = (text: string) =>
    `"${text}" is not a CPU quantity; write it like "500m" or "1.5", in steps of 1m and above zero`;
  const notBytes = (text: string) =>
    `"${text}" is not a quantity of bytes; write it like "512Mi" or "1Gi", in whole bytes and above zero`;

  test('as much may be requested as may be used, from 1Mi on', () => {
    expect(wrong({ requests: { cpu: '1', memory: '1Gi' } })).toEqual([]);
    expect(wrong({ requests: { memory: '1Mi' } })).toEqual([]);
    expect(wrong({ requests: { cpu: '9' }, limits: { cpu: 'none' } })).toEqual([]);
    expect(wrong({ requests: { memory: '1048575' } })).toEqual([
      'resources: memory 1048575 is 1048575 bytes, too little to start with; write it like "512Mi"',
    ]);
  });

  test('a limit that is no quantity is told by its place', () => {
    expect(wrong({ limits: { cpu: 'some', memory: 'much' } })).toEqual([
      `resources.limits.cpu: ${notCpu('some')}`,
      `resources.limits.memory: ${notBytes('much')}`,
    ]);
  });

  test('the first and the last user', () => {
    const users = (user: number, group: number) => noted((problems) => resolveSecurity({ user, group }, problems));
    expect([users(1000, 2 ** 31 - 1), users(2 ** 31 - 1, 1000)]).toEqual([[], []]);
    expect(users(999, 1000.5)).toEqual([
      "x.security: user 999 must be a whole number from 1000 to 2147483647 (10001 by default): lower ids are root's and the system's",
      "x.security: group 1000.5 must be a whole number from 1000 to 2147483647 (10001 by default): lower ids are root's and the system's",
    ]);
  });
});

test('a pod that stops waits five seconds at least, and leaves five', () => {
  const { kubernetes } = new Platform().model;
  const wrong = (props: ShutdownProps) => noted((problems) => resolveShutdown(props, kubernetes, problems));
  expect(wrong({ preStop: s(5), drain: s(0), margin: s(5) })).toEqual([]);
  expect(wrong({ preStop: s(4), drain: ms(500), margin: s(4) })).toEqual([
    'x.shutdown: drain 0.5 s must be a whole number of seconds',
    'x.shutdown: margin 4 s must be a whole number of seconds from 5 on',
    'x.shutdown: preStop 4 s is too short for the endpoints to be withdrawn everywhere, so that requests would be refused; use at least 5 s',
  ]);
});
