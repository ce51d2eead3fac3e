import { type NodeRequirement, type PlacementProps } from '../../lib';
import { resolvePlacement } from '../../lib/banking-service/placement';
import { noted } from '../support/problems';

/* What no node can be. */

const wrong = (props: PlacementProps) =>
  noted((problems) => resolvePlacement(props, problems)).map((one) => one.replace(/^x\./, ''));
const requirement = (key: string, operator: string, ...values: string[]): NodeRequirement => ({
  key,
  operator: operator as NodeRequirement['operator'],
  ...(values.length ? { values } : {}),
});
const of = (...nodeRequirements: NodeRequirement[]) => wrong({ nodeRequirements });
const number = (operator: string) => `placement: cores ${operator} needs one whole number, as in ["4"]`;

test.each<[NodeRequirement]>([
  [requirement('zone', 'In', 'a', 'b')],
  [requirement('zone', 'NotIn', 'a')],
  [requirement('example.com/zone', 'Exists')],
  [requirement('zone', 'DoesNotExist')],
  [requirement('cores', 'Gt', '16')],
  [requirement('cores', 'Lt', '4')],
])('a node may have to meet %j', (one) => expect(of(one)).toEqual([]));

test.each<[NodeRequirement, string]>([
  [requirement('a b', 'Exists'), 'placement: "a b" is not a label key; use [prefix/]name with up to 63 characters'],
  [
    requirement('zone', 'In', 'a', 'b c'),
    'placement: zone: "b c" is not a label value; use up to 63 letters, digits, "-", "_" and "."',
  ],
  [requirement('zone', 'In'), 'placement: zone In needs values; name them, or use Exists'],
  [requirement('zone', 'NotIn'), 'placement: zone NotIn needs values; name them, or use Exists'],
  [requirement('zone', 'Exists', 'a'), 'placement: zone Exists takes no values; leave them out, or use In'],
  [requirement('zone', 'DoesNotExist', 'a'), 'placement: zone DoesNotExist takes no values; leave them out, or use In'],
  [requirement('cores', 'Gt'), number('Gt')],
  [requirement('cores', 'Gt', '4', '5'), number('Gt')],
  [requirement('cores', 'Gt', 'x4'), number('Gt')],
  [requirement('cores', 'Lt', '4x'), number('Lt')],
  [requirement('cores', 'Lt'), number('Lt')],
])('and not %j', (one, expected) => expect(of(one)).toEqual([expected]));

const [inAB, inC] = [requirement('k', 'In', 'a', 'b'), requirement('k', 'In', 'c')];
const [exists, missing] = [requirement('k', 'Exists'), requirement('k', 'DoesNotExist')];
const inSome = requirement('k', 'In', '4', '16');

test.each<[NodeRequirement, NodeRequirement, string | undefined]>([
  [inAB, inC, 'k In [a, b] and k In [c]'],
  [inAB, requirement('k', 'In', 'b', 'c'), undefined],
  [inAB, requirement('other', 'In', 'c'), undefined],
  [inAB, requirement('k', 'NotIn', 'b', 'a'), 'k In [a, b] and k NotIn [b, a]'],
  [inAB, requirement('k', 'NotIn', 'b'), undefined],
  [inAB, exists, undefined],
  [inAB, missing, 'k In [a, b] and k DoesNotExist'],
  [exists, missing, 'k Exists and k DoesNotExist'],
  [requirement('k', 'Gt', '4'), missing, 'k Gt [4] and k DoesNotExist'],
  // A node without the label has none of the values.
  [requirement('k', 'NotIn', 'a'), missing, undefined],
  [missing, missing, undefined],
  [exists, exists, undefined],
  [exists, requirement('k', 'NotIn', 'a'), undefined],
  [requirement('k', 'NotIn', 'a'), requirement('k', 'NotIn', 'b'), undefined],
  [inSome, requirement('k', 'Gt', '15'), undefined],
  [inSome, requirement('k', 'Gt', '16'), 'k In [4, 16] and k Gt [16]'],
  [inSome, requirement('k', 'Lt', '5'), undefined],
  [inSome, requirement('k', 'Lt', '4'), 'k In [4, 16] and k Lt [4]'],
  [requirement('k', 'Gt', '4'), requirement('k', 'Lt', '16'), undefined],
])('both %j and %j', (a, b, both) => {
  const expected = (said: string) => [`placement: ${said} can't both hold, so no node would do; drop one`];
  expect(of(a, b)).toEqual(both ? expected(both) : []);
  const turned = both?.split(' and ').reverse().join(' and ');
  expect(of(b, a)).toEqual(turned ? expected(turned) : []);
});

test('labels of nodes, their GPUs and the scheduler', () => {
  expect(wrong({ nodeSelector: { 'a b': 'c' } })).toEqual([
    'placement.nodeSelector: "a b" is not a label key; use [prefix/]name with up to 63 characters',
  ]);
  expect(wrong({ gpu: { count: 1 }, schedulerName: 'late' })).toEqual([]);
  for (const count of [0, -1, 1.5]) {
    expect(wrong({ gpu: { count } })).toEqual([`placement: gpu.count ${count} must be a whole number from 1 on`]);
  }
  expect(wrong({ gpu: { count: 1, resource: 'a gpu' } })).toEqual([
    'placement: gpu.resource "a gpu" is not a resource name, like "nvidia.com/gpu"',
  ]);
  expect(
    noted((problems) =>
      expect(resolvePlacement({ gpu: { count: 2 } }, problems)).toMatchObject({
        gpu: { count: 2, resource: 'nvidia.com/gpu' },
        tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }],
      }),
    ),
  ).toEqual([]);
});
