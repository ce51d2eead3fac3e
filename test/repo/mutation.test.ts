import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './paths';

/** Runs an expression over .ci/mutation, which is no CommonJS. */
function evaluated(expression: string, given: unknown): unknown {
  const file = (name: string) => JSON.stringify(join(ROOT, '.ci', 'mutation', name));
  const script =
    `import * as report from ${file('report.mjs')}; import { ROOMS, testFilesOf } from ${file('rooms.mjs')};` +
    `const given = ${JSON.stringify(given)}; console.log(JSON.stringify(${expression}));`;
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }));
}

const mutant = (status: string, line: number) => ({
  status,
  mutatorName: 'StringLiteral',
  replacement: '""',
  location: { start: { line, column: 5 }, end: { line, column: 8 } },
});
const REPORT = {
  files: {
    'lib/a.ts': {
      source: "ab(\n  f('x');\n",
      mutants: ['Killed', 'Timeout', 'Survived', 'NoCoverage', 'RuntimeError', 'Ignored', 'Ignored'].map((status) =>
        mutant(status, 2),
      ),
    },
    'lib/b.ts': { source: '', mutants: [] },
  },
};
const ROW = { files: 2, mutants: 5, killed: 1, 'timed out': 1, survived: 2, 'not covered': 1, static: 2 };

test('a row counts what Stryker says, and what could not be run as survived', () => {
  expect(evaluated('report.rowOf(given)', REPORT)).toEqual(ROW);
});

test('what survived is listed with its place', () => {
  const place = 'lib/a.ts:2 StringLiteral \'x\' => ""';
  expect(evaluated('report.survivors(given)', REPORT)).toBe(`${place} (survived)\n${place} (not covered)\n${place} (survived)\n`);
});

test('the table is read back as it was written, and says what was not measured', () => {
  const { text, rows } = evaluated(
    `(() => { const text = report.table(['a', 'b-c/d'], new Map([['b-c/d', given]])); return { text, rows: [...report.rowsIn(text)] }; })()`,
    ROW,
  ) as { text: string; rows: unknown };
  expect(rows).toEqual([['b-c/d', ROW]]);
  expect(text.split('\n').slice(2)).toEqual([
    '| `a` |  |  |  |  |  |  |  | not measured |',
    '| `b-c/d` | 2 | 5 | 1 | 1 | 2 | 1 | 2 | 40.0 % |',
    '| all that were measured | 2 | 5 | 1 | 1 | 2 | 1 | 2 | 40.0 % |',
  ]);
});

test('a score is never rounded up to its threshold', () => {
  const row = { ...ROW, mutants: 1000, killed: 899, 'timed out': 0 };
  const objections = `report.objections(new Map([['a', given]]), ['a', 'b'], { policy: 90, inAll: 85 })`;
  expect(evaluated(objections, row)).toEqual(['lib/a: 89.9 % of the mutants are killed, and 90 % is the least']);
  expect(evaluated(objections, { ...row, killed: 900 })).toEqual([]);
  expect(evaluated(objections, { ...row, killed: 840 })).toEqual([
    'lib/a: 84.0 % of the mutants are killed, and 90 % is the least',
    'all that was measured: 84.0 % of the mutants are killed, and 85 % is the least',
  ]);
});

test('every room of lib/ has mutants, and tests that are there', () => {
  const counts = evaluated('Object.keys(ROOMS).map((room) => [room, testFilesOf(room, given).length])', ROOT) as [
    string,
    number,
  ][];
  const foldersIn = (path: string) =>
    readdirSync(join(ROOT, 'lib', path), { withFileTypes: true })
      .filter((one) => one.isDirectory())
      .map(({ name }) => join(path, name));
  const [parts, rooms] = [true, false].map((inner) =>
    counts.map(([room]) => room).filter((room) => room.includes('/') === inner),
  );
  expect(rooms!.sort()).toEqual(foldersIn('').sort());
  expect(parts!.filter((part) => !foldersIn(dirname(part)).includes(part))).toEqual([]);
  expect(counts.filter(([, files]) => files === 0)).toEqual([]);
});
