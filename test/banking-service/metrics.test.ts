import { Health, PortProtocol } from '../../lib';
import { World } from './world';

test('metrics that are served on the main port are closed to callers, those on a port of their own are out of reach', () => {
  const closed = (health: Health) => new World().service('teller', { health }).model.managementPaths;
  expect(closed(Health.healthz({ metrics: { path: '/numbers' } }))).toEqual(['/numbers']);
  expect(closed(Health.commerce({ metrics: { path: '/numbers', port: 9464 } }))).toEqual([]);
  expect(closed(Health.springBootActuator({ metrics: { path: '/numbers' } }))).toEqual(['/actuator', '/numbers']);
  const world = new World();
  world.service('teller', {
    protocol: PortProtocol.GRPC,
    health: Health.grpc({ readinessService: 'teller.v1', metrics: { path: '/numbers', port: 9464 } }),
  });
  expect(world.one('Deployment').spec.template.metadata.annotations).toMatchObject({
    'prometheus.io/scrape': 'true',
    'prometheus.io/port': '9464',
    'prometheus.io/path': '/numbers',
  });
});
