import Ajv from 'ajv';
import type { CrdSchema } from '../../imports/generator/crd';
import { jsonText } from '../../imports/generator/json-text';
import { normaliseCrd } from '../../imports/generator/normalise';
import { jsonSchemaOf, schemaPath } from '../../imports/generator/schemas';
import { read, version } from './crd-fixture';

function judge(field: CrdSchema): (value: unknown) => boolean {
  const kind = normaliseCrd(read([version('v1', { properties: { field } })]));
  const validate = new Ajv({ strict: true, strictRequired: false }).compile(jsonSchemaOf(kind));
  const object = { apiVersion: 'vault.example.com/v1', kind: 'Safe', metadata: { name: 'a' } };
  return (value) => validate({ ...object, spec: { field: value } });
}

const TEXT = { type: 'string' };
const cases: readonly [string, CrdSchema, readonly unknown[], readonly unknown[]][] = [
  ['a closed object', { type: 'object', properties: { a: TEXT } }, [{}, { a: 'x' }], [{ b: 'x' }, { a: 1 }, null]],
  ['an object without fields', { type: 'object' }, [{}], [{ a: 1 }]],
  ['a map', { type: 'object', additionalProperties: TEXT }, [{ any: 'x' }], [{ any: 1 }]],
  [
    'preserve-unknown-fields',
    {
      type: 'object',
      'x-kubernetes-preserve-unknown-fields': true,
      properties: { a: { type: 'object', properties: {} } },
    },
    [{ any: 1, a: {} }],
    [{ a: { any: 1 } }],
  ],
  ['anything', { 'x-kubernetes-preserve-unknown-fields': true }, [1, 'x', {}, [1]], []],
  [
    'a union of which branches carry required and not',
    {
      type: 'object',
      properties: { a: TEXT, b: TEXT, c: TEXT },
      oneOf: [{ not: { anyOf: [{ required: ['a'] }, { required: ['b'] }] } }, { required: ['a'] }, { required: ['b'] }],
    },
    [{}, { a: '' }, { b: '', c: '' }],
    [
      { a: '', b: '' },
      { a: '', d: '' },
    ],
  ],
  [
    'a union of which branches carry properties',
    {
      type: 'object',
      properties: { simple: TEXT, hash: { type: 'object', properties: { a: TEXT, b: TEXT, c: TEXT } } },
      oneOf: [
        { required: ['simple'] },
        { required: ['hash'], properties: { hash: { oneOf: [{ required: ['a'] }, { required: ['b'] }] } } },
      ],
    },
    [{ simple: '' }, { hash: { a: '', c: '' } }],
    [{ hash: { c: '' } }, { hash: { a: '', d: '' } }, { hash: { a: '' }, simple: '' }],
  ],
  ['int-or-string', { 'x-kubernetes-int-or-string': true }, [1, 'http'], [1.5, true, {}]],
  ['int-or-string with a pattern', { 'x-kubernetes-int-or-string': true, pattern: '^\\d+m$' }, [1, '5m'], ['5', true]],
  ['int32', { type: 'integer', format: 'int32' }, [2147483647, -2147483648], [2147483648, 1.5]],
  ['int32 with bounds', { type: 'integer', format: 'int32', minimum: 1, maximum: 9 }, [1, 9], [0, 10]],
  ['int64', { type: 'integer', format: 'int64' }, [2 ** 40], [0.5]],
  ['double', { type: 'number', format: 'double' }, [0.5, 2], ['2']],
  ['byte', { type: 'string', format: 'byte' }, ['', 'YQ==', 'YWI='], ['YQ', '*']],
  ['date-time', { type: 'string', format: 'date-time' }, ['2024-02-29T01:02:03Z'], ['2024-02-29', 'soon']],
  ['a format of nobody', { type: 'string', format: 'url' }, ['no url'], [1]],
  ['an enum', { type: 'string', enum: ['A', 'B'] }, ['A'], ['C', null]],
  ['a nullable enum', { type: 'string', enum: ['A'], nullable: true }, ['A', null], ['B']],
  ['a set', { type: 'array', items: TEXT, 'x-kubernetes-list-type': 'set' }, [['a', 'b']], [['a', 'a']]],
  ['an exclusive bound', { type: 'number', minimum: 0, exclusiveMinimum: true }, [0.1], [0]],
];

describe('jsonSchemaOf', () => {
  it.each(cases)('takes and refuses the right values of %s', (_name, field, good, bad) => {
    const accepts = judge(field);
    expect(good.filter((value) => !accepts(value))).toEqual([]);
    expect(bad.filter((value) => accepts(value))).toEqual([]);
  });

  it('fixes apiVersion and kind, and knows no namespace for a cluster-scoped kind', () => {
    const validate = new Ajv({ strict: true, strictRequired: false }).compile(
      jsonSchemaOf(normaliseCrd(read([version('v1')], 'Cluster'))),
    );
    const good = { apiVersion: 'vault.example.com/v1', kind: 'Safe', metadata: { name: 'a' } };
    expect(validate(good)).toBe(true);
    expect(validate({ ...good, apiVersion: 'vault.example.com/v2' })).toBe(false);
    expect(validate({ ...good, kind: 'Key' })).toBe(false);
    expect(validate({ ...good, metadata: { name: 'a', namespace: 'b' } })).toBe(false);
  });

  it('has a path by group, kind and version', () => {
    expect(schemaPath(normaliseCrd(read([version('v1')])))).toBe('schemas/vault.example.com/safe_v1.json');
  });
});

describe('jsonText', () => {
  it('breaks what does not fit one line, and nothing else', () => {
    const long = { a: 'x'.repeat(120), b: [1, { c: null }], d: {} };
    expect(jsonText(long)).toBe(`{\n "a": "${'x'.repeat(120)}",\n "b": [1, { "c": null }],\n "d": {}\n}\n`);
    expect(JSON.parse(jsonText(long))).toEqual(long);
  });
});
