import type { KubeObject, ObjectMeta } from '../reachability/objects';

/* The Canary as Flagger 1.44.0 reads it: pkg/apis/flagger/v1beta1/{canary,status}.go. */

export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

/** An object in the cluster. */
export interface Live extends KubeObject {
  metadata?: ObjectMeta & { uid?: string; ownerReferences?: OwnerReference[] };
}

export interface CustomMetadata {
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

export interface HttpMatch {
  headers?: Record<string, StringMatch>;
  sourceLabels?: Record<string, string>;
  port?: number;
  [field: string]: unknown;
}

export interface StringMatch {
  exact?: string;
  prefix?: string;
  suffix?: string;
  regex?: string;
}

export interface HeaderOperations {
  set?: Record<string, string>;
  add?: Record<string, string>;
  remove?: string[];
}

export interface Headers {
  request?: HeaderOperations;
  response?: HeaderOperations;
}

export interface CanaryService {
  name?: string;
  port: number;
  portName?: string;
  targetPort?: number | string;
  appProtocol?: string;
  trafficDistribution?: string;
  portDiscovery?: boolean;
  headless?: boolean;
  timeout?: string;
  gateways?: string[];
  hosts?: string[];
  delegation?: boolean;
  trafficPolicy?: object;
  match?: HttpMatch[];
  rewrite?: { uri?: string; authority?: string };
  retries?: object;
  headers?: Headers;
  corsPolicy?: object;
  apex?: CustomMetadata;
  primary?: CustomMetadata;
  canary?: CustomMetadata;
  unmanagedMetadata?: { annotations?: string[]; labels?: string[] };
}

export interface SessionAffinity {
  cookieName: string;
  primaryCookieName?: string;
  domain?: string;
  httpOnly?: boolean;
  maxAge?: number;
  partitioned?: boolean;
  path?: string;
  sameSite?: string;
  secure?: boolean;
}

export interface CanaryWebhook {
  name?: string;
  type?: string;
  url?: string;
  metadata?: Record<string, string>;
}

export interface CanaryAnalysis {
  interval?: string;
  iterations?: number;
  mirror?: boolean;
  mirrorWeight?: number;
  maxWeight?: number;
  stepWeight?: number;
  stepWeights?: number[];
  stepWeightPromotion?: number;
  threshold?: number;
  match?: HttpMatch[];
  metrics?: object[];
  webhooks?: CanaryWebhook[];
  sessionAffinity?: SessionAffinity;
}

export interface AutoscalerReference {
  kind?: string;
  name: string;
  primaryScalerQueries?: Record<string, string>;
  primaryScalerReplicas?: { minReplicas?: number; maxReplicas?: number };
}

export interface CanarySpec {
  provider?: string;
  targetRef: { apiVersion?: string; kind?: string; name: string };
  autoscalerRef?: AutoscalerReference;
  service: CanaryService;
  analysis?: CanaryAnalysis;
  skipAnalysis?: boolean;
  revertOnDeletion?: boolean;
  suspend?: boolean;
}

export type CanaryPhase =
  | 'Initializing'
  | 'Initialized'
  | 'Waiting'
  | 'Progressing'
  | 'WaitingPromotion'
  | 'Promoting'
  | 'Finalising'
  | 'Succeeded'
  | 'Failed';

export interface CanaryStatus {
  phase?: CanaryPhase;
  canaryWeight?: number;
  failedChecks?: number;
  iterations?: number;
  lastAppliedSpec?: string;
  lastPromotedSpec?: string;
  trackedConfigs?: Record<string, string>;
  sessionAffinityCookie?: string;
  primarySessionAffinityCookie?: string;
  previousSessionAffinityCookie?: string;
}

export interface Canary extends Live {
  spec: CanarySpec;
  status?: CanaryStatus;
}

/** GetServiceNames. */
export function serviceNames({ spec }: Canary): { apex: string; primary: string; canary: string } {
  const apex = spec.service.name || spec.targetRef.name;
  return { apex, primary: `${apex}-primary`, canary: `${apex}-canary` };
}

/** DeploymentStrategy: matches alone, without iterations, are a weighted canary to Flagger. */
export function strategyOf({ spec: { analysis = {} } }: Canary): 'canary' | 'a/b' | 'blue/green' {
  const iterations = analysis.iterations ?? 0;
  return iterations === 0 ? 'canary' : (analysis.match ?? []).length > 0 ? 'a/b' : 'blue/green';
}

export function skipsAnalysis({ spec }: Canary): boolean {
  return spec.analysis === undefined || (spec.skipAnalysis ?? false);
}

/** GetAnalysisThreshold. */
export function thresholdOf({ spec }: Canary): number {
  return spec.analysis?.threshold || 1;
}

/** isTcp (pkg/router/istio.go). */
export function isTcp({ spec }: Canary): boolean {
  return spec.service.appProtocol?.toLowerCase() === 'tcp';
}

export const TOTAL_WEIGHT = 100;

/** maxWeight (pkg/controller/scheduler.go): the last of the listed steps ends the analysis. */
export function maxWeight({ spec: { analysis = {} } }: Canary): number {
  const last = analysis.stepWeights?.at(-1);
  return last === undefined ? analysis.maxWeight || TOTAL_WEIGHT : Math.min(TOTAL_WEIGHT, last);
}

/** nextStepWeight (pkg/controller/scheduler.go): the difference to the next weight. */
export function nextStepWeight({ spec: { analysis = {} } }: Canary, weight: number): number {
  const { stepWeight = 0, stepWeights = [] } = analysis;
  if (stepWeight > 0 || stepWeights.length === 0) {
    return stepWeight;
  }
  const most = TOTAL_WEIGHT - weight;
  if (most === 0) {
    return 1;
  }
  if (weight === 0) {
    return Math.min(most, stepWeights[0]!);
  }
  const index = stepWeights.slice(0, -1).indexOf(weight);
  return index < 0 ? most : Math.min(most, stepWeights[index + 1]! - weight);
}
