import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { inDocument } from '../document';
import { parseAccepted } from './accepted';
import { writeApps } from './declared';
import { unwritten } from './dist';
import { cacheFolder } from './install';
import { judges } from './judges';
import { CORE_SCHEMAS, CRDS, ROOT } from './paths';
import { summary, tables } from './report';
import { type Result, hear, objections } from './run';
import { type System, systemsIn } from './systems';

const USAGE = `npm run judge [-- [--only NAME]... [--all]]
  --only NAME  this judge alone; may be repeated. docs/judges.md is not written then
  --all        prints every finding that nobody answers for, not five a rule
Judges are kept in $JUDGES_CACHE, or else in \${XDG_CACHE_HOME:-~/.cache}/cdk8s-banking-judges.
With CI=true a judge that cannot be had is a failure.`;

const DOCUMENT = join(ROOT, 'docs', 'judges.md');
const ACCEPTED = join(__dirname, 'accepted.yaml');

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { only: { type: 'string', multiple: true }, all: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  for (const folder of [CORE_SCHEMAS, CRDS]) {
    if (!existsSync(folder)) throw new Error(`${folder} is missing: schemas and CRDs stand beside the repository`);
  }
  const output = mkdtempSync(join(tmpdir(), 'judged-'));
  try {
    const declarations = writeApps(output);
    const systems = systemsIn(output, [...declarations.keys()]);
    const all = judges(declarations);
    const names = all.map(({ name }) => name);
    const unknown = (values.only ?? []).filter((name) => !names.includes(name));
    if (unknown.length > 0) throw new Error(`there is no judge ${unknown.join(', ')}; there are ${names.join(', ')}`);
    const accepted = parseAccepted(readFileSync(ACCEPTED, 'utf8'), names);

    const results: Result[] = [];
    for (const judge of all.filter(({ name }) => !values.only || values.only.includes(name))) {
      console.log(`${judge.name} ...`);
      const clock = (): number => performance.now() / 1000;
      const session = {
        systems,
        folder: output,
        cache: cacheFolder(),
        accepted,
        clock,
        tell: (line: string) => console.log(line),
      };
      results.push(await hear(judge, session));
    }
    console.log(`\n${summary(results)}\n`);
    const against = [...objections(results, { strict: process.env.CI === 'true', all: values.all }), ...drift(systems)];
    for (const line of against) console.error(line);
    const whole = results.length === all.length && results.every(({ state }) => state === 'ran' || state === 'idle');
    if (whole && against.length === 0) {
      writeFileSync(DOCUMENT, inDocument(readFileSync(DOCUMENT, 'utf8'), 'npm run judge', tables(results, accepted)));
    }
    return against.length === 0 ? 0 : 1;
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}

/** What the judges read is what is committed, and more of it. */
function drift(systems: readonly System[]): string[] {
  const missing = unwritten(join(ROOT, 'dist'), systems);
  if (missing.length === 0) return [];
  return [`dist/ is not what the apps write (${missing.length} objects, ${missing[0]} the first); run \`npm run synth\``];
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error((error as Error).message);
    process.exitCode = 1;
  },
);
