import type { ApiObject } from 'cdk8s';
import { resolved } from './resolve';
import { tidyJson } from './settle';
import type { TypedKind } from './typed-kind';

/** Where jsii writes the full name of a class. */
const RTTI = Symbol.for('jsii.rtti');
/** Those of `cdk8s import`, of which cdk8s-plus brings the core kinds. */
const GENERATED = /^cdk8s-plus-\d+\.k8s\.Kube/;

type ClassOfKind = TypedKind<unknown> & { readonly [RTTI]?: { readonly fqn: string } };

/**
 * An object of a generated class of cdk8s-plus, as its own `toJson` gives it without patches, in half the time: that one asks
 * each resolver of the app for each value. Undefined for an object of another class.
 *
 * @throws RangeError for what is no JSON
 */
export function renderGenerated(object: ApiObject): unknown {
  const { constructor, props } = object as unknown as { constructor: ClassOfKind; props?: object };
  if (!props || !Object.hasOwn(constructor, RTTI) || !GENERATED.test(constructor[RTTI]!.fqn)) return undefined;
  const settled = resolved({ ...props, metadata: object.metadata.toJson() as unknown }, object, 'boxed');
  return constructor.manifest(tidyJson(settled, object));
}
