import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LoadTester, Webhook } from '../../../lib';
import { sectionsOn } from '../../../lib/kube/sections';
import { commandLine } from '../../../lib/kernel/shell';
import { HOSTILE_TEXTS } from '../../wrong-inputs/hostile-texts';
import { CanaryWorld } from './world';

/* Commands are run as the load tester runs them: `sh -c` for a load, `bash -c` for a test that Flagger waits for. */

const folder = mkdtempSync(join(tmpdir(), 'load-tester-'));
const said = join(folder, 'said');
const END = 'no text of a test';
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Stands for a program: writes down its arguments, and ends as it is told. */
function standIn(name: string, then = 'exit 0'): void {
  const path = join(folder, name);
  writeFileSync(
    path,
    `#!/bin/sh\nfor word; do printf '%s\\0' "$word" >> '${said}'; done\nprintf '${END}\\0' >> '${said}'\n${then}\n`,
  );
  chmodSync(path, 0o755);
}

/** The arguments of each call of a stand-in, in order. */
function calls(): string[][] {
  if (!existsSync(said)) return [];
  const all: string[][] = [[]];
  for (const word of readFileSync(said, 'utf8').split('\0').slice(0, -1)) {
    if (word === END) all.push([]);
    else all.at(-1)!.push(word);
  }
  return all.slice(0, -1);
}

function run(shell: 'sh' | 'bash', command: string) {
  rmSync(said, { force: true });
  // Nothing else is found: what a text smuggled in could not even say `touch`.
  const { status, stdout, stderr } = spawnSync(`/bin/${shell}`, ['-c', command], {
    // Bash reads a user's own file where it believes to be called over the network.
    env: { PATH: `${folder}:/usr/bin:/bin`, HOME: folder, SHLVL: '1' },
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

beforeAll(() => ['hey', 'ghz', 'timeout', 'kubectl'].forEach((name) => standIn(name)));

const TEXTS = [
  ...HOSTILE_TEXTS,
  "'; touch broken; '",
  '$(touch broken)',
  '`touch broken`',
  '${IFS}touch${IFS}broken',
  '\\',
  "\\'",
  '"',
  '!!',
  '-d @/etc/passwd',
  '~root',
  '*',
  '\n\ntouch broken\n',
].filter((text) => !text.includes('\0'));

const HOST = 'http://teller-canary.vault.svc.cluster.local:81';
let world: CanaryWorld, tester: LoadTester;
beforeAll(() => {
  world = new CanaryWorld();
  tester = world.tester();
});

describe('a text of the user is one word of the command, whatever is in it', () => {
  test('as the body of a request', () => {
    const commands = TEXTS.map((body) => {
      const load = Webhook.loadTest(tester, { requestsPerSecond: 2, path: '/rates', method: 'PUT', body, idempotent: true });
      return world.bind(load).metadata!.cmd!;
    });
    // One after the other in one shell: a text that leaves its place takes the others along.
    expect(run('sh', commands.join('\n'))).toEqual({ status: 0, output: '' });
    const options = ['-z', '53s', '-c', '2', '-q', '1', '-t', '5', '-disable-redirects', '-m', 'PUT'];
    expect(calls()).toEqual(TEXTS.map((text) => [...options, '-d', text, `${HOST}/rates`]));
    expect(existsSync(join(folder, 'broken'))).toBe(false);
  });

  test('in every place at once', () => {
    const words = ['a b', "it's", '$HOME', '', '-x', 'a\nb'];
    const command = world.bind(Webhook.command(tester, { command: ['bats', ...words] })).metadata!.cmd!;
    run('bash', command);
    expect(calls()).toEqual([['29', 'bats', ...words]]);
    // The query of a path and the value of a header are free too, within what a request can carry.
    const load = {
      requestsPerSecond: 2,
      path: "/rates?a='b'&c=$(d);e|f",
      headers: { 'x-a': '"$(touch broken)" \'`b`\'' },
    };
    run('sh', world.bind(Webhook.loadTest(tester, load)).metadata!.cmd!);
    expect(calls()[0]!.slice(-3)).toEqual(['-H', `x-a: ${load.headers['x-a']}`, `${HOST}${load.path}`]);
  });

  test('what needs no quotes has none', () => {
    expect(commandLine('hey', '-z', '5s', 'http://a:80/b,c@d%20', '')).toBe("hey -z 5s http://a:80/b,c@d%20 ''");
  });
});

describe('an acceptance test', () => {
  const script = (): string =>
    world.bind(
      Webhook.acceptanceTest(tester, {
        requests: [
          { path: '/rates?pair=[CHF]' },
          { path: "/it's", method: 'POST', headers: { 'x-a': "b'c" }, body: '{"d":"$e"}', status: 201, idempotent: true },
          { path: '/till', method: 'HEAD', status: 204 },
        ],
      }),
    ).metadata!.cmd!;
  const curl = (seconds: number, ...more: string[]) => [
    ...['--silent', '--show-error', '--globoff', '--path-as-is', '--output', '/dev/null', '--max-time', String(seconds)],
    ...['--write-out', '%{http_code}', ...more],
  ];

  test('sends each request, and ends well when each is answered as it should', () => {
    standIn('curl', 'case "$*" in *POST*) printf 201;; *HEAD*) printf 204;; *) printf 200;; esac');
    expect(run('bash', script())).toEqual({ status: 0, output: '' });
    // 30 s, less one, for three.
    expect(calls()).toEqual([
      curl(9, '--request', 'GET', `${HOST}/rates?pair=[CHF]`),
      curl(9, '--request', 'POST', '--header', "x-a: b'c", '--data-raw', '{"d":"$e"}', `${HOST}/it's`),
      curl(9, '--request', 'HEAD', '--head', `${HOST}/till`),
    ]);
  });

  test('ends badly with the first wrong answer, and says which: Flagger puts that into its event', () => {
    standIn('curl', 'case "$*" in *POST*) printf 500;; *) printf 200;; esac');
    expect(run('bash', script())).toEqual({ status: 1, output: "POST /it's: got 500, want 201\n" });
    expect(calls()).toHaveLength(2);
  });

  test('takes no answer for a wrong one', () => {
    standIn('curl', 'printf 000; echo "curl: (28) timed out" >&2; exit 28');
    const { status, output } = run('bash', script());
    expect(status).toBe(1);
    expect(output.split('\n').sort()).toEqual(['', 'GET /rates?pair=[CHF]: got no answer, want 200', 'curl: (28) timed out']);
  });
});

test('the README says how gates are opened, to the letter', () => {
  const gated = new CanaryWorld();
  gated.bind(Webhook.confirmPromotion(gated.tester(), { name: 'board' }));
  const [section] = sectionsOn(gated.chart);
  expect(section).toMatchObject({ heading: 'Gates', title: 'teller: board' });
  const commands = [...section!.body().matchAll(/```sh\n(.*)\n```/g)].map(([, command]) => command!);
  const curl = (verb: string) => [
    ...['-n', 'vault', 'exec', 'deploy/prober', '-c', 'prober', '--', 'curl', '--fail', '--silent', '--show-error'],
    ...['--data', '{"name":"teller","namespace":"vault"}', `http://localhost:8080/gate/${verb}`],
  ];
  const ran = commands.map((command) => {
    run('sh', command);
    return calls()[0];
  });
  expect(ran).toEqual([curl('open'), curl('close')]);
});
