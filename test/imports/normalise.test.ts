import { normaliseCrd, normaliseSchema } from '../../imports/generator/normalise';
import { read, version } from './crd-fixture';

const normalise = (schema: Parameters<typeof normaliseSchema>[0]) => normaliseSchema(schema, 'here');

describe('normaliseCrd', () => {
  it('takes the newest served version', () => {
    const versions = [
      version('v1alpha7', { properties: { old: { type: 'string' } } }),
      version('v1beta2'),
      version('v1', {}, false),
    ];
    const kind = normaliseCrd(read(versions));
    expect(kind).toMatchObject({
      group: 'vault.example.com',
      version: 'v1beta2',
      kind: 'Safe',
      plural: 'safes',
      scope: 'Namespaced',
    });
    expect(kind.schema).toEqual({ type: 'object', properties: { spec: { type: 'object' } } });
  });

  it('leaves apiVersion, kind and metadata to Kubernetes', () => {
    const properties = {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { type: 'object' },
      spec: { type: 'object' },
    };
    const schema = { openAPIV3Schema: { type: 'object', properties } };
    expect(Object.keys(normaliseCrd(read([{ name: 'v1', served: true, schema }])).schema.properties ?? {})).toEqual(['spec']);
  });

  it('names the versions of a CRD that serves none', () => {
    expect(() => normaliseCrd(read([version('v1', {}, false)]))).toThrow(
      'vault.yaml: Safe.vault.example.com: has v1, none of them served',
    );
  });
});

describe('normaliseSchema', () => {
  it('drops documentation, but not a property that is called like it', () => {
    expect(
      normalise({
        type: 'object',
        description: 'A',
        title: 'B',
        properties: { description: { type: 'string', description: 'C' }, title: { type: 'string', example: 'D' } },
        additionalProperties: { type: 'string', description: 'E' },
      }),
    ).toEqual({
      type: 'object',
      properties: { description: { type: 'string' }, title: { type: 'string' } },
      additionalProperties: { type: 'string' },
    });
  });

  it('keeps unions at any depth', () => {
    const union = {
      type: 'object',
      oneOf: [{ not: { anyOf: [{ required: ['exact'] }] } }, { required: ['exact'] }],
      allOf: [{ anyOf: [{ required: ['a'] }, { required: ['b'] }] }],
      properties: { exact: { type: 'string' }, a: { type: 'string' }, b: { type: 'string' } },
    };
    expect(normalise({ type: 'array', items: union })).toEqual({ type: 'array', items: union });
  });

  it('completes an int-or-string that lacks its union, and leaves one that has it', () => {
    const anyOf = [{ type: 'integer' }, { type: 'string' }];
    expect(normalise({ 'x-kubernetes-int-or-string': true })).toEqual({ 'x-kubernetes-int-or-string': true, anyOf });
    expect(normalise({ 'x-kubernetes-int-or-string': true, anyOf: [...anyOf].reverse() }).anyOf).toEqual([...anyOf].reverse());
  });

  it('keeps preserve-unknown-fields', () => {
    const open = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
    expect(normalise(open)).toEqual(open);
  });

  it('leaves in required what is enforced', () => {
    const properties = { mode: { type: 'string', default: 'A' }, name: { type: 'string' } };
    expect(normalise({ type: 'object', properties, required: ['mode', 'name'] }).required).toEqual(['name']);
    expect(normalise({ type: 'object', properties, required: ['mode'] })).toEqual({ type: 'object', properties });
    expect(normalise({ type: 'array', items: { type: 'object' }, required: ['name'] }).required).toBeUndefined();
  });

  it('refuses a keyword that it does not know, with its place', () => {
    const schema = { type: 'object', properties: { a: { type: 'array', items: { type: 'string', 'x-new': 1 } } } };
    expect(() => normalise(schema)).toThrow('here.a[]: unknown keyword "x-new"');
  });
});
