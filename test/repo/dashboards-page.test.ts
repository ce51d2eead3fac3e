import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Json } from '../support/rules/objects';
import { ROOT } from './paths';

/* docs/dashboards.md shows what a real Prometheus answers to the queries of the bank. Which queries these are can drift. */

const page = readFileSync(join(ROOT, 'docs', 'dashboards.md'), 'utf8');
const rows = page.split('\n').filter((line) => /^\| (?!panel|---)/.test(line));

const written = readFileSync(join(ROOT, 'dist', 'bank', 'prod', 'monitoring', 'banking-observability.yaml'), 'utf8');
const dashboards = parseAllDocuments(written)
  .map((document) => document.toJS() as Json)
  .flatMap(({ data }) => Object.values(data as Json).map((text) => JSON.parse(text as string) as Json));

/** The queries of a dashboard, rows of panels that are folded included. */
function queriesOf(panels: readonly Json[]): string[] {
  return panels.flatMap(({ panels: inner = [], targets = [] }) => [
    ...(targets as Json[]).map(({ expr }) => expr as string),
    ...queriesOf(inner as Json[]),
  ]);
}

const all = dashboards.flatMap(({ panels }) => queriesOf(panels as Json[]));
const cell = (query: string): string =>
  `| \`${query}\` |`
    .replace(/\|/g, '\\|')
    .replace(/^\\\||\\\|$/g, '|')
    .replace(/\s+/g, ' ');

test('it has each query of the five dashboards, and no other', () => {
  expect(dashboards).toHaveLength(5);
  expect(all.length).toBeGreaterThan(90);
  expect(all.filter((query) => !rows.some((row) => row.includes(cell(query))))).toEqual([]);
  expect(rows.filter((row) => !all.some((query) => row.includes(cell(query))))).toEqual([]);
});

test('each query gave something, or says why it could not', () => {
  expect(rows.filter((row) => !/\| ([1-9]\d*|none: (?!it should)[^|]+) \|$/.test(row))).toEqual([]);
});
