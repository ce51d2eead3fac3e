import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import * as crds from '../../imports';
import { CANONICAL_REVISION_LABEL, VERSION_LABEL } from '../kernel/labels';
import { define, transform } from '../kube';
import { type BoundTrack, type ObjectRef, type TrackProps, mostPods } from '../release/release';
import type { ServiceModel } from './model';
import { horizontalPodAutoscaler, scaledObject } from './resources/autoscaler';
import { containerResources } from './resources/container-resources';
import { completeDeployment } from './resources/deployment';
import type { VersionModel } from './versions';

/** What a track needs of the service that it belongs to. */
export interface TrackContext {
  readonly model: ServiceModel;
  readonly namespace: string;
  readonly serviceAccount: kplus.ServiceAccount;
  /** Labels of objects. */
  readonly labels: Readonly<Record<string, string>>;
  /** Labels of pods, the stable identity among them. */
  readonly podLabels: Readonly<Record<string, string>>;
  readonly podAnnotations: Readonly<Record<string, string>>;
  readonly priorityClass?: string;
}

/** A service as one of its tracks runs it. */
export type TrackModel = ServiceModel & VersionModel;

function trackModel(service: ServiceModel, { runs, minReplicas }: TrackProps): TrackModel {
  const version = runs ? service.versions.get(runs)! : service.runs!;
  const { scaling } = service;
  const min = Math.max(scaling.min, minReplicas ?? 0);
  return { ...service, ...version, scaling: { ...scaling, min, max: Math.max(scaling.max, min) } };
}

/** One Deployment of a service, and what scales it. */
export class Track extends Construct implements BoundTrack {
  /** Name of the Deployment. */
  readonly name: string;
  readonly deployment: kplus.Deployment;
  /** The container of the application. */
  readonly container: kplus.Container;
  readonly autoscaler?: ObjectRef;
  /** What it runs. */
  readonly model: TrackModel;
  /** Most pods of it that can exist at once. */
  readonly mostPods: number;

  constructor(scope: Construct, id: string, props: TrackProps, context: TrackContext) {
    super(scope, id);
    const { namespace, labels } = context;
    const model = trackModel(context.model, props);
    this.model = model;
    this.name = props.name;
    this.mostPods = props.mostPods ?? mostPods(model.scaling.max, props.strategy);
    const metadata = { name: props.name, namespace, labels };
    const { user, group } = model.security;
    this.deployment = new kplus.Deployment(this, 'deployment', {
      metadata: { ...metadata, annotations: model.configuration.reloader ? { 'reloader.stakater.com/auto': 'true' } : undefined },
      // Our own selector comes with the completion: the default one is a hash of the construct's path, which Flagger refuses.
      select: false,
      podMetadata: {
        labels: {
          ...context.podLabels,
          app: props.name,
          [VERSION_LABEL]: model.version,
          [CANONICAL_REVISION_LABEL]: model.version,
        },
        annotations: context.podAnnotations,
      },
      serviceAccount: context.serviceAccount,
      automountServiceAccountToken: model.serviceAccountToken,
      securityContext: { user, group, fsGroup: group, fsGroupChangePolicy: kplus.FsGroupChangePolicy.ON_ROOT_MISMATCH },
    });
    this.container = this.deployment.addContainer(this.containerProps(model));
    this.mount(model);
    transform(ApiObject.of(this.deployment), (json) =>
      completeDeployment(json, {
        service: model,
        track: props.name,
        strategy: props.strategy,
        priorityClass: context.priorityClass,
      }),
    );
    const { scaling } = model;
    if (scaling.kind === 'horizontal') {
      this.autoscaler = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', name: props.name };
      define(this, 'autoscaler', kplus.k8s.KubeHorizontalPodAutoscalerV2, metadata, () => ({
        spec: horizontalPodAutoscaler(scaling, props.name, model.name),
      }));
    } else if (scaling.kind === 'keda') {
      this.autoscaler = { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', name: props.name };
      define(this, 'autoscaler', crds.kedaSh().ScaledObject, metadata, () => ({ spec: scaledObject(scaling, props.name) }));
    }
  }

  /** Version label of its pods. */
  get version(): string {
    return this.model.version;
  }

  private containerProps(model: TrackModel): kplus.ContainerProps {
    return {
      name: model.name,
      image: model.image,
      imagePullPolicy: model.imagePullPolicy as kplus.ImagePullPolicy,
      command: model.command && [...model.command],
      args: model.args && [...model.args],
      ports: model.ports.map(({ name, targetPort }) => ({ name, number: targetPort })),
      // Rounded; the exact quantities come with the completion.
      resources: containerResources(model.resources),
      securityContext: { user: model.security.user, group: model.security.group },
      envVariables: Object.fromEntries(
        Object.entries(model.secretEnv).map(([name, { secret, key }]) => [
          name,
          kplus.EnvValue.fromSecretValue({ secret: this.secret(secret), key }),
        ]),
      ),
    };
  }

  /** Scratch space, configuration and secrets. The root of the container can't be written. */
  private mount(model: TrackModel): void {
    const { configuration, security, secretFiles } = model;
    const scratch = (name: string, path: string) =>
      this.container.mount(path, kplus.Volume.fromEmptyDir(this, `${name}-volume`, name));
    scratch('tmp', '/tmp');
    security.writablePaths.forEach((path, i) => scratch(`scratch-${i}`, path));
    const configMap = (name: string) => kplus.ConfigMap.fromConfigMapName(this, `configuration-${name}`, name);
    if (configuration.variables) this.container.env.copyFrom(kplus.Env.fromConfigMap(configMap(configuration.variables.name)));
    if (configuration.files) {
      const volume = kplus.Volume.fromConfigMap(this, 'files-volume', configMap(configuration.files.name), { name: 'files' });
      this.container.mount(configuration.files.path, volume, { readOnly: true });
    }
    secretFiles.forEach(({ secret, path }, i) => {
      const volume = kplus.Volume.fromSecret(this, `secret-volume-${i}`, this.secret(secret), {
        name: `secret-${i}`,
        defaultMode: 0o440,
      });
      this.container.mount(path, volume, { readOnly: true });
    });
  }

  private secret(name: string): kplus.ISecret {
    const id = `secret-${name}`;
    return (this.node.tryFindChild(id) as kplus.ISecret | undefined) ?? kplus.Secret.fromSecretName(this, id, name);
  }
}
