import { execFileSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { validationScript } from '../../lib/validation/script';
import {
  type Answers,
  FORBIDDEN,
  IMAGE,
  NOT_FOUND,
  PARENT,
  REFUSED,
  type Run,
  SLOW,
  HTTP,
  target,
  then,
  validate,
} from './stand-in';

jest.setTimeout(30_000);
afterAll(() => rmSync(PARENT, { recursive: true, force: true }));

type Options = NonNullable<Parameters<typeof validate>[1]>;
type Case = readonly [what: string, answers: Answers, code: number, lines: readonly (string | RegExp)[], options?: Options];

const GRPC = { ...HTTP, kind: 'grpc' as const, url: 'http://teller.vault.svc.cluster.local:8071/grpc.health.v1.Health/Check' };
const flagger = (limit: number): Options => ({
  limit,
  targets: [target({ canary: 'teller', tracks: [{ ...target().tracks[0]!, deployment: 'teller-primary' }] })],
});
const grpc: Options = { targets: [target({ health: GRPC })], limit: 3 };
/** Writes what curl would: the head with its trailers, and the message. */
const answers = (status: string, message: string) =>
  `while [ $# -gt 0 ]; do case $1 in --dump-header) h=$2 ;; --output) o=$2 ;; esac; shift; done
  printf 'HTTP/2 200\\r\\ngrpc-status: ${status}\\r\\n' >"$h"; printf '${message}' >"$o"`;
const SERVING = '\\000\\000\\000\\000\\002\\010\\001';

/** Every answer that there can be, and how the script ends. All of them run at once: most of it is waiting. */
const CASES: readonly Case[] = [
  [
    'all is as declared',
    {},
    0,
    [
      `ok       teller: Deployment teller is to run ${IMAGE}`,
      'ok       teller: Deployment teller is rolled out',
      'ok       teller: 3 pods of Deployment teller are ready in version 4.7.1',
      'ok       teller: http://teller.vault.svc.cluster.local:8071/readyz answers 200',
      /^OK {7}4 as declared, in \d+ s$/,
    ],
  ],
  [
    'there is no Deployment',
    { deployment: NOT_FOUND },
    1,
    ['FAIL     teller: there is no Deployment teller', /^ok .*answers 200$/, /^FAILED {3}1 not/],
  ],
  [
    'the former image is still there',
    { deployment: "printf '%s' registry.example.com/vault/teller:4.7.0" },
    1,
    [
      `FAIL     teller: Deployment teller runs 'registry.example.com/vault/teller:4.7.0', and '${IMAGE}' was declared`,
      /./,
      /^FAILED/,
    ],
    { limit: 3 },
  ],
  ['the Deployment has no such container', { deployment: ':' }, 1, [/runs '', and/, /./, /^FAILED/], { limit: 3 }],
  [
    'the image comes a little later',
    { deployment: then("printf '%s' old", `printf '%s' '${IMAGE}'`) },
    0,
    [/is to run/, /./, /./, /./, /^OK/],
  ],
  [
    'the rollout is stuck',
    { rollout: `echo 'error: deployment "teller" exceeded its progress deadline' >&2; exit 1` },
    1,
    [
      /./,
      'FAIL     teller: Deployment teller is not rolled out: error: deployment "teller" exceeded its progress deadline ',
      /./,
      /^FAILED/,
    ],
  ],
  [
    'the rollout takes too long',
    { rollout: SLOW },
    1,
    [/./, /not rolled out: no answer in \d s $/, /UNKNOWN .*not asked/, /^FAILED/],
    { limit: 3 },
  ],
  [
    'too few pods are ready',
    { pods: `printf '%s\\n' '|True' '|True' '|False' '|'` },
    1,
    [/./, /./, 'FAIL     teller: 2 pods of Deployment teller are ready in version 4.7.1, and at least 3 must be', /./, /^FAILED/],
    { limit: 3 },
  ],
  [
    'a pod that goes does not count',
    { pods: `printf '%s\\n' '|True' '|True' '2026-01-01T00:00:00Z|True'` },
    1,
    [/./, /./, /FAIL .* 2 pods/, /./, /^FAILED/],
    { limit: 3 },
  ],
  ['there are no pods', { pods: ':' }, 1, [/./, /./, /FAIL .* 0 pods/, /./, /^FAILED/], { limit: 3 }],
  ['pods may not be seen', { pods: FORBIDDEN }, 2, [/./, /./, /UNKNOWN .*\(Forbidden\)/, /./, /^UNKNOWN/]],
  [
    'the API server can not be reached',
    { deployment: REFUSED },
    2,
    [/UNKNOWN .*was refused/, /./, /^UNKNOWN {2}1 could/],
    { limit: 6 },
  ],
  [
    'the API server does not answer',
    { deployment: SLOW },
    2,
    [/UNKNOWN .*no answer in \d s/, /UNKNOWN .*not asked/, /^UNKNOWN/],
    { limit: 3 },
  ],
  [
    'the API server answers at the second try',
    { deployment: then(REFUSED, `printf '%s' '${IMAGE}'`) },
    0,
    [/./, /./, /./, /./, /^OK/],
  ],
  [
    'the service answers with an error',
    { curl: 'printf 503' },
    1,
    [/./, /./, /./, /FAIL .*answers '503'$/, /^FAILED/],
    { limit: 3 },
  ],
  // A redirect to a login page says nothing of the service.
  ['the service leads elsewhere', { curl: 'printf 302' }, 1, [/./, /./, /./, /FAIL .*answers '302'$/, /^FAILED/], { limit: 3 }],
  [
    'the mesh refuses',
    { curl: `printf 000; echo 'curl: (56) reset' >&2; exit 56` },
    1,
    [/./, /./, /./, /answers '000': curl: \(56\) reset/, /^FAILED/],
    { limit: 3 },
  ],
  ['the service does not answer', { curl: SLOW }, 1, [/./, /./, /./, /FAIL .*no answer in/, /^FAILED/], { limit: 3 }],
  [
    'health can not be asked for',
    { curl: 'exit 99' },
    0,
    [/./, /./, /./, 'health was not asked for', /^OK {7}3/],
    { args: ['--without-health'] },
  ],
  ['it is called wrongly', {}, 2, [], { args: ['--nonsense'] }],
  ['there is no kubectl', {}, 2, [], { without: 'kubectl', shell: ['/bin/sh'] }],
  ['nothing is named', {}, 2, [/^UNKNOWN {2}0 could not be found out, 0 ok/], { targets: [] }],
  ['a gRPC service serves', { curl: answers('0', SERVING) }, 0, [/./, /./, /./, /answers SERVING$/, /^OK/], grpc],
  [
    'a gRPC service does not serve',
    { curl: answers('0', '\\000\\000\\000\\000\\002\\010\\002') },
    1,
    [/./, /./, /./, /does not answer SERVING$/, /^FAILED/],
    grpc,
  ],
  [
    'a gRPC service knows no such service',
    { curl: answers('5', SERVING) },
    1,
    [/./, /./, /./, /does not answer SERVING$/, /^FAILED/],
    grpc,
  ],
  [
    'Flagger has promoted it, for longer than it looks away',
    {},
    0,
    [
      'ok       teller: Canary teller is Succeeded',
      `ok       teller: Deployment teller-primary is to run ${IMAGE}`,
      /./,
      /./,
      /./,
      /^OK/,
    ],
    flagger(30),
  ],
  [
    'Flagger has just been installed',
    { canary: "echo 'Initialized|0s'" },
    0,
    [/Initialized/, /./, /./, /./, /./, /^OK/],
    flagger(30),
  ],
  [
    'Flagger is still at it',
    { canary: "echo 'Progressing|0s'" },
    1,
    ["FAIL     teller: Canary teller is still 'Progressing' after 6 s", /^FAILED/],
    flagger(6),
  ],
  ['Flagger has said nothing yet', { canary: "echo '|0s'" }, 1, [/still '' after/, /^FAILED/], flagger(6)],
  [
    'Flagger went back',
    { canary: "echo 'Failed|0s'" },
    1,
    ['FAIL     teller: Canary teller is Failed: Flagger went back to the former version', /^FAILED/],
    flagger(30),
  ],
  // What was there when the release before failed must not be taken for this one.
  [
    'Flagger failed before, and has now begun',
    { canary: then("echo 'Failed|0s'", "echo 'Succeeded|0s'") },
    0,
    [/Succeeded/, /./, /./, /./, /./, /^OK/],
    flagger(30),
  ],
  ['there is no Canary', { canary: NOT_FOUND }, 1, ['FAIL     teller: there is no Canary teller', /^FAILED/], flagger(30)],
  [
    'two services, of which the first is not there',
    { deployment: `case "$*" in *first*) ${NOT_FOUND} ;; *) printf '%s' '${IMAGE}' ;; esac` },
    1,
    [
      'FAIL     first: there is no Deployment first',
      /^ok {7}teller: Deployment/,
      /./,
      /./,
      /./,
      /^FAILED {3}1 not as declared, 0 unknown, 4 ok/,
    ],
    {
      targets: [
        target({ name: 'first', tracks: [{ ...target().tracks[0]!, deployment: 'first' }], health: undefined }),
        target(),
      ],
    },
  ],
];

describe('R12: the script', () => {
  const runs = new Map<string, Promise<Run>>();
  beforeAll(() => CASES.forEach(([what, given, , , options]) => runs.set(what, validate(given, options))));

  test.each(CASES.map((one) => [one[0], one] as const))('%s', async (what, [, , code, lines, options]) => {
    const run = await runs.get(what)!;
    const said = run.out.split('\n').slice(0, -1);
    expect({ code: run.code, lines: said.length, out: run.out, err: run.err }).toMatchObject({ code, lines: lines.length });
    said.forEach((line, i) => expect(line).toEqual(typeof lines[i] === 'string' ? lines[i] : expect.stringMatching(lines[i]!)));
    // All of it together ends in time, whatever hangs: two seconds are for what does not listen to being stopped.
    expect(run.took).toBeLessThan((options?.limit ?? 30) + 5);
  });

  test('asks for these objects, and no others', async () => {
    const { calls } = await runs.get('all is as declared')!;
    expect(calls).toEqual([
      `kubectl --namespace vault --request-timeout=15s get deployment teller --output jsonpath={.spec.template.spec.containers[?(@.name=="teller")].image}`,
      expect.stringMatching(/^kubectl --namespace vault rollout status deployment\/teller --timeout=2\ds$/),
      expect.stringContaining('get pods --selector app=teller,version=4.7.1 --output jsonpath='),
      expect.stringMatching(/^curl -q .* http:\/\/teller\.vault\.svc\.cluster\.local:8071\/readyz$/),
    ]);
  });

  test('says what it misses', async () => {
    expect((await runs.get('there is no kubectl')!).err).toBe('UNKNOWN  there is no kubectl here\n');
    expect((await runs.get('it is called wrongly')!).err).toBe('usage: validate.sh [--without-health]\n');
  });
});

describe('R12: it is POSIX sh', () => {
  const SHELLS = [['sh'], ['dash'], ['bash', '--posix'], ['busybox', 'sh']].filter(
    ([program]) => program === 'sh' || existsSync(`/bin/${program}`) || existsSync(`/usr/bin/${program}`),
  );
  const everything = validationScript(
    'validate',
    'vault',
    [target({ canary: 'teller' }), target({ name: 'x', health: GRPC })],
    30,
  );

  test.each(SHELLS)('%s %s', async (...shell) => {
    execFileSync(shell[0]!, [...shell.slice(1).filter(Boolean), '-n'], { input: everything });
    expect((await validate({}, { shell: shell.filter(Boolean) })).code).toBe(0);
  });

  test('nothing in it is replaced by Flux', () => {
    expect(everything).not.toContain('${');
  });

  test('a name with a quote in it stays a word', async () => {
    const hostile = "a'b; exit 7 #$(exit 8)";
    const { code, out } = await validate(
      {},
      { targets: [target({ name: hostile, tracks: [{ ...target().tracks[0]!, deployment: hostile }] })] },
    );
    expect(code).toBe(0);
    expect(out).toContain(`ok       ${hostile}: Deployment ${hostile} is to run ${IMAGE}\n`);
  });
});
