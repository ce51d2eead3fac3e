import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { THOROUGH, counted } from '../../properties/runs';
import { type Fault, lay, program, read, whole, write } from './writer';

/* Whatever happens to a run, a reader finds the old output whole, or the new one; never some of both. */

jest.setTimeout(60_000);

let home: string;
let run: string;
let next = 0;

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'write-faults-'));
  run = program(join(home, 'program'));
});
afterAll(() => rmSync(home, { recursive: true }));

/** Where an app writes: a folder of its own, or one that others write to as well. */
const LAYOUTS = { 'a folder of its own': 'bank', 'the output folder itself': '' } as const;
type Layout = keyof typeof LAYOUTS;

/** An output folder as it is before the run. */
function outdir(layout: Layout, earlier: boolean): string {
  const path = join(home, `out-${(next += 1)}`);
  if (layout === 'a folder of its own') mkdirSync(path);
  if (earlier) lay(join(path, LAYOUTS[layout]), 'old');
  return path;
}

const found = (path: string, layout: Layout) => read(join(path, LAYOUTS[layout]));

/** A folder for each step at which a run can end. */
async function places(layout: Layout, earlier: boolean): Promise<string[]> {
  const [ran] = (await write(run, LAYOUTS[layout], 'new', [outdir(layout, earlier)]))!;
  expect(ran!.said).toBe('');
  expect(ran!.changes).toBeGreaterThan(6);
  return Array.from({ length: ran!.changes }, () => outdir(layout, earlier));
}

const CASES = (Object.keys(LAYOUTS) as Layout[]).flatMap((layout) => [true, false].map((earlier) => [layout, earlier] as const));
const REFUSALS: readonly Fault[] = ['ENOSPC', 'EACCES', 'EIO'];

describe.each(CASES)('into %s, with former output: %s', (layout, earlier) => {
  test.each(REFUSALS)('%s at any step leaves what was there, or all that is new', async (is) => {
    const all = await places(layout, earlier);
    const ran = (await write(run, LAYOUTS[layout], 'new', all, { is, first: 1 }))!;
    counted('faults', { 'refusals of the disk': all.length });
    const states = ran.map(({ said }, i) => ({ step: i + 1, failed: said !== '', there: found(all[i]!, layout) }));
    const former = earlier ? whole('old') : 'nothing';
    // Where it fails, the old output is there; a refusal that does not matter (a link, clearing up) lets it end well.
    expect(states).toEqual(
      states.map(({ step, failed, there }) => ({
        step,
        failed,
        there: !failed || JSON.stringify(there) === JSON.stringify(whole('new')) ? whole('new') : former,
      })),
    );
    // Where the folder can't be renamed, its files are replaced one by one: a single refusal then does no harm.
    expect(states.filter(({ failed }) => failed).length).toBeGreaterThan(is === 'EACCES' ? 0 : 4);
  });
});

test.each([true, false])(
  'killed at any step, it leaves one of both, or a gap that the next run closes; former output: %s',
  async (earlier) => {
    const layout = 'a folder of its own';
    const all = await places(layout, earlier);
    counted('faults', { 'runs killed': all.length });
    const seen = new Set<string>();
    for (const [i, path] of all.entries()) {
      expect(await write(run, 'bank', 'new', [path], { is: 'KILL', first: i + 1 })).toBeUndefined();
      const there = found(path, layout);
      if (there !== 'nothing') expect([whole('old'), whole('new')]).toContainEqual(there);
      seen.add(there === 'nothing' ? there : there['a.yaml']!);
    }
    expect([...seen].sort()).toEqual(['new in a.yaml\n', 'nothing', ...(earlier ? ['old in a.yaml\n'] : [])]);

    const after = (await write(run, 'bank', 'newest', all))!;
    expect(after.filter(({ said }) => said !== '')).toEqual([]);
    expect(all.map((path) => found(path, layout))).toEqual(all.map(() => whole('newest')));
    expect(new Set(all.flatMap((path) => readdirSync(path)))).toEqual(new Set(['bank']));
  },
);

test('killed while it writes to a folder of others, it leaves whole files, and says to the next run what to do', async () => {
  const layout = 'the output folder itself';
  const all = await places(layout, true);
  for (const [i, path] of all.entries()) await write(run, '', 'new', [path], { is: 'KILL', first: i + 1 });
  counted('faults', { 'runs killed': all.length });
  const torn = all.flatMap((path) =>
    Object.entries(found(path, layout)).filter(([file, text]) => text !== whole('old')[file] && text !== whole('new')[file]),
  );
  expect(torn).toEqual([]);

  const after = (await write(run, '', 'newest', all))!;
  const blocked = after.filter(({ said }) => said !== '');
  expect(blocked.length).toBeGreaterThan(4);
  for (const { said } of blocked) {
    expect(said).toMatch(/^another run is writing to .*If there is none, one was killed: delete .*\.cdk8s-banking$/);
  }
});

test.each(Object.keys(LAYOUTS) as Layout[])('two runs at once into %s leave all of one of them', async (layout) => {
  const all = Array.from({ length: THOROUGH ? 40 : 10 }, () => outdir(layout, true));
  counted('faults', { 'runs at once': 2 * all.length });
  const both = await Promise.all(['one', 'two'].map((text) => write(run, LAYOUTS[layout], text, all)));
  for (const [i, path] of all.entries()) {
    expect(both.some((ran) => ran![i]!.said === '')).toBe(true);
    expect([whole('one'), whole('two')]).toContainEqual(found(path, layout));
  }
});
