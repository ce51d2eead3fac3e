import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SOURCES } from '../../imports/generator/sources';
import { kinds } from '../../imports';

const folder = join(__dirname, '..', '..', 'imports');
const readme = readFileSync(join(folder, 'README.md'), 'utf8');

describe('imports/README.md', () => {
  it.each(SOURCES.map((source) => [source.name, source] as const))('credits %s as it is pinned', (_name, source) => {
    expect(readme).toContain(`| ${source.name} | ${source.repo} | ${source.tag} | ${source.licence} |`);
  });

  it('counts the CEL rules that are not in force', () => {
    type Rules = Record<string, { paths: string[] }[]>;
    const byKind = Object.values(JSON.parse(readFileSync(join(folder, 'cel-rules.json'), 'utf8')) as Rules);
    const rules = byKind.flat();
    const places = rules.flatMap((rule) => rule.paths);
    expect(readme).toContain(`${rules.length} distinct rules at ${places.length} places of ${byKind.length} kinds`);
  });
});

describe('the generated files', () => {
  it('cover exactly the kinds of the pinned list', () => {
    const listed = SOURCES.flatMap((source) => source.kinds);
    const generated = kinds.map(({ apiVersion, kind }) => `${kind}.${apiVersion.replace(/\/.*/, '')}`);
    expect([...generated].sort()).toEqual([...listed].sort());
  });
});
