import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { schemaOf } from '../../imports';

type Json = Record<string, any>;

// Most schemas are compiled for a few objects: to make their code smaller takes longer than to run it as it is.
const ajv = addFormats(new Ajv({ allErrors: true, strict: false, logger: false, code: { optimize: false } }));
const validators = new Map<string, ValidateFunction | undefined>();

function validatorOf(apiVersion: string, kind: string): ValidateFunction | undefined {
  const key = `${apiVersion} ${kind}`;
  if (!validators.has(key)) {
    const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['core', apiVersion];
    const file = join(__dirname, '..', 'apps', 'schemas', group!, `${kind.toLowerCase()}_${version}.json`);
    const schema =
      schemaOf(apiVersion, kind) ?? (existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as object) : undefined);
    validators.set(key, schema && ajv.compile(schema));
  }
  return validators.get(key);
}

/** What is wrong with one object; empty if nothing is. */
export function schemaProblems(object: Json): string[] {
  if (typeof object?.apiVersion !== 'string' || typeof object.kind !== 'string') return ['no apiVersion and kind'];
  const validate = validatorOf(object.apiVersion, object.kind);
  if (!validate) return [`no schema for ${object.apiVersion} ${object.kind}; add it to test/apps/schemas, or to imports`];
  if (validate(object)) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) => {
    const extra = params as { additionalProperty?: string };
    return [instancePath, message, extra.additionalProperty].filter((part) => part !== undefined && part !== '').join(' ');
  });
}
