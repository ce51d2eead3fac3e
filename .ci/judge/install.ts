import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { command } from './command';
import type { Tool } from './model';

const LOCKS = join(__dirname, 'tools');
const MINUTES = 60;

/** Where the judges are kept from one run to the next: outside every clone, a folder for each build. */
export function cacheFolder(env: Readonly<Record<string, string | undefined>> = process.env): string {
  return env.JUDGES_CACHE || join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cdk8s-banking-judges');
}

const hash = (...parts: readonly string[]): string => {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part).update('\0');
  return sum.digest('hex').slice(0, 12);
};

/**
 * The commands that `tools/<name>/go.mod` lists, at the version that it requires of the first one's module; `go.sum` holds
 * the hash of everything that goes in. A module of ours that lists a tool builds what `go install tool@version` refuses:
 * one whose own go.mod replaces modules.
 */
export function goTool(name: string, options: { readonly flags?: readonly string[]; readonly program?: string } = {}): Tool {
  const folder = join(LOCKS, name);
  const [mod, sum] = ['go.mod', 'go.sum'].map((file) => readFileSync(join(folder, file), 'utf8'));
  const { flags = [] } = options;
  return {
    name,
    version: versionIn(mod!, options.program ?? name),
    key: () => hash(mod!, sum!, flags.join(' '), process.platform, process.arch),
    install: (target) => {
      const env = { GOBIN: join(target, 'bin'), GOFLAGS: '-mod=readonly', GOWORK: 'off' };
      command('go', ['install', ...flags, 'tool'], { cwd: folder, env, minutes: MINUTES });
    },
  };
}

/** A program of ours in Go, of one file: built from a folder with its `go.mod` and `go.sum`. */
export function goProgram(name: string, version: string, folder: string): Tool {
  const sources = ['go.mod', 'go.sum', 'main.go'].map((file) => readFileSync(join(folder, file), 'utf8'));
  return {
    name,
    version,
    key: () => hash(...sources, process.platform, process.arch),
    install: (target) => {
      const env = { GOFLAGS: '-mod=readonly', GOWORK: 'off' };
      command('go', ['build', '-o', join(target, 'bin', name), '.'], { cwd: folder, env, minutes: MINUTES });
    },
  };
}

/** The version of the module that gives a command: the longest module path that its package begins with. */
export function versionIn(mod: string, program: string): string {
  const tools = [...mod.matchAll(/^(?:tool|\t)\s*(\S+)$/gm)].map((match) => match[1]!);
  const tool = tools.find((path) => path.split('/').at(-1) === program) ?? tools[0];
  const modules = [...mod.matchAll(/^(?:require|\t)\s*(\S+) (v\S+)/gm)]
    .map((match) => ({ path: match[1]!, version: match[2]! }))
    .filter(({ path }) => tool === path || tool?.startsWith(`${path}/`))
    .sort((a, b) => b.path.length - a.path.length);
  if (!modules[0]) throw new Error(`go.mod requires no module that gives ${program}`);
  return modules[0].version.replace(/^v/, '');
}

/**
 * What `tools/<name>/requirements.txt` lists, in a virtual environment of its own. Its scripts name the folder that they
 * were made in, which is another one: run `python -m`.
 */
export function pythonTool(name: string, distribution = name): Tool {
  const file = join(LOCKS, name, 'requirements.txt');
  const requirements = readFileSync(file, 'utf8');
  const version = requirements.split('\n').find((line) => line.startsWith(`${distribution}==`));
  if (!version) throw new Error(`${file} does not pin ${distribution}`);
  return {
    name,
    version: version.slice(distribution.length + 2),
    // A virtual environment is of no use to another Python.
    key: () => hash(requirements, command('python3', ['--version']).stdout, process.platform, process.arch),
    install: (target) => {
      command('python3', ['-m', 'venv', target]);
      const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--only-binary', ':all:', '-r', file];
      command(join(target, 'bin', 'python'), pip, { minutes: MINUTES });
    },
  };
}

/**
 * The programs of a Debian package, in one upstream version; nothing of it is installed. Where apt offers another version, or
 * there is no apt, the judge is not run.
 */
export function debianTool(name: string, distribution: string, version: string): Tool {
  return {
    name,
    version,
    key: () => hash(distribution, process.arch),
    install: (target) => {
      command('apt-get', ['--quiet', 'download', `${distribution}=${version}*`], { cwd: target });
      const file = readdirSync(target).find((one) => one.endsWith('.deb'))!;
      const unpacked = join(target, 'unpacked');
      command('dpkg-deb', ['--extract', join(target, file), unpacked]);
      renameSync(join(unpacked, 'usr', 'bin'), join(target, 'bin'));
      rmSync(unpacked, { recursive: true });
      rmSync(join(target, file));
    },
  };
}

/** A tool's folder in the cache: made when it is missing, whole or not at all. */
export function installed(tool: Tool, cache: string): { readonly folder: string; readonly built: boolean } {
  const folder = join(cache, `${tool.name}-${tool.version}-${tool.key()}`);
  if (existsSync(folder)) return { folder, built: false };
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, 'making-'));
  try {
    tool.install(work);
    renameSync(work, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return { folder, built: true };
}
