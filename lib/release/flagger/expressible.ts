import { PortProtocol, type WorkloadPort, isHttp } from '../../contracts/port';
import type { Problems } from '../../kernel/errors';
import { type Version, atLeast, parseVersion } from '../../platform/versions';
import { newerServiceFields, serviceAnnotations } from '../../traffic/resources/service';
import type { ReleaseFacts } from '../release';
import type { CanaryServiceModel, MadeMetadata } from './canary-model';
import type { Visible } from './thresholds';
import { trafficPolicyOf } from './traffic-policy';

/**
 * Since 1.44 a primary that does not come up with the new version leaves the requests at the canary; an older Flagger sends them to
 * the broken primary. https://github.com/fluxcd/flagger/pull/1931
 */
const OLDEST_FLAGGER = { major: 1, minor: 44 } as const;

/** Adds a problem when the platform's Flagger is too old. */
export function flaggerProblems(version: string, problems: Problems, part: string): void {
  const parsed: Version | undefined = problems.take(() => parseVersion(version), undefined, part);
  problems.check(
    parsed === undefined || atLeast(parsed, OLDEST_FLAGGER.major, OLDEST_FLAGGER.minor),
    `Flagger ${version} sends requests back to a primary that failed to come up; the platform needs 1.44 or newer`,
    part,
  );
}

/** The port that is analysed: the first that carries requests, or the first. */
export function analysedPort(ports: readonly WorkloadPort[]): WorkloadPort {
  return ports.find(({ protocol }) => isHttp(protocol)) ?? ports[0]!;
}

export function visibleOn({ protocol }: WorkloadPort): Visible {
  if (protocol === PortProtocol.GRPC) return 'grpc';
  return isHttp(protocol) ? 'requests' : 'bytes';
}

/** Adds what Flagger's Services, routes and rules could not say of this service. Nothing of it is dropped in silence. */
export function inexpressible(facts: ReleaseFacts, problems: Problems): void {
  const { exposure, given, ports } = facts;
  flaggerProblems(facts.platform.flagger.version, problems, 'release');
  problems.check(
    exposure.type === 'ClusterIP',
    `Flagger makes Services of type ClusterIP only, and not ${exposure.type}; let clients in through a MeshGateway`,
    'exposure',
  );
  problems.check(
    exposure.options.clientIpAffinity === undefined,
    "Flagger's Services have no affinity by address; leave clientIpAffinity out, or use sessionAffinity of the release",
    'exposure',
  );
  const { maxConnections } = given.circuitBreaker?.given ?? {};
  problems.check(
    maxConnections === undefined,
    `maxConnections ${maxConnections} can't be kept: Flagger's DestinationRules have no TCP connection pool; ` +
      'leave it out, and limit maxRequests and maxPendingRequests',
    'traffic.circuitBreaker',
  );
  const main = analysedPort(ports);
  problems.check(
    main.protocol !== PortProtocol.TLS,
    `Flagger takes port ${main.port}, which speaks tls, for HTTP, and its weights would do nothing; use PortProtocol.TCP, which is what the mesh sees of it`,
    'release',
  );
  for (const { port, targetPort } of ports.filter((one) => one !== main)) {
    problems.check(
      port === targetPort,
      `Flagger gives a further port the number that its container has, ${targetPort}, and not ${port}; leave its servicePort out`,
      'ports',
    );
  }
  problems.check(
    facts.scaling !== 'fixed',
    () =>
      'Flagger stops the pods of the Deployment between releases, and a number of replicas in Git would start them again; ' +
      `use Scaling.horizontal({ min: ${Math.max(2, facts.minReplicas)}, max: ${Math.max(2, facts.maxReplicas)} })`,
    'scaling',
  );
  problems.check(
    facts.scaling === 'fixed' || facts.minReplicas >= 2,
    `min ${facts.minReplicas} leaves a track with one pod, which is gone with its node while it gets requests; use min: 2 or more`,
    'scaling',
  );
  // https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/apis/keda/v1alpha1/scaledobject.go (Fallback)
  problems.check(
    facts.fallbackReplicas === undefined || facts.fallbackReplicas >= facts.maxReplicas,
    `when its metrics fail, KEDA would scale the primary down to fallback.replicas ${facts.fallbackReplicas}: Flagger's copy of the ScaledObject ` +
      `loses the word that more pods stay; write fallback: { failureThreshold: 3, replicas: ${facts.maxReplicas} }`,
    'scaling',
  );
  problems.check(
    !facts.reloader,
    'Reloader restarts pods behind the back of Flagger, which takes it for a new version; use ConfigurationChange.ROLL_OUT',
    'configuration',
  );
}

/** What Flagger makes Services and routes of. */
export function serviceModel(facts: ReleaseFacts, labels: Readonly<Record<string, string>>): CanaryServiceModel {
  const { name, ports, exposure, platform, traffic } = facts;
  const main = analysedPort(ports);
  const http = isHttp(main.protocol);
  const annotations = serviceAnnotations(exposure, platform.kubernetes);
  const apex: MadeMetadata = { labels, annotations: Object.keys(annotations).length ? annotations : undefined };
  const { trafficDistribution } = newerServiceFields(exposure, platform.kubernetes);
  return {
    name,
    port: main.port,
    portName: main.name,
    targetPort: main.targetPort,
    appProtocol: main.protocol,
    // The containers' ports are the service's own: metrics are read from the proxy's agent, which is no port of theirs.
    portDiscovery: ports.length > 1,
    headless: exposure.form.headless ?? false,
    trafficDistribution: trafficDistribution as string | undefined,
    delegation: http,
    hosts: [],
    gateways: [],
    trafficPolicy: trafficPolicyOf(traffic, http, exposure.options.topologyAware ?? false),
    apex,
    primary: { labels },
    canary: { labels },
  };
}
