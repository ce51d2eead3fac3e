import { ejects } from './mesh';
import { type Json, type Objects, fewest, kinds, nameOf, scalerOf, seconds } from './objects';
import { type Rule, ruleOf } from './rule';

const canaries = (objects: Objects): Json[] => kinds(objects, 'Canary');
const mine = (objects: Objects, { metadata }: Json, ...wanted: readonly string[]): Json[] =>
  kinds(objects, ...wanted).filter((one) => one.metadata.namespace === metadata.namespace);
const targetOf = (objects: Objects, canary: Json): Json =>
  mine(objects, canary, 'Deployment').find(({ metadata }) => metadata.name === canary.spec.targetRef.name)!;

/** What Flagger makes for a Canary. https://github.com/fluxcd/flagger/tree/v1.44.0/pkg/router */
function madeByFlagger({ spec, metadata }: Json): string[] {
  const { name: target } = spec.targetRef as { name: string };
  const service = (spec.service.name ?? target) as string;
  const scaler = spec.autoscalerRef as Json | undefined;
  return [
    `Deployment ${target}-primary`,
    `Service ${service}`,
    `Service ${service}-primary`,
    `Service ${service}-canary`,
    `VirtualService ${service}`,
    `DestinationRule ${service}`,
    `DestinationRule ${service}-primary`,
    `DestinationRule ${service}-canary`,
    ...(scaler ? [`${scaler.kind} ${scaler.name}-primary`] : []),
  ].map((one) => one.replace(' ', ` ${metadata.namespace as string}/`));
}

const rising = (steps: readonly number[]): boolean =>
  steps.every((step, i) => Number.isInteger(step) && step >= 1 && step <= 100 && step > (steps[i - 1] ?? 0));

/** https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/apis/istio/v1beta1/destination_rule.go */
const EXPRESSIBLE: Readonly<Record<string, readonly string[]>> = {
  '': ['connectionPool', 'loadBalancer', 'outlierDetection', 'tls'],
  connectionPool: ['http'],
  loadBalancer: ['simple', 'consistentHash', 'localityLbSetting', 'warmupDurationSecs'],
  outlierDetection: [
    'consecutiveGatewayErrors',
    'consecutive5xxErrors',
    'interval',
    'baseEjectionTime',
    'maxEjectionPercent',
    'minHealthPercent',
  ],
};

const expressible = (policy: Json): boolean =>
  Object.entries(EXPRESSIBLE).every(([part, known]) =>
    Object.keys((part ? (policy[part] ?? {}) : policy) as Json).every((key) => known.includes(key)),
  );

const analysisOf = ({ spec }: Json): Json => spec.analysis as Json;

/** The root that sends requests to what Flagger makes, and whom it serves. */
const rootsOf = (objects: Objects, canary: Json): Json[] =>
  mine(objects, canary, 'VirtualService').filter(({ spec }) =>
    ((spec.http ?? []) as Json[]).some(({ delegate }) => delegate?.name === (canary.spec.service.name ?? canary.metadata.name)),
  );

export const RELEASES: readonly Rule[] = [
  ruleOf(4, 'nothing is declared that Flagger makes', canaries, (canary, objects) => {
    const declared = objects.map(nameOf);
    return madeByFlagger(canary).every((one) => !declared.includes(one));
  }),
  ruleOf(6, 'the primary never has fewer pods than two', canaries, ({ spec }) => {
    const replicas = spec.autoscalerRef?.primaryScalerReplicas as Json | undefined;
    return replicas === undefined || replicas.minReplicas >= 2;
  }),
  ruleOf(7, 'a canary that takes all requests is large enough, and they come back in steps', canaries, (canary, objects) => {
    const { stepWeights, stepWeightPromotion } = analysisOf(canary);
    if (!stepWeights) return true;
    const target = targetOf(objects, canary);
    const scaler = scalerOf(objects, target)?.spec as Json;
    const most = (scaler.maxReplicas ?? scaler.maxReplicaCount) as number;
    return (
      stepWeightPromotion > 0 && fewest(objects, target) >= Math.min(most, Math.ceil((most * Math.max(...stepWeights)) / 100))
    );
  }),
  ruleOf(9, 'exactly one of iterations, stepWeight and stepWeights, which rise from 1 to 100', canaries, (canary) => {
    const { iterations, stepWeight, stepWeights } = analysisOf(canary);
    return [iterations, stepWeight, stepWeights].filter(Boolean).length === 1 && rising((stepWeights ?? []) as number[]);
  }),
  ruleOf(10, 'an audience needs iterations; audience, mirror and session affinity exclude one another', canaries, (canary) => {
    const { match, iterations, mirror, sessionAffinity } = analysisOf(canary);
    return (!match || iterations > 0) && [match, mirror, sessionAffinity].filter(Boolean).length <= 1;
  }),
  ruleOf(
    11,
    'no query parameters beside a match of the service',
    canaries,
    (canary) =>
      !canary.spec.service.match ||
      ((analysisOf(canary).match ?? []) as Json[]).every(({ queryParams }) => queryParams === undefined),
  ),
  ruleOf(13, 'both cookies of session affinity, and neither for scripts or plain text', canaries, (canary) => {
    const affinity = analysisOf(canary).sessionAffinity as Json | undefined;
    return (
      !affinity ||
      (affinity.primaryCookieName &&
        affinity.primaryCookieName !== affinity.cookieName &&
        affinity.secure === true &&
        affinity.httpOnly === true)
    );
  }),
  ruleOf(14, 'routes of ours stand before Flagger’s, for callers in the mesh too', canaries, (canary, objects) => {
    const { delegation, gateways, hosts, match, rewrite } = canary.spec.service as Json;
    return (
      delegation === true &&
      !gateways &&
      !hosts &&
      !match &&
      !rewrite &&
      rootsOf(objects, canary).some(({ spec }) => !spec.gateways || spec.gateways.includes('mesh'))
    );
  }),
  ruleOf(15, 'no port is found by itself', canaries, ({ spec }) => !spec.service.portDiscovery),
  ruleOf(
    16,
    'only what Flagger can say of traffic, and pods are ejected',
    canaries,
    ({ spec }) => expressible(spec.service.trafficPolicy as Json) && ejects(spec.service.trafficPolicy.outlierDetection),
  ),
  ruleOf(19, 'every analysis has a check, with limits, over no longer than its interval', canaries, (canary) => {
    const {
      metrics = [],
      webhooks = [],
      interval,
    } = analysisOf(canary) as { metrics?: Json[]; webhooks?: Json[]; interval: string };
    return (
      metrics.length + webhooks.length > 0 &&
      metrics.every(
        (one) =>
          one.thresholdRange &&
          (one.thresholdRange.min ?? one.thresholdRange.max) !== undefined &&
          seconds(one.interval as string) <= seconds(interval),
      )
    );
  }),
  ruleOf(20, 'what is asked while a canary runs fits into its interval', canaries, (canary) => {
    const { webhooks = [], interval } = analysisOf(canary) as { webhooks?: Json[]; interval: string };
    const asked = webhooks
      .filter(({ type }) => type === 'rollout')
      .reduce((all, { timeout }) => all + seconds(timeout as string), 0);
    return asked < seconds(interval);
  }),
  ruleOf(
    22,
    'a canary is given as long as its pods may take to start, and all of them must be ready',
    canaries,
    (canary, objects) => {
      const { primaryReadyThreshold, canaryReadyThreshold } = analysisOf(canary);
      return (
        canary.spec.progressDeadlineSeconds >= targetOf(objects, canary).spec.progressDeadlineSeconds &&
        primaryReadyThreshold === 100 &&
        canaryReadyThreshold === 100
      );
    },
  ),
  ruleOf(
    23,
    'a Canary that goes leaves the service behind, and none is released unseen',
    canaries,
    ({ spec }) => spec.revertOnDeletion === true && spec.skipAnalysis === false,
  ),
];
