import type { Duration } from 'cdk8s';
import type { ConfigMapModel } from '../banking-service/configuration';
import { type ResourcesModel, type SecurityModel, resolveResources, resolveSecurity } from '../banking-service/container';
import { labelAndAnnotationProblems } from '../banking-service/labels';
import { PLACEMENT, type PlacementModel, resolvePlacement } from '../banking-service/placement';
import { RESOURCES, SECURITY } from '../banking-service/shapes';
import type { SecretKey } from '../contracts/secret-key';
import { type Problems, show } from '../kernel/errors';
import { dnsLabel, dnsSubdomain } from '../kernel/names';
import { DURATION, NUMBER, PARSED, TEXT, type Shapes, listOf, mapOf, oneOf } from '../kernel/shape';
import type { JobDelivery } from './delivery';
import type { JobProps } from './props';

/** What `JobProps` may hold. */
export const JOB: Shapes<JobProps> = {
  name: PARSED,
  imagePullPolicy: oneOf('Always', 'IfNotPresent'),
  imagePullSecrets: listOf(TEXT),
  resources: RESOURCES,
  security: SECURITY,
  placement: PLACEMENT,
  timeout: DURATION,
  retries: NUMBER,
  ttlAfterFinished: DURATION,
  labels: mapOf(TEXT),
  podAnnotations: mapOf(TEXT),
};

/** What a Job runs, and what only its kind can say. */
export interface JobTask {
  readonly image: string;
  /** Version label of its pod. */
  readonly version: string;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly secretEnv: Readonly<Record<string, SecretKey>>;
  /** Files from a ConfigMap, the folder that they appear in, and what the ConfigMap is annotated with. */
  readonly files?: Omit<ConfigMapModel, 'immutable'> & {
    readonly path: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  /** Whether it talks to the API server. */
  readonly token: boolean;
  /** Whether a node that is to be emptied waits for it. */
  readonly undisturbed: boolean;
}

/** The props of a Job with every default filled in. Times in seconds. */
export interface JobModel extends JobTask {
  readonly name: string;
  readonly imagePullPolicy: string;
  readonly imagePullSecrets: readonly string[];
  readonly resources: ResourcesModel;
  readonly security: SecurityModel;
  readonly placement: PlacementModel;
  readonly deadline: number;
  readonly retries: number;
  readonly delivery: JobDelivery;
  readonly labels: Readonly<Record<string, string>>;
  readonly podAnnotations: Readonly<Record<string, string>>;
}

/** What a kind of Job says where the user does not. Seconds. */
export interface JobDefaults {
  readonly deadline: number;
  readonly retries: number;
  readonly user?: number;
}

/** A Job's pods carry its name as a label, which ends at 63 characters, and the name ends in a hash. */
const MAX_JOB_NAME = 63 - '-0123456789'.length;

/** Enough for a JVM that sends statements, and for kubectl. */
const CONTAINER = { requests: { cpu: '100m', memory: '256Mi' }, limits: { cpu: '1', memory: '512Mi' } };

/** Checks what every Job can be told, and fills in the defaults. */
export function resolveJob(
  wanted: string,
  props: JobProps,
  defaults: JobDefaults,
  delivery: JobDelivery,
  problems: Problems,
): Omit<JobModel, keyof JobTask> {
  problems.take(() => dnsLabel(wanted, MAX_JOB_NAME), undefined, 'name');
  for (const secret of props.imagePullSecrets ?? []) problems.take(() => dnsSubdomain(secret), undefined, 'imagePullSecrets');
  labelAndAnnotationProblems(props, problems);
  const { retries = defaults.retries } = props;
  problems.check(
    Number.isInteger(retries) && retries >= 0 && retries <= 20,
    `retries ${show(retries)} must be a whole number from 0 to 20`,
  );
  const { user } = defaults;
  return {
    name: wanted,
    imagePullPolicy: props.imagePullPolicy ?? 'Always',
    imagePullSecrets: props.imagePullSecrets ?? [],
    resources: resolveResources(props.resources ?? {}, CONTAINER, problems),
    security: resolveSecurity({ user, group: user, ...props.security }, problems),
    placement: resolvePlacement(props.placement ?? {}, problems),
    deadline: wholeSeconds(props.timeout, defaults.deadline, 10, 'timeout', problems),
    retries,
    delivery: {
      ...delivery,
      ttl: props.ttlAfterFinished ? wholeSeconds(props.ttlAfterFinished, 0, 0, 'ttlAfterFinished', problems) : delivery.ttl,
    },
    labels: props.labels ?? {},
    podAnnotations: props.podAnnotations ?? {},
  };
}

/** A week: nothing that a release waits for takes longer. */
const LONGEST = 7 * 24 * 60 * 60;

/** A time in whole seconds, at least so many. */
export function wholeSeconds(
  given: Duration | undefined,
  fallback: number,
  least: number,
  part: string,
  problems: Problems,
): number {
  if (!given) return fallback;
  const seconds = given.toSeconds({ integral: false });
  problems.check(
    Number.isInteger(seconds) && seconds >= least && seconds <= LONGEST,
    `${show(seconds)} s must be a whole number of seconds from ${least} to ${LONGEST}`,
    part,
  );
  return seconds;
}
