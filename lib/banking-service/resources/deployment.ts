import type { Manifest } from '../../kube';
import type { UpdateStrategy } from '../../release/release';
import type { ServiceModel } from '../model';
import { podTemplate } from './pod-template';
import type { WirePodTemplate } from './wire-pod';

/** What a Deployment is told beside its pods. */
export interface DeploymentModel {
  readonly service: ServiceModel;
  /** Name of the Deployment and value of its `app` label. */
  readonly track: string;
  readonly strategy: UpdateStrategy;
  readonly priorityClass?: string;
}

/** Completes the Deployment that cdk8s-plus renders. */
export function completeDeployment(json: Manifest, { service, track, strategy, priorityClass }: DeploymentModel): Manifest {
  const { template } = json.spec as { template: WirePodTemplate };
  const { scaling, availability } = service;
  return {
    ...json,
    spec: {
      // Where an autoscaler owns the number, saying it here would reset it with every apply.
      replicas: scaling.kind === 'fixed' ? scaling.min : undefined,
      selector: { matchLabels: { app: track } },
      strategy:
        strategy.type === 'Recreate'
          ? { type: 'Recreate' }
          : { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: strategy.maxUnavailable, maxSurge: strategy.maxSurge } },
      minReadySeconds: availability.minReady,
      progressDeadlineSeconds: availability.progressDeadline,
      template: podTemplate(template, service, track, priorityClass),
    },
  };
}
