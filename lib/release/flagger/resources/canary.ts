import type {
  CanarySpec,
  CanarySpecAutoscalerRef,
  CanarySpecAutoscalerRefKind,
  CanarySpecProvider,
  CanarySpecTargetRefKind,
} from '../../../../imports/flagger.app';
import type { AutoscalerModel, CanaryModel } from '../canary-model';
import type { BoundLooks } from '../looks';
import { analysis } from './analysis';
import { canaryService } from './canary-service';

/** The Canary. Every default of Flagger's that matters is written out. */
export function canary(model: CanaryModel, looks: BoundLooks): CanarySpec {
  const { target, autoscaler } = model;
  return {
    provider: model.provider as CanarySpecProvider,
    metricsServer: model.metricsServer,
    targetRef: { apiVersion: target.apiVersion, kind: target.kind as CanarySpecTargetRefKind, name: target.name },
    autoscalerRef: autoscaler && autoscalerRef(autoscaler),
    progressDeadlineSeconds: model.progressDeadline,
    service: canaryService(model.service),
    // Without the analysis Flagger would not wait for the primary either, not even when it takes a service over.
    skipAnalysis: false,
    // Without it, deleting the Canary would leave the target with no pods.
    revertOnDeletion: true,
    suspend: model.suspend || undefined,
    analysis: analysis(model.analysis, looks),
  };
}

/** The primary's own limits are always said: by default it would have the target's. */
function autoscalerRef({ ref, primaryMin, primaryMax, queries }: AutoscalerModel): CanarySpecAutoscalerRef {
  const replicas = { minReplicas: primaryMin, maxReplicas: primaryMax };
  return {
    apiVersion: ref.apiVersion,
    kind: ref.kind as CanarySpecAutoscalerRefKind,
    name: ref.name,
    primaryScalerReplicas: primaryMin === undefined && primaryMax === undefined ? undefined : replicas,
    primaryScalerQueries: queries && { ...queries },
  };
}
