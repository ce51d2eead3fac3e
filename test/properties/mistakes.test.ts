import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, GitOpsApp } from 'cdk8s-banking';
import fc from 'fast-check';
import { MISTAKES } from './mistakes';
import { RUNS, counted, silence } from './runs';
import { declare, system } from './system';

silence();
const outdir = mkdtempSync(join(tmpdir(), 'mistakes-'));
afterAll(() => rmSync(outdir, { recursive: true }));

const spoiled = fc.record({
  of: system,
  at: fc.nat(),
  mistakes: fc.uniqueArray(fc.constantFrom(...MISTAKES), { selector: ({ prop }) => prop, minLength: 1, maxLength: 4 }),
});

function synthesize(of: Parameters<typeof declare>[1], spoil?: Parameters<typeof declare>[2]): unknown {
  const app = new GitOpsApp({ outdir });
  try {
    declare(app, of, spoil);
    app.synth();
    return undefined;
  } catch (error) {
    return error;
  }
}

test('any mistakes in any system are one ConfigError that names all of them, and nothing is written', () => {
  fc.assert(
    fc.property(spoiled, ({ of, at, mistakes }) => {
      const index = at % of.services.length;
      counted('mistakes', { systems: 1, mistakes: mistakes.length });
      const error = synthesize(of, { index, props: Object.fromEntries(mistakes.map(({ prop, value }) => [prop, value])) });
      expect(error).toBeInstanceOf(ConfigError);
      const { message, problems } = error as ConfigError;
      expect(problems.length).toBeGreaterThanOrEqual(mistakes.length);
      expect(mistakes.filter(({ said }) => !said.test(message))).toEqual([]);
      expect(readdirSync(outdir)).toEqual([]);
    }),
    { numRuns: RUNS },
  );
});

test('without a mistake the same is written', () => {
  const of = fc.sample(system, { numRuns: 1, seed: 7 })[0]!;
  expect(synthesize(of)).toBeUndefined();
  expect(readdirSync(outdir)).not.toEqual([]);
});
