import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { createObject, type Late, type ObjectMetadata, produce } from './define-object';
import { settleForClass } from './settle';
import { toWire, type TypedKind } from './typed-kind';

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
 * @param body what follows `metadata`; a function is asked when the object is rendered, so that it can depend on what is
 *   declared later
 * @throws ConfigError when the name is missing; at rendering, when the class would drop a part of the body in silence
 */
export function define<K extends KindClass>(
  scope: Construct,
  id: string,
  kind: K,
  metadata: ObjectMetadata,
  body: Late<KindBody<K>>,
): ApiObject {
  const { apiVersion, kind: name } = kind.GVK;
  return createObject(scope, id, { apiVersion, kind: name, metadata }, (object) => {
    return toWire(kind as TypedKind<unknown>, settleForClass(produce(body), object));
  });
}
