import { type Problems, show } from '../../kernel/errors';
import type { ReleaseFacts } from '../release';

/**
 * Pods that carry all requests together. An autoscaler may stand anywhere up to its maximum when a switch comes, so no
 * smaller number is safe unless somebody knows it.
 */
export function fullLoadOf(given: number | undefined, { maxReplicas }: Pick<ReleaseFacts, 'maxReplicas'>): number {
  return given ?? maxReplicas;
}

/** Pods that carry a share of the requests. */
export function podsFor(percent: number, fullLoad: number): number {
  return Math.ceil((fullLoad * percent) / 100);
}

/**
 * The fewest pods of a track that gave a share away and may have to take it back at once. As long as the share fits into
 * what its autoscaler keeps free, that is enough: pods that are used to 70 % by 75 % of the requests can take the rest.
 */
export function podsForWayBack(percentAway: number, fullLoad: number, { headroom }: Pick<ReleaseFacts, 'headroom'>): number {
  return percentAway > headroom ? fullLoad : 0;
}

/** Adds what is wrong with a number of pods that are said to carry everything. */
export function fullLoadProblems(problems: Problems, fullLoad: number | undefined, { maxReplicas }: ReleaseFacts): void {
  if (fullLoad === undefined) return;
  problems.check(
    Number.isInteger(fullLoad) && fullLoad >= 1 && fullLoad <= maxReplicas,
    `fullLoad ${show(fullLoad)} must be a whole number of pods from 1 to ${maxReplicas}, the most that the service scales to`,
    'release.fullLoad',
  );
}
