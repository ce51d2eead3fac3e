import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { cycles, importGraph } from './import-graph';
import { ROOT, sources } from './paths';

const LONGEST = 300;
const files = ['lib', 'apps']
  .map((name) => join(ROOT, name))
  .filter(existsSync)
  .flatMap(sources);
const short = (file: string): string => relative(ROOT, file);

test('there is something to look at', () => {
  expect(files.length).toBeGreaterThan(20);
});

describe('import cycles', () => {
  test('none', () => {
    const graph = importGraph(files);
    expect([...graph.values()].flat().length).toBeGreaterThan(50);
    expect(cycles(graph).map((cycle) => cycle.map(short).join(' → '))).toEqual([]);
  });

  const planted: readonly [string, Record<string, string>, string[]][] = [
    ['of two', { 'a.ts': "import { b } from './b';", 'b.ts': "import { a } from './a';" }, ['a.ts → b.ts → a.ts']],
    ['of types', { 'a.ts': "import type { B } from './b';", 'b.ts': "export type { A } from './a';" }, ['a.ts → b.ts → a.ts']],
    [
      'through an index and a folder',
      { 'x/index.ts': "export * from './y';", 'x/y.ts': "import { z } from '../z';", 'z.ts': "const x = import('./x');" },
      ['x/index.ts → x/y.ts → z.ts → x/index.ts'],
    ],
    ['with itself', { 'a.ts': "export * from './a';" }, ['a.ts → a.ts']],
    [
      'none, though two ways lead to one file',
      { 'a.ts': "import './b';\nimport './c';", 'b.ts': "import './c';", 'c.ts': '' },
      [],
    ],
  ];
  test.each(planted)('planted: %s', (_, tree, expected) => {
    const folder = mkdtempSync(join(tmpdir(), 'cycles-'));
    try {
      for (const [name, text] of Object.entries(tree)) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), text);
      }
      const found = cycles(importGraph(sources(folder)));
      expect(found.map((cycle) => cycle.map((file) => relative(folder, file)).join(' → '))).toEqual(expected);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

test('lib/index.ts exports and does nothing else', () => {
  const text = readFileSync(join(ROOT, 'lib', 'index.ts'), 'utf8');
  const { statements } = ts.createSourceFile('index.ts', text, ts.ScriptTarget.ES2022);
  expect(statements.length).toBeGreaterThan(0);
  expect(statements.filter((s) => !ts.isExportDeclaration(s)).map((s) => text.slice(s.pos, s.end).trim())).toEqual([]);
});

test(`no file is longer than ${LONGEST} lines`, () => {
  const lines = (file: string): number => readFileSync(file, 'utf8').trimEnd().split('\n').length;
  expect(files.filter((file) => lines(file) > LONGEST).map((file) => `${short(file)}: ${lines(file)}`)).toEqual([]);
});
