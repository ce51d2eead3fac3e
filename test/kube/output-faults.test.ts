import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { freshOutdir, removeOutdirs } from './fixtures';
import { disk, lay, said, whole, write } from './output-folders';

afterAll(removeOutdirs);
afterEach(() => jest.restoreAllMocks());

/* Where the disk says no, or another run comes between, the old output is whole or the new one is. */

function outdir(files: Readonly<Record<string, string>> = {}): string {
  const path = freshOutdir();
  mkdirSync(path);
  lay(path, files);
  return path;
}

describe("the app's own folder", () => {
  const bank = { folder: 'bank' };
  const OLD = { 'a.yaml': 'old a', 'own.txt': 'own' };
  const standing = (): { path: string; target: string } => {
    const path = outdir();
    const target = join(path, 'bank');
    lay(target, OLD);
    return { path, target };
  };

  test('is as it was when the disk is full, and nothing else is left', () => {
    const { path, target } = standing();
    disk('writeFileSync', (_path, text) => text.includes('new-b'), 'ENOSPC');
    expect(() => write(path, 'new', bank)).toThrow('ENOSPC: writeFileSync');
    expect(said(target)).toEqual(OLD);
    expect(readdirSync(path)).toEqual(['bank']);
  });

  test('is put back when the new one cannot take its place', () => {
    const { path, target } = standing();
    disk('renameSync', (from) => from.endsWith('/new'), 'EIO');
    expect(() => write(path, 'new', bank)).toThrow('EIO: renameSync');
    expect(said(target)).toEqual(OLD);
    expect(readdirSync(path)).toEqual(['bank']);
  });

  test('is kept in the stage when it cannot be put back either', () => {
    const { path, target } = standing();
    disk('renameSync', (from) => from !== target, 'EIO');
    expect(() => write(path, 'new', bank)).toThrow('EIO: renameSync');
    const [stage, ...others] = readdirSync(path);
    expect(others).toEqual([]);
    expect(stage).toMatch(new RegExp(`^\\.bank\\.${process.pid}-`));
    expect(said(join(path, stage!, '0.old'))).toEqual(OLD);
  });

  test('is replaced file by file where it cannot be renamed', () => {
    const { path, target } = standing();
    const before = statSync(target).ino;
    const refused = disk('renameSync', (from) => from === target, 'EACCES');
    write(path, 'new', bank);
    expect(said(target)).toEqual({ ...whole('new'), 'own.txt': 'own' });
    expect(statSync(target).ino).toBe(before);
    expect(refused()).toBe(1);
    expect(readdirSync(path)).toEqual(['bank']);
  });

  test('that is not there is not made file by file', () => {
    const path = outdir();
    disk('renameSync', (from) => from.endsWith('/new'), 'EACCES');
    expect(() => write(path, 'new', bank)).toThrow('EACCES: renameSync');
    expect(readdirSync(path)).toEqual([]);
  });

  test('is replaced, too, where another run has just put its own there', () => {
    const { path, target } = standing();
    disk(
      'renameSync',
      (from, _to, n) => from.endsWith('/new') && n < 4,
      () => lay(target, { 'theirs.yaml': 'theirs' }),
    );
    write(path, 'new', bank);
    expect(said(target)).toEqual({ ...whole('new'), 'own.txt': 'own' });
    expect(readdirSync(path)).toEqual(['bank']);
  });

  test('is given up after ten such runs', () => {
    const { path, target } = standing();
    const tried = disk(
      'renameSync',
      (from) => from.endsWith('/new'),
      () => lay(target, { 'theirs.yaml': 'theirs' }),
    );
    expect(() => write(path, 'new', bank)).toThrow();
    expect(tried()).toBe(10);
    expect(said(target)).toEqual({ 'theirs.yaml': 'theirs' });
  });

  test('is replaced where another run has just moved it away', () => {
    const { path, target } = standing();
    disk(
      'renameSync',
      (from) => from === target,
      () => rmSync(target, { recursive: true }),
    );
    write(path, 'new', bank);
    expect(said(target)).toEqual({ ...whole('new'), 'own.txt': 'own' });
  });

  test('is told why it cannot be replaced, also where another run has just moved it away', () => {
    const { path, target } = standing();
    disk(
      'renameSync',
      (from) => from === target || from.endsWith('/new'),
      (from) => {
        if (from !== target) throw new Error('EIO: renameSync');
        rmSync(target, { recursive: true });
      },
    );
    expect(() => write(path, 'new', bank)).toThrow('EIO: renameSync');
  });

  test('is as it was when it cannot be moved for another reason', () => {
    const { path, target } = standing();
    disk('renameSync', (from) => from === target, 'EIO');
    expect(() => write(path, 'new', bank)).toThrow('EIO: renameSync');
    expect(said(target)).toEqual(OLD);
    expect(readdirSync(path)).toEqual(['bank']);
  });
});

describe('an output folder that others write to', () => {
  const STAGE = '.cdk8s-banking';

  test('stays the same folder, with what others wrote', () => {
    const path = outdir({ 'a.yaml': 'old a', 'teller/x.yaml': 'theirs' });
    const before = statSync(path).ino;
    write(path, 'new');
    expect(said(path)).toEqual({ ...whole('new'), 'teller/x.yaml': 'theirs' });
    expect(statSync(path).ino).toBe(before);
    expect(existsSync(join(path, STAGE))).toBe(false);
  });

  test('is not touched by a second run, which is told what to do', () => {
    const path = outdir({ 'a.yaml': 'old a', [`${STAGE}/0.new`]: 'half' });
    let thrown: unknown;
    try {
      write(path, 'new');
    } catch (e) {
      thrown = e;
    }
    expect((thrown as Error).message).toBe(
      `another run is writing to ${path}; wait for it, and give each app a folder of its own. If there is none, one was killed: delete ${join(path, STAGE)}`,
    );
    expect((thrown as Error).cause).toMatchObject({ code: 'EEXIST' });
    expect(said(path)).toEqual({ 'a.yaml': 'old a', [`${STAGE}/0.new`]: 'half' });
  });

  test('that may not be written to says so itself', () => {
    const path = outdir({ 'a.yaml': 'old a' });
    disk('mkdirSync', (folder) => folder.endsWith(STAGE), 'EACCES');
    expect(() => write(path, 'new')).toThrow(expect.objectContaining({ message: 'EACCES: mkdirSync', code: 'EACCES' }));
    expect(said(path)).toEqual({ 'a.yaml': 'old a' });
  });

  test('is as it was when a file cannot be put in place, whatever was done before', () => {
    const path = outdir({ 'a.yaml': 'old a', 'prod/monitoring/c.yaml': 'old c' });
    disk('renameSync', (from) => from.endsWith('/2.new'), 'EIO');
    expect(() => write(path, 'new')).toThrow('EIO: renameSync');
    expect(said(path)).toEqual({ 'a.yaml': 'old a', 'prod/monitoring/c.yaml': 'old c' });
    expect(existsSync(join(path, STAGE))).toBe(false);
  });

  test('is as it was when a file cannot be kept', () => {
    const path = outdir({ 'a.yaml': 'old a', 'prod/monitoring/c.yaml': 'old c' });
    for (const call of ['linkSync', 'copyFileSync'] as const) disk(call, (from) => from.endsWith('/c.yaml'), 'EIO');
    expect(() => write(path, 'new')).toThrow('EIO: copyFileSync');
    expect(said(path)).toEqual({ 'a.yaml': 'old a', 'prod/monitoring/c.yaml': 'old c' });
  });

  test('gets back what can be put back, and the first error is told', () => {
    const path = outdir({ 'a.yaml': 'old a', 'b.yaml': 'old b' });
    disk('renameSync', (from) => from.endsWith('/2.new') || from.endsWith('/1.old'), 'EIO');
    expect(() => write(path, 'new')).toThrow('EIO: renameSync');
    expect(said(path)).toEqual({ 'a.yaml': 'old a', 'b.yaml': 'new-b' });
  });

  test('that is not there yet appears at once, or not at all', () => {
    const path = freshOutdir();
    disk('writeFileSync', (_path, text) => text.includes('new-b'), 'ENOSPC');
    expect(() => write(path, 'new')).toThrow('ENOSPC');
    expect(existsSync(path)).toBe(false);
    jest.restoreAllMocks();
    write(path, 'new');
    expect(said(path)).toEqual(whole('new'));
  });

  test('has no half of a file that all apps share', () => {
    const path = outdir();
    disk('renameSync', (_from, to) => to.endsWith('construct-metadata.json'), 'EIO');
    expect(() => write(path, 'new', { recordConstructMetadata: true })).toThrow('EIO: renameSync');
    expect(said(path)).toEqual(whole('new'));
  });
});
