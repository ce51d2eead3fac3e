import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chart } from 'cdk8s';
import { BankingService, BlueGreen, ConfigError, Environment, GitOpsApp, Release, Stage, ZeroTrustNamespace } from '../../lib';

const parent = mkdtempSync(join(tmpdir(), 'live-'));
afterAll(() => rmSync(parent, { recursive: true, force: true }));

let next = 0;
const folder = () => join(parent, String((next += 1)));

/** Writes one state of a release, in an environment or in none, against what was committed before. */
function write(
  state: BlueGreen,
  { outdir = folder(), live, environment = 'prod' }: { outdir?: string; live?: string; environment?: string } = {},
): string {
  const app = new GitOpsApp({ outdir, folder: 'teams/bank', live });
  const scope = environment === '' ? app : new Environment(app, environment, { stage: Stage.PRODUCTION });
  const chart = new Chart(scope, 'bank');
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'banking' });
  new BankingService(chart, 'loans', {
    namespace,
    port: 8071,
    release: Release.blueGreen({
      blue: { image: 'registry.example.com/loans:1.0.0' },
      green: { image: 'registry.example.com/loans:1.1.0' },
      state,
    }),
  });
  app.synth();
  return outdir;
}

function problems(build: () => unknown): string[] {
  try {
    build();
    return [];
  } catch (e) {
    if (e instanceof ConfigError) return e.problems.map(({ where, what }) => `${where}: ${what}`);
    throw e;
  }
}

const TOO_FAR =
  "sends requests to subset green of Service banking/loans in the commit that names the subset, and a proxy that learns of the route first answers 503; commit the subset first, with Release.rolling({ subset: 'green' }) or without requests";

describe('what is applied now is compared with what is to be', () => {
  const live = write(BlueGreen.only('blue'));

  test('a step is written', () => {
    const outdir = write(BlueGreen.staged('green'), { live });
    expect(readdirSync(join(outdir, 'teams', 'bank', 'prod'))).toContain('bank.yaml');
  });

  test('a jump is refused, and nothing is written', () => {
    const outdir = folder();
    expect(problems(() => write(BlueGreen.live('green'), { outdir, live }))).toEqual([
      `prod: VirtualService banking/loans: ${TOO_FAR}`,
    ]);
    expect(readdirSync(parent)).not.toContain(outdir.slice(parent.length + 1));
  });

  test('without live nothing is compared', () => {
    expect(problems(() => write(BlueGreen.live('green')))).toEqual([]);
  });

  test('an environment that is new has nothing to lose', () => {
    expect(problems(() => write(BlueGreen.live('green'), { live, environment: 'staging' }))).toEqual([]);
  });

  test('outside of environments, too', () => {
    const before = write(BlueGreen.only('blue'), { environment: '' });
    expect(problems(() => write(BlueGreen.live('green'), { live: before, environment: '' }))).toEqual([
      `VirtualService banking/loans: ${TOO_FAR}`,
    ]);
  });
});

describe('a folder that can not be what is applied now', () => {
  const live = write(BlueGreen.only('blue'));

  test('is not there', () => {
    expect(problems(() => new GitOpsApp({ live: join(parent, 'nowhere'), outdir: folder() }))).toEqual([
      expect.stringMatching(/^app\.live: there is no folder ".*nowhere"; give the folder of the former commit/),
    ]);
  });

  test.each([['.'], ['teams'], ['teams/bank']])('is the output folder, or in it: %s', (below) => {
    expect(problems(() => new GitOpsApp({ live: join(live, below), outdir: live }))).toEqual([
      expect.stringMatching(
        /^app\.live: ".*" is in the output folder, which is emptied before the app runs; check the former commit out elsewhere/,
      ),
    ]);
  });

  test('beside the output folder is well', () => {
    expect(problems(() => new GitOpsApp({ live, outdir: `${live}-next` }))).toEqual([]);
  });

  test('holds what is no YAML', () => {
    const broken = folder();
    mkdirSync(join(broken, 'teams', 'bank', 'prod'), { recursive: true });
    writeFileSync(join(broken, 'teams', 'bank', 'prod', 'bank.yaml'), 'a: [1\nb: }');
    expect(problems(() => write(BlueGreen.only('blue'), { live: broken }))).toEqual([
      expect.stringMatching(
        /^teams\/bank\/prod\/bank\.yaml: can't be read as YAML \(.+\), so that it is not known what is applied now; mend it$/,
      ),
    ]);
  });

  test('holds other documents, which are passed over', () => {
    const other = folder();
    mkdirSync(join(other, 'teams', 'bank', 'prod'), { recursive: true });
    writeFileSync(join(other, 'teams', 'bank', 'prod', 'values.yaml'), '# nothing\n---\na: 1\n---\n- 1\n');
    expect(problems(() => write(BlueGreen.live('green'), { live: other }))).toEqual([]);
  });
});
