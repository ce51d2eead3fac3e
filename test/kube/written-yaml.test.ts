import { toYaml } from '../../lib/kube';

/* What the text of objects looks like. That every reader finds the same in it is shown in yaml.test.ts. */

describe('text that Go reads as a number, since it leaves out every "_" first, is quoted', () => {
  // https://github.com/yaml/go-yaml/blob/v2.4.4/resolve.go
  test.each(['1_e3', '0X_1F', '0b-1_0', '0o1_7', '12_e_03', '+_1', '1_000', '-1_0.5_0'])('%s', (text) => {
    expect(toYaml([{ text, [text]: 'key' }])).toBe(`text: "${text}"\n"${text}": key\n`);
  });

  test.each(['_', 'a_1', '1_a', '0x_g'])('%s is left as it is', (text) => {
    expect(toYaml([{ text }])).toBe(`text: ${text}\n`);
  });
});

test('a field without value is left out, an item without one is null', () => {
  expect(toYaml([{ a: undefined, b: { c: undefined, d: 1 }, e: [undefined, 2], f: null }])).toBe(
    'b:\n  d: 1\ne:\n  - null\n  - 2\nf: null\n',
  );
});

test('an object that stands twice is written twice', () => {
  const shared = { x: ['y'] };
  expect(toYaml([{ a: shared, b: shared, c: [shared] }, shared])).toBe(
    'a:\n  x:\n    - "y"\nb:\n  x:\n    - "y"\nc:\n  - x:\n      - "y"\n---\nx:\n  - "y"\n',
  );
});

test('no objects are no text', () => {
  expect(toYaml([])).toBe('');
});

test.each([49, 50, 51, 100, 101])('%i objects are as many documents, with nothing behind the last one', (count) => {
  const objects = Array.from({ length: count }, (_, of) => ({ of }));
  expect(toYaml(objects)).toBe(objects.map(({ of }) => `of: ${of}\n`).join('---\n'));
});

test('what is no JSON is not written as something else', () => {
  expect(() => toYaml([{ list: [Symbol('now')] }])).toThrow('Symbol(now) is no JSON');
  expect(() => toYaml([{ map: new Map() }])).toThrow('[object Map] is no JSON');
});
