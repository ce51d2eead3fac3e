import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quittingByBash, quittingByCurl } from '../../lib/jobs/proxy';
import { execute } from './execute';

/* Rule 25: a proxy that is no native sidecar is told to quit when the work has ended, however it has ended. */

jest.setTimeout(30_000);

const PATH = process.env.PATH!;
/** A program whose words the shell must leave alone, and what it says. */
const WORK = ['sh', '-c', 'printf "%s|" "$@"; exit 7', 'sh', '$(reboot)', "a'b", '* "c"'];
const SAID = `$(reboot)|a'b|* "c"|`;

const run = ([program, ...args]: readonly string[], path = PATH) => execute(program!, args, { PATH: path });

describe('by bash', () => {
  test('it is asked once, over HTTP, and the Job ends as its work did', async () => {
    const asked: IncomingMessage[] = [];
    const server = createServer((request, response) => {
      asked.push(request);
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const ended = await run(quittingByBash(WORK).map((word) => word.replace('/127.0.0.1/15020', `/127.0.0.1/${port}`)));
    await new Promise((resolve) => server.close(resolve));
    expect(ended).toMatchObject({ code: 7, out: SAID, err: '' });
    expect(asked.map(({ method, url, headers }) => ({ method, url, headers }))).toEqual([
      { method: 'POST', url: '/quitquitquit', headers: { host: 'localhost', 'content-length': '0', connection: 'close' } },
    ]);
  });

  test('where nobody listens, the Job ends as its work did all the same', async () => {
    expect(quittingByBash(['true'])[2]).toContain('/dev/tcp/127.0.0.1/15020 ');
    const nobody = (word: string) => word.replace('/127.0.0.1/15020', '/127.0.0.1/1');
    expect(await run(quittingByBash(['sh', '-c', 'exit 3']).map(nobody))).toMatchObject({ code: 3 });
    expect(await run(quittingByBash(['true']).map(nobody))).toMatchObject({ code: 0 });
  });
});

describe('by curl', () => {
  const folder = mkdtempSync(join(tmpdir(), 'quitting-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each([0, 22])(
    'it is asked once, for five seconds at most, and the Job ends as its work did: curl ends with %d',
    async (code) => {
      const calls = join(folder, `calls-${code}`);
      const curl = join(folder, 'curl');
      writeFileSync(curl, `#!/bin/sh\necho "$*" >>'${calls}'\nexit ${code}\n`);
      chmodSync(curl, 0o755);
      expect(await run(quittingByCurl(WORK), `${folder}:${PATH}`)).toMatchObject({ code: 7, out: SAID, err: '' });
      expect(readFileSync(calls, 'utf8')).toBe(
        '--silent --output /dev/null --max-time 5 --request POST http://127.0.0.1:15020/quitquitquit\n',
      );
    },
  );
});

test.each([
  ['bash', quittingByBash],
  ['sh', quittingByCurl],
])('a program that is not there is said by %s, and the Job ends so', async (shell, quitting) => {
  const { code, err } = await run(quitting(['/nowhere/flyway']));
  expect(code).toBe(127);
  expect(err).toMatch(new RegExp(`^${shell}: .*/nowhere/flyway: `));
});
