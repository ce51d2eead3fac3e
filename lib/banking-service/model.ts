import type { WorkloadPort } from '../contracts/port';
import { secretKeyProblems } from '../contracts/secret-key';
import { Problems, called } from '../kernel/errors';
import { deepFreeze } from '../kernel/freeze';
import { MAX_WORKLOAD_NAME, dnsLabel } from '../kernel/names';
import { fitProps, needed } from '../kernel/shape';
import type { PlatformModel } from '../platform/model';
import { Platform } from '../platform/platform';
import { Environment } from '../kube';
import type { IRelease, ReleaseFacts } from '../release/release';
import { Release } from '../release/strategies';
import { Exposure } from '../traffic/exposure';
import { type TrafficModel, resolveTraffic } from '../traffic/model';
import { resolveMtlsExceptions } from '../zero-trust/mtls';
import { resolvePorts } from '../zero-trust/ports';
import { type AvailabilityModel, resolveAvailability } from './availability';
import { pathProblem, secretProblems, variableProblems } from './configuration';
import { type ResourcesModel, type SecurityModel, resolveResources, resolveSecurity } from './container';
import { Health } from './health';
import { labelAndAnnotationProblems } from './labels';
import { type PlacementModel, resolvePlacement } from './placement';
import { Priority } from './priority';
import type { BankingServiceProps } from './props';
import { type ScalingModel, Scaling, fallbackOf } from './scaling';
import { SERVICE } from './shapes';
import { type ShutdownModel, resolveShutdown } from './shutdown';
import { type VersionsModel, resolveVersions } from './versions';
import { ServiceTier, TIERS } from './tiers';

/** The props with every default filled in. Frozen. Times in seconds. */
export interface ServiceModel extends VersionsModel {
  readonly name: string;
  readonly imagePullPolicy: string;
  readonly imagePullSecrets: readonly string[];
  readonly tier: ServiceTier;
  readonly ports: readonly WorkloadPort[];
  readonly health: Health;
  readonly managementPaths: readonly string[];
  readonly resources: ResourcesModel;
  readonly scaling: ScalingModel;
  readonly shutdown: ShutdownModel;
  readonly security: SecurityModel;
  readonly availability: AvailabilityModel;
  readonly priority: Priority;
  readonly placement: PlacementModel;
  readonly secretEnv: NonNullable<BankingServiceProps['secretEnv']>;
  readonly secretFiles: NonNullable<BankingServiceProps['secretFiles']>;
  readonly args?: readonly string[];
  readonly command?: readonly string[];
  readonly traffic: TrafficModel;
  readonly exposure: Exposure;
  readonly release: IRelease;
  readonly labels: Readonly<Record<string, string>>;
  readonly podAnnotations: Readonly<Record<string, string>>;
  /** Ports that take plain text, by container port. */
  readonly mtlsExceptions: ReadonlyMap<number, 'PERMISSIVE' | 'DISABLE'>;
  /** Whether its pods get a token for the API server. */
  readonly serviceAccountToken: boolean;
}

/** Validates the props and fills in the defaults. @throws ConfigError that lists every problem. */
export function resolveService(wanted: string, given: BankingServiceProps): ServiceModel {
  const problems = new Problems(called('service', wanted));
  const props = fitProps(given, SERVICE, problems);
  needed(props.namespace ?? given.namespace, SERVICE.namespace, problems, 'namespace');
  const name = problems.take(() => dnsLabel(wanted, MAX_WORKLOAD_NAME), '', 'name');
  // Without a namespace, the rest is still judged: against a cluster with all the defaults.
  const platform = props.namespace?.model.platform ?? new Platform().model;
  const tier = props.tier ?? ServiceTier.STANDARD;
  const defaults = TIERS[tier];

  const release = props.release ?? Release.rolling();
  const { runs, versions, configuration } = resolveVersions(name, props, release, problems);
  (props.imagePullSecrets ?? []).forEach((secret) => secretProblems(secret, problems, 'imagePullSecrets'));

  const { port, protocol, servicePort } = props;
  const ports = resolvePorts([{ port, protocol, servicePort }, ...(props.ports ?? [])], problems);
  const health = props.health ?? Health.healthz();
  health.validate(problems, ports[0]!);
  const scaling = (props.scaling ?? Scaling.horizontal()).resolve(defaults, problems);
  const exposure = props.exposure ?? Exposure.clusterIp();
  exposure.validate(problems);
  const moved = exposure.form.headless ? ports.find((one) => one.port !== one.targetPort) : undefined;
  if (moved) {
    problems.add(
      `a headless Service leads to pods as they are, so servicePort ${moved.port} is not translated to ${moved.targetPort}; leave servicePort out`,
      'exposure',
    );
  }
  if (exposure.sourceRanges) {
    for (const { targetPort } of ports) {
      problems.check(
        (props.mtlsExceptions ?? []).some((one) => one.port === targetPort),
        `${exposure.type} clients are outside the mesh, and port ${targetPort} takes mutual TLS only; ` +
          'let them in through a MeshGateway, or declare the port in mtlsExceptions with a reason',
        'exposure',
      );
    }
  }
  const priority =
    props.priority ?? (defaults.priority === undefined ? Priority.none() : Priority.ofTier({ value: defaults.priority }));
  priority.validate(problems);

  (props.secretFiles ?? []).forEach(({ secret, path }) => {
    secretProblems(secret, problems, 'secretFiles');
    pathProblem(path).forEach((what) => problems.add(what, 'secretFiles'));
  });
  Object.values(props.secretEnv ?? {}).forEach((place) => secretKeyProblems(place, problems, 'secretEnv'));
  variableProblems(Object.fromEntries(Object.keys(props.secretEnv ?? {}).map((key) => [key, undefined]))).forEach((what) =>
    problems.add(what, 'secretEnv'),
  );
  labelAndAnnotationProblems(props, problems);

  const model: ServiceModel = {
    name,
    runs,
    versions,
    imagePullPolicy: props.imagePullPolicy ?? 'Always',
    imagePullSecrets: props.imagePullSecrets ?? [],
    tier,
    ports,
    health,
    managementPaths: health.props.managementPaths ?? [],
    resources: resolveResources(props.resources ?? {}, defaults, problems),
    scaling,
    shutdown: resolveShutdown(props.shutdown ?? {}, platform.kubernetes, problems),
    security: resolveSecurity(props.security ?? {}, problems),
    availability: resolveAvailability(props.availability ?? {}, health, scaling, defaults, problems),
    priority,
    placement: resolvePlacement(props.placement ?? {}, problems),
    configuration,
    secretEnv: props.secretEnv ?? {},
    secretFiles: props.secretFiles ?? [],
    args: props.args,
    command: props.command,
    traffic: resolveTraffic(props.traffic ?? {}, ports, problems, props.namespace && Environment.of(props.namespace)?.stage),
    exposure,
    release,
    labels: props.labels ?? {},
    podAnnotations: props.podAnnotations ?? {},
    mtlsExceptions: resolveMtlsExceptions(props.mtlsExceptions ?? [], ports, problems),
    serviceAccountToken: props.serviceAccountToken ?? false,
  };
  mountProblems(model, problems);
  release.validate(problems, releaseFacts(model, props, platform));
  problems.throwIfAny();
  // The helper values (Health, Exposure, Priority) are read-only by type; a copy of the rest is frozen.
  return Object.freeze({
    ...model,
    resources: deepFreeze(model.resources),
    availability: deepFreeze(model.availability),
    security: deepFreeze(model.security),
  });
}

/** The service, as its release judges it. */
export function releaseFacts(model: ServiceModel, props: BankingServiceProps, platform: PlatformModel): ReleaseFacts {
  const { name, scaling, availability, health, shutdown, ports, traffic, exposure } = model;
  const secrets = [...Object.values(model.secretEnv), ...model.secretFiles].map(({ secret }) => secret);
  return {
    name,
    namespace: props.namespace,
    platform,
    stage: props.namespace && Environment.of(props.namespace)?.stage,
    scaling: scaling.kind,
    minReplicas: scaling.min,
    maxReplicas: scaling.max,
    fallbackReplicas: scaling.kind === 'keda' ? fallbackOf(scaling)?.replicas : undefined,
    headroom: scaling.kind === 'horizontal' && scaling.cpu !== undefined ? 100 - scaling.cpu : 0,
    plainPorts: [...model.mtlsExceptions.keys()],
    ports,
    traffic,
    given: props.traffic ?? {},
    exposure,
    startSeconds: Math.ceil(health.startupBudget) + availability.minReady,
    minReadySeconds: availability.minReady,
    progressDeadline: availability.progressDeadline,
    graceSeconds: shutdown.grace,
    secrets: [...new Set(secrets)],
    reloader: model.configuration.reloader,
  };
}

/** Two things mounted on one path: the later would hide the former. */
function mountProblems(model: ServiceModel, problems: Problems): void {
  const { configuration, secretFiles, security } = model;
  const paths = [
    '/tmp',
    ...security.writablePaths,
    ...secretFiles.map(({ path }) => path),
    ...(configuration.files ? [configuration.files.path] : []),
  ];
  const twice = paths.find((path, i) => paths.indexOf(path) !== i);
  if (twice) problems.add(`${twice} is mounted twice; give each volume a path of its own (/tmp is there already)`, 'mounts');
}
