import type { Crd, CrdSchema, CrdVersion } from '../../imports/generator/crd';
import type { ReadCrd } from '../../imports/generator/read';
import type { Source } from '../../imports/generator/sources';

export const SOURCE: Source = {
  name: 'Vault',
  repo: 'example/vault',
  tag: 'v3',
  licence: 'Apache-2.0',
  paths: ['crds/safes.yaml', 'crds/keys.yaml'],
  file: 'vault.yaml',
  kinds: ['Safe.vault.example.com'],
};

export const version = (name: string, spec: CrdSchema = {}, served = true): CrdVersion => ({
  name,
  served,
  schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', ...spec } } } },
});

export const crd = (versions: readonly CrdVersion[], scope: 'Namespaced' | 'Cluster' = 'Namespaced'): Crd => ({
  spec: { group: 'vault.example.com', names: { kind: 'Safe', plural: 'safes' }, scope, versions },
});

export const read = (...args: Parameters<typeof crd>): ReadCrd => ({ source: SOURCE, crd: crd(...args) });
