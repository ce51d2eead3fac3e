import { Duration } from 'cdk8s';
import { CircuitBreaker, Exposure, Platform, PortProtocol, type ReleaseFacts } from '../../lib';

/** A service, as a release sees it. Odd numbers, so that two that are swapped show. */
export const FACTS: ReleaseFacts = {
  name: 'teller',
  platform: new Platform().model,
  scaling: 'horizontal',
  minReplicas: 3,
  maxReplicas: 20,
  headroom: 30,
  plainPorts: [],
  ports: [{ name: 'http', port: 8072, targetPort: 8071, protocol: PortProtocol.HTTP }],
  traffic: {
    routes: [{ condition: { path: '/' }, timeoutMs: 7000, retries: { attempts: 0, on: [] }, repeatable: false }],
    circuitBreaker: CircuitBreaker.standard(),
    connectTimeoutMs: 1400,
  },
  given: { timeout: Duration.seconds(7) },
  exposure: Exposure.clusterIp(),
  startSeconds: 73,
  minReadySeconds: 13,
  progressDeadline: 611,
  graceSeconds: 55,
  secrets: [],
  reloader: false,
};
