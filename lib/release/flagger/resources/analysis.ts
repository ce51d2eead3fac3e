import type {
  CanarySpecAnalysis,
  CanarySpecAnalysisAlerts,
  CanarySpecAnalysisAlertsSeverity,
  CanarySpecAnalysisMetrics,
  CanarySpecAnalysisSessionAffinity,
  CanarySpecAnalysisSessionAffinitySameSite,
  CanarySpecAnalysisWebhooks,
  CanarySpecAnalysisWebhooksType,
} from '../../../../imports/flagger.app';
import type { AnalysisModel } from '../analysis';
import type { CanaryAlert, CanaryMetric, CanaryWebhook } from '../contract';
import type { BoundLooks } from '../looks';
import { BUILT_IN } from '../metrics/names';
import type { SessionAffinityModel } from '../session-affinity';
import type { Shift } from '../shift';

/** How a new version is looked at, and how requests move to it. */
export function analysis(model: AnalysisModel, looks: BoundLooks): CanarySpecAnalysis {
  return {
    interval: seconds(model.interval),
    threshold: model.threshold,
    ...moves(model.shift),
    stepWeightPromotion: model.stepWeightPromotion,
    mirror: model.mirrored === undefined ? undefined : true,
    mirrorWeight: model.mirrored,
    primaryReadyThreshold: model.primaryReadyThreshold,
    canaryReadyThreshold: model.canaryReadyThreshold,
    sessionAffinity: model.sessionAffinity && sessionAffinity(model.sessionAffinity),
    metrics: [...builtIn(looks), ...looks.metrics.map((one) => metric(one, seconds(looks.window)))],
    webhooks: looks.webhooks.length ? looks.webhooks.map(webhook) : undefined,
    alerts: looks.alerts.length ? looks.alerts.map(alert) : undefined,
  };
}

/** Flagger's form of a duration: whole minutes or seconds. */
export function seconds(value: number): string {
  return value % 60 === 0 ? `${value / 60}m` : `${value}s`;
}

function moves(shift: Shift): Pick<CanarySpecAnalysis, 'stepWeights' | 'stepWeight' | 'maxWeight' | 'iterations' | 'match'> {
  if (shift.kind === 'blueGreen') return { iterations: shift.iterations };
  if (shift.kind === 'weights') return shift.evenly ?? { stepWeights: [...shift.weights] };
  const match = shift.audiences.map((audience) => {
    const { headers, sourceLabels } = audience.match();
    return { headers: headers && { ...headers }, sourceLabels: sourceLabels && { ...sourceLabels } };
  });
  return { iterations: shift.iterations, match };
}

/** https://docs.flagger.app/usage/metrics#builtin-metrics */
function builtIn({ builtIn: { successRate, p99 }, window }: BoundLooks): CanarySpecAnalysisMetrics[] {
  const interval = seconds(window);
  return [
    ...(successRate === undefined ? [] : [{ name: BUILT_IN.successRate, interval, thresholdRange: { min: successRate } }]),
    ...(p99 === undefined ? [] : [{ name: BUILT_IN.p99, interval, thresholdRange: { max: p99 } }]),
  ];
}

function metric(one: CanaryMetric, interval: string): CanarySpecAnalysisMetrics {
  const { min, max } = one.thresholdRange;
  return {
    name: one.name,
    interval: one.intervalSeconds === undefined ? interval : seconds(one.intervalSeconds),
    thresholdRange: { min, max },
    templateRef: one.templateRef && { name: one.templateRef.name, namespace: one.templateRef.namespace },
    query: one.query,
    templateVariables: one.templateVariables && { ...one.templateVariables },
  };
}

function webhook(one: CanaryWebhook): CanarySpecAnalysisWebhooks {
  return {
    name: one.name,
    type: one.type as string as CanarySpecAnalysisWebhooksType,
    url: one.url,
    timeout: seconds(one.timeoutSeconds),
    retries: one.retries || undefined,
    disableTls: one.disableTls || undefined,
    muteAlert: one.muteAlert || undefined,
    metadata: one.metadata && { ...one.metadata },
  };
}

function alert({ name, severity, providerRef }: CanaryAlert): CanarySpecAnalysisAlerts {
  return {
    name,
    severity: severity as CanarySpecAnalysisAlertsSeverity,
    providerRef: { name: providerRef.name, namespace: providerRef.namespace },
  };
}

/** Over https alone, and out of reach for scripts. */
function sessionAffinity(model: SessionAffinityModel): CanarySpecAnalysisSessionAffinity {
  return {
    cookieName: model.cookieName,
    primaryCookieName: model.primaryCookieName,
    domain: model.domain,
    path: model.path,
    maxAge: model.maxAge,
    httpOnly: true,
    secure: true,
    sameSite: model.sameSite as CanarySpecAnalysisSessionAffinitySameSite,
    partitioned: model.partitioned || undefined,
  };
}
