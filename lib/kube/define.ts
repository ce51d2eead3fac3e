import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { defineObject, type ObjectHead } from './define-object';

/** A generated class of a kind: `k8s.KubeNetworkPolicy`, `VirtualService`. Only its static side is used. */
export interface KindClass {
  readonly GVK: { readonly apiVersion: string; readonly kind: string };
  // Every kind has props of its own; `never` is what all of them take.
  manifest(props: never): unknown;
}

/** What a kind takes behind its metadata. */
export type KindBody<K extends KindClass> = Omit<NonNullable<Parameters<K['manifest']>[0]>, 'metadata'>;

/**
 * Defines an object of a generated kind: typed when it is written, renamed to wire names by the class, and a plain
 * `ApiObject` afterwards, since an instance of the class would drop fields that it does not know from later patches.
 *
 * @param body what follows `metadata`; asked for when the object is rendered, so that it can depend on what is declared later
 */
export function define<K extends KindClass>(
  scope: Construct,
  id: string,
  kind: K,
  metadata: ObjectHead['metadata'],
  body: () => KindBody<K>,
): ApiObject {
  return defineObject(scope, id, { ...kind.GVK, metadata }, () => {
    const { apiVersion: _version, kind: _kind, metadata: _metadata, ...rest } = kind.manifest(body() as never) as Record<string, unknown>;
    return rest;
  });
}
