/** A rendered manifest, or a part of one. */
export type Json = Record<string, any>;
export type Objects = readonly Json[];

export const IDENTITY = 'banking.workload/name';

export const kinds = (objects: Objects, ...wanted: readonly string[]): Json[] =>
  objects.filter(({ kind }) => wanted.includes(kind as string));

export const nameOf = ({ kind, metadata }: Json): string =>
  `${kind as string} ${(metadata.namespace ?? '-') as string}/${metadata.name as string}`;

export const deployments = (objects: Objects): Json[] => kinds(objects, 'Deployment');
export const podOf = (deployment: Json): Json => deployment.spec.template.spec as Json;
export const containersOf = (deployment: Json): Json[] => [
  ...podOf(deployment).containers,
  ...(podOf(deployment).initContainers ?? []),
];

/** The service that a Deployment is a track of. */
export const identityOf = ({ spec }: Json): string => spec.template.metadata.labels[IDENTITY] as string;

export const appOf = (deployment: Json): Json =>
  podOf(deployment).containers.find((one: Json) => one.name === identityOf(deployment)) as Json;

/** The autoscaler of a Deployment. */
export function scalerOf(objects: Objects, { metadata }: Json): Json | undefined {
  return kinds(objects, 'HorizontalPodAutoscaler', 'ScaledObject').find(
    (one) => one.spec.scaleTargetRef.name === metadata.name && one.metadata.namespace === metadata.namespace,
  );
}

/** The fewest replicas that a Deployment has. */
export function fewest(objects: Objects, deployment: Json): number {
  const spec = scalerOf(objects, deployment)?.spec as Json | undefined;
  return (deployment.spec.replicas ?? spec?.minReplicas ?? spec?.minReplicaCount ?? 1) as number;
}

/** Whether a selector means the pods of a Deployment. */
export function selects(selector: Json, { metadata, spec }: Json, namespace: string): boolean {
  const labels = spec.template.metadata.labels as Json;
  return metadata.namespace === namespace && Object.entries(selector).every(([key, value]) => labels[key] === value);
}

export function budgetsOf(objects: Objects, deployment: Json): Json[] {
  return kinds(objects, 'PodDisruptionBudget').filter((one) =>
    selects(one.spec.selector.matchLabels, deployment, one.metadata.namespace),
  );
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `2300ms`, `90s`, `1m` in milliseconds. */
export function milliseconds(duration: string): number {
  const [, value, unit] = /^([0-9.]+)(ms|s|m|h)$/.exec(duration) ?? [];
  if (!unit) throw new Error(`${duration} is no duration`);
  return Number(value) * UNITS[unit]!;
}

export const seconds = (duration: string): number => milliseconds(duration) / 1000;

/** Every object of a value, the value among them, with the keys that lead to it. */
export function walk(value: unknown, visit: (at: Json, path: readonly string[]) => void, path: readonly string[] = []): void {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) visit(value, path);
  Object.entries(value).forEach(([key, inner]) => walk(inner, visit, [...path, key]));
}
