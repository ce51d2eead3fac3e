import { execFileSync, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { quittingByBash, quittingByCurl } from '../../lib/jobs/proxy';
import { commandLine, comment, quoted, shellWord } from '../../lib/kernel/shell';

/** What a shell makes of a script. */
const run = (script: string): string => execFileSync('sh', ['-c', script], { encoding: 'utf8' });

describe('quoted', () => {
  const HOSTILE = [
    "it's",
    "'; rm -rf /; '",
    '$(reboot)',
    '`reboot`',
    '${HOME}',
    '"$HOME"',
    'a\nb',
    '\\',
    "\\'",
    '*',
    '-n',
    '',
    "''",
    '! #',
    'é\u2028ß',
  ];

  test('is one word, whatever is in it', () => {
    const script = `printf '%s\\0' ${HOSTILE.map(quoted).join(' ')}`;
    expect(run(script).split('\0').slice(0, -1)).toEqual(HOSTILE);
  });

  test('is one word for any text', () => {
    const texts = fc.sample(
      fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
      { numRuns: 200, seed: 7 },
    );
    expect(
      run(`printf '%s\\0' ${texts.map(quoted).join(' ')}`)
        .split('\0')
        .slice(0, -1),
    ).toEqual(texts);
  });
});

test.each([
  ['a-Z_0@%+:,./', 'a-Z_0@%+:,./'],
  ['', "''"],
  ['a b', "'a b'"],
  ['a;', "'a;'"],
  [';a', "';a'"],
  ["it's", String.raw`'it'\''s'`],
])('%j is the word %s', (text, word) => expect(shellWord(text)).toBe(word));

test('a command line of words', () => {
  expect(commandLine('printf', '%s', 'a b', '')).toBe("printf %s 'a b' ''");
});

test('a comment stays one line', () => {
  expect(comment('a\nreboot\r\u2028reboot')).toBe('# a reboot reboot');
});

describe('a Job whose proxy is no native sidecar tells it to quit', () => {
  const cases = [
    ['bash', quittingByBash],
    ['curl', quittingByCurl],
  ] as const;

  test.each(cases)('by %s, once the work is done, and ends as the work did', async (_, wrap) => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.end('OK');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const work = ['sh', '-c', 'printf "%s|" "$@"; exit 3', 'work', "it's $HOME", 'a b'];
    const [program, ...args] = wrap(work).map((word) => word.replaceAll('15020', String(port)));
    const child = spawn(program!, args);
    let out = '';
    child.stdout.on('data', (chunk) => (out += String(chunk)));
    const code = await new Promise((resolve) => child.on('close', resolve));
    await new Promise((resolve) => setTimeout(resolve, 50));
    await new Promise((resolve) => server.close(resolve));
    expect({ code, out, asked }).toEqual({ code: 3, out: "it's $HOME|a b|", asked: ['POST /quitquitquit'] });
  });

  test.each(cases)('by %s; where nobody listens, the work still ends as it did', (_, wrap) => {
    const [program, ...args] = wrap(['true']).map((word) => word.replaceAll('15020', '1'));
    expect(execFileSync(program!, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })).toBe('');
  });
});
