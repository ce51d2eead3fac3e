// Checks every document in dist/ against a JSON Schema: of Kubernetes from a folder (default: ../shared/schemas beside the
// repository; {group, or core}/{kind}_{version}.json), of CRDs from imports/schemas. A kind without a schema is a failure.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { parseAllDocuments } from 'yaml';

const root = join(import.meta.dirname, '..');
const core = process.argv[2] ?? join(root, '..', 'shared', 'schemas');
const dist = process.argv[3] ?? join(root, 'dist');
if (!existsSync(core)) {
  console.error('there is no folder of Kubernetes schemas beside the repository: give one as the first argument');
  process.exit(1);
}

/** Read by kustomize and not by the cluster; a field that is not named here is a mistake. */
const strings = { type: 'array', items: { type: 'string' } };
const KUSTOMIZATION = {
  type: 'object',
  additionalProperties: false,
  required: ['apiVersion', 'kind', 'resources'],
  properties: { apiVersion: {}, kind: {}, metadata: { type: 'object' }, namespace: { type: 'string' }, resources: strings },
};

const ajv = addFormats(new Ajv({ allErrors: true, strict: false, logger: false }));
const validators = new Map();

function validatorOf(apiVersion, kind) {
  const key = `${apiVersion} ${kind}`;
  if (!validators.has(key)) {
    const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['core', apiVersion];
    const name = join(group, `${kind.toLowerCase()}_${version}.json`);
    const file = [core, join(root, 'imports', 'schemas')].map((folder) => join(folder, name)).find(existsSync);
    const schema = group === 'kustomize.config.k8s.io' ? KUSTOMIZATION : file && JSON.parse(readFileSync(file, 'utf8'));
    validators.set(key, schema && ajv.compile(schema));
  }
  return validators.get(key);
}

/** What is wrong with one document; empty if nothing is. */
function problemsOf(object) {
  if (typeof object?.apiVersion !== 'string' || typeof object.kind !== 'string') return ['no apiVersion and kind'];
  const validate = validatorOf(object.apiVersion, object.kind);
  if (!validate) return [`no schema for ${object.apiVersion} ${object.kind}`];
  if (validate(object)) return [];
  return validate.errors.map(({ instancePath, message, params }) => {
    const detail = params.additionalProperty ?? params.allowedValues?.join(', ');
    return `${instancePath || '/'} ${message}${detail ? `: ${detail}` : ''}`;
  });
}

const files = existsSync(dist)
  ? readdirSync(dist, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.ya?ml$/.test(name))
      .sort()
  : [];
const kinds = new Map();
let documents = 0;
let wrong = 0;
for (const name of files) {
  const file = join(dist, name);
  for (const document of parseAllDocuments(readFileSync(file, 'utf8'), { version: '1.1' })) {
    if (document.errors.length === 0 && document.contents === null) continue;
    documents++;
    const object = document.errors.length === 0 ? document.toJS() : undefined;
    const problems = object ? problemsOf(object) : document.errors.map((e) => e.message.split('\n')[0]);
    const kind = `${object?.apiVersion} ${object?.kind}`;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    if (problems.length === 0) continue;
    wrong++;
    console.error(`${relative(root, file)}: ${object?.kind ?? 'document'} ${object?.metadata?.name ?? ''}`);
    for (const problem of problems) console.error(`  ${problem}`);
  }
}
for (const [kind, count] of [...kinds].sort(([a], [b]) => (a < b ? -1 : 1))) console.log(`${String(count).padStart(5)}  ${kind}`);
console.log(`${files.length} files, ${documents} documents, ${wrong} wrong`);
if (documents === 0) console.error('dist/ holds no manifest');
process.exitCode = wrong > 0 || documents === 0 ? 1 : 0;
