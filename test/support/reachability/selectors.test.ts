import { selects, subset, type LabelSelector } from './selectors';

const labels = { id: 'safe', floor: '-1' };
const expression = (key: string, operator: string, ...values: string[]): LabelSelector => ({
  matchExpressions: [{ key, operator, values }],
});

it.each<[string, LabelSelector, boolean]>([
  ['nothing said', {}, true],
  ['a label', { matchLabels: { id: 'safe' } }, true],
  ['another value', { matchLabels: { id: 'saf' } }, false],
  ['all labels', { matchLabels: { id: 'safe', floor: '0' } }, false],
  ['In', expression('floor', 'In', '-2', '-1'), true],
  ['In, another value', expression('floor', 'In', '-2'), false],
  ['In, no label', expression('door', 'In', 'x'), false],
  ['NotIn', expression('floor', 'NotIn', '-2'), true],
  ['NotIn, that value', expression('floor', 'NotIn', '-2', '-1'), false],
  ['NotIn, no label', expression('door', 'NotIn', 'x'), true],
  ['Exists', expression('floor', 'Exists'), true],
  ['Exists, no label', expression('door', 'Exists'), false],
  ['DoesNotExist', expression('door', 'DoesNotExist'), true],
  ['DoesNotExist, a label', expression('floor', 'DoesNotExist'), false],
  ['labels and expressions', { matchLabels: { id: 'safe' }, ...expression('floor', 'In', '0') }, false],
])('%s', (_, selector, expected) => {
  expect(selects(selector, labels)).toBe(expected);
});

it("knows Istio's equality", () => {
  expect([
    subset(undefined, labels),
    subset({}, labels),
    subset({ id: 'safe' }, labels),
    subset({ id: 'safe', x: 'y' }, labels),
  ]).toEqual([true, true, true, false]);
});
