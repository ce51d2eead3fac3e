import fc from 'fast-check';
import { Audience } from '../../lib';
import { Problems } from '../../lib/kernel/errors';

function problemsOf(audience: Audience): string[] {
  const problems = new Problems('release');
  audience.validate(problems, 'audience');
  try {
    problems.throwIfAny();
    return [];
  } catch (e) {
    return (e as Error).message.split('\n').map((line) => line.replace(/^( {2}- )?release\.audience: /, ''));
  }
}

describe('what a VirtualService compares (R7)', () => {
  test.each<[() => Audience, object, string]>([
    [() => Audience.header('x-track', 'b'), { headers: { 'x-track': { exact: 'b' } } }, 'x-track = b'],
    [() => Audience.header('x-track', { prefix: 'b-' }), { headers: { 'x-track': { prefix: 'b-' } } }, 'x-track = b-…'],
    [() => Audience.header('x-track', { regex: 'b+' }), { headers: { 'x-track': { regex: 'b+' } } }, 'x-track ~ b+'],
    [
      () => Audience.customerGroup('premium'),
      { headers: { 'x-customer-group': { exact: 'premium' } } },
      'x-customer-group = premium',
    ],
    [() => Audience.customerGroup('gold', { header: 'x-tier' }), { headers: { 'x-tier': { exact: 'gold' } } }, 'x-tier = gold'],
    [() => Audience.sourceLabels({ tier: 'web' }), { sourceLabels: { tier: 'web' } }, 'callers with tier=web'],
    [
      () => Audience.customerGroup('premium').and(Audience.sourceLabels({ tier: 'web' })),
      { headers: { 'x-customer-group': { exact: 'premium' } }, sourceLabels: { tier: 'web' } },
      'x-customer-group = premium and callers with tier=web',
    ],
    [
      () => Audience.cookie('beta', 'on'),
      { headers: { cookie: { regex: '^(.*;\\s*)?beta=on(\\s*;.*)?$' } } },
      'cookie beta = on',
    ],
  ])('%#', (make, match, described) => {
    const audience = make();
    expect(problemsOf(audience)).toEqual([]);
    expect(JSON.parse(JSON.stringify(audience.match()))).toEqual(match);
    expect(audience.describe()).toBe(described);
  });
});

/** Whether a Cookie header is in the audience: Envoy matches the whole value. */
const has = (name: string, value: string, header: string) => {
  const { regex } = Audience.cookie(name, value).match().headers!.cookie!;
  return new RegExp(`^(?:${regex})$`).test(header);
};

describe('a cookie is found among others, and no other is taken for it', () => {
  test.each<[string, boolean]>([
    ['tier=gold', true],
    ['a=b; tier=gold', true],
    ['tier=gold; a=b', true],
    ['a=b;tier=gold;c=d', true],
    ['tier=golden', false],
    ['x-tier=gold', false],
    ['tier=gold2; a=tier', false],
    ['a=tier=gold', false],
    ['tier=', false],
    ['', false],
  ])('%j: %s', (header, found) => expect(has('tier', 'gold', header)).toBe(found));

  const token = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,8}$/);
  const value = fc.stringMatching(/^[!#-+\--:<-[\]-~]{1,8}$/);

  test('whatever characters they have', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(token, value), { minLength: 1, maxLength: 4 }), token, value, (jar, name, wanted) => {
        const header = jar.map(([key, one]) => `${key}=${one}`).join('; ');
        expect(has(name, wanted, header)).toBe(jar.some(([key, one]) => key === name && one === wanted));
        const [first] = jar;
        expect(has(first![0], first![1], header)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

test.each<[() => Audience, string[]]>([
  [
    () => Audience.header('X-Track', 'b'),
    ['header "X-Track" must be a name in lower case, as HTTP/2 carries it, other than "host"'],
  ],
  [() => Audience.header('host', 'b'), ['header "host" must be a name in lower case, as HTTP/2 carries it, other than "host"']],
  [() => Audience.header('a', {}), ['header a must be compared in one way: give exact, prefix or regex']],
  [
    () => Audience.header('a', { exact: 'b', prefix: 'b' }),
    ['header a must be compared in one way: give exact, prefix or regex'],
  ],
  [() => Audience.header('a', ''), ['header a: "" must be a non-empty value on one line']],
  [() => Audience.header('a', 'b\nc'), ['header a: "b\\nc" must be a non-empty value on one line']],
  [
    () => Audience.header('a', ' b'),
    ['header a: " b" has blanks around it, which a proxy takes away, so that it never matches; trim it'],
  ],
  [
    () => Audience.header('a', { regex: '(?!b)c' }),
    ['header a: "(?!b)c" looks around or back, which RE2 can\'t; say what the whole value is'],
  ],
  [() => Audience.header('a', { regex: '(b' }), ['header a: "(b" is not a regular expression; write it in the syntax of RE2']],
  [() => Audience.cookie('a b', 'c'), ['cookie "a b" is no name of a cookie; use letters, digits, "-", "_" and "."']],
  [
    () => Audience.cookie('a', 'b;c'),
    ['cookie "a": "b;c" is no value of a cookie; leave out blanks, quotes, commas, semicolons and backslashes'],
  ],
  [() => Audience.sourceLabels({}), ['names no labels, so that everybody is meant; name at least one']],
  [
    () => Audience.sourceLabels({ app: 'web' }),
    ['label app is rewritten by Flagger on the pods of a caller that it releases; compare banking.workload/name'],
  ],
  [
    () => Audience.header('a', 'b').and(Audience.header('a', 'c')),
    ['header "a" is compared twice, and a match has room for one; join the two in a regex'],
  ],
  [
    () => Audience.sourceLabels({ tier: 'web' }).and(Audience.sourceLabels({ tier: 'app' })),
    ['label tier can\'t be "web" and "app" at once; nobody would be meant'],
  ],
])('what is no audience: %#', (audience, problems) => expect(problemsOf(audience())).toEqual(problems));

test.each<[string, () => unknown, string]>([
  ['no name', () => Audience.header(undefined as never, 'a'), 'Audience.header.name: is missing; it must be a string'],
  ['a number', () => Audience.cookie('a', 1 as never), 'Audience.cookie.value: 1 must be a string; write "1"'],
  [
    'another comparison',
    () => Audience.header('a', { suffix: 'b' } as never),
    'Audience.header.value: there is no prop "suffix"; there are exact, prefix, regex',
  ],
  [
    'no labels',
    () => Audience.sourceLabels(undefined as never),
    'Audience.sourceLabels.labels: is missing; it must be a map, like { key: value }',
  ],
  ['no group', () => Audience.customerGroup(undefined as never), 'Audience.customerGroup.group: is missing; it must be a string'],
])('what TypeScript would refuse: %s', (_name, make, message) => expect(make).toThrow(message));
