import { type ApiObject, JsonPatch, Testing } from 'cdk8s';
import { defineObject, Overrides } from '../../lib/kube';
import { head, problemsOf } from './fixtures';

/* JSON patches (RFC 6902) on what was rendered: what each operation does, and what is said where it finds nothing. */

const LONG = Array.from({ length: 11 }, (_, i) => `item ${i}`);

const made = (): ApiObject =>
  defineObject(Testing.chart(), 'settings', head('Thing', 'settings', 'bank'), {
    data: { mode: 'fast', 'a/b': 'slash', 'a~b': 'tilde' },
    empty: {},
    list: ['first', 'second'],
    long: LONG,
    nested: { one: { items: [{ port: 8071 }] } },
  });

describe('an operation', () => {
  const cases: [string, JsonPatch, string, unknown][] = [
    ['adds a field', JsonPatch.add('/empty/more', 7), 'empty', { more: 7 }],
    ['adds a field further down', JsonPatch.add('/nested/one/two', 7), 'nested', { one: { items: [{ port: 8071 }], two: 7 } }],
    [
      'adds to an item',
      JsonPatch.add('/nested/one/items/0/name', 'http'),
      'nested',
      { one: { items: [{ port: 8071, name: 'http' }] } },
    ],
    ['adds behind a list', JsonPatch.add('/list/-', 'third'), 'list', ['first', 'second', 'third']],
    ['adds at the end of a list', JsonPatch.add('/list/2', 'third'), 'list', ['first', 'second', 'third']],
    ['adds into a list', JsonPatch.add('/list/1', 'between'), 'list', ['first', 'between', 'second']],
    ['adds before a list', JsonPatch.add('/list/0', 'zeroth'), 'list', ['zeroth', 'first', 'second']],
    ['adds behind ten', JsonPatch.add('/long/11', 'item 11'), 'long', [...LONG, 'item 11']],
    ['replaces the tenth and later', JsonPatch.replace('/long/10', 'last'), 'long', [...LONG.slice(0, 10), 'last']],
    ['removes an item', JsonPatch.remove('/list/0'), 'list', ['second']],
    ['removes a list', JsonPatch.remove('/list'), 'list', undefined],
    ['reaches a name with a slash', JsonPatch.replace('/data/a~1b', '1'), 'data', { mode: 'fast', 'a/b': '1', 'a~b': 'tilde' }],
    ['reaches a name with a tilde', JsonPatch.replace('/data/a~0b', '1'), 'data', { mode: 'fast', 'a/b': 'slash', 'a~b': '1' }],
    ['copies', JsonPatch.copy('/list/1', '/empty/copy'), 'empty', { copy: 'second' }],
    ['leaves what it copies', JsonPatch.copy('/list/1', '/empty/copy'), 'list', ['first', 'second']],
    ['moves', JsonPatch.move('/list/1', '/empty/moved'), 'empty', { moved: 'second' }],
    ['takes away what it moves', JsonPatch.move('/list/1', '/empty/moved'), 'list', ['first']],
    ['asks, and changes nothing', JsonPatch.test('/data/mode', 'fast'), 'list', ['first', 'second']],
  ];
  test.each(cases)('%s', (_what, op, part, expected) => {
    const object = made();
    Overrides.of(object).jsonPatch(op);
    expect(object.toJson()[part]).toEqual(expected);
  });
});

describe('an operation that finds nothing', () => {
  const FIRST = 'correct the path, or add what holds it first';
  const cases: [string, JsonPatch, string][] = [
    [
      'in a list',
      JsonPatch.replace('/list/2', 1),
      `replace /list/2: there is nothing at /list/2: /list is a list of 2; ${FIRST}`,
    ],
    ['behind the end', JsonPatch.add('/list/3', 1), `add /list/3: there is nothing at /list/3: /list is a list of 2; ${FIRST}`],
    [
      'at no index',
      JsonPatch.replace('/list/01', 1),
      `replace /list/01: there is nothing at /list/01: /list is a list of 2; ${FIRST}`,
    ],
    [
      'at a fraction',
      JsonPatch.replace('/list/1.0', 1),
      `replace /list/1.0: there is nothing at /list/1.0: /list is a list of 2; ${FIRST}`,
    ],
    [
      'at an item by name',
      JsonPatch.add('/list/first', 1),
      `add /list/first: there is nothing at /list/first: /list is a list of 2; ${FIRST}`,
    ],
    [
      'in a list further down',
      JsonPatch.add('/nested/one/items/5', 1),
      `add /nested/one/items/5: there is nothing at /nested/one/items/5: /nested/one/items is a list of 1; ${FIRST}`,
    ],
    [
      'to hold what is added',
      JsonPatch.add('/nested/two/items', []),
      `add /nested/two/items: there is nothing at /nested/two/items: /nested is a map of one; ${FIRST}`,
    ],
    [
      'in an empty map',
      JsonPatch.remove('/empty/more'),
      `remove /empty/more: there is nothing at /empty/more: /empty is a map of nothing; ${FIRST}`,
    ],
    [
      'below a text',
      JsonPatch.add('/data/mode/x', 1),
      `add /data/mode/x: there is nothing at /data/mode/x: /data/mode is "fast"; ${FIRST}`,
    ],
    [
      'at the top',
      JsonPatch.remove('/spec'),
      `remove /spec: there is nothing at /spec: the object is a map of apiVersion, data, empty, kind, list, long, metadata, nested; ${FIRST}`,
    ],
    [
      'that every map inherits',
      JsonPatch.remove('/empty/constructor'),
      `remove /empty/constructor: there is nothing at /empty/constructor: /empty is a map of nothing; ${FIRST}`,
    ],
    [
      'to copy',
      JsonPatch.copy('/spec/x', '/empty/x'),
      `copy /empty/x: there is nothing at /spec/x: the object is a map of apiVersion, data, empty, kind, list, long, metadata, nested; ${FIRST}`,
    ],
    [
      'to copy to',
      JsonPatch.copy('/data/mode', '/list/9'),
      `copy /list/9: there is nothing at /list/9: /list is a list of 2; ${FIRST}`,
    ],
    [
      'to move',
      JsonPatch.move('/empty/x', '/empty/y'),
      `move /empty/y: there is nothing at /empty/x: /empty is a map of nothing; ${FIRST}`,
    ],
    [
      'to move to',
      JsonPatch.move('/data/mode', '/list/9'),
      `move /list/9: there is nothing at /list/9: /list is a list of 2; ${FIRST}`,
    ],
    [
      'to ask about',
      JsonPatch.test('/empty/x', 1),
      `test /empty/x: there is nothing at /empty/x: /empty is a map of nothing; ${FIRST}`,
    ],
    ['that it asked for', JsonPatch.test('/data/mode', 'slow'), 'test /data/mode: the object does not say "slow" there'],
    [
      'since it is no path',
      JsonPatch.add(7 as never, 1),
      'add 7: 7 is not a JSON pointer; start it with "/", as in "/spec/replicas"',
    ],
    [
      'left of the object',
      JsonPatch.replace('', null),
      'replace : changes apiVersion from "v1" to nothing, which other objects rely on; give it as a prop of the construct instead',
    ],
  ];
  test.each(cases)('%s', (_what, op, expected) => {
    const object = made();
    Overrides.of(object).jsonPatch(op);
    expect(problemsOf(() => object.toJson())).toEqual([
      { where: 'test/settings (Thing bank/settings)', what: `override 1, jsonPatch ${expected}` },
    ]);
  });
});

test('what is given is copied at once: changed afterwards, it changes nothing', () => {
  const object = made();
  const items = ['a', { b: ['c'] }] as [string, { b: string[] }];
  Overrides.of(object).jsonPatch(JsonPatch.replace('/list', items)).merge({ more: items });
  items[1].b.push('later');
  items.push('later');
  expect(object.toJson()).toMatchObject({ list: ['a', { b: ['c'] }], more: ['a', { b: ['c'] }] });
});
