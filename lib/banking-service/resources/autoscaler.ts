import { type k8s } from 'cdk8s-plus-28';
import type { ScaledObjectSpec, ScaledObjectSpecFallbackBehavior } from '../../../imports/keda.sh';
import { type Behavior, type ScalingModel, fallbackOf } from '../scaling';

function hpaBehavior({
  upPercent,
  upStabilization,
  downPercent,
  downStabilization,
}: Behavior): k8s.HorizontalPodAutoscalerBehaviorV2 {
  const rules = (value: number, stabilizationWindowSeconds: number) => ({
    stabilizationWindowSeconds,
    policies: [{ type: 'Percent', value, periodSeconds: 60 }],
  });
  return { scaleUp: rules(upPercent, upStabilization), scaleDown: rules(downPercent, downStabilization) };
}

/** Scales on the application's container alone: the proxy has requests of its own and would skew the average. */
export function horizontalPodAutoscaler(
  model: ScalingModel & { kind: 'horizontal' },
  deployment: string,
  container: string,
): k8s.HorizontalPodAutoscalerSpecV2 {
  const utilization = (name: string, averageUtilization: number | undefined): k8s.MetricSpecV2[] =>
    averageUtilization === undefined
      ? []
      : [
          {
            type: 'ContainerResource',
            containerResource: { name, container, target: { type: 'Utilization', averageUtilization } },
          },
        ];
  return {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: deployment },
    minReplicas: model.min,
    maxReplicas: model.max,
    metrics: [...utilization('cpu', model.cpu), ...utilization('memory', model.memory), ...(model.metrics ?? [])],
    behavior: hpaBehavior(model.behavior),
  };
}

/** KEDA makes the HorizontalPodAutoscaler itself, with our behaviour. */
export function scaledObject(model: ScalingModel & { kind: 'keda' }, deployment: string): ScaledObjectSpec {
  const fallback = fallbackOf(model);
  return {
    scaleTargetRef: { name: deployment },
    minReplicaCount: model.min,
    maxReplicaCount: model.max,
    pollingInterval: model.pollingInterval,
    fallback: fallback && { ...fallback, behavior: 'currentReplicasIfHigher' as ScaledObjectSpecFallbackBehavior },
    advanced: { horizontalPodAutoscalerConfig: { behavior: hpaBehavior(model.behavior) } },
    triggers: model.triggers.map(({ type, name, metadata, metricType, authentication }) => ({
      type,
      name,
      metadata: { ...metadata },
      metricType,
      authenticationRef: authentication === undefined ? undefined : { name: authentication },
    })),
  };
}
