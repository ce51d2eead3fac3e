import { CircuitBreaker, Release } from '../../../lib';
import { World } from '../../banking-service/world';

/** What the circuit breaker of a service says of HTTP/2, by Flagger's DestinationRules. */
function policyOf(h2Upgrade?: boolean): unknown {
  const world = new World();
  const circuitBreaker = CircuitBreaker.strict({ h2Upgrade });
  world.service('teller', { traffic: { circuitBreaker }, release: Release.canary() });
  return world.one('Canary').spec.service.trafficPolicy.connectionPool.http.h2UpgradePolicy;
}

test.each([
  [true, 'UPGRADE'],
  [false, 'DO_NOT_UPGRADE'],
  [undefined, undefined],
])('h2Upgrade %s of a circuit breaker is %s to both tracks', (h2Upgrade, policy) => {
  expect(policyOf(h2Upgrade)).toBe(policy);
});
