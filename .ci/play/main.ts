import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bankInProduction } from './bank';
import { play } from './acts';
import { type Ran, objections, runPanels } from './panels';
import { drift, writePages } from './pages';
import { setUp } from './stage';

const USAGE = `npm run play [-- --write]
Plays a canary of the bank that goes bad, to a real Prometheus with the bank's rules, and runs every query of its dashboards.
  --write  also writes docs/dashboards.md and the pictures in docs/images`;

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { write: { type: 'boolean' }, help: { type: 'boolean' } } });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const played = bankInProduction();
  const folder = mkdtempSync(join(tmpdir(), 'play-'));
  const tell = (line: string) => console.log(line);
  // Whoever stops it leaves nothing behind.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const stage = await setUp(played, folder, tell);
  let ran: Ran;
  let against: string[];
  try {
    against = await play(played, stage, tell);
    ran = await runPanels(played.stack, stage);
  } finally {
    await stage.close();
  }
  against.push(...objections(ran));
  tell(`${ran.queries.length} queries of ${new Set(ran.queries.map((one) => one.panel)).size} panels have run`);
  if (values.write) writePages(ran);
  else against.push(...drift(ran));
  for (const line of against) console.error(line);
  return against.length === 0 ? 0 : 1;
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error((error as Error).message);
    process.exitCode = 1;
  },
);
