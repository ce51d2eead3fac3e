/** What applies the manifests, where a Job has to know it. */
export enum GitOpsTool {
  ARGO_CD = 'argo-cd',
  FLUX = 'flux',
}

/** How a Job is applied and cleared away. */
export interface JobDelivery {
  /** Annotations of the Job. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Seconds that a finished Job stays; undefined where something else takes it away, or would make it again. */
  readonly ttl?: number;
}

export const WAVE_ANNOTATION = 'argocd.argoproj.io/sync-wave';

/** Flux replaces `${…}` in manifests, and SQL and scripts have it for purposes of their own. https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution */
export const NO_SUBSTITUTION = { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' } as const;

/** The wave of what has to be there before all the rest: Argo CD puts everything else into wave 0. */
export const FIRST_WAVE = '-1';

const A_DAY = 24 * 60 * 60;

/**
 * A plain object: it is applied once, since its name says what it holds, and pruned when another one takes its place. A finished
 * Job that was deleted by its age would be made again by whatever keeps the manifests in place, and run again.
 */
export const PLAIN: JobDelivery = { annotations: {} };

/**
 * A hook of Argo CD: made anew with each sync, so that a Job that failed is tried again by the next one. Hooks are not part of
 * what is kept in place, so that age can clear away those of former names.
 * https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
 * @param hook `Sync` runs within the sync, in the wave that it is put into; `PostSync` once everything is healthy
 */
export function argoCdHook(hook: 'Sync' | 'PostSync'): JobDelivery {
  return {
    annotations: {
      'argocd.argoproj.io/hook': hook,
      'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
    },
    ttl: A_DAY,
  };
}
