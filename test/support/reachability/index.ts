export { Cluster, LAYERS, type ClusterOptions, type Layers } from './cluster';
export { withFlagger } from './flagger';
export type { End, Flow, HttpRequest, PodRef } from './flow';
export { allPairs, reachabilityMatrix, unnoticed, type Matrix, type Probe, type Row } from './matrix';
export type { Mutation, MutationKind } from './mutation';
export { enumerateRules } from './mutations';
export { Unsupported, type KubeObject } from './objects';
export type { ExtraPod, Pod } from './pods';
export type { Verdict } from './verdict';
