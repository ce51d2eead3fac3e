import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as library from 'cdk8s-banking';
import { type Files, listOf, readObjects, writeObjects } from '../bench/files';
import { plainCdk8s } from '../bench/plain-cdk8s';
import { cdk8s, jsYaml, json, yaml } from '../bench/rivals';
import { type Layout, ours } from '../bench/scene';

/* `npm run bench` compares ways to the same objects. Here it is seen that they are the same. */

const linesIn = (file: string): unknown[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

interface Named {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

const byName = (objects: readonly string[]): Map<string, Named> =>
  new Map(
    objects
      .map((text) => JSON.parse(text) as Named)
      .map((object) => [`${object.kind} ${object.metadata.name}`, object] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

/** Two things that cdk8s-plus-28 can't say: the action `sleep`, which is from Kubernetes 1.30, and a size in the unit of one's choice. */
const sayable = (object: Named): Named =>
  JSON.parse(
    JSON.stringify(object)
      .replace('{"sleep":{"seconds":15}}', '{"exec":{"command":["sleep","15"]}}')
      .replace('"memory":"1Gi"', '"memory":"1024Mi"'),
  ) as Named;

describe.each<Layout>(['each', 'one'])('with a chart for %s', (layout) => {
  let folder: string;
  let files: Files;
  const to = (who: string) => join(folder, who);

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'rivals-'));
    // Of eleven services, service-10 stands before service-2 where names are sorted as text.
    ours(library, 11, layout, to('ours'));
    writeObjects(to('objects.json'), to('ours'));
    files = readObjects(to('objects.json'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(Object.entries({ yaml, jsYaml, cdk8s }))('%s writes what ours has written', (who, write) => {
    write(files, to(who));
    expect(listOf(to(who))).toEqual(listOf(to('ours')));
  });

  test('json writes an object a line', () => {
    json(files, to('json'));
    expect(Object.keys(files)).toHaveLength(layout === 'each' ? 12 : 1);
    expect(Object.keys(files).flatMap((name) => linesIn(join(to('json'), name)))).toEqual(Object.values(files).flat());
  });

  test('with the constructs of cdk8s-plus, everything is said that ours says, and some defaults', () => {
    plainCdk8s(files, to('plus'));
    const theirs = byName(listOf(to('plus')));
    const own = byName(listOf(to('ours')));
    expect([...theirs.keys()]).toEqual([...own.keys()]);
    for (const [name, object] of own) expect(theirs.get(name)).toMatchObject(sayable(object));
  });
});
