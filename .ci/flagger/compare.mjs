// Holds the prediction of what Flagger makes (test/support/flagger) against what Flagger's own packages make.
//
//   node .ci/flagger/compare.mjs [folder, default dist] [--strategies | --record]
//
// For every Canary in the YAML files under the folder. With --strategies for every strategy that the tests know, too; with
// --record, what Flagger makes of those is written down for the tests, which then need no Go. Ends with 1 on a difference,
// and with 2 where there is no Go, or no way to get the modules: then nothing was compared.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tsImport } from 'tsx/esm/api';
import { parseAllDocuments } from 'yaml';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');
const program = join(root, '.ci', 'out', 'flagger');
const VERSION = /fluxcd\/flagger v([\d.]+)/.exec(readFileSync(join(here, 'go.mod'), 'utf8'))[1];
/** What Go says where the modules are out of reach; anything else is a mistake of ours. */
const OUT_OF_REACH =
  /dial tcp|proxy|lookup .* no such host|connection refused|i\/o timeout|403 Forbidden|404 Not Found|module lookup disabled/i;

function end(code, line) {
  console.log(`flagger ${VERSION}: ${line}`);
  process.exit(code);
}

function go(...args) {
  const { error, status, stderr } = spawnSync('go', args, { cwd: here, encoding: 'utf8' });
  if (error?.code === 'ENOENT') end(2, 'not run: Go is not installed');
  if (status === 0) return;
  console.error(stderr.trim());
  if (OUT_OF_REACH.test(stderr)) end(2, 'not run: the modules are out of reach');
  end(1, 'the program does not build');
}

function ask(command, input) {
  const { status, stdout, stderr } = spawnSync(program, [command], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(`${command}: ${stderr.trim()}`);
  return JSON.parse(stdout);
}

/** Manifests by the top-most folders that hold YAML files: what is in one folder is applied together. */
function worldsOf(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const worlds = {};
  const folders = files.map((file) => dirname(file));
  for (const file of files) {
    const top = folders.filter((one) => file.startsWith(`${one}/`)).sort((a, b) => a.length - b.length)[0];
    const documents = parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS());
    (worlds[relative(root, top)] ??= []).push(...documents.filter((one) => one?.kind));
  }
  return worlds;
}

const args = process.argv.slice(2);
const folder = args.find((arg) => !arg.startsWith('--')) ?? join(root, 'dist');
const { compare } = await tsImport('../../test/support/flagger/compare.ts', import.meta.url);
const { STRATEGIES, VERSIONS } = await tsImport('../../test/flagger-prediction/strategies.ts', import.meta.url);
const recording = args.includes('--record');
const known = recording || args.includes('--strategies') ? { ...STRATEGIES, ...VERSIONS } : {};
const worlds = { ...(existsSync(folder) ? worldsOf(folder) : {}), ...known };

mkdirSync(dirname(program), { recursive: true });
go('build', '-o', program, '.');
let result;
try {
  result = compare(worlds, { read: (given) => ask('read', given), play: (releases) => ask('play', releases) });
} catch (error) {
  end(1, `the comparison broke off: ${error.message}`);
}
const { canaries, objects, differences, withStandIn, prints } = result;
const ofStrategies = Object.entries(prints).filter(([release]) => release.split(': ')[0] in known);
const recorded = join(root, 'test', 'flagger-prediction', 'recorded.json');
const record = `${JSON.stringify(Object.fromEntries(ofStrategies.map(([release, ticks]) => [release, ticks.join(' ')])), null, 2)}\n`;
if (recording) writeFileSync(recorded, record);
else if (ofStrategies.length > 0 && record !== readFileSync(recorded, 'utf8')) {
  differences.push(`${relative(root, recorded)} is not what Flagger makes; write it with --record`);
}
for (const canary of withStandIn) console.log(`${canary}: its target is not among the manifests; compared with a stand-in`);
for (const difference of differences) console.log(difference);
end(differences.length === 0 ? 0 : 1, `${canaries} canaries, ${objects} objects compared, ${differences.length} differences`);
