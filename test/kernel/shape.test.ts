import { Duration } from 'cdk8s';
import { Problems } from '../../lib/kernel/errors';
import * as shapes from '../../lib/kernel/shape';
import { problemsOf } from '../support/problems';

const { ANYTHING, DURATION, FLAG, LITERAL, NUMBER, PARSED, TEXT, either, listOf, madeBy, mapOf, needed, oneOf, propsOf } = shapes;

/** What is left of a value, and what is wrong with it. */
function fitted(value: unknown, shape: shapes.Shape, part = 'p'): { readonly kept: unknown; readonly wrong: readonly string[] } {
  const problems = new Problems('x');
  const kept = shapes.fit(value, shape, problems, part);
  return { kept, wrong: problemsOf(() => problems.throwIfAny()) };
}

class Made {}
const call = () => 7;
const VALUES = { text: 'a', empty: '', number: 7, flag: false, null: null, list: [], map: {}, made: new Made(), call };
type Name = keyof typeof VALUES;
const ALL = Object.keys(VALUES) as Name[];

test.each<[string, shapes.Shape, readonly Name[]]>([
  ['TEXT', TEXT, ['text', 'empty']],
  ['NUMBER', NUMBER, ['number']],
  ['FLAG', FLAG, ['flag']],
  ['ANYTHING', ANYTHING, ALL],
  ['PARSED', PARSED, ALL.filter((name) => name !== 'null')],
  ['LITERAL', LITERAL, ['text', 'empty', 'number']],
  ['oneOf', oneOf('a', 'b'), ['text']],
  ['madeBy', madeBy(Made, 'new Made()'), ['made']],
  ['either', either(NUMBER, FLAG), ['number', 'flag']],
  ['listOf', listOf(TEXT), ['list']],
  ['mapOf', mapOf(ANYTHING), ['map', 'made']],
  ['propsOf', propsOf({}), ['map', 'made']],
])('%s takes what it is for', (_name, shape, takes) => {
  expect(ALL.filter((name) => shape.fits(VALUES[name]))).toEqual(takes);
});

test('a Duration is known by its method, whatever copy of cdk8s it is of', () => {
  const values = [Duration.seconds(7), { toMilliseconds: call }, { toMilliseconds: 7 }, {}, null, undefined, 7];
  expect(values.map((value) => DURATION.fits(value))).toEqual([true, true, false, false, false, false, false]);
  const both = shapes.withMethods('new Both()', 'a', 'b');
  expect(both.what).toBe('made with new Both()');
  expect([{ a: call, b: call }, { a: call }, { b: call }].map((value) => both.fits(value))).toEqual([true, false, false]);
  // A class may carry the methods, and is no instance.
  expect(both.fits(Object.assign(() => 7, { a: call, b: call }))).toBe(false);
});

test.each<[unknown, shapes.Shape, string]>([
  [7, TEXT, '7 must be a string; write "7"'],
  [false, TEXT, 'false must be a string; write "false"'],
  [{}, TEXT, '{} must be a string'],
  [null, TEXT, 'null must be a string; leave it out'],
  ['7', NUMBER, '"7" must be a number'],
  [7, FLAG, '7 must be true or false'],
  [null, PARSED, 'null must be a value; leave it out'],
  [false, LITERAL, 'false must be a string'],
  ['c', oneOf('a', 'b'), '"c" must be one of a, b'],
  [7, madeBy(Made, 'new Made()'), '7 must be made with new Made()'],
  ['a', either(NUMBER, FLAG), '"a" must be a number, or true or false'],
  [7, listOf(TEXT), '7 must be a list, like [...]'],
  [7, mapOf(TEXT), '7 must be a map, like { key: value }'],
  [[], propsOf({}), '[] must be a map of props, like { key: value }'],
  ['secret', { ...NUMBER, hidden: true }, 'what is given must be a number'],
  [7, DURATION, '7 must be a Duration, like Duration.seconds(10)'],
  ['a\ud800', TEXT, '"a\\ud800" has half of a surrogate pair, which UTF-8 can\'t hold; correct the text'],
])('%j does not fit: case %#', (value, shape, what) => {
  expect(fitted(value, shape)).toEqual({ kept: undefined, wrong: [`x.p: ${what}`] });
  expect(fitted(value, shape, '')).toEqual({ kept: undefined, wrong: [`x: ${what}`] });
});

test('a shape says what it takes', () => {
  expect([either(NUMBER, FLAG), listOf(TEXT), mapOf(TEXT), propsOf({}), oneOf('a', 'b')].map(({ what }) => what)).toEqual([
    'a number, or true or false',
    'a list, like [...]',
    'a map, like { key: value }',
    'a map of props, like { key: value }',
    'one of a, b',
  ]);
});

test('half of a surrogate pair is said of the text alone, not of the list that it is in', () => {
  expect(fitted(['\ud800'], listOf(TEXT)).wrong).toEqual([
    'x.p[0]: "\\ud800" has half of a surrogate pair, which UTF-8 can\'t hold; correct the text',
  ]);
});

test('what is left out fits', () => {
  expect(fitted(undefined, TEXT)).toEqual({ kept: undefined, wrong: [] });
  expect(fitted('🪙', TEXT)).toEqual({ kept: '🪙', wrong: [] });
});

test('a list keeps what fits of it', () => {
  expect(fitted(['a', 7, undefined, 'b'], listOf(TEXT))).toEqual({
    kept: ['a', 'b'],
    wrong: ['x.p[1]: 7 must be a string; write "7"', 'x.p[2]: is undefined, and must be a string; leave it out'],
  });
  expect(fitted([], listOf(TEXT)).kept).toEqual([]);
  expect(fitted(Array(1), listOf(TEXT))).toEqual({
    kept: undefined,
    wrong: ['x.p[0]: is undefined, and must be a string; leave it out'],
  });
});

test('a map keeps what fits of it', () => {
  const { kept, wrong } = fitted({ a: 'b', 'c d': 7, e: undefined }, mapOf(TEXT));
  expect(Object.entries(kept as object)).toEqual([['a', 'b']]);
  expect(wrong).toEqual([
    'x.p["c d"]: 7 must be a string; write "7"',
    'x.p["e"]: is undefined, and must be a string; leave it out',
  ]);
});

test('props keep what fits of them, and there are no others', () => {
  const shape = propsOf<{ a?: string; b?: { c?: number } }>({ a: TEXT, b: propsOf({ c: NUMBER }) });
  expect(fitted({ a: 'b', b: { c: 7 } }, shape)).toEqual({ kept: { a: 'b', b: { c: 7 } }, wrong: [] });
  expect(fitted({ a: 7, b: { c: 'd', e: 8 } }, shape)).toEqual({
    kept: { b: { e: 8 } },
    wrong: ['x.p.a: 7 must be a string; write "7"', 'x.p.b.c: "d" must be a number', 'x.p.b: there is no prop "e"; there are c'],
  });
  const whole = fitted({ f: 9, a: undefined }, shape, '');
  expect(Object.entries(whole.kept as object)).toEqual([['f', 9]]);
  expect(whole.wrong).toEqual(['x: there is no prop "f"; there are a, b']);
  expect(fitted({ a: 7 }, shape, '').wrong).toEqual(['x.a: 7 must be a string; write "7"']);
  // JSON.parse makes it a key, whose value would be a prototype with props of its own.
  const parsed = fitted(JSON.parse('{"__proto__": {"a": 7}}'), shape);
  expect(Object.entries(parsed.kept as object)).toEqual([['__proto__', { a: 7 }]]);
  expect((parsed.kept as { a?: unknown }).a).toBeUndefined();
  expect(parsed.wrong).toEqual(['x.p: there is no prop "__proto__"; there are a, b']);
  // What every object has is none of ours.
  expect(fitted({ toString: call }, shape).wrong).toEqual(['x.p: there is no prop "toString"; there are a, b']);
});

test('of several shapes, the first that fits looks inside', () => {
  const shape = either(TEXT, listOf(TEXT), mapOf(NUMBER));
  expect(fitted('a', shape)).toEqual({ kept: 'a', wrong: [] });
  expect(fitted([7], shape).wrong).toEqual(['x.p[0]: 7 must be a string; write "7"']);
  expect(fitted({ a: 7, b: 'c' }, shape)).toEqual({ kept: { a: 7 }, wrong: ['x.p["b"]: "c" must be a number'] });
});

test('what is needed is missing when it is left out', () => {
  const problems = new Problems('x');
  expect(needed(undefined, TEXT, problems, 'a')).toBeUndefined();
  expect(needed('b', TEXT, problems, 'b')).toBe('b');
  expect(needed(7, TEXT, problems, 'c')).toBeUndefined();
  expect(problemsOf(() => problems.throwIfAny())).toEqual([
    'x.a: is missing; it must be a string',
    'x.c: 7 must be a string; write "7"',
  ]);
});

test.each<[unknown, string]>([
  [null, 'null'],
  [undefined, 'nothing'],
  [7, '7'],
  [[], '[]'],
  [call, 'the function call'],
])('%j are no props', (given, shown) => {
  expect(problemsOf(() => shapes.fitProps(given as object, {}, new Problems('x')))).toEqual([
    `x: the props are ${shown}; give a map of props, like { key: value }`,
  ]);
});

test('what is wrong with props is noted, and thrown with the options of a factory', () => {
  const problems = new Problems('x');
  expect(shapes.fitProps<{ a?: string }>({ a: 7 as never }, { a: TEXT }, problems)).toEqual({});
  expect(problems.any).toBe(true);
  expect(shapes.fitOptions<{ a?: string }>('y', { a: 'b' }, { a: TEXT })).toEqual({ a: 'b' });
  expect(problemsOf(() => shapes.fitOptions<{ a?: string }>('y', { a: 7 as never }, { a: TEXT }))).toEqual([
    'y.a: 7 must be a string; write "7"',
  ]);
});
