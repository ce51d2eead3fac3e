import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCrds, readSources, selectKinds } from '../../imports/generator/read';
import { repairDescriptions } from '../../imports/generator/repair';
import { SOURCE, crd, version } from './crd-fixture';

/** The two ways in which Flagger's file indents: `'` that goes on at the key's own depth, and one that does not. */
const BADLY_INDENTED = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
spec:
  group: vault.example.com
  names: {kind: Safe, plural: safes}
  scope: Namespaced
  versions:
    - name: v1
      served: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            apiVersion:
              description: 'It''s the version of this representation
              of an object. More info: somewhere'
              type: string
            spec:
              description: 'one line'
              type: object
`;

describe('parseCrds', () => {
  it('takes descriptions that go on without indent', () => {
    const [parsed] = parseCrds(BADLY_INDENTED, 'vault.yaml');
    const schema = parsed?.spec.versions[0]?.schema?.openAPIV3Schema;
    expect(schema?.properties?.['apiVersion']).toEqual({
      type: 'string',
      description: "It's the version of this representation of an object. More info: somewhere",
    });
    expect(Object.keys(schema?.properties ?? {})).toEqual(['apiVersion', 'spec']);
  });

  it('says which file is no YAML', () => {
    expect(() => parseCrds('a: [1', 'vault.yaml')).toThrow(/^vault\.yaml: .* at line 1, column 6; allowed is YAML/);
  });

  it('passes over empty documents and other objects', () => {
    expect(parseCrds('---\n---\nkind: ConfigMap\n---\n', 'vault.yaml')).toEqual([]);
  });

  it('leaves text alone that has nothing to repair', () => {
    const text = "description: 'it''s fine'\ntype: 'a'\ndescription: \"don't\"\n";
    expect(repairDescriptions(text)).toBe(text);
  });
});

describe('selectKinds', () => {
  it('takes the kinds that are listed', () => {
    const safe = crd([version('v1')]);
    const other = { spec: { ...safe.spec, names: { kind: 'Door', plural: 'doors' } } };
    expect(selectKinds([other, safe], SOURCE)).toEqual([safe]);
  });

  it('names what is absent and what there is', () => {
    expect(() => selectKinds([crd([version('v1')])], { ...SOURCE, kinds: ['Key.vault.example.com'] })).toThrow(
      'vault.yaml: does not define Key.vault.example.com; it defines Safe.vault.example.com;',
    );
  });
});

describe('readSources', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crd-read-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('reports all missing files at once, with the place to fetch them from', () => {
    writeFileSync(join(folder, 'vault.yaml'), BADLY_INDENTED);
    const missing = ['a.yaml', 'b.yaml'].map((file) => ({ ...SOURCE, file }));
    expect(() => readSources(folder, [SOURCE, ...missing])).toThrow(
      [
        '2 of the pinned CRD files are missing:',
        '  a.yaml <- repository example/vault, tag v3:',
        '      crds/safes.yaml',
        '      crds/keys.yaml',
        '  b.yaml <- repository example/vault, tag v3:',
      ].join('\n'),
    );
  });
});
