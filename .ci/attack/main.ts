import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ATTACKS } from './attacks';
import { inDocument } from '../document';
import { sums, table } from './report';

const USAGE = `npm run attack [-- --runs N]
  --runs N  as many systems, each time others; docs/attacks.md is not written then
Without it, a thousand systems, the same in each run, so that the counts are the same as well.`;

const ROOT = join(__dirname, '..', '..');
const DOCUMENT = join(ROOT, 'docs', 'attacks.md');
const FIXED = { PROPERTY_RUNS: '1000', PROPERTY_SEED: '20261121' };

function main(args: string[]): void {
  const { values } = parseArgs({ args, options: { runs: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help) return console.log(USAGE);
  const folder = mkdtempSync(join(tmpdir(), 'attack-'));
  try {
    const counts = join(folder, 'counts');
    const tests = [...new Set(ATTACKS.map((attack) => attack.tests))];
    execFileSync(process.execPath, [join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js'), '--silent', ...tests], {
      cwd: ROOT,
      stdio: 'inherit',
      env: { ...process.env, ...(values.runs ? { PROPERTY_RUNS: values.runs } : FIXED), ATTACK_COUNTS: counts },
    });
    const text = table(ATTACKS, sums(readFileSync(counts, 'utf8')));
    console.log(text);
    if (!values.runs) writeFileSync(DOCUMENT, inDocument(readFileSync(DOCUMENT, 'utf8'), 'npm run attack', text));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

main(process.argv.slice(2));
