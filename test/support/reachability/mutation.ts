import { idOf, type KubeObject } from './objects';

export type MutationKind = 'narrow' | 'widen';

/** One thing changed in one guard object. */
export interface Mutation {
  /** Stable: the object, the path in it, and what happens there. */
  readonly id: string;
  readonly description: string;
  /** Does it, taken by itself, let less through or more? Whether anybody notices is for the probes to say. */
  readonly kind: MutationKind;
  /** All objects; those that the mutation does not touch are the very same. */
  readonly objects: readonly KubeObject[];
}

export type Change = Omit<Mutation, 'objects'> & { readonly replacement: KubeObject | undefined };

export type Edit<Spec> = (spec: Spec) => void;

/** Collects changes of one object; one that changes nothing is left out. */
export class Changes<Spec extends object> {
  readonly list: Change[] = [];

  constructor(private readonly object: KubeObject) {}

  remove(kind: MutationKind): void {
    this.list.push({
      id: `${idOf(this.object)} deleted`,
      description: `${idOf(this.object)} is deleted`,
      kind,
      replacement: undefined,
    });
  }

  edit(kind: MutationKind, path: string, what: string, edit: Edit<Spec>): void {
    const replacement = copyOf(this.object);
    const spec = (replacement['spec'] ??= {}) as Spec;
    edit(spec);
    if (JSON.stringify(spec) !== JSON.stringify(this.object['spec'] ?? {})) {
      const where = `${idOf(this.object)}#${path}`;
      this.list.push({ id: `${where} ${what}`, description: `in ${idOf(this.object)}, ${path}: ${what}`, kind, replacement });
    }
  }
}

/** A deep copy. By JSON, which the objects are, since structuredClone under jest hands out objects of another realm. */
export function copyOf(object: KubeObject): KubeObject {
  return JSON.parse(JSON.stringify(object)) as KubeObject;
}

/** A list without one of its entries. */
export function without<T>(list: readonly T[], index: number): T[] {
  return list.filter((_, other) => other !== index);
}
