import { mapChildren, type CrdSchema, type Scope } from './crd';
import { ImportError } from './errors';
import type { ReadCrd } from './read';
import type { Source } from './sources';
import { newestServed } from './versions';

/** One kind at one version, with nothing left that only a reader of documentation would miss. */
export interface NormalisedKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly scope: Scope;
  readonly schema: CrdSchema;
  readonly source: Source;
}

/** Keywords without a bearing on which objects are valid. */
const DROPPED = new Set([
  'description',
  'title',
  'example',
  'externalDocs',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-map-type',
]);

/** Everything else that a structural schema may say. A keyword outside both lists is an error, not a silent loss. */
const KEPT = new Set([
  ...['type', 'properties', 'items', 'additionalProperties', 'required', 'enum', 'nullable', 'format', 'default'],
  ...['pattern', 'minLength', 'maxLength', 'minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties'],
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'oneOf', 'anyOf', 'allOf', 'not'],
  ...['x-kubernetes-int-or-string', 'x-kubernetes-preserve-unknown-fields', 'x-kubernetes-embedded-resource'],
  ...['x-kubernetes-list-type', 'x-kubernetes-validations'],
]);

/** Takes the newest served version of a CRD and normalises its schema. */
export function normaliseCrd({ crd, source }: ReadCrd): NormalisedKind {
  const { group, names, scope, versions } = crd.spec;
  const where = `${source.file}: ${names.kind}.${group}`;
  const newest = newestServed(versions);
  if (!newest) {
    const listed = versions.map((version) => version.name).join(', ') || 'no version';
    throw new ImportError(`${where}: has ${listed}, none of them served; drop the kind from sources.ts.`);
  }
  const schema = newest.schema?.openAPIV3Schema;
  if (!schema) throw new ImportError(`${where}: version ${newest.name} has no schema; drop the kind from sources.ts.`);
  const at = `${where}/${newest.name}`;
  // TypeMeta and ObjectMeta are Kubernetes', the same in every kind: the CRD's own words for them are replaced later.
  const { apiVersion: _apiVersion, kind: _kind, metadata: _metadata, ...properties } = schema.properties ?? {};
  const body = normaliseSchema({ ...schema, properties }, at);
  return { group, version: newest.name, kind: names.kind, plural: names.plural, scope, schema: body, source };
}

/** Drops documentation, completes int-or-string, and leaves in `required` what is enforced; unions stay as they are. */
export function normaliseSchema(schema: CrdSchema, where: string): CrdSchema {
  for (const keyword of Object.keys(schema)) {
    if (!KEPT.has(keyword) && !DROPPED.has(keyword)) {
      throw new ImportError(
        `${where}: unknown keyword "${keyword}"; decide in imports/generator/normalise.ts whether it is kept or dropped.`,
      );
    }
  }
  const kept = Object.fromEntries(Object.entries(schema).filter(([keyword]) => !DROPPED.has(keyword))) as CrdSchema;
  const children = mapChildren(kept, (child, step) => normaliseSchema(child, where + step));
  return withEffectiveRequired(withIntOrString(children));
}

/** Upstream may say int-or-string by the extension alone; `cdk8s import` and JSON Schema need the union. */
function withIntOrString(schema: CrdSchema): CrdSchema {
  if (!schema['x-kubernetes-int-or-string'] || schema.anyOf || schema.allOf) return schema;
  return { ...schema, anyOf: [{ type: 'integer' }, { type: 'string' }] };
}

/**
 * The API server fills in defaults before it validates, so a required field with a default may be left out. And
 * `required` says nothing about a value that is no object: Flagger has it on an array, meaning the array's items.
 */
function withEffectiveRequired(schema: CrdSchema): CrdSchema {
  if (!schema.required) return schema;
  const applies = schema.type === undefined || schema.type === 'object';
  const required = schema.required.filter((name) => applies && schema.properties?.[name]?.default === undefined);
  if (required.length > 0) return { ...schema, required };
  const { required: _required, ...rest } = schema;
  return rest;
}
