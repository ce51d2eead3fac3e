import { inspect } from 'node:util';
import { called, ConfigError, Problems, show } from '../../lib/kernel/errors';

class Ledger {}
class _Teller {}
const looped: unknown[] = [];
looped.push(looped);

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['null', null],
  ['7', 7],
  ['7', 7n],
  ['true', true],
  ['"7"', '7'],
  [String.raw`"a\n\"b\""`, 'a\n"b"'],
  [String.raw`"\u007f\u202e\ufeff"`, '\u007f\u202e\ufeff'],
  ['{"a":[1]}', { a: [1] }],
  ['[{"a":1}]', [{ a: 1 }]],
  ['{"a":1}', Object.assign(Object.create(null), { a: 1 })],
  ['{"a":1}', Object.assign(Object.create(Object.create(null)), { a: 1 })],
  ['a list', looped],
  ['a map', { looped }],
  ['an instance of Ledger', new Ledger()],
  ['an instance of Teller', new _Teller()],
  ['the function toLedger', function toLedger() {}],
  ['the function without a name', (() => () => {})()],
])('%s is shown', (text, value) => expect(show(value)).toBe(text));

test('of more than 80 characters, the first 77 are shown', () => {
  const coins = (count: number) => '🪙'.repeat(count);
  expect(show(coins(78))).toBe(`"${coins(78)}"`);
  expect(show(coins(79))).toBe(`"${coins(76)}…`);
  expect(show('\n'.repeat(40))).toBe(`"${'\\n'.repeat(38)}…`);
});

test('a construct is called by its name, unless that is what is wrong', () => {
  expect(called('service', 'ledger')).toBe('ledger');
  expect(called('service', 'a'.repeat(63))).toBe('a'.repeat(63));
  expect(called('service', 'a'.repeat(64))).toBe(`service "${'a'.repeat(64)}"`);
  expect(called('service', 'a b')).toBe('service "a b"');
  expect(called('service', 7)).toBe('service 7');
  expect(called('service', '')).toBe('service ""');
});

test('a ConfigError has its problems, which Node prints once', () => {
  const problem = { where: 'ledger.port', what: 'is wrong' };
  const error = new ConfigError([problem]);
  expect(error.problems).toEqual([problem]);
  expect(inspect(error).split('is wrong')).toHaveLength(2);
});

describe('Problems', () => {
  test('are thrown at once, each once', () => {
    const problems = new Problems('ledger');
    expect(() => problems.throwIfAny()).not.toThrow();
    expect(problems.any).toBe(false);
    problems.add('is wrong');
    problems.add('is wrong', 'port');
    problems.add('is wrong', 'port');
    problems.add('is worse', 'port');
    expect(problems.any).toBe(true);
    expect(() => problems.throwIfAny()).toThrow(ConfigError);
    expect(() => problems.throwIfAny()).toThrow(
      /^3 problems\n {2}- ledger: is wrong\n {2}- ledger\.port: is wrong\n {2}- ledger\.port: is worse$/,
    );
  });

  test('of a check are made when it fails, and no sooner', () => {
    const problems = new Problems('ledger');
    const never = () => {
      throw new Error('asked too soon');
    };
    expect(problems.check(true, never)).toBe(true);
    expect(problems.check(false, () => 'is wrong', 'port')).toBe(false);
    expect(problems.check(false, 'is worse')).toBe(false);
    expect(() => problems.throwIfAny()).toThrow(/^2 problems\n {2}- ledger\.port: is wrong\n {2}- ledger: is worse$/);
  });

  test('of a parser are its RangeErrors; its own mistakes are not for the user', () => {
    const problems = new Problems('ledger');
    const fails = (error: Error) => () => {
      throw error;
    };
    expect(problems.take(() => 7, 8)).toBe(7);
    expect(problems.take(fails(new RangeError('is wrong')), 8, 'port')).toBe(8);
    expect(() => problems.take(fails(new TypeError('is a bug')), 8)).toThrow(TypeError);
    expect(() => problems.throwIfAny()).toThrow(/^ledger\.port: is wrong$/);
  });
});
