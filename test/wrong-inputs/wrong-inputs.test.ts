import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chart } from 'cdk8s';
import { ConfigError, GitOpsApp } from 'cdk8s-banking';
import { counted } from '../properties/runs';
import { WRONG_INPUTS } from './cases';
import type { WrongInput } from './wrong-input';

const parent = mkdtempSync(join(tmpdir(), 'wrong-inputs-'));
afterAll(() => rmSync(parent, { recursive: true, force: true }));

/** What is thrown by building and synthesizing, and whether anything was written. */
function attempt({ build }: WrongInput): { readonly error: unknown; readonly written: readonly string[] } {
  const outdir = join(parent, 'out');
  let error: unknown;
  try {
    const app = new GitOpsApp({ outdir });
    build({ app, chart: new Chart(app, 'bank'), outdir });
    app.synth();
  } catch (e) {
    error = e;
  }
  const written = existsSync(outdir) ? readdirSync(outdir) : readdirSync(parent);
  rmSync(outdir, { recursive: true, force: true });
  return { error, written };
}

const all = Object.values(WRONG_INPUTS).flat();

describe.each(Object.entries(WRONG_INPUTS))('%s', (_domain, cases) => {
  test.each(cases)('$what', (input) => {
    counted('wrong inputs', { inputs: 1 });
    const { error, written } = attempt(input);
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as ConfigError).name).toBe('ConfigError');
    expect((error as ConfigError).message).toBe(input.message);
    expect(written).toEqual([]);
  });
});

describe('the table', () => {
  test('has a hundred wrong inputs of 35 kinds and more', () => {
    expect(all.length).toBeGreaterThanOrEqual(100);
    expect(new Set(all.map((one) => one.kind)).size).toBeGreaterThanOrEqual(35);
  });

  test.each(Object.entries(WRONG_INPUTS))('says each thing once: %s', (_domain, cases) => {
    const said = cases.map((one) => one.what);
    expect(said.filter((one, i) => said.indexOf(one) !== i)).toEqual([]);
  });

  // A problem is one line that names its place, and shows neither what JavaScript makes of a missing value nor controls.
  test.each(all)('reads well: $what', ({ message }) => {
    const lines = message.split('\n');
    const problems = lines.length === 1 ? lines : lines.slice(1);
    for (const line of problems) {
      expect(line).toMatch(/^( {2}- )?\S.*?: \S/);
      expect(line).not.toMatch(/(?<!is )undefined|\[object|\bTypeError\b|\.$/);

      expect(line).not.toMatch(/[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]/);
      expect(line.length).toBeLessThan(420);
    }
    expect(new Set(problems).size).toBe(problems.length);
  });
});
