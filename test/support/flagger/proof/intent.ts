import type { ClusterOptions, Pod, PodRef } from '../../reachability';

/** One edge that is meant to be: what a caller may ask of a service, whatever track of it answers. */
export interface IntendedEdge {
  /** `namespace/identity` of a workload, or the id of a pod that has no identity. */
  readonly from: string;
  readonly to: string;
  /** Port of the Service. */
  readonly port: number;
  /** Port of the pods. @default port */
  readonly targetPort?: number;
  /** The name that the caller dials. @default the Service that is called as the callee is */
  readonly host?: string;
  /** Whether the host leads to the new version alone, which has pods only while a release goes on. @default false */
  readonly newVersionOnly?: boolean;
  /** Requests that are let through: methods and sample paths. @default - the port carries bytes */
  readonly allows?: { readonly methods: readonly string[]; readonly paths: readonly string[] };
}

/** What a system means to allow, said a second time by hand: the proof holds rendered objects against it. */
export interface Intent {
  readonly edges: readonly IntendedEdge[];
  /** Requests that are tried on every HTTP port, those of the edges aside: what nobody may ask. */
  readonly alsoTried?: { readonly methods: readonly string[]; readonly paths: readonly string[] };
  /** Who else is in the cluster. */
  readonly world?: ClusterOptions;
  /** Flagger's own pod, where its webhooks are to be judged. @default - they are not */
  readonly flagger?: PodRef;
}

export const IDENTITY = 'banking.workload/name';

/** `namespace/identity`; a pod without the label is itself. */
export function identityOf(pod: Pod): string {
  const name = pod.labels[IDENTITY];
  return name === undefined ? pod.id : `${pod.namespace}/${name}`;
}

/** The name that a caller dials. */
export function hostOf({ host, to }: IntendedEdge): string {
  const [namespace = '', name = ''] = to.split('/');
  return host ?? `${name}.${namespace}.svc.cluster.local`;
}
