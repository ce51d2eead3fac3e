import { deepFreeze } from '../../lib/kernel/freeze';
import { principal, serviceHost } from '../../lib/kernel/identity';
import { isLabelKey, isLabelValue, labelProblems, ownLabels, REWRITTEN_KEYS, WORKLOAD_LABEL } from '../../lib/kernel/labels';
import { constructId, dnsLabel, dnsSubdomain, hostName, MAX_WORKLOAD_NAME, portNumber } from '../../lib/kernel/names';
import { compare, sortedBy, uniqueBy } from '../../lib/kernel/order';
import { isReason } from '../../lib/kernel/reason';

/** Whether a check takes a value. */
const takes = (check: (value: never) => unknown, value: unknown): boolean => {
  try {
    return check(value as never) === value;
  } catch (e) {
    expect(e).toBeInstanceOf(RangeError);
    return false;
  }
};

const [l63, l64] = ['a'.repeat(63), 'a'.repeat(64)];

test.each<[string, (value: never) => unknown, unknown[], unknown[]]>([
  ['dnsLabel', dnsLabel, ['a', 'a-1', l63], ['', '1a', '-a', 'a-', 'A', 'a.b', 'a_b', l64, undefined, 7]],
  [
    'dnsSubdomain',
    dnsSubdomain,
    ['a.b', '1', 'a-b.c', 'a'.repeat(253)],
    ['', '.a', 'a.', 'a..b', 'A', '-a', 'a'.repeat(254), null],
  ],
  [
    'hostName',
    hostName,
    ['bank.example.com', 'a1.b', 'a.1b', 'a.b1', `${l63}.com`, `${'a.'.repeat(126)}b`],
    [
      'bank',
      '*.example.com',
      'https://a.b',
      'a.b/c',
      'a.b:443',
      'A.b',
      '10.0.0.10',
      'a..b',
      `${l64}.com`,
      `${'a.'.repeat(126)}bc`,
      undefined,
      7,
    ],
  ],
  ['portNumber', portNumber, [1, 8071, 65535], [0, 65536, 80.5, '80', Number.NaN, undefined]],
  [
    'isLabelValue',
    (v: string) => (isLabelValue(v) ? v : undefined),
    ['', 'a', 'A_b-c.7', l63],
    ['-a', 'a-', 'a/b', l64, 'a b', 7],
  ],
  [
    'isLabelKey',
    (v: string) => (isLabelKey(v) ? v : undefined),
    ['a', 'A_b', 'example.com/a.B_c'],
    ['', 'a/b/c', '/a', 'A.com/a', 'a/', `a/${l64}`, 7],
  ],
])('%s', (_name, check, good, bad) => {
  expect(good.filter((value) => !takes(check, value))).toEqual([]);
  expect(bad.filter((value) => takes(check, value))).toEqual([]);
});

test('a wildcard host is taken only where it is asked for, and only in front', () => {
  expect(hostName('*.example.com', true)).toBe('*.example.com');
  expect(() => hostName('a.*.com', true)).toThrow(RangeError);
  expect(() => hostName('*', true)).toThrow(RangeError);
  expect(() => hostName(undefined as never, true)).toThrow(RangeError);
  expect(hostName('ab.c', true)).toBe('ab.c');
});

test('the longest name leaves room for what Flagger appends', () => {
  expect(MAX_WORKLOAD_NAME + '-primary'.length).toBe(63);
  expect(() => dnsLabel('a'.repeat(56), MAX_WORKLOAD_NAME)).toThrow(/1 to 55/);
});

test('identities', () => {
  expect(principal('corp.example', 'vault', 'teller-sa')).toBe('corp.example/ns/vault/sa/teller-sa');
  expect(serviceHost('teller', 'vault', 'corp.local')).toBe('teller.vault.svc.corp.local');
});

test('the stable identity is none of the keys that Flagger rewrites', () => {
  expect(REWRITTEN_KEYS).toEqual(['app', 'name', 'app.kubernetes.io/name']);
  expect(REWRITTEN_KEYS).not.toContain(WORKLOAD_LABEL);
  expect(ownLabels('teller', 'vault')).toEqual({
    'app.kubernetes.io/name': 'teller',
    'app.kubernetes.io/part-of': 'vault',
    'app.kubernetes.io/managed-by': 'cdk8s-banking',
  });
});

test('order is by code unit, and leaves the input alone', () => {
  const given = ['b', 'ä', 'B', 'a'];
  expect(sortedBy(given, (one) => one)).toEqual(['B', 'a', 'b', 'ä']);
  expect(given[0]).toBe('b');
  expect([compare('a', 'b'), compare('b', 'a'), compare('a', 'a')]).toEqual([-1, 1, 0]);
  expect(uniqueBy(['b1', 'a1', 'b2'], (one) => one[0]!)).toEqual(['b1', 'a1']);
});

test.each<[unknown, string]>([
  ['', '""'],
  [undefined, 'nothing'],
  [7, '7'],
])('%j is no id of a construct', (id, shown) => {
  expect(() => constructId(id as never)).toThrow(
    `construct: ${shown} is no id; give a string that no other construct of the same scope has`,
  );
  expect(constructId('a')).toBe('a');
});

test('labels are judged by key and value', () => {
  const value =
    'is not a label value; use up to 63 letters, digits, "-", "_" and ".", starting and ending with a letter or digit';
  expect(labelProblems({ 'a.b/c': 'd', 'e f': 'g', h: 'i j', k: undefined as never })).toEqual([
    '"e f" is not a label key; use [prefix/]name with up to 63 characters',
    `label h: "i j" ${value}`,
    `label k: nothing ${value}`,
  ]);
});

test('a reason has ten characters at least', () => {
  expect(['0123456789', 'audited 7x'].every(isReason)).toBe(true);
  expect(['012345678', ' 012345678 ', '', undefined, 1234567890].some(isReason)).toBe(false);
});

test('deepFreeze leaves functions alone, and takes what is no object', () => {
  const call = () => 7;
  expect(deepFreeze([call, undefined, null, 7])).toEqual([call, undefined, null, 7]);
  expect(Object.isFrozen(call)).toBe(false);
});

test('deepFreeze reaches lists and maps', () => {
  const value = deepFreeze({ a: [{ b: 1 }] });
  expect(() => value.a[0] && (value.a[0].b = 2)).toThrow(TypeError);
});
