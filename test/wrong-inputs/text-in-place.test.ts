import { Chart } from 'cdk8s';
import { ConfigError, GitOpsApp } from 'cdk8s-banking';
import { all, parse } from '../../lib/promql/syntax';
import { THOROUGH, counted, silence } from '../properties/runs';
import * as yaml from '../support/yaml';
import { CANARIES } from './javascript/canaries';
import { CONSTRUCTS } from './javascript/constructs';
import { FACTORIES } from './javascript/factories';
import { FLAGGER } from './javascript/flagger';
import { JOBS } from './javascript/jobs';
import { OBSERVABILITY } from './javascript/observability';
import { RELEASES } from './javascript/releases';
import { TRACING } from './javascript/tracing';
import { js } from './wrong-input';

/*
 * Every string of every prop, with a text in its place that means something to YAML, to a shell, to PromQL, to JSON, to a
 * template or to a regular expression. It is refused, or it stays a text: nothing around it changes its form.
 */

silence();

const TEXTS: readonly string[] = [
  `"}) or vector(1) #`,
  `'; touch /tmp/owned; '`,
  '$(touch /tmp/owned)`id`',
  '${HOME} {{ .Release }} $$ %0a',
  'a: b\n---\nkind: Secret\n- c',
  '", "admin": true, "x": "',
  '.*|^$(?=a)[z-a]\\',
  '<b>&amp;\u202e\u2028\u0000',
];

/**
 * Every text, by itself and behind what is right; or half of them, each in one of the two ways, of which the next string gets the other half.
 */
const textsFor = (was: string, turn: number): string[] =>
  THOROUGH
    ? TEXTS.flatMap((one) => [one, was + one])
    : TEXTS.flatMap((one, i) => ((i + turn) % 2 ? [] : (i >> 1) % 2 ? [was + one] : [one]));

type Path = readonly string[];

/** The path of every string among the props. */
function strings(value: unknown, at: Path = []): Path[] {
  if (typeof value === 'string') return [at];
  const plain =
    typeof value === 'object' && value !== null && [Object.prototype, Array.prototype].includes(Object.getPrototypeOf(value));
  return plain ? Object.entries(value).flatMap(([key, one]) => strings(one, [...at, key])) : [];
}

const read = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], value);

function replaced(value: unknown, [key, ...rest]: Path, by: string): unknown {
  if (key === undefined) return by;
  const inner = replaced((value as Record<string, unknown>)[key], rest, by);
  return Array.isArray(value)
    ? value.map((one: unknown, i) => (String(i) === key ? inner : one))
    : { ...(value as object), [key]: inner };
}

type Build = (props: never, chart: Chart) => unknown;

function objectsOf(build: Build, props: unknown): unknown[] {
  const app = new GitOpsApp();
  build(js(props), new Chart(app, 'bank'));
  return yaml.objectsOf(app.synthYaml());
}

/** The kinds of the nodes of a query. */
const syntax = (query: string): string =>
  all(parse(query).root, () => true)
    .map(({ name }) => name)
    .join(' ');

const isQuery = (path: string): boolean => /\.(expr|query)$/.test(path);
const isJson = (text: string): boolean => /^[{[]/.test(text.trim()) && text.trim().length > 2;

/** The form of some objects: where there is something, and what kind of thing, in no order. `marks` stand for themselves. */
function form(objects: readonly unknown[], marks: readonly string[]): string[] {
  const found: string[] = [];
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'object' && value !== null) {
      const list = Array.isArray(value);
      if (list) found.push(`${path}: list`);
      for (const [key, one] of Object.entries(value)) {
        const known = list ? '' : marks.some((mark) => mark !== '' && key.includes(mark)) ? '§' : key;
        walk(one, `${path}.${known}`);
      }
      return;
    }
    found.push(`${path}: ${typeof value}`);
    if (typeof value !== 'string') return;
    if (isQuery(path)) found.push(`${path}: ${syntax(value)}`);
    if (isJson(value)) {
      try {
        walk(JSON.parse(value), `${path}(json)`);
      } catch {
        found.push(`${path}: not quite JSON`);
      }
    }
  };
  objects.forEach((one) => walk(one, (one as { kind?: string } | null)?.kind ?? ''));
  return found.sort();
}

/** The same with another text that means nothing to anybody; with the right one, where no other may stand. */
function harmless(build: Build, right: unknown, path: Path, was: string): unknown[] {
  try {
    return objectsOf(build, replaced(right, path, `${was}z`));
  } catch {
    return objectsOf(build, right);
  }
}

const TARGETS = { ...CONSTRUCTS, ...FACTORIES, ...RELEASES, ...FLAGGER, ...CANARIES, ...JOBS, ...OBSERVABILITY, ...TRACING };
let taken = 0;

test.each(Object.entries(TARGETS))('%s', (_name, [right, build]) => {
  const broken: string[] = [];
  counted('texts in props', { strings: strings(right).length });
  for (const [turn, path] of strings(right).entries()) {
    const was = read(right, path) as string;
    let expected: string[] | undefined;
    for (const text of textsFor(was, turn)) {
      let objects: unknown[];
      try {
        objects = objectsOf(build, replaced(right, path, text));
      } catch (error) {
        counted('texts in props', { refused: 1 });
        if (!(error instanceof ConfigError)) broken.push(`${path.join('.')} = ${JSON.stringify(text)}: ${String(error)}`);
        continue;
      }
      taken += 1;
      counted('texts in props', { written: 1 });
      const marks = [text, was];
      expected ??= form(harmless(build, right, path, was), marks);
      const now = form(objects, marks);
      const odd = [...now.filter((one) => !expected!.includes(one)), ...expected.filter((one) => !now.includes(one))];
      if (odd.length > 0 || now.length !== expected.length) {
        broken.push(
          `${path.join('.')} = ${JSON.stringify(text)}: ${odd.slice(0, 3).join('; ') || `${now.length} instead of ${expected.length}`}`,
        );
      }
    }
  }
  expect(broken).toEqual([]);
});

test('texts are taken where any text may stand', () => {
  expect(taken).toBeGreaterThan(THOROUGH ? 900 : 200);
});
