import { Duration } from 'cdk8s';
import { Health, HealthProbe, PortProtocol, Priority, Scaling } from '../../lib';
import { noted, problemsOf } from '../support/problems';

describe('health', () => {
  const main = { name: 'http', port: 8071, targetPort: 8071, protocol: PortProtocol.HTTP };
  const judged = (health: Health) => noted((problems) => health.validate(problems, main));
  const probes = (health: Health) => {
    const { liveness, readiness, startup } = health.probes;
    return [liveness, readiness, startup].map((one) => one && JSON.parse(JSON.stringify(one.toJson(8071))));
  };
  const wire = (handler: object, period: number, timeout: number, failureThreshold: number, initial?: number) => ({
    ...handler,
    ...(initial ? { initialDelaySeconds: initial } : {}),
    periodSeconds: period,
    timeoutSeconds: timeout,
    failureThreshold,
  });
  const http = (path: string, port: number) => ({ httpGet: { path, port } });

  test('commerce: its own paths, on its own port', () => {
    expect(probes(Health.commerce({ port: 9077, livenessPath: '/l', readinessPath: '/r' }))).toEqual([
      wire(http('/l', 9077), 10, 3, 3),
      wire(http('/r', 9077), 5, 3, 3),
      wire(http('/l', 9077), 10, 3, 30),
    ]);
    expect(probes(Health.commerce()).map((one) => one.httpGet)).toEqual(
      ['/healthz', '/readyz', '/healthz'].map((path) => ({ path, port: 8071 })),
    );
  });

  test('healthz and gRPC on their own port', () => {
    expect(probes(Health.healthz({ port: 9077 }))).toEqual([
      wire(http('/healthz', 9077), 10, 3, 3),
      wire(http('/readyz', 9077), 5, 3, 3),
      wire(http('/healthz', 9077), 5, 3, 24),
    ]);
    expect(probes(Health.grpc({ port: 9077, readinessService: 'ready' }))).toEqual([
      wire({ grpc: { port: 9077 } }, 10, 3, 3),
      wire({ grpc: { port: 9077, service: 'ready' } }, 5, 3, 3),
      wire({ grpc: { port: 9077 } }, 5, 3, 24),
    ]);
  });

  test('a start that may take just as long as a probe allows is a good one, to the half second', () => {
    const startsWithin = (ms: number, startup?: HealthProbe) =>
      judged(
        Health.of({
          liveness: HealthProbe.tcp(),
          readiness: HealthProbe.http('/r'),
          startup,
          startsWithin: Duration.millis(ms),
        }),
      );
    expect(startsWithin(30_000)).toEqual([]);
    expect(startsWithin(30_500)).toEqual([
      'x.health: a start may take 30.5 s, but the liveness probe kills it after 0 + 10 × 3 = 30 s; raise failureThreshold to 4',
    ]);
    expect(Health.healthz({ startsWithin: Duration.millis(120_000) }).probes.startup!.failureThreshold).toBe(24);
    expect(Health.healthz({ startsWithin: Duration.millis(120_500) }).probes.startup!.failureThreshold).toBe(25);
  });

  test('each probe is judged by its name', () => {
    const slow = (path: string) => HealthProbe.http(path, { timeout: Duration.seconds(11) });
    const health = Health.of({ liveness: slow('/l'), readiness: slow('/r'), startup: slow('/s') });
    expect(judged(health)).toEqual(
      ['liveness', 'readiness', 'startup'].map(
        (name) => `x.health.${name}: timeout 11 s is longer than the period of 10 s, so that tries overlap; shorten it`,
      ),
    );
  });

  test('gRPC is not asked on a port that speaks HTTP', () => {
    expect(judged(Health.grpc({ readinessService: 'ready' }))).toEqual(
      ['liveness', 'readiness', 'startup'].map(
        (name) =>
          `x.health.${name}: asks by grpc, and port 8071 speaks http; use HealthProbe.http, or give the probe a port of its own`,
      ),
    );
    expect(judged(Health.grpc({ readinessService: 'ready', port: 9077 }))).toEqual([]);
  });

  test('metrics have a plain path, and a port that is not the proxy’s', () => {
    expect(judged(Health.healthz({ metrics: { path: '/numbers/*', port: 15020 } }))).toEqual([
      'x.health: "/numbers/*" must be a plain path that starts with "/", like "/actuator"',
      "x.health.metrics: 15020 is taken by Istio's proxy in every pod; use another port",
    ]);
    expect(judged(Health.healthz({ metrics: { path: '/numbers', port: 70000 } }))).toEqual([
      'x.health.metrics: 70000 is not a port; use a whole number from 1 to 65535',
    ]);
  });

  test.each<[string, () => unknown]>([
    ['Health.springBootActuator', () => Health.springBootActuator({ a: 1 } as never)],
    ['Health.commerce', () => Health.commerce({ a: 1 } as never)],
    ['Health.healthz', () => Health.healthz({ a: 1 } as never)],
    ['Health.grpc', () => Health.grpc({ a: 1 } as never)],
    ['Health.of', () => Health.of({ a: 1 } as never)],
    ['HealthProbe.http', () => HealthProbe.http('/', { a: 1 } as never)],
    ['HealthProbe.grpc', () => HealthProbe.grpc({ a: 1 } as never)],
    ['HealthProbe.tcp', () => HealthProbe.tcp({ a: 1 } as never)],
    ['HealthProbe.exec', () => HealthProbe.exec(['/r'], { a: 1 } as never)],
    ['Scaling.keda', () => Scaling.keda({ a: 1 } as never)],
    ['Scaling.horizontal', () => Scaling.horizontal({ a: 1 } as never)],
    ['Priority.ofTier', () => Priority.ofTier({ a: 1 } as never)],
  ])('%s has options of its own', (name, make) => {
    expect(problemsOf(make)[0]).toMatch(new RegExp(`^${name}: there is no prop "a"; `));
  });

  test('a path is text', () => {
    expect(problemsOf(() => HealthProbe.http(7 as never))).toEqual(['HealthProbe.http.path: 7 must be a string; write "7"']);
  });

  test('both probes are needed', () => {
    const missing = 'is missing; it must be made with HealthProbe.http(…), .grpc(…), .tcp(…) or .exec(…)';
    expect(problemsOf(() => Health.of({} as never))).toEqual([
      `Health.of.liveness: ${missing}`,
      `Health.of.readiness: ${missing}`,
    ]);
  });
});
