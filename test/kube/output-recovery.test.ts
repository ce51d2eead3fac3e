import fs, { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { freshOutdir, removeOutdirs } from './fixtures';
import { DEAD, disk, lay, said, whole, write } from './output-folders';

afterAll(removeOutdirs);
afterEach(() => jest.restoreAllMocks());

/* The app's own folder: what others put there stays, what runs that were killed left behind goes. */

const bank = { folder: 'bank' };

/** An output folder with what stands in it before the run. */
function outdir(files: Readonly<Record<string, string>> = {}): string {
  const path = freshOutdir();
  mkdirSync(path);
  lay(path, files);
  return path;
}

describe('what others put into the folder', () => {
  test('stays, with its folders, beside what is written', () => {
    const path = outdir({
      'bank/a.yaml': 'old',
      'bank/own.txt': '1',
      'bank/deep/er/own.txt': '2',
      'bank/prod/own.txt': '3',
      'teller/x': '4',
    });
    mkdirSync(join(path, 'bank', 'empty'));
    write(path, 'new', bank);
    expect(said(join(path, 'bank'))).toEqual({ ...whole('new'), 'own.txt': '1', 'deep/er/own.txt': '2', 'prod/own.txt': '3' });
    expect(existsSync(join(path, 'bank', 'empty'))).toBe(true);
    expect(readdirSync(path).sort()).toEqual(['bank', 'teller']);
  });

  test('is copied where the file system knows no second name for a file', () => {
    const path = outdir({ 'bank/own.txt': '1' });
    const refused = disk('linkSync', () => true, 'EPERM');
    write(path, 'new', bank);
    expect(said(join(path, 'bank'))).toEqual({ ...whole('new'), 'own.txt': '1' });
    expect(refused()).toBe(1);
  });

  test('is not copied where it does', () => {
    const path = outdir({ 'bank/own.txt': '1' });
    const before = statSync(join(path, 'bank', 'own.txt')).ino;
    write(path, 'new', bank);
    expect(statSync(join(path, 'bank', 'own.txt')).ino).toBe(before);
  });

  test.each([
    ['file', { 'bank/prod': 'a file' }, 'prod stands where a folder is to be written'],
    ['folder', { 'bank/b.yaml/own.txt': 'in a folder' }, 'b.yaml stands where a file is to be written'],
  ] as [string, Record<string, string>, string][])(
    'and is a %s in the way is told, and nothing is written',
    (_kind, files, problem) => {
      const path = outdir(files);
      expect(() => write(path, 'new', bank)).toThrow(new Error(`${join(path, 'bank')}/${problem}; move it away`));
      expect(said(path)).toEqual(files);
      expect(readdirSync(path)).toEqual(['bank']);
    },
  );

  test('may be a link to a folder elsewhere, which stays one', () => {
    const path = outdir();
    const elsewhere = outdir({ 'bank/own.txt': '1' });
    symlinkSync(join(elsewhere, 'bank'), join(path, 'bank'));
    write(path, 'new', bank);
    expect(fs.lstatSync(join(path, 'bank')).isSymbolicLink()).toBe(true);
    expect(said(join(elsewhere, 'bank'))).toEqual({ ...whole('new'), 'own.txt': '1' });
  });
});

describe('what a run that was killed left behind', () => {
  const stage = (name: string): string => `.bank.${name}`;

  test('goes, and what it had moved away last is put back first', () => {
    const path = outdir({
      [`${stage(`${DEAD}-x`)}/0.old/own.txt`]: 'before last',
      [`${stage(`${DEAD}-x`)}/1.old/own.txt`]: 'last',
      [`${stage(`${DEAD}-x`)}/new/own.txt`]: 'half of it',
    });
    write(path, 'new', bank);
    expect(said(join(path, 'bank'))).toEqual({ ...whole('new'), 'own.txt': 'last' });
    expect(readdirSync(path)).toEqual(['bank']);
  });

  test('goes where it had moved nothing away yet', () => {
    const path = outdir({ [`${stage(`${DEAD}-x`)}/new/own.txt`]: 'half of it' });
    write(path, 'new', bank);
    expect(said(join(path, 'bank'))).toEqual(whole('new'));
    expect(readdirSync(path)).toEqual(['bank']);
  });

  test('is put back also when the next run fails', () => {
    const path = outdir({ [`${stage(`${DEAD}-x`)}/0.old/a.yaml`]: 'old' });
    disk('writeFileSync', (_path, text) => text.includes('new-b'), 'ENOSPC');
    expect(() => write(path, 'new', bank)).toThrow('ENOSPC');
    expect(said(path)).toEqual({ 'bank/a.yaml': 'old' });
  });

  test('goes where the folder is there again', () => {
    const path = outdir({
      'bank/own.txt': 'now',
      [`${stage(`${DEAD}-x`)}/0.old/own.txt`]: 'then',
      [`${stage(`${DEAD}-y`)}/new/a.yaml`]: 'half',
    });
    write(path, 'new', bank);
    expect(said(path)).toEqual(
      Object.fromEntries(Object.entries({ ...whole('new'), 'own.txt': 'now' }).map(([file, text]) => [`bank/${file}`, text])),
    );
    expect(readdirSync(path)).toEqual(['bank']);
  });

  test.each([
    ['of a run that goes on', `.bank.${process.pid}-x`],
    ['of another folder', `.teller.${DEAD}-x`],
    ['of a folder whose name begins alike', `.bank.retail.${DEAD}-x`],
    ['that is no stage', '.bank.notes'],
    ['that only looks like one', `.bank.x${DEAD}-x`],
  ])('stays: %s', (_what, name) => {
    const path = outdir({ [`${name}/0.old/own.txt`]: 'theirs' });
    write(path, 'new', bank);
    expect(readFileSync(join(path, name, '0.old', 'own.txt'), 'utf8')).toBe('theirs');
    expect(said(join(path, 'bank'))).toEqual(whole('new'));
    expect(readdirSync(path).sort()).toEqual([name, 'bank'].sort());
  });

  test('stays where its process is that of somebody else', () => {
    jest.spyOn(process, 'kill').mockImplementation(() => {
      throw Object.assign(new Error('kill EPERM'), { code: 'EPERM' });
    });
    const path = outdir({ [`${stage(`${DEAD}-x`)}/0.old/own.txt`]: 'theirs' });
    write(path, 'new', bank);
    expect(readdirSync(path).sort()).toEqual([stage(`${DEAD}-x`), 'bank']);
  });
});
