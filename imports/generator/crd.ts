/** A structural schema, as far as the generator looks into it. */
export interface CrdSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, CrdSchema>>;
  readonly items?: CrdSchema;
  readonly additionalProperties?: boolean | CrdSchema;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly CrdSchema[];
  readonly anyOf?: readonly CrdSchema[];
  readonly allOf?: readonly CrdSchema[];
  readonly not?: CrdSchema;
  readonly nullable?: boolean;
  readonly format?: string;
  readonly pattern?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: boolean;
  readonly exclusiveMaximum?: boolean;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-embedded-resource'?: boolean;
  readonly 'x-kubernetes-list-type'?: string;
  readonly 'x-kubernetes-validations'?: readonly { readonly rule: string; readonly message?: string }[];
  readonly [keyword: string]: unknown;
}

export interface CrdVersion {
  readonly name: string;
  readonly served: boolean;
  readonly schema?: { readonly openAPIV3Schema?: CrdSchema };
}

export type Scope = 'Namespaced' | 'Cluster';

/** The parts of a CustomResourceDefinition (apiextensions.k8s.io/v1) that the generator reads. */
export interface Crd {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string; readonly plural: string };
    readonly scope: Scope;
    readonly versions: readonly CrdVersion[];
  };
}

/**
 * Applies `visit` to every direct child schema and keeps the rest. Property names and keywords live in different
 * places, so a property that is called `description` or `required` is never taken for the keyword.
 */
export function mapChildren(schema: CrdSchema, visit: (child: CrdSchema, step: string) => CrdSchema): CrdSchema {
  const result: Record<string, unknown> = { ...schema };
  if (schema.properties) {
    result['properties'] = Object.fromEntries(
      Object.entries(schema.properties).map(([name, child]) => [name, visit(child, `.${name}`)]),
    );
  }
  if (schema.items) result['items'] = visit(schema.items, '[]');
  if (typeof schema.additionalProperties === 'object') {
    result['additionalProperties'] = visit(schema.additionalProperties, '{}');
  }
  for (const union of ['oneOf', 'anyOf', 'allOf'] as const) {
    const branches = schema[union];
    if (branches) result[union] = branches.map((branch, i) => visit(branch, `<${union} ${i}>`));
  }
  if (schema.not) result['not'] = visit(schema.not, '<not>');
  return result;
}
