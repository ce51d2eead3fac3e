import type { Objective } from './objective/objective';
import type { ObservedFacts } from './observed-facts';

/** A service that is watched, and what is promised of it. */
export interface ObservedModel extends ObservedFacts {
  /** Undefined for a service that answers no requests. */
  readonly objective?: Objective;
}
