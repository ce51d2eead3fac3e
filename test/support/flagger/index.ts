export type { Canary, CanarySpec } from './canary';
export { atRest, canariesOf, phasesOf, predict, statesOf, type Phase, type PredictOptions, type State } from './predict';
export type { Intent, IntendedEdge } from './proof/intent';
export { provePhases, proveState } from './proof/prove';
