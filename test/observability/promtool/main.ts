import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import type { Json } from '../../banking-service/world';
import { CASES } from './cases';
import { writeCase, writeTexts } from './files';
import { ruleGroups } from './world';

/** The rules of a folder, and what they are meant to do, judged by Prometheus' own tool. Exit code 2: it is not installed. */
const NOT_RUN = 2;

interface Ran {
  /** Undefined: it could not be started. */
  readonly status?: number;
  readonly printed: string;
}

const say = (text: string) => process.stdout.write(`${text}\n`);

function promtool(...args: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(process.env.PROMTOOL ?? 'promtool', args, { encoding: 'utf8', maxBuffer: 1e9 }, (error, stdout, stderr) => {
      const status = error ? (typeof error.code === 'number' ? error.code : undefined) : 0;
      resolve({ status, printed: stdout + stderr });
    });
  });
}

/** Each of the items, as many at once as there are processors. */
async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const worker = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
}

/** What is wrong with the texts of an alert, as promtool prints it when it did not expect one. */
function textProblem(printed: string): string | undefined {
  const got = printed.slice(printed.indexOf('got:'));
  if (!printed.includes('got:') || !/\bsummary="[^"]/.test(got)) return 'it has no texts';
  return /error expanding template|<no value>|%!|\{\{/.test(got) ? "its texts can't be filled in" : undefined;
}

/** Every PrometheusRule below a folder, as a file that promtool reads. */
function rulesIn(folder: string, to: string): { readonly objects: number; readonly rules: number; readonly files: string[] } {
  const manifests = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const found = manifests.flatMap((path) =>
    parseAllDocuments(readFileSync(path, 'utf8'))
      .map((document) => document.toJS() as Json | null)
      .filter((object): object is Json => object?.kind === 'PrometheusRule')
      .map((object) => ({ path, object })),
  );
  const files = found.map(({ path, object }, i) => {
    const file = join(to, `${i}-${relative(folder, path).replace(/[^\w.-]/g, '_')}`);
    writeFileSync(file, stringify(object.spec));
    return file;
  });
  const rules = found.reduce(
    (sum, { object }) => sum + object.spec.groups.flatMap((group: Json) => group.rules as Json[]).length,
    0,
  );
  return { objects: found.length, rules, files };
}

async function main(folder: string): Promise<number> {
  const version = await promtool('--version');
  if (version.status !== 0) {
    say('promtool: not run, since it is not installed; Debian has it in the package prometheus');
    return NOT_RUN;
  }
  const temporary = mkdtempSync(join(tmpdir(), 'promtool-'));
  try {
    const failures: string[] = [];
    const dist = existsSync(folder) ? rulesIn(folder, temporary) : { objects: 0, rules: 0, files: [] };
    const checked = dist.files.length > 0 ? await promtool('check', 'rules', ...dist.files) : undefined;
    if (checked && checked.status !== 0) failures.push(`check rules:\n${checked.printed}`);

    const groups = ruleGroups();
    await inParallel([...CASES.entries()], async ([i, one]) => {
      const { status, printed } = await promtool('test', 'rules', writeCase(temporary, `case-${i}`, one, groups));
      if (status !== 0) failures.push(`${one.alert}: ${one.what}\n${printed}`);
    });
    const alerts = [...new Set(CASES.map(({ alert }) => alert))];
    await inParallel(alerts, async (name) => {
      const fires = CASES.find(({ alert, expect }) => alert === name && expect.some(({ firing }) => firing > 0))!;
      const { printed } = await promtool('test', 'rules', writeTexts(temporary, `texts-${name}`, fires, groups));
      const problem = textProblem(printed);
      if (problem) failures.push(`${name}: ${problem}\n${printed}`);
    });
    failures.forEach((failure) => say(failure));
    say(
      `promtool ${/version ([\d.]+)/.exec(version.printed)?.[1]}: ${dist.rules} rules of ${dist.objects} objects in ${folder}, ` +
        `${CASES.length} cases of ${alerts.length} alerts: ${failures.length === 0 ? 'all hold' : `${failures.length} do not hold`}`,
    );
    return failures.length === 0 ? 0 : 1;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

void main(process.argv[2] ?? 'dist').then((code) => {
  process.exitCode = code;
});
