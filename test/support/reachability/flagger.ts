import { atRest } from '../flagger/predict';
import type { KubeObject } from './objects';

/**
 * The objects together with those that Flagger makes of each Canary, while no release goes on: the primary and what it
 * reads, its autoscaler, the three Services, the VirtualService and the two DestinationRules. The target has no pods then.
 */
export function withFlagger(objects: readonly KubeObject[]): KubeObject[] {
  return atRest(objects);
}
