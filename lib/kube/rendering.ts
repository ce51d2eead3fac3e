import type { ApiObject, JsonPatch } from 'cdk8s';
import { ConfigError, type Problem } from '../kernel/errors';
import { canonical, clone, same, sorts } from './canonical';
import { renderGenerated } from './generated-object';
import { jsonPatchOverride } from './json-patch';
import { describe, type Manifest } from './manifest';
import type { Override } from './override';
import { resolvesPlainly } from './resolve';

/** What became of one object: its JSON, or all that is wrong with it. */
export interface Rendered {
  readonly json?: Manifest;
  readonly problems: readonly Problem[];
  /** The error behind a problem, when there was one: it keeps the stack of a bug in a late body. */
  readonly cause?: unknown;
}

const installed = new WeakMap<ApiObject, Rendering>();

/**
 * How one object becomes JSON: as cdk8s renders it, then the late body, then the library's finishing, then the user's
 * overrides. It stands in the place of the object's `toJson`, because a generated class filters its JSON once more
 * after cdk8s applied patches: unknown fields vanish, and a port patched to a plain number is erased.
 */
export class Rendering {
  /** The rendering of an object, installed the first time that anybody asks for it. */
  static of(object: ApiObject): Rendering {
    return installed.get(object) ?? new Rendering(object);
  }

  /** Adds the late part of an object to what cdk8s rendered. Set by `defineObject`. */
  late?: (head: Manifest) => Manifest;
  private readonly transforms: ((json: Manifest) => Manifest)[] = [];
  private readonly overrides: Override[] = [];
  private readonly ofCdk8s: () => Manifest;
  /** Whether somebody has put a `toJson` on this very object. */
  private readonly isSpecial: boolean;

  private constructor(readonly object: ApiObject) {
    installed.set(object, this);
    this.ofCdk8s = object.toJson.bind(object);
    this.isSpecial = Object.hasOwn(object, 'toJson');
    const { patches } = object as unknown as { patches?: JsonPatch[] };
    if (patches) this.addPatches(patches.splice(0));
    Object.assign(object, REPLACED);
  }

  addPatches(ops: readonly JsonPatch[]): void {
    for (const op of ops) this.overrides.push(jsonPatchOverride(this.object, op));
  }

  addTransform(fn: (json: Manifest) => Manifest): void {
    this.transforms.push(fn);
  }

  addOverride(override: Override): void {
    this.overrides.push(override);
  }

  /**
   * What cdk8s renders of an object that has nothing but a head. It would sanitise, sort and patch the head once more, to
   * no effect; only resolvers of the app may see something in it.
   */
  private head(): Manifest {
    const { apiVersion, kind, metadata } = this.object;
    return resolvesPlainly(this.object)
      ? { apiVersion, kind, metadata: metadata.toJson() as Manifest['metadata'] }
      : this.ofCdk8s();
  }

  private base(): Manifest {
    const generated = this.isSpecial ? undefined : renderGenerated(this.object);
    return (generated as Manifest | undefined) ?? this.ofCdk8s();
  }

  /** Renders anew. Every problem is gathered: an override that fails is left out, and the next one is tried. */
  render(): Rendered {
    const where = () => {
      const { kind, name, metadata, node } = this.object;
      return `${node.path} (${describe({ kind, metadata: { name, namespace: metadata.namespace } })})`;
    };
    try {
      let json = this.late ? this.late(this.head()) : this.base();
      for (const transform of this.transforms) {
        const next = transform(json);
        const change = identityChange(json, next);
        if (change) return { problems: [{ where: where(), what: `a transform of the library ${change}` }] };
        json = next;
      }
      const problems: Problem[] = [];
      this.overrides.forEach((override, i) => {
        const next = apply(override, json);
        if (typeof next !== 'string') json = next;
        else problems.push({ where: where(), what: `override ${i + 1}, ${override.name}: ${next}` });
      });
      const untouched = this.late !== undefined && this.transforms.length + this.overrides.length === 0;
      return problems.length > 0 ? { problems } : { json: canonical(json, untouched, sorts(this.object)), problems };
    } catch (cause) {
      if (cause instanceof ConfigError) return { problems: cause.problems, cause };
      return {
        problems: [{ where: where(), what: `cannot be rendered: ${cause instanceof Error ? cause.message : String(cause)}` }],
        cause,
      };
    }
  }
}

/** Of an object with a rendering. The same functions for all objects, which then have one hidden class. */
const REPLACED: Pick<ApiObject, 'toJson' | 'addJsonPatch'> = {
  toJson(this: ApiObject): Manifest {
    const { json, problems, cause } = Rendering.of(this).render();
    if (json) return json;
    throw Object.assign(new ConfigError(problems), { cause });
  },
  // With what was given to it before, so that the usual call of cdk8s is not filtered either.
  addJsonPatch(this: ApiObject, ...ops: JsonPatch[]): void {
    Rendering.of(this).addPatches(ops);
  },
};

/** The object after an override, or what is wrong with the override. */
function apply(override: Override, before: Manifest): Manifest | string {
  let after: Manifest;
  try {
    after = override.apply(clone(before));
  } catch (e) {
    return e instanceof Error ? e.message : String(e);
  }
  const change = identityChange(before, after);
  if (change) return change;
  if (override.asksOnly) return after;
  return same(before, after) ? 'it changes nothing; the object says so already, or the path is not what was meant' : after;
}

/**
 * Kind, namespace and name decide in which file an object stands, what collides with it, and who points to it. All of
 * that is settled before an override is applied, so an override must leave them alone.
 */
function identityChange(before: Manifest, after: Manifest): string | undefined {
  const parts: [string, unknown, unknown][] = [
    ['apiVersion', before.apiVersion, after?.apiVersion],
    ['kind', before.kind, after?.kind],
    ['metadata.name', before.metadata.name, after?.metadata?.name],
    ['metadata.namespace', before.metadata.namespace, after?.metadata?.namespace],
  ];
  const changed = parts.find(([, was, is]) => was !== is);
  if (!changed) return undefined;
  const [part, was, is] = changed;
  const text = (v: unknown): string => (v === undefined ? 'nothing' : JSON.stringify(v));
  return `changes ${part} from ${text(was)} to ${text(is)}, which other objects rely on; give it as a prop of the construct instead`;
}
