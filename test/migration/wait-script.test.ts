import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MigrationGate, MigrationTool } from '../../lib';
import { type Json, World } from '../banking-service/world';
import { SCHEMA_IMAGE, migrate, user } from '../jobs/world';
import { type Ended, execute } from '../jobs/execute';
import { Duration } from 'cdk8s';

jest.setTimeout(30_000);
const folder = mkdtempSync(join(tmpdir(), 'wait-script-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The command of the init container, with files of its own, a stand-in of the tool, and less patience. */
function wait(tool: MigrationTool, program: string, body: string, limit = 2): Promise<Ended> {
  const world = new World();
  migrate(world, { tool, gate: MigrationGate.init({ credentials: user('reader'), timeout: Duration.seconds(10) }) });
  const [container] = world.one('Deployment').spec.template.spec.initContainers as Json[];
  const bin = mkdtempSync(join(folder, 'bin-'));
  writeFileSync(join(bin, program), `#!/bin/sh\n${body}`);
  chmodSync(join(bin, program), 0o755);
  const script = (container!.command[2] as string)
    .replace('+ 10)', `+ ${limit})`)
    .replace('sleep 5', 'sleep 1')
    .replaceAll('/tmp/', `${bin}/`);
  return execute(container!.command[0] as string, ['-c', script], { PATH: `${bin}:${process.env.PATH}`, BIN: bin });
}

const flyway = () => MigrationTool.flyway({ image: SCHEMA_IMAGE });
const liquibase = () => MigrationTool.liquibase({ image: SCHEMA_IMAGE, changelog: 'x.yaml' });

/** Says no so many times, then yes. */
const onceSaidNo = (no: string, yes: string): string => `if [ -e "$BIN/asked" ]; then ${yes}; else : >"$BIN/asked"; ${no}; fi`;

test('R11: a waiting pod looks every five seconds, stops when it is told to, and gives up in the end', () => {
  const world = new World();
  migrate(world, { tool: flyway(), gate: MigrationGate.init({ credentials: user('reader'), timeout: Duration.seconds(77) }) });
  const [{ command }] = world.one('Deployment').spec.template.spec.initContainers as [Json];
  expect(command[2]).toBe(
    [
      'trap "exit 143" TERM',
      'schema_is_there() {',
      '  flyway -skipCheckForUpdate validate',
      '}',
      'end=$(($(date +%s) + 77))',
      'until schema_is_there; do',
      '  if [ "$(date +%s)" -ge "$end" ]; then',
      '    echo "the schema is not there after 77 s: look at the Job of teller-schema" >&2',
      '    exit 1',
      '  fi',
      '  sleep 5',
      'done',
    ].join('\n'),
  );
});

describe('R11: what a waiting pod runs', () => {
  const cases: readonly [string, () => Promise<Ended>, Partial<Ended>][] = [
    [
      'Flyway finds the schema there',
      () => wait(flyway(), 'flyway', 'echo "$*"; exit 0'),
      { code: 0, out: '-skipCheckForUpdate validate\n' },
    ],
    ['Flyway finds it at the second look', () => wait(flyway(), 'flyway', onceSaidNo('exit 1', 'exit 0'), 9), { code: 0 }],
    [
      'Flyway never finds it',
      () => wait(flyway(), 'flyway', 'exit 1'),
      { code: 1, err: 'the schema is not there after 10 s: look at the Job of teller-schema\n' },
    ],
    [
      'Liquibase finds the schema there',
      () => wait(liquibase(), 'liquibase', 'echo "teller@jdbc:postgresql://teller-db:5433/teller is up to date"'),
      { code: 0, out: 'teller@jdbc:postgresql://teller-db:5433/teller is up to date\n' },
    ],
    [
      'Liquibase finds it at the second look',
      () =>
        wait(
          liquibase(),
          'liquibase',
          onceSaidNo('echo "1 changeset has not been applied to x@y"', 'echo "x@y is up to date"'),
          9,
        ),
      { code: 0, out: '1 changeset has not been applied to x@y\nx@y is up to date\n' },
    ],
    // It ends with 0 all the same.
    [
      'Liquibase finds changes pending',
      () => wait(liquibase(), 'liquibase', 'echo "2 changesets have not been applied to x@y"; exit 0'),
      { code: 1 },
    ],
    ['Liquibase fails, whatever it says', () => wait(liquibase(), 'liquibase', 'echo "x@y is up to date"; exit 1'), { code: 1 }],
    [
      'Liquibase speaks of something else',
      () => wait(liquibase(), 'liquibase', 'echo "The tool is up to date. 2 changesets pending"'),
      { code: 1 },
    ],
  ];
  // All at once: most of it is waiting.
  const ended = new Map<string, Promise<Ended>>();
  beforeAll(() => cases.forEach(([what, start]) => ended.set(what, start())));

  test.each(cases)('%s', async (what, _, expected) => {
    expect(await ended.get(what)).toMatchObject(expected);
  });
});

test('nothing in it is replaced by Flux, or by the kubelet', () => {
  const world = new World();
  const service = world.service('teller');
  migrate(world, { service, tool: flyway() }, 'a');
  migrate(world, { service, tool: liquibase() }, 'b');
  for (const { command } of world.one('Deployment').spec.template.spec.initContainers as Json[]) {
    expect(command[2]).not.toMatch(/\$\{|\$\$|\$\([A-Za-z_.-]+\)/);
  }
});
