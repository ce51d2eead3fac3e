import { labelValue, metricNames, oneOfLabels, promqlProblems } from '../../lib/promql/promql';
import { clip } from '../../lib/promql/types';

const sound: readonly string[] = [
  'up',
  'sum(rate(a_total{b="c", d!~"e|f"}[5m])) by (le) > 0.5',
  'histogram_quantile(0.95, sum by (le) (rate(a_bucket[5m])))',
  'max_over_time((a > 1)[5m:1m])',
  'a / on (b) group_left (c) d unless on () e',
  'clamp_min(a, 1) == bool 2',
  'time() - a',
  'month()',
  'topk(5, a offset 1h)',
  '{__name__="a"} or {"b.c"}',
  'label_join(a, "x", ",", "y", "z", "w")',
  'a{b="it\\"s \\u00e9"}',
  'a{b=~`\\d+`} # why',
  'a{b="("}',
  'a{b=~"(?i)c|(?s-m:d)"}',
  '{a=".*"}',
  '{a=~"b+"}',
  '{a!=""}',
  '{a!~".*"}',
  '{"a.b"="c"}',
  'rate(a[0h5m])',
  'vector(1 + 1)',
];
test.each(sound)('nothing is wrong with %s', (query) => {
  expect(promqlProblems(query)).toEqual([]);
});

const wrong: readonly [query: string, problem: string][] = [
  [' ', 'the query is empty'],
  ['sum(a', 'the query ends too soon'],
  ['a b', "it can't be read from b on"],
  ['a\nb ', "it can't be read from b on"],
  ['rate({{ target }}[1m])', "it can't be read from { target }}[1m]) on"],
  ['nope(a)', "it can't be read from (a) on"],
  ['rate(a)', 'a is a vector, like up or rate(up[5m]); rate takes a range, like up[5m]'],
  ['abs(a[5m])', 'a[5m] is a range, like up[5m]; abs takes a vector, like up or rate(up[5m])'],
  ['sum(1)', '1 is a number; sum takes a vector, like up or rate(up[5m])'],
  ['topk(a)', 'topk(a) gives topk 1 arguments; it takes 2'],
  ['round(a, 1, 2)', 'round(a, 1, 2) gives round 3 arguments; it takes 1 to 2'],
  ['label_join(a, "x")', 'label_join(a, "x") gives label_join 2 arguments; it takes 4 or more'],
  ['a[5m]', 'the whole is a range; put a function around it, like rate(…)'],
  ['"a"', 'the whole is a text, which is no series'],
  ['rate((a)[5m])', '(a)[5m] is a range of something that is no selector; write a step too, like (…)[5m:1m]'],
  ['rate(a[0s])', 'a[0s] has a range of nothing'],
  ['1 > 2', '1 > 2 compares two numbers; that needs `bool`'],
  ['a + bool b', 'a + bool b has `bool` without a comparison'],
  ['a and 1', 'a and 1 has a number beside and, or, unless; they take vectors'],
  ['a + on (b) 1', 'a + on (b) 1 matches labels with a number'],
  ['a + (b[5m])', 'a + (b[5m]) computes with a range, like up[5m]'],
  ['{a=~".*"}', '{a=~".*"} selects every series; name a metric'],
  ['{a=""}', '{a=""} selects every series; name a metric'],
  ['a{b=~"("}', '"(" is no regular expression of RE2'],
  ['a{b=~"(?!c)"}', '"(?!c)" is no regular expression of RE2'],
  ['a{b="\\q"}', '"\\q" is no string: it has no end, or an escape that there is not'],
  ['count_values("\\q", a)', '"\\q" is no string: it has no end, or an escape that there is not'],
  ['sum(a  ', 'the query ends too soon'],
  ['# a', 'the query ends too soon'],
  ['start_timestamp(a)', 'start_timestamp(a) calls start_timestamp, and there is no such function'],
  ['pi(1)', 'pi(1) gives pi 1 arguments; it takes 0'],
  ['max_over_time(1[5m:1m])', '1 is a number; a subquery takes a vector, like up or rate(up[5m])'],
  ['rate(a[00s])', 'a[00s] has a range of nothing'],
  ['rate(a[0ms])', 'a[0ms] has a range of nothing'],
  ['a + "b"', 'a + "b" computes with a text in quotes'],
  ['abs(a + "b")', 'a + "b" computes with a text in quotes'],
  ['abs(1 + 1)', '1 + 1 is a number; abs takes a vector, like up or rate(up[5m])'],
  ['{a=~"b*"}', '{a=~"b*"} selects every series; name a metric'],
  ['{a=~"(?i).*"}', '{a=~"(?i).*"} selects every series; name a metric'],
  ['{a!="b"}', '{a!="b"} selects every series; name a metric'],
  ['{a!~"b+"}', '{a!~"b+"} selects every series; name a metric'],
  ['{"a.b"=""}', '{"a.b"=""} selects every series; name a metric'],
];
test.each(wrong)('%s', (query, problem) => {
  expect(promqlProblems(query)).toEqual([problem]);
});

test('says all that is wrong', () => {
  expect(promqlProblems('rate((1)[5m])')).toEqual([
    '(1)[5m] is a range of something that is no selector; write a step too, like (…)[5m:1m]',
    '(1) is a number; a range takes a vector, like up or rate(up[5m])',
  ]);
  expect(promqlProblems('0[5m:1m]')).toEqual([
    '0 is a number; a subquery takes a vector, like up or rate(up[5m])',
    'the whole is a range; put a function around it, like rate(…)',
  ]);
  expect(promqlProblems(undefined as never)).toEqual(['the query is empty']);
});

test('shows a part of a query on one line of 60 characters at the most', () => {
  expect(clip('rate(a  \n +\tb)')).toBe('rate(a + b)');
  expect(clip('x'.repeat(60))).toBe('x'.repeat(60));
  expect(clip('x'.repeat(61))).toBe(`${'x'.repeat(59)}…`);
});

test('names each metric once, however it is written', () => {
  const query = 'sum(rate(a_total[5m])) / sum(rate(b_total[5m])) > {__name__="c:d"} or {"e.f", g="h"} or a_total';
  expect(metricNames(query)).toEqual(['a_total', 'b_total', 'c:d', 'e.f']);
  expect(metricNames('count({__name__=~"a|b"})')).toEqual(['a|b']);
  expect(metricNames('{"__name__"="a"} or {x__name__="b"} or {__name__x="c"} or {"d.e"="f"} or {"\\x67"}')).toEqual(['a', 'g']);
  expect(metricNames('{a=')).toEqual([]);
});

test('text of a user stays in its place', () => {
  const hostile = 'x"} or vector(1) #\n\\ \u0000';
  const query = `a{b=${labelValue(hostile)}} == 0`;
  expect(promqlProblems(query)).toEqual([]);
  expect(metricNames(query)).toEqual(['a']);
  expect(labelValue(hostile)).toBe('"x\\"} or vector(1) #\\n\\\\ \\u0000"');
});

test('a list of names matches those names alone', () => {
  const literal = oneOfLabels(['a.b', 'c', 'd$(e)']);
  expect(literal).toBe('"a\\\\.b|c|d\\\\$\\\\(e\\\\)"');
  const regex = new RegExp(`^(?:${JSON.parse(literal) as string})$`);
  expect(['a.b', 'c', 'd$(e)', 'axb', 'cc'].map((text) => regex.test(text))).toEqual([true, true, true, false, false]);
});
