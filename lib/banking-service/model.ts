import type { WorkloadPort } from '../contracts/port';
import { Problems, called, show } from '../kernel/errors';
import { deepFreeze } from '../kernel/freeze';
import {
  APP_LABEL,
  CANONICAL_NAME_LABEL,
  REWRITTEN_KEYS,
  VERSION_LABEL,
  WORKLOAD_LABEL,
  isLabelKey,
  isLabelValue,
  labelProblems,
} from '../kernel/labels';
import { MAX_WORKLOAD_NAME, dnsLabel } from '../kernel/names';
import { bytes, milliCpu } from '../kernel/quantity';
import { fitProps, needed } from '../kernel/shape';
import { Platform } from '../platform/platform';
import type { IRelease } from '../release/release';
import { Release } from '../release/strategies';
import { Exposure } from '../traffic/exposure';
import { type TrafficModel, resolveTraffic } from '../traffic/model';
import { resolveMtlsExceptions } from '../zero-trust/mtls';
import { resolvePorts } from '../zero-trust/ports';
import { type AvailabilityModel, resolveAvailability } from './availability';
import { type ConfigurationModel, pathProblem, resolveConfiguration, secretProblems, variableProblems } from './configuration';
import { Health } from './health';
import { parseImage, versionOf } from './image';
import { type PlacementModel, resolvePlacement } from './placement';
import { Priority } from './priority';
import type { BankingServiceProps } from './props';
import { type ScalingModel, Scaling } from './scaling';
import { SERVICE } from './shapes';
import { type ShutdownModel, resolveShutdown } from './shutdown';
import { ServiceTier, TIERS, type TierDefaults } from './tiers';

/** The props with every default filled in. Frozen. Times in seconds. */
export interface ServiceModel {
  readonly name: string;
  readonly image: string;
  readonly imagePullPolicy: string;
  readonly imagePullSecrets: readonly string[];
  readonly version: string;
  readonly tier: ServiceTier;
  readonly ports: readonly WorkloadPort[];
  readonly health: Health;
  readonly managementPaths: readonly string[];
  readonly resources: {
    readonly requests: { readonly cpu: string; readonly memory: string };
    readonly limits: { readonly cpu?: string; readonly memory: string };
    readonly ephemeralStorage: string;
  };
  readonly scaling: ScalingModel;
  readonly shutdown: ShutdownModel;
  readonly security: { readonly user: number; readonly group: number; readonly writablePaths: readonly string[] };
  readonly availability: AvailabilityModel;
  readonly priority: Priority;
  readonly placement: PlacementModel;
  readonly configuration: ConfigurationModel;
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

/** Labels that this construct sets: a second value would break a selector. */
const OWNED: readonly string[] = [
  ...REWRITTEN_KEYS,
  APP_LABEL,
  WORKLOAD_LABEL,
  VERSION_LABEL,
  CANONICAL_NAME_LABEL,
  'service.istio.io/workload-name',
  'sidecar.istio.io/inject',
];

/** Annotations by which a pod steers its proxy, and those by which its metrics are found. */
const PROXY_ANNOTATIONS =
  /^(proxy\.istio\.io\/config|sidecar\.istio\.io\/(inject|nativeSidecar)|traffic\.sidecar\.istio\.io\/.*)$/;
const METRICS_ANNOTATIONS = /^prometheus\.io\/(scrape|port|path)$/;

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

  const image = problems.take(() => parseImage(props.image), undefined, 'image');
  const version = props.version ?? (image ? versionOf(image) : 'unknown');
  problems.check(
    version !== '' && isLabelValue(version),
    `${show(version)} is not a label value; use 1 to 63 letters, digits, "-", "_" and "."`,
    'version',
  );
  (props.imagePullSecrets ?? []).forEach((secret) => secretProblems(secret, problems, 'imagePullSecrets'));

  const { port, protocol, servicePort } = props;
  const ports = resolvePorts([{ port, protocol, servicePort }, ...(props.ports ?? [])], problems);
  const health = props.health ?? Health.healthz();
  health.validate(problems, ports[0]!);
  const release = props.release ?? Release.rolling();
  const scaling = (props.scaling ?? Scaling.horizontal()).resolve(defaults, problems);
  release.validate(problems, { minReplicas: scaling.min, maxReplicas: scaling.max });
  const exposure = props.exposure ?? Exposure.clusterIp();
  exposure.validate(problems);
  if (exposure.sourceRanges) {
    problems.check(
      (props.mtlsExceptions ?? []).some((one) => one.port === port),
      `${exposure.type} clients are outside the mesh, and port ${show(port)} takes mutual TLS only; ` +
        'let them in through a MeshGateway, or declare the port in mtlsExceptions with a reason',
      'exposure',
    );
  }
  const priority =
    props.priority ?? (defaults.priority === undefined ? Priority.none() : Priority.ofTier({ value: defaults.priority }));
  priority.validate(problems);

  (props.secretFiles ?? []).forEach(({ secret, path }) => {
    secretProblems(secret, problems, 'secretFiles');
    pathProblem(path).forEach((what) => problems.add(what, 'secretFiles'));
  });
  for (const { secret, key } of Object.values(props.secretEnv ?? {})) {
    secretProblems(secret, problems, 'secretEnv');
    problems.check(
      typeof key === 'string' && /^[-._a-zA-Z0-9]{1,253}$/.test(key),
      `key ${show(key)} is not a key of a Secret; use letters, digits, "-", "_" and "."`,
      'secretEnv',
    );
  }
  variableProblems(Object.fromEntries(Object.keys(props.secretEnv ?? {}).map((key) => [key, undefined]))).forEach((what) =>
    problems.add(what, 'secretEnv'),
  );
  mapProblems(props, problems);

  const model: ServiceModel = {
    name,
    image: props.image,
    imagePullPolicy: props.imagePullPolicy ?? 'Always',
    imagePullSecrets: props.imagePullSecrets ?? [],
    version,
    tier,
    ports,
    health,
    managementPaths: health.props.managementPaths ?? [],
    resources: resolveResources(props, defaults, problems),
    scaling,
    shutdown: resolveShutdown(props.shutdown ?? {}, platform.kubernetes, problems),
    security: resolveSecurity(props, problems),
    availability: resolveAvailability(props.availability ?? {}, health, scaling, defaults, problems),
    priority,
    placement: resolvePlacement(props.placement ?? {}, problems),
    configuration: resolveConfiguration(name, props.configuration ?? {}, problems),
    secretEnv: props.secretEnv ?? {},
    secretFiles: props.secretFiles ?? [],
    args: props.args,
    command: props.command,
    traffic: resolveTraffic(props.traffic ?? {}, ports, problems),
    exposure,
    release,
    labels: props.labels ?? {},
    podAnnotations: props.podAnnotations ?? {},
    mtlsExceptions: resolveMtlsExceptions(props.mtlsExceptions ?? [], ports, problems),
    serviceAccountToken: props.serviceAccountToken ?? false,
  };
  mountProblems(model, problems);
  problems.throwIfAny();
  // The helper values (Health, Exposure, Priority) are read-only by type; a copy of the rest is frozen.
  return Object.freeze({
    ...model,
    resources: deepFreeze(model.resources),
    availability: deepFreeze(model.availability),
    security: deepFreeze(model.security),
  });
}

function resolveResources(props: BankingServiceProps, tier: TierDefaults, problems: Problems): ServiceModel['resources'] {
  const { requests, limits, ephemeralStorage = '1Gi' } = props.resources ?? {};
  const cpuLimit = limits?.cpu ?? tier.limits.cpu;
  const all = {
    requests: { cpu: requests?.cpu ?? tier.requests.cpu, memory: requests?.memory ?? tier.requests.memory },
    limits: { cpu: cpuLimit === 'none' ? undefined : cpuLimit, memory: limits?.memory ?? tier.limits.memory },
    ephemeralStorage,
  };
  const cpu = problems.take(() => milliCpu(all.requests.cpu), 0, 'resources.requests.cpu');
  const memory = problems.take(() => bytes(all.requests.memory), 0, 'resources.requests.memory');
  const mostCpu =
    all.limits.cpu === undefined ? Infinity : problems.take(() => milliCpu(all.limits.cpu!), Infinity, 'resources.limits.cpu');
  const mostMemory = problems.take(() => bytes(all.limits.memory), Infinity, 'resources.limits.memory');
  problems.take(() => bytes(ephemeralStorage), 0, 'resources.ephemeralStorage');
  const more = (what: string, request: string, limit: string | undefined) =>
    `${what} request ${request} is above the limit of ${limit}; a container must request no more than it may use`;
  problems.check(cpu <= mostCpu, more('cpu', all.requests.cpu, all.limits.cpu), 'resources');
  problems.check(memory <= mostMemory, more('memory', all.requests.memory, all.limits.memory), 'resources');
  // Below 1 Mi the runtime can't start: it is nearly always "512m", which means half a byte, or a forgotten suffix.
  problems.check(
    memory === 0 || memory >= 1024 ** 2,
    `memory ${all.requests.memory} is ${memory} bytes, too little to start with; write it like "512Mi"`,
    'resources',
  );
  return all;
}

function resolveSecurity({ security = {} }: BankingServiceProps, problems: Problems): ServiceModel['security'] {
  const { user = 10001, group = 10001, writablePaths = [] } = security;
  for (const [key, id] of Object.entries({ user, group })) {
    problems.check(
      id !== 1337,
      `${key} 1337 is the proxy's, whose traffic is not intercepted: it would bypass the mesh; use another id`,
      'security',
    );
    problems.check(
      Number.isInteger(id) && id >= 1000 && id <= 2 ** 31 - 1,
      `${key} ${show(id)} must be a whole number from 1000 to 2147483647 (10001 by default): lower ids are root's and the system's`,
      'security',
    );
  }
  writablePaths.forEach((path) => pathProblem(path).forEach((what) => problems.add(what, 'security.writablePaths')));
  return { user, group, writablePaths };
}

function mapProblems(props: BankingServiceProps, problems: Problems): void {
  labelProblems(props.labels ?? {}).forEach((what) => problems.add(what, 'labels'));
  for (const key of Object.keys(props.labels ?? {})) {
    problems.check(
      !OWNED.includes(key),
      `${key} is set by this construct, or must not be set at all: selectors and telemetry depend on it; use a key of your own`,
      'labels',
    );
  }
  for (const part of ['podAnnotations', 'serviceAccountAnnotations'] as const) {
    for (const key of Object.keys(props[part] ?? {})) {
      problems.check(isLabelKey(key), `${show(key)} is not an annotation key; use [prefix/]name with up to 63 characters`, part);
    }
  }
  for (const key of Object.keys(props.podAnnotations ?? {})) {
    const ours = PROXY_ANNOTATIONS.test(key) || (props.health?.props.metrics !== undefined && METRICS_ANNOTATIONS.test(key));
    problems.check(
      !ours,
      `${key} is set by this construct, or would lead traffic around the proxy; leave it out`,
      'podAnnotations',
    );
  }
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
