import type { JsonPatch } from 'cdk8s';
import type { IConstruct } from 'constructs';
export interface TypedKind<P> {
  manifest(props: P): any;
}
export type DeepPartial<T> = T extends readonly (infer E)[] ? DeepPartial<E>[] : T extends object ? { [K in keyof T]?: DeepPartial<T[K]> } : T;
export class Overrides {
  static of(_target: IConstruct): Overrides {
    throw new Error('not yet');
  }
  merge(_patch: Record<string, unknown>): this {
    return this;
  }
  jsonPatch(..._ops: JsonPatch[]): this {
    return this;
  }
  typed<P>(_kubeClass: TypedKind<P>, _patch: DeepPartial<P>): this {
    return this;
  }
}
