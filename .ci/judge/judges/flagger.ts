import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from '../command';
import { type Court, type Finding, type Judge, NotRun } from '../model';
import { ROOT } from '../paths';
import { ofKind } from '../systems';

const FOLDER = join(ROOT, '.ci', 'flagger');
const VERSION = /fluxcd\/flagger v([\d.]+)/.exec(readFileSync(join(FOLDER, 'go.mod'), 'utf8'))![1]!;
const NOT_RUN = 2;

/** Flagger's own packages, beside what the tests say that Flagger makes: see .ci/flagger. */
export const flagger: Judge = {
  name: 'flagger',
  says: "what the tests say that Flagger makes of each Canary, beside what Flagger's own code makes",
  unit: "objects of Flagger's",
  tools: [{ name: 'flagger', version: VERSION, key: () => VERSION, install: () => undefined }],
  reads: (systems) => systems.flatMap((system) => ofKind(system, 'Canary')).length,
  run({ folder, systems }: Court) {
    const args = [join(FOLDER, 'compare.mjs'), folder, '--strategies'];
    const { status, stdout } = command(process.execPath, args, { cwd: ROOT, answers: [0, 1, NOT_RUN], minutes: 30 });
    const lines = stdout.trim().split('\n');
    if (status === NOT_RUN) throw new NotRun(lines.at(-1));
    const compared = /(\d+) objects compared/.exec(lines.at(-1)!);
    if (!compared) throw new Error(lines.at(-1));
    const findings = lines
      .slice(0, -1)
      .map((message): Finding => ({ system: systems[0]!.name, object: 'Canary', rule: 'prediction', level: 'error', message }));
    return { read: Number(compared[1]), findings };
  },
};
