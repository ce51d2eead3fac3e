import { regexOf, unquote } from '../../lib/promql/literal';

// Go's escapes, as the lexer of Prometheus reads them: promql/parser/lex.go.
test.each([
  [String.raw`"a\a\b\f\n\r\t\v\\"`, 'a\x07\b\f\n\r\t\v\\'],
  [String.raw`"\"'"`, `"'`],
  [String.raw`'\'"'`, `'"`],
  ['`\\d"`', '\\d"'],
  [String.raw`"\101\x42\u0043\U0001F600"`, 'ABC😀'],
  [String.raw`"\377\x80"`, '\u00ff\u0080'],
  [String.raw`"\U0010ffff\ud7ff\ue000"`, '\u{10ffff}\ud7ff\ue000'],
  ['""', ''],
])('%s is read', (literal, text) => expect(unquote(literal)).toBe(text));

test.each([
  ['"'],
  ['"a'],
  [`'a"`],
  [String.raw`"\"`],
  [String.raw`"a\\\"`],
  [String.raw`"\'"`],
  [String.raw`'\"'`],
  [String.raw`"\q"`],
  [String.raw`"\400"`],
  [String.raw`"\18"`],
  [String.raw`"\x4"`],
  [String.raw`"\ud800"`],
  [String.raw`"\udfff"`],
  [String.raw`"\U00110000"`],
])('%s is no string', (literal) => expect(unquote(literal)).toBeUndefined());

test('a regular expression is anchored, whatever it is made of', () => {
  expect(regexOf('a|b')!.test('ab')).toBe(false);
  expect(regexOf('a|b')!.test('b')).toBe(true);
});

test.each([
  ['(?i)a', 'a'],
  ['(?im)a', 'a'],
  ['(?i-s)a', 'a'],
  ['(?ms:a|b)c', 'bc'],
  ['(?-i:a)', 'a'],
  ['(?P<n>a)(?P<m>b)', 'ab'],
  [String.raw`a\\1`, String.raw`a\1`],
])('%s is of RE2', (text, example) => expect(regexOf(text)!.test(example)).toBe(true));

test.each([
  ['('],
  ['a)(b'],
  ['(?i)*a'],
  ['(?=a)'],
  ['(?!a)'],
  ['(?<=a)'],
  ['(?<!a)'],
  [String.raw`\1`],
  [String.raw`(a)\1`],
  [String.raw`(a)\\\1`],
  [String.raw`(a)\\\\\9`],
])('%s is not of RE2', (text) => expect(regexOf(text)).toBeUndefined());
