import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { ConfigError, show } from '../kernel/errors';
import { withoutNulls } from './canonical';
import { watchCollisions } from './collisions';
import type { Manifest } from './manifest';
import { Rendering } from './rendering';
import { resolved } from './resolve';
import { tidyJson } from './settle';

/** A value, or a function that gives it when the object is rendered: once a rendering, and afresh in each. */
export type Late<T> = T | (() => T);

/** Labels or annotations; those that are undefined are left out. */
export type Strings = Readonly<Record<string, string | undefined>>;

/** The metadata of an object. */
export interface ObjectMetadata {
  /** Always given: a generated name hashes the construct path, so that moving a construct would replace the object. */
  readonly name: string;
  /** @default the chart's namespace, if it has one */
  readonly namespace?: string;
  /** @default none but the chart's */
  readonly labels?: Late<Strings | undefined>;
  /** @default none */
  readonly annotations?: Late<Strings | undefined>;
}

/** What an object is, and what it is called. */
export interface ObjectHead {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMetadata;
}

/**
 * Defines one object. Its body (`spec`, `data`, …) may be a function, because edges between services are recorded after
 * the objects are created. The result is a plain ApiObject with the override mechanism in place.
 *
 * @param body everything but apiVersion, kind and metadata, in the names of the wire
 * @throws ConfigError when apiVersion, kind or name is missing
 */
export function defineObject(scope: Construct, id: string, head: ObjectHead, body: Late<object>): ApiObject {
  return createObject(scope, id, head, (object) => resolved(produce(body), object, 'bare'));
}

/**
 * Finishes an object that somebody else renders, such as the Deployment of cdk8s-plus: takes a label away, adds what
 * cdk8s-plus lacks. Transforms run on the rendered JSON before the user's overrides, in the order of registration.
 *
 * @param fn gives the object anew and leaves alone what it was given, with which the result is compared
 */
export function transform(object: ApiObject, fn: (json: Manifest) => Manifest): void {
  Rendering.of(object).addTransform(fn);
}

/** Defines an object whose body is made by a function of the object. Apart from `defineObject`, only `define` uses it. */
export function createObject(
  scope: Construct,
  id: string,
  { apiVersion, kind, metadata }: ObjectHead,
  body: (object: ApiObject) => unknown,
): ApiObject {
  for (const [part, value] of [
    ['apiVersion', apiVersion],
    ['kind', kind],
    ['metadata.name', metadata?.name],
  ] as const) {
    if (typeof value === 'string' && value !== '') continue;
    const where = [scope.node.path, id].filter(Boolean).join('/');
    throw new ConfigError([{ where, what: `${part} is ${show(value)}; give every object its own, none is generated` }]);
  }
  const { name, namespace } = metadata;
  const object = new ApiObject(scope, id, { apiVersion, kind, metadata: { name, namespace } });
  Rendering.of(object).late = (rendered) => {
    // `{ ...one, other }` would cost a hidden class each time: V8 11 copies that of `one` without what follows it.
    const labels = strings('labels', metadata.labels, rendered, object);
    const annotations = strings('annotations', metadata.annotations, rendered, object);
    const head = { ...rendered, metadata: Object.assign({}, rendered.metadata, labels, annotations) };
    return Object.assign(tidyJson(body(object), object) as object, head);
  };
  watchCollisions(scope.node.root);
  return object;
}

/** The value, or what its function gives. */
export function produce<T>(value: Late<T>): T {
  return typeof value === 'function' ? (value as () => T)() : value;
}

/** Ours first, then what the chart or a later `metadata.addLabel` says, which is the user's word. */
function strings(
  part: 'labels' | 'annotations',
  given: Late<Strings | undefined> | undefined,
  rendered: Manifest,
  object: ApiObject,
): Partial<Record<typeof part, unknown>> {
  const ours = withoutNulls(resolved(produce(given) ?? {}, object, 'boxed')) as Record<string, unknown>;
  const all = { ...ours, ...rendered.metadata[part] };
  return Object.keys(all).length > 0 ? { [part]: all } : {};
}
