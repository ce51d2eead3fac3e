import { Duration } from 'cdk8s';
import { CircuitBreaker, Health, type ObjectiveProps, ObservabilityStack, RequestSource } from '../../lib';
import { notesOn } from '../../lib/kube';
import { World } from '../banking-service/world';

/* A latency that is promised of all requests is promised of streams too, which last as long as they are wanted. */

function warned(objective: ObjectiveProps): string[] {
  const world = new World();
  const health = Health.springBootActuator();
  const circuitBreaker = CircuitBreaker.standard({ maxConnections: 2003, maxRequests: 4007 });
  const traffic = { routes: [{ path: '/feed', methods: ['GET'], streaming: true }], circuitBreaker };
  const services = [world.service('teller', { health, traffic }), world.service('desk', { health })];
  const stack = new ObservabilityStack(world.chart, 'watch', { services, objective, runbooks: 'https://git.example.com/r' });
  return notesOn(stack).flatMap(({ kind, text }) => (kind === 'warning' ? [text] : []));
}

test('latencies of all requests take streams for slow ones', () => {
  const warning = (promise: string) =>
    `vault/teller: ${promise}: its streams count with all the time that they last; promise it for the other routes, measuredBy ` +
    'RequestSource.springBoot() or .openTelemetry()';
  expect(warned({ availability: 99.9, p95: Duration.millis(250), p99: Duration.millis(500) })).toEqual([
    warning('95 % take at most 250 ms'),
    warning('99 % take at most 500 ms'),
  ]);
});

test('latencies of routes do not, nor does the share that succeeds', () => {
  const routes = { 'GET /accounts': { p95: Duration.millis(100) } };
  expect(warned({ availability: 99.9, routes, measuredBy: RequestSource.springBoot() })).toEqual([]);
});
