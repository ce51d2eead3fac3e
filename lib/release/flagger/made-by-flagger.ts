import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Environment } from '../../kube';
import type { CanaryModel } from './canary-model';

/**
 * What Flagger makes of a Canary, as `Kind/name`, and what KEDA makes of it in turn.
 * https://github.com/fluxcd/flagger/tree/v1.44.0/pkg/canary and /pkg/router
 */
export function madeByFlagger({ target, service, autoscaler, provider }: CanaryModel): string[] {
  const { name } = service;
  const scaler = autoscaler?.ref;
  return [
    `${target.kind}/${target.name}-primary`,
    ...(scaler ? [`${scaler.kind}/${scaler.name}-primary`] : []),
    ...(scaler?.kind === 'ScaledObject' ? [`HorizontalPodAutoscaler/keda-hpa-${scaler.name}-primary`] : []),
    ...[name, `${name}-primary`, `${name}-canary`].map((one) => `Service/${one}`),
    ...(provider === 'istio'
      ? [`VirtualService/${name}`, `DestinationRule/${name}-primary`, `DestinationRule/${name}-canary`]
      : []),
  ];
}

/** Objects that another controller makes, and whose. */
interface Reserved {
  readonly scope: IConstruct;
  readonly namespace: string;
  readonly canary: string;
  readonly objects: ReadonlySet<string>;
}

const RESERVED = new WeakMap<IConstruct, Reserved[]>();

/**
 * Refuses objects of the app that Flagger makes as well: the two would write over each other for ever, and the one that GitOps
 * removes would take the traffic with it.
 */
export function reserve(scope: IConstruct, namespace: string, canary: string, objects: readonly string[]): void {
  const { root } = scope.node;
  const all = RESERVED.get(root) ?? [];
  all.push({ scope, namespace, canary, objects: new Set(objects) });
  if (RESERVED.has(root)) return;
  RESERVED.set(root, all);
  root.node.addValidation({ validate: () => taken(root, all) });
}

function taken(root: IConstruct, all: readonly Reserved[]): string[] {
  const objects = root.node.findAll().filter((one): one is ApiObject => ApiObject.isApiObject(one));
  return objects.flatMap((object) => {
    const { kind, name, metadata, node } = object;
    const rival = all.find(
      (one) =>
        one.objects.has(`${kind}/${name}`) &&
        one.namespace === metadata.namespace &&
        Environment.of(one.scope) === Environment.of(object),
    );
    if (!rival) return [];
    return [
      `${node.path}: ${kind} ${rival.namespace}/${name} is made by Flagger for canary ${rival.canary}; remove or rename it`,
    ];
  });
}
