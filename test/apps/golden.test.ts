import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { apps, DIST, filesIn, removeFolders, render, ROOT } from './render';

afterAll(removeFolders);

const committed = existsSync(DIST) ? filesIn(DIST) : {};

/** In which ways dist/ is not what was written, a line each, with the first line of a file that differs. */
function drift(written: Record<string, string>, dist: Record<string, string>): string[] {
  const all = [...new Set([...Object.keys(written), ...Object.keys(dist)])].sort();
  return all.flatMap((path) => {
    if (dist[path] === undefined) return [`${path} is missing in dist/`];
    if (written[path] === undefined) return [`${path} is in dist/, and no app writes it`];
    if (written[path] === dist[path]) return [];
    const [is, was] = [written[path].split('\n'), dist[path].split('\n')];
    const i = is.findIndex((line, at) => line !== was[at]);
    const at = i < 0 ? is.length : i;
    return [`${path}:${at + 1} says ${JSON.stringify(was[at])} in dist/, and the app writes ${JSON.stringify(is[at])}`];
  });
}

const REMEDY = 'dist/ is not what the apps write; run `npm run synth`, read the difference and commit it';

/** Jest shows the message when the list is not empty. */
const verdict = (problems: string[]): string => (problems.length === 0 ? 'as committed' : [REMEDY, ...problems].join('\n'));

describe('dist/ is what the apps write', () => {
  test('there are apps', () => {
    expect(apps()).toEqual(expect.arrayContaining(['bank', 'patterns']));
  });

  test.each(apps())('%s', (app) => {
    const own = Object.entries(committed).filter(([path]) => path.startsWith(`${app}/`));
    expect(own.length).toBeGreaterThan(0);
    expect(verdict(drift(render(app), Object.fromEntries(own)))).toBe('as committed');
  });

  test('npm run synth runs them all, and nothing else is in dist/', () => {
    const main = readFileSync(join(ROOT, 'apps', 'main.ts'), 'utf8');
    expect([...main.matchAll(/^import '\.\/(.+)\/main';$/gm)].map(([, app]) => app).sort()).toEqual(apps());
    const folders = new Set(Object.keys(committed).map((path) => path.split('/')[0]));
    expect([...folders].sort()).toEqual(apps());
  });

  test('drift shows', () => {
    const was = { 'a.yaml': 'x: 1\ny: 2\n', 'old.yaml': '' };
    expect(drift({ 'a.yaml': 'x: 1\ny: 3\n', 'new.yaml': '' }, was)).toEqual([
      'a.yaml:2 says "y: 2" in dist/, and the app writes "y: 3"',
      'new.yaml is missing in dist/',
      'old.yaml is in dist/, and no app writes it',
    ]);
    expect(drift({ 'a.yaml': 'x: 1\n' }, { 'a.yaml': 'x: 1\ny: 2\n' })).toEqual([
      'a.yaml:2 says "y: 2" in dist/, and the app writes ""',
    ]);
    expect(drift(was, was)).toEqual([]);
  });
});

describe('the output can be reviewed', () => {
  const lines = (paths: string[]): number => paths.reduce((all, path) => all + committed[path]!.split('\n').length - 1, 0);
  const yaml = Object.keys(committed).filter((path) => path.endsWith('.yaml'));

  test.each(['dev', 'staging', 'prod'])(
    'the services of an environment of the bank have at most 4000 lines, what watches them aside: %s',
    (environment) => {
      const paths = yaml.filter((path) => path.startsWith(`bank/${environment}/`) && !path.endsWith('observability.yaml'));
      expect(paths.length).toBeGreaterThan(1);
      expect(lines(paths)).toBeLessThanOrEqual(4000);
    },
  );

  test('a pattern has at most 450 lines, and half of them have at most 170', () => {
    const sizes = yaml.filter((path) => path.startsWith('patterns/')).map((path) => lines([path]));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(450);
    expect(sizes.filter((size) => size <= 170).length).toBeGreaterThanOrEqual(sizes.length / 2);
  });

  test('the environments of the bank are files of the same names', () => {
    const names = (environment: string): string[] =>
      Object.keys(committed)
        .filter((path) => path.startsWith(`bank/${environment}/`))
        .map((path) => path.slice(`bank/${environment}/`.length));
    expect(names('staging')).toEqual(names('prod'));
    expect(names('dev')).toEqual(names('prod'));
  });
});
