import type { KubeObject, System } from '../../systems';
import { objectsOf, ofKind } from '../../systems';

/** A workload with the most pods that it may have at once. */
export interface Scaled {
  readonly workload: KubeObject;
  readonly pods: number;
}

interface WorkloadSpec {
  readonly replicas?: number;
  readonly strategy?: { readonly type?: string; readonly rollingUpdate?: { readonly maxSurge?: number | string } };
  readonly parallelism?: number;
}

const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'];

/** Each workload at its largest scale while versions change, beside what Flagger makes of a Canary's target. */
export function scaled(system: System): Scaled[] {
  return ofKind(system, ...WORKLOADS).flatMap((workload) => {
    const replicas = mostReplicas(system, workload);
    const pods = replicas + surge(workload, replicas);
    const primary = targetsOf(system, 'Canary', 'targetRef', workload).length > 0;
    return [{ workload, pods }, ...(primary ? [{ workload: renamed(workload, `${workload.metadata.name}-primary`), pods }] : [])];
  });
}

/** The part of a workload that says what its pods are. */
export function templateOf({ kind, spec }: KubeObject): Template {
  const job: unknown = kind === 'CronJob' ? (spec as { jobTemplate: { spec: unknown } }).jobTemplate.spec : spec;
  return (job as { template: Template }).template;
}

interface Template {
  readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
  readonly spec: Readonly<Record<string, unknown>>;
}

export function podOf(workload: KubeObject, number: number): KubeObject {
  const { metadata, spec } = templateOf(workload);
  const { name, namespace } = workload.metadata;
  return { apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, name: `${name}-${number}`, namespace }, spec };
}

function mostReplicas(system: System, workload: KubeObject): number {
  const spec = (workload.kind === 'CronJob' ? {} : workload.spec) as WorkloadSpec;
  const most = [
    ...targetsOf(system, 'HorizontalPodAutoscaler', 'scaleTargetRef', workload).map(({ spec: s }) => (s as Scaler).maxReplicas),
    ...targetsOf(system, 'ScaledObject', 'scaleTargetRef', workload).map(({ spec: s }) => (s as Scaler).maxReplicaCount),
  ].filter((n) => n !== undefined);
  return most.length > 0 ? Math.max(...most) : (spec.replicas ?? spec.parallelism ?? 1);
}

interface Scaler {
  readonly maxReplicas?: number;
  readonly maxReplicaCount?: number;
}

/** Defaults are Kubernetes' own: RollingUpdate, a quarter more. */
function surge({ kind, spec }: KubeObject, replicas: number): number {
  const { strategy } = spec as WorkloadSpec;
  if (kind !== 'Deployment' || strategy?.type === 'Recreate') return 0;
  const most = String(strategy?.rollingUpdate?.maxSurge ?? '25%');
  const number = Number.parseInt(most, 10);
  return most.endsWith('%') ? Math.ceil((replicas * number) / 100) : number;
}

function targetsOf(system: System, kind: string, reference: string, { kind: target, metadata }: KubeObject): KubeObject[] {
  return objectsOf(system).filter((object) => {
    if (object.kind !== kind || object.metadata.namespace !== metadata.namespace) return false;
    const { kind: toKind = 'Deployment', name } = (object.spec as Record<string, { kind?: string; name: string }>)[reference]!;
    return toKind === target && name === metadata.name;
  });
}

const renamed = (object: KubeObject, name: string): KubeObject => ({ ...object, metadata: { ...object.metadata, name } });
