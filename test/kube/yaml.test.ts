import fc from 'fast-check';
import { load, loadAll } from 'js-yaml';
import { parseAllDocuments, parseDocument } from 'yaml';
import { toYaml } from '../../lib/kube/synthesis/yaml';
import { DIST, filesIn } from '../apps/render';
import { RUNS, counted } from '../properties/runs';
import { HOSTILE_TEXTS } from '../wrong-inputs/hostile-texts';

/* What is written is standard YAML: every reader, of 1.1 (kubectl, Argo CD) or 1.2, finds the objects that were meant. */

/** Those that merely look like something else somewhere, or that a writer may lay out in a way that loses them. */
const TRAPS = [
  ...[
    '',
    ' ',
    'null',
    '~',
    'Null',
    'true',
    'yes',
    'no',
    'on',
    'off',
    'y',
    'n',
    'NO',
    'On',
    '.',
    '-',
    '?',
    '|',
    '>',
    '%',
    '@',
    '`',
  ],
  ...[
    '0',
    '00',
    '08',
    '0o7',
    '0x1F',
    '0b1',
    '1_000',
    '1e3',
    'e7',
    '.5',
    '5.',
    '+1',
    '-0',
    '.inf',
    '-.INF',
    '.nan',
    '1:20',
    '190:20:30',
  ],
  ...[
    '2026-11-21',
    '2026-11-21T18:00:00Z',
    '<<',
    '=',
    '---',
    '...',
    '--- a',
    '# no comment',
    'a: b',
    'a #b',
    'a:',
    ':a',
    '- a',
    '? a',
  ],
  ...['&a', '*a', '!a', '!!str', '{a}', '[a]', '{{ a }}', '${a}', "it's", '"a"', '\\n', '\\', 'a\\b', "'", '"'],
  ...[
    'a\nb',
    'a\n',
    '\na',
    '\n',
    '\n\n',
    'a\n\n',
    ' a\nb',
    'a \nb',
    'a\n b\n',
    '\ta',
    'a\tb',
    'a\n\tb',
    '\t\n',
    'a\r\nb',
    'a\rb',
    '\r',
  ],
  ...[
    '\u0000',
    '\u0007',
    '\u001b[31m',
    '\u007f',
    '\u0085',
    '\u00a0',
    '\u2028',
    '\u2029',
    '\ufeff',
    'a\ufeffb',
    '\ufffe',
    '\ud83d\ude00',
  ],
  ...['x'.repeat(400), `${'word '.repeat(80)}end`, `a\n${' '.repeat(8)}b\n  c\n`, '#!/bin/sh\nset -eu\n\techo "$@"\n'],
];

/** Lone surrogates are no text: no encoding can write them. */
const isText = (text: string): boolean => !/\p{Surrogate}/u.test(text);

const READERS: Readonly<Record<string, (text: string) => unknown[]>> = {
  'yaml 1.1': (text) => parseAllDocuments(text, { version: '1.1' }).map((one) => one.toJS() as unknown),
  'yaml 1.2': (text) => parseAllDocuments(text, { version: '1.2' }).map((one) => one.toJS() as unknown),
  'js-yaml': (text) => loadAll(text),
};

/** Which readers find something else, with what they found where. */
function misread(objects: readonly object[]): string[] {
  const text = toYaml(objects);
  const meant = JSON.stringify(objects);
  return Object.entries(READERS).flatMap(([name, reader]) => {
    try {
      const found = JSON.stringify(reader(text));
      return found === meant ? [] : [`${name}: ${meant.slice(0, 200)} reads ${found.slice(0, 200)}`];
    } catch (error) {
      return [`${name}: ${meant.slice(0, 200)}: ${(error as Error).message}`];
    }
  });
}

const everywhere = (text: string): object[] => [
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    data: { text },
    list: [text, [text], { text }],
    ...(text === '__proto__' ? {} : { [text]: 1 }),
  },
  { after: text },
];

const texts = [...TRAPS, ...HOSTILE_TEXTS].filter(isText);

test.each(texts.map((text) => [JSON.stringify(text).slice(0, 60), text]))(
  '%s, as a value, in a list and as a key',
  (_name, text) => {
    expect(misread(everywhere(text))).toEqual([]);
  },
);

const TEXTS = Math.max(RUNS, 100);

test('any text, in any place', () => {
  counted('yaml', { 'random texts': TEXTS, 'known traps': texts.length });
  const text = fc.string({
    unit: fc.oneof(
      fc.constantFrom(...'\n\t \r:#-\'"{}[]&*!|>%@`,?0123456789e.+_ox~='),
      fc.string({ unit: 'binary', maxLength: 1 }),
    ),
  });
  fc.assert(
    fc.property(text.filter(isText), (one) => {
      expect(misread(everywhere(one))).toEqual([]);
    }),
    { numRuns: TEXTS },
  );
});

test('numbers, booleans, nothing, and empty collections', () => {
  const object = { a: 0, b: -1, c: 1.5, d: 1e21, e: true, f: false, g: null, h: {}, i: [], j: [[]], k: [{}], l: 99.856, m: 1e-7 };
  expect(misread([object, { z: 1 }])).toEqual([]);
});

test('a text that reads otherwise is noticed', () => {
  const read = parseDocument('a: no', { version: '1.1' }).toJS() as object;
  expect(JSON.stringify(read)).not.toBe(JSON.stringify(load('a: no')));
});

const committed = Object.entries(filesIn(DIST)).filter(([path]) => path.endsWith('.yaml'));

test.each(committed)('every reader finds the same objects in dist/%s', (_path, text) => {
  const [first, ...others] = Object.values(READERS).map((reader) => JSON.stringify(reader(text)));
  expect(JSON.parse(first!)).not.toHaveLength(0);
  expect(others.map((found) => found === first)).toEqual([true, true]);
});
