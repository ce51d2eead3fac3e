import { isMap, type Manifest } from '../manifest';
import { podLabels } from './pod-templates';
import { at } from './rule';

/** Kinds that take possibilities away: without one, more is allowed. With each, where it keeps the labels it selects by. */
const SELECTORS: Readonly<Record<string, readonly string[] | undefined>> = {
  AuthorizationPolicy: ['spec', 'selector', 'matchLabels'],
  HorizontalPodAutoscaler: undefined,
  LimitRange: undefined,
  NetworkPolicy: ['spec', 'podSelector', 'matchLabels'],
  PeerAuthentication: ['spec', 'selector', 'matchLabels'],
  PodDisruptionBudget: ['spec', 'selector', 'matchLabels'],
  RequestAuthentication: ['spec', 'selector', 'matchLabels'],
  ResourceQuota: undefined,
  Sidecar: ['spec', 'workloadSelector', 'labels'],
};

/** Whether an object is a guard: its absence is a weakness. */
export function isGuard(object: Manifest): boolean {
  return object.kind in SELECTORS;
}

/**
 * Whether production has anything that a guard of staging would protect. A namespace or a workload that is only in
 * staging, such as a load generator, needs no guard in production.
 */
export function isNeeded(guard: Manifest, staging: readonly Manifest[], production: readonly Manifest[]): boolean {
  const { namespace } = guard.metadata;
  const there = (objects: readonly Manifest[]): Manifest[] =>
    objects.filter((o) => o.metadata.namespace === namespace || (o.kind === 'Namespace' && o.metadata.name === namespace));
  if (there(production).length === 0) return false;
  const guarded = (o: Manifest): boolean => selects(guard, o);
  return !there(staging).some(guarded) || there(production).some(guarded);
}

function selects(guard: Manifest, object: Manifest): boolean {
  if (guard.kind === 'HorizontalPodAutoscaler') {
    const target = at(guard, 'spec', 'scaleTargetRef');
    return at(target, 'kind') === object.kind && at(target, 'name') === object.metadata.name;
  }
  const labels = podLabels(object);
  const path = SELECTORS[guard.kind];
  const selector = path && at(guard, ...path);
  if (!labels || !isMap(selector)) return false;
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}
