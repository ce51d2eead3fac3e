import { is, isNot, matches, matchesNot, oneOf, series } from '../../lib/promql/selector';

test('each way to match is that of PromQL, with its text in quotes', () => {
  expect(series('up', { a: is('b"'), c: isNot('d'), e: matches('f.*'), g: matchesNot('h|i'), j: undefined })).toBe(
    'up{a="b\\"",c!="d",e=~"f.*",g!~"h|i"}',
  );
  expect(series('up', { a: undefined })).toBe('up');
});

test('equal sets of values match by the same text', () => {
  expect(oneOf(['b', 'a.c', 'b'])).toEqual({ text: '=~"a\\\\.c|b"' });
  expect(oneOf(['b', 'b'])).toEqual({ text: '="b"' });
});
