import { Duration } from 'cdk8s';
import { Health, HealthProbe } from '../../lib';
import { containerOf } from './world';

const s = (value: number) => Duration.seconds(value);

describe('probes', () => {
  const timing = { initialDelay: s(2), period: s(17), timeout: s(5), failureThreshold: 7 };
  const wire = { initialDelaySeconds: 2, periodSeconds: 17, timeoutSeconds: 5, failureThreshold: 7 };

  test.each([
    [() => HealthProbe.http('/ok', timing), { httpGet: { path: '/ok', port: 8071 } }],
    [() => HealthProbe.http('/ok', { ...timing, port: 9077 }), { httpGet: { path: '/ok', port: 9077 } }],
    [() => HealthProbe.tcp(timing), { tcpSocket: { port: 8071 } }],
    [() => HealthProbe.grpc({ ...timing, port: 9077, service: 'till' }), { grpc: { port: 9077, service: 'till' } }],
    [() => HealthProbe.exec(['/bin/check', '-q'], timing), { exec: { command: ['/bin/check', '-q'] } }],
  ])('%#', (make, handler) => {
    const startup = make();
    const health = Health.of({ liveness: HealthProbe.tcp({ period: s(31) }), readiness: HealthProbe.http('/r'), startup });
    expect(containerOf({ health }).startupProbe).toEqual({ ...handler, ...wire });
  });

  test('behind a startup probe the others do not wait', () => {
    const container = containerOf({ health: Health.springBootActuator() });
    const { livenessProbe, readinessProbe, startupProbe } = container;
    expect(livenessProbe).toEqual({
      httpGet: { path: '/actuator/health/liveness', port: 8071 },
      periodSeconds: 30,
      timeoutSeconds: 10,
      failureThreshold: 3,
    });
    expect(readinessProbe).toEqual({
      httpGet: { path: '/actuator/health/readiness', port: 8071 },
      periodSeconds: 10,
      timeoutSeconds: 5,
      failureThreshold: 3,
    });
    expect(startupProbe).toMatchObject({ initialDelaySeconds: 30, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 12 });
  });

  test('without one they do', () => {
    const health = Health.of({ liveness: HealthProbe.tcp({ initialDelay: s(41) }), readiness: HealthProbe.http('/r') });
    const { livenessProbe, startupProbe } = containerOf({ health });
    expect([livenessProbe.initialDelaySeconds, startupProbe]).toEqual([41, undefined]);
  });
});
