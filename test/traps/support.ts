import { parseAllDocuments } from 'yaml';
import { type BankEnvironment, environments } from '../../apps/bank/environments';
import { bank } from '../../apps/bank/bank';
import { Environment, GitOpsApp } from '../../lib';
import type { Json } from '../banking-service/world';

export type Objects = readonly Json[];

export function environment(name: string): BankEnvironment {
  return environments.find((one) => one.name === name)!;
}

/** The bank of one environment, as it is written. */
export function renderedBank(name = 'prod'): Json[] {
  const app = new GitOpsApp();
  const one = environment(name);
  bank(new Environment(app, one.name, { stage: one.stage }), one);
  return parseAllDocuments(app.synthYaml()).map((document) => document.toJS() as Json);
}

/**
 * A trap, and the proof that the output is not in it: the check holds for what is rendered, and no longer holds once the
 * output is broken in the way that the trap names.
 */
export function trap(
  title: string,
  objects: Objects,
  check: (objects: Objects) => boolean,
  breaks: Readonly<Record<string, (all: Json[]) => void>>,
): void {
  test(title, () => {
    expect(check(objects)).toBe(true);
    expect(Object.keys(breaks)).not.toHaveLength(0);
    for (const [how, apply] of Object.entries(breaks)) {
      const broken = structuredClone(objects) as Json[];
      apply(broken);
      // The break must have found something to break.
      expect({ how, changed: JSON.stringify(broken) !== JSON.stringify(objects) }).toEqual({ how, changed: true });
      expect({ how, unnoticed: check(broken) }).toEqual({ how, unnoticed: false });
    }
  });
}

export function kinds(objects: Objects, ...wanted: readonly string[]): Json[] {
  return objects.filter(({ kind }) => wanted.includes(kind as string));
}

export function named(objects: Objects, kind: string, name: string): Json {
  const found = objects.find((one) => one.kind === kind && one.metadata.name === name);
  if (!found) throw new Error(`there is no ${kind} ${name}`);
  return found;
}

export const deployments = (objects: Objects): Json[] => kinds(objects, 'Deployment');
export const podOf = (deployment: Json): Json => deployment.spec.template.spec as Json;
export const containersOf = (deployment: Json): Json[] => [
  ...podOf(deployment).containers,
  ...(podOf(deployment).initContainers ?? []),
];
export const appOf = (deployment: Json): Json =>
  podOf(deployment).containers.find((one: Json) => one.name === identityOf(deployment)) as Json;

/** The service that a Deployment is a track of. */
export const identityOf = ({ spec }: Json): string => spec.template.metadata.labels['banking.workload/name'] as string;

/** A check of every Deployment, of which there is one at least. */
export const every =
  (check: (deployment: Json, objects: Objects) => unknown) =>
  (objects: Objects): boolean =>
    deployments(objects).length > 0 && deployments(objects).every((one) => Boolean(check(one, objects)));

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

/** `2`, `250ms`, `10s` in milliseconds. */
export function milliseconds(duration: string): number {
  const [, value, unit] = /^([0-9.]+)(ms|s)$/.exec(duration) ?? [];
  if (!unit) throw new Error(`${duration} is no duration`);
  return Number(value) * (unit === 's' ? 1000 : 1);
}

/** Every object of a value, the value among them, with the keys that lead to it. */
export function walk(value: unknown, visit: (at: Json, path: readonly string[]) => void, path: readonly string[] = []): void {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) visit(value, path);
  Object.entries(value).forEach(([key, inner]) => walk(inner, visit, [...path, key]));
}
