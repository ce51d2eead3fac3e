import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { kinds } from '../../imports';
import { filesIn, install, pack, run } from './installation';
import { ROOT, sources } from './paths';
import { readmeExample } from './readme-example';

interface KubernetesObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

const SHIPPED =
  /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|build\/lib\/(index\.js|.+\.d\.ts)|build\/imports\/.+\.(js|d\.ts)|build\/imports\/(schemas\/.+|cel-rules)\.json)$/;
// Every declaration but those of TypeScript's own libraries.
const STRICT = ['--strict', '--target', 'es2022', '--skipLibCheck', 'false', '--skipDefaultLibCheck'];

const example = readmeExample();
let folder: string;
let app: string;
let inside: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'package-'));
  app = await install(folder, await pack(folder));
  inside = join(app, 'node_modules', 'cdk8s-banking');
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const documents = (text: string): KubernetesObject[] =>
  parseAllDocuments(text)
    .map((document) => document.toJS() as KubernetesObject | null)
    .filter((object) => object !== null);

test('holds the library and nothing else', () => {
  const files = filesIn(inside);
  expect(files.filter((name) => !SHIPPED.test(name))).toEqual([]);
  expect(files.filter((name) => name.includes('generator') || name.includes('.test.'))).toEqual([]);
});

test('holds all of the library', () => {
  const files = filesIn(inside);
  const compiled = sources(join(ROOT, 'lib')).map((file) => `build/${file.slice(ROOT.length + 1).replace(/\.ts$/, '')}`);
  const schemas = kinds.map(({ schema }) => `build/imports/${schema}`);
  const declared = compiled.map((file) => `${file}.d.ts`);
  const expected = ['README.md', 'LICENSE', 'package.json', 'build/lib/index.js', ...declared, ...schemas];
  expect(expected.filter((name) => !files.includes(name))).toEqual([]);
});

test('names no folder of the machine that it was packed on', () => {
  const texts = filesIn(inside).map((name) => [name, readFileSync(join(inside, name), 'utf8')] as const);
  expect(texts.filter(([, text]) => text.includes(ROOT) || text.includes(folder)).map(([name]) => name)).toEqual([]);
});

test('loads the CRDs of a group when they are asked for', async () => {
  const script = `
    require('cdk8s-banking');
    const loaded = () => Object.keys(require.cache).flatMap((file) => /cdk8s-banking.build.imports.((?!index).*)$/.exec(file)?.[1] ?? []).sort();
    const before = loaded();
    const { schemaOf, flaggerApp } = require('cdk8s-banking/imports/index');
    flaggerApp();
    console.log(JSON.stringify([before, loaded(), typeof schemaOf('flagger.app/v1beta1', 'Canary')]));`;
  expect(JSON.parse(await run(app, process.execPath, '-e', script))).toEqual([[], ['defined.js', 'flagger.app.js'], 'object']);
});

/** Compiles the example as a user would, and gives what is wrong with the example or with our declarations. */
async function compile(to: string, ...options: string[]): Promise<string[]> {
  mkdirSync(to);
  writeFileSync(join(to, 'main.ts'), example.code);
  const report = await run(to, process.execPath, join(__dirname, 'compile.mjs'), 'main.ts', ...STRICT, ...options);
  return report.split('\n').filter((line) => line !== '');
}

test('the example of the README compiles and writes what the README shows', async () => {
  const to = join(app, 'synth');
  expect(await compile(to, '--module', 'node16')).toEqual([]);
  await run(to, process.execPath, 'main.js');
  const written = filesIn(join(to, 'dist'))
    .filter((name) => /\.ya?ml$/.test(name))
    .flatMap((name) => documents(readFileSync(join(to, 'dist', name), 'utf8')));
  const shown = documents(example.output);
  expect(shown.length).toBeGreaterThan(0);
  for (const object of shown) {
    const { name, namespace } = object.metadata;
    const same = written.filter(({ kind, metadata: m }) => kind === object.kind && m.name === name && m.namespace === namespace);
    expect(same).toEqual([object]);
  }
}, 60_000);

test('it compiles under the old module resolution too, which reads main and types instead of exports', async () => {
  const options = ['--module', 'commonjs', '--moduleResolution', 'node10', '--ignoreDeprecations', '6.0', '--noEmit'];
  expect(await compile(join(app, 'node10'), ...options)).toEqual([]);
}, 60_000);
