import { inCidr, nthAddress } from './cidr';
import { exported, mostSpecific, overlaps, subsetOf } from './hosts';
import { matchPath, matchString } from './string-match';

it.each<[string, string | undefined, boolean]>([
  ['/a', '/a', true],
  ['/a', '/A', false],
  ['/a', '/ab', false],
  ['/a*', '/ab', true],
  ['/a*', 'x/a', false],
  ['*/z', '/y/z', true],
  ['*/z', '/y/z/', false],
  ['*', 'anything', true],
  ['*', '', false],
  ['*', undefined, false],
  ['*x*', 'ax*', true], // the leading star is read, the trailing one is a letter
  ['*x*', 'axb', false],
])('the pattern %j and the text %j: %j', (pattern, text, expected) => {
  expect(matchString(pattern, text)).toBe(expected);
});

it.each<[string, string, boolean]>([
  ['/v1/pay', '/v1/pay?to=me', true],
  ['/v1/pay', '/v1/pay#part', true],
  ['/v1/pay', '/v1/pay/', false],
  ['/v1/{*}/lines', '/v1/77/lines', true],
  ['/v1/{*}/lines', '/v1/77/88/lines', false],
  ['/v1/{*}/lines', '/v1//lines', false],
  ['/v1/{**}', '/v1/77/88', true],
  ['/v1/{**}', '/v1/', true],
  ['/v1/{**}', '/v1', false],
  ['/v1/{**}/end', '/v1/a/b/end', true],
  ['/v1/{**}/end', '/v1/a/b/ends', false],
  ['/v1.0/{*}', '/v1x0/a', false],
])('the path pattern %s and %s: %j', (pattern, path, expected) => {
  expect(matchPath(pattern, path)).toBe(expected);
});

it.each(['/v1/{**}/{*}', '/v1/a{*}/b', '/v1/{id}/{*}'])('refuses the template %s', (pattern) => {
  expect(() => matchPath(pattern, '/v1/a')).toThrow(pattern);
});

it.each<[string, string, boolean, boolean]>([
  ['a.example', 'a.example', true, true],
  ['a.example', '*.example', true, true],
  ['*.example', 'a.example', false, true],
  ['example', '*.example', false, false],
  ['*.b.example', '*.example', true, true],
  ['*.example', '*.b.example', false, true],
  ['a.example', '*', true, true],
  ['a.example', 'b.example', false, false],
])('%s and %s: covered %j, overlapping %j', (host, other, covered, overlapping) => {
  expect([subsetOf(host, other), overlaps(host, other)]).toEqual([covered, overlapping]);
});

it('prefers the exact name, then the longest wildcard', () => {
  expect(mostSpecific('x.y.example', ['*', '*.y.example', '*.example'], String)).toBe('*.y.example');
  expect(mostSpecific('x.y.example', ['*.y.example', 'x.y.example'], String)).toBe('x.y.example');
  expect(mostSpecific('x.y.example', ['z.example'], String)).toBeUndefined();
});

it.each<[string[] | undefined, string, boolean]>([
  [undefined, 'b', true],
  [[], 'b', true],
  [['*'], 'b', true],
  [['.'], 'b', false],
  [['.'], 'a', true],
  [['b'], 'b', true],
  [['b'], 'a', false],
  [['~'], 'a', false],
])('exportTo %j from a to %s: %j', (exportTo, to, expected) => {
  expect(exported(exportTo, 'a', to)).toBe(expected);
});

it('counts addresses and knows blocks', () => {
  expect(nthAddress('10.0.254.0/23', 300)).toBe('10.0.255.44');
  expect(() => nthAddress('10.0.0.0/30', 5)).toThrow('too small');
  expect(() => nthAddress('fd00::/64', 5)).toThrow('IPv4');
  expect(inCidr('10.4.0.1', '10.4.0.1')).toBe(true);
  expect(() => inCidr('10.4.0', '10.4.0.0/8')).toThrow("'10.4.0' is no IP address");
  expect(() => inCidr('10.4.0.1', '10.4.0.0/x')).toThrow('is no CIDR');
});
