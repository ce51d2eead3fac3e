import { ApiObject, type JsonPatch } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { ConfigError, show } from '../kernel/errors';
import { isMap } from './manifest';
import { Rendering } from './rendering';
import { json, settle, settleForClass, snapshot } from './settle';
import { strategicMerge } from './strategic-merge';
import { type DeepPartial, toWire, type TypedKind } from './typed-kind';

const known = new WeakMap<ApiObject, Overrides>();

/**
 * The way to change what no prop offers. Overrides are applied to the rendered JSON, in the order of the calls, and
 * nothing filters them afterwards. Of what they change, production is compared with staging; nothing else is judged.
 *
 * One that changes nothing, or that points at what is not there, is an error: after an upgrade it would be lost without
 * a word. So is one that changes apiVersion, kind, name or namespace.
 */
export class Overrides {
  /**
   * The overrides of an object; always the same for the same object. From then on, the object's own `addJsonPatch` is
   * applied in the same way.
   * @param target an ApiObject, or a construct of cdk8s-plus; of ours name the object: `service.object('Deployment')`,
   *   `findObject(namespace, 'Namespace')`
   * @throws ConfigError when the target stands for none, or for several
   */
  static of(target: IConstruct): Overrides {
    const object = objectOf(target);
    return known.get(object) ?? new Overrides(object);
  }

  private readonly rendering: Rendering;

  private constructor(private readonly object: ApiObject) {
    known.set(object, this);
    this.rendering = Rendering.of(object);
  }

  /**
   * Merges a part of a manifest as `kubectl patch` does: maps key by key, null deletes, lists of Kubernetes' own types by
   * their key (containers by name), all others as a whole. `$patch: replace` and `$patch: delete` are understood.
   */
  merge(patch: Readonly<Record<string, unknown>>): this {
    checkMap('merge', patch);
    return this.add('merge', patch, (given) => settle(given, this.object) as Record<string, unknown>);
  }

  /** Applies JSON patch operations, one after the other. */
  jsonPatch(...ops: JsonPatch[]): this {
    const strange = ops.find((op) => typeof (op as { _toJson?: unknown } | undefined)?._toJson !== 'function');
    if (ops.includes(strange!))
      fail('jsonPatch', `${show(strange)} must be made with JsonPatch.add, replace, remove, copy, move or test`);
    this.rendering.addPatches(ops);
    return this;
  }

  /**
   * Merges a part that is typed by a generated class, such as `k8s.KubeDeployment`.
   * @param patch in the names of the class; a number-or-string is an `IntOrString`
   */
  typed<P>(kubeClass: TypedKind<P>, patch: DeepPartial<P>): this {
    checkMap('typed', patch);
    return this.add('typed', patch, (given) => {
      const wire = toWire(kubeClass, settleForClass(given, this.object) as P);
      const { apiVersion = this.object.apiVersion, kind = this.object.kind, ...rest } = wire;
      if (apiVersion !== this.object.apiVersion || kind !== this.object.kind) {
        const want = `${this.object.apiVersion} ${this.object.kind}`;
        throw new RangeError(
          `the class is for ${String(apiVersion)} ${String(kind)}, the object is ${want}; use the class of that`,
        );
      }
      return json(rest) as Record<string, unknown>;
    });
  }

  /** The patch is copied at once and read at render time: a caller may reuse its variable, a Lazy stays late. */
  private add(name: string, patch: unknown, read: (given: unknown) => Record<string, unknown>): this {
    const given = snapshot(patch);
    this.rendering.addOverride({ name, apply: (json) => strategicMerge(json, read(given), this.object) });
    return this;
  }
}

/** The one object that a construct stands for. @throws ConfigError when it is none, or stands for several */
function objectOf(target: IConstruct): ApiObject {
  if (ApiObject.isApiObject(target)) return target;
  if (typeof (target as IConstruct | undefined)?.node !== 'object') fail('Overrides.of', `${show(target)} is no construct`);
  const child = target.node.defaultChild;
  if (child) return objectOf(child);
  return fail(
    target.node.path,
    "stands for several objects, or for none; name the one to override: service.object('VirtualService'), findObject(namespace, 'Namespace')",
  );
}

function checkMap(how: string, patch: unknown): void {
  if (!isMap(patch)) fail(how, `${show(patch)} must be a map of fields, like { spec: { … } }`);
}

function fail(where: string, what: string): never {
  throw new ConfigError([{ where, what }]);
}
