import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { UNPRUNED } from '../kernel/labels';
import { define, type ObjectMetadata } from '../kube';
import type { ConfigurationModel } from './configuration';

/** The ConfigMaps of a configuration, each made once however many tracks of a service share it. */
export function ensureConfigMaps(
  scope: Construct,
  { variables, files }: ConfigurationModel,
  metadata: ObjectMetadata & { readonly annotations?: Readonly<Record<string, string>> },
): void {
  for (const map of [variables, files]) {
    const id = `config-map-${map?.name}`;
    if (!map || scope.node.tryFindChild(id)) continue;
    const annotations = { ...metadata.annotations, ...(map.immutable ? KEEP_FORMER : {}) };
    define(scope, id, kplus.k8s.KubeConfigMap, { ...metadata, name: map.name, annotations }, () => ({
      data: { ...map.data },
      immutable: map.immutable || undefined,
    }));
  }
}

/**
 * A ConfigMap that is named by its content is left alone when a newer one takes its place: pods of the former version, and
 * a rollback, still need it. docs/guides/configuration.md tells how to clear old ones away.
 */
export const KEEP_FORMER = UNPRUNED;
