import { show } from './errors';

/**
 * Every label and annotation that this library writes or selects by, in one place.
 */

/**
 * The stable identity of a pod: every selector that guards or watches uses this label and no other. Flagger rewrites the
 * first of `app`, `name`, `app.kubernetes.io/name` that it finds in a Deployment's selector (its flag
 * `-selector-labels`), so that policies on those labels miss every production pod; this one it copies unchanged.
 */
export const WORKLOAD_LABEL = 'banking.workload/name';

/** What a Deployment selects its own pods by, and what Flagger rewrites to `<name>-primary`. */
export const APP_LABEL = 'app';

/** Set by the API server on each namespace since 1.21; nobody has to remember to add it. */
export const NAMESPACE_NAME_LABEL = 'kubernetes.io/metadata.name';

/** The version of a pod: Istio's telemetry and Kiali read it. */
export const VERSION_LABEL = 'version';

/** How Istio names the workload in its metrics, the same for every track of a release. */
export const CANONICAL_NAME_LABEL = 'service.istio.io/canonical-name';
export const CANONICAL_REVISION_LABEL = 'service.istio.io/canonical-revision';

export const MANAGED_BY_LABEL = 'app.kubernetes.io/managed-by';
export const NAME_LABEL = 'app.kubernetes.io/name';
export const PART_OF_LABEL = 'app.kubernetes.io/part-of';
export const MANAGED_BY = 'cdk8s-banking';

/** Label keys that Flagger may rewrite: never a key of a selector that guards. */
export const REWRITTEN_KEYS: readonly string[] = ['app', 'name', 'app.kubernetes.io/name'];

/** Why something that is open was accepted, on the object that opens it. */
export const ACCEPTED_ANNOTATION = 'banking.acceptance/reason';

/** Until when a PERMISSIVE migration step is meant to last. */
export const MIGRATION_UNTIL_ANNOTATION = 'banking.migration/until';

/** On the DestinationRule or the Services of one with several tracks: how many pods carry all of its requests. */
export const FULL_LOAD_ANNOTATION = 'banking.release/full-load';

/**
 * Leave an object where it is when it is no longer in Git.
 * https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#no-prune-resources
 * https://fluxcd.io/flux/components/kustomize/kustomizations/#prune
 */
export const UNPRUNED: Readonly<Record<string, string>> = {
  'argocd.argoproj.io/sync-options': 'Prune=false',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
};

/**
 * The same for an object that another controller is going to keep: Argo CD does not call the application out of sync for it.
 * https://argo-cd.readthedocs.io/en/stable/user-guide/compare-options/#ignoring-resources-that-are-extraneous
 */
export const HANDED_OVER: Readonly<Record<string, string>> = {
  ...UNPRUNED,
  'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
};

/** The labels of every object that belongs to a workload. */
export function ownLabels(workload: string, partOf: string): Record<string, string> {
  return { [NAME_LABEL]: workload, [PART_OF_LABEL]: partOf, [MANAGED_BY_LABEL]: MANAGED_BY };
}

const VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
const KEY_NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const KEY_PREFIX = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

/** Whether the API server takes this as a label value. */
export function isLabelValue(value: string): boolean {
  return typeof value === 'string' && VALUE.test(value);
}

/** Whether the API server takes this as a label or annotation key. */
export function isLabelKey(key: string): boolean {
  if (typeof key !== 'string') return false;
  const parts = key.split('/');
  if (parts.length > 2) return false;
  const name = parts[parts.length - 1]!;
  return KEY_NAME.test(name) && (parts.length === 1 || KEY_PREFIX.test(parts[0]!));
}

/** Problems of a map of labels, one sentence each. */
export function labelProblems(labels: Readonly<Record<string, string>>): string[] {
  return Object.entries(labels).flatMap(([key, value]) => {
    if (!isLabelKey(key)) return [`${show(key)} is not a label key; use [prefix/]name with up to 63 characters`];
    if (!isLabelValue(value)) {
      return [
        `label ${key}: ${show(value)} is not a label value; ` +
          'use up to 63 letters, digits, "-", "_" and ".", starting and ending with a letter or digit',
      ];
    }
    return [];
  });
}
