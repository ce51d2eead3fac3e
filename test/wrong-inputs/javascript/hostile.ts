import { Chart, Duration } from 'cdk8s';
import { GitOpsApp } from 'cdk8s-banking';

/** What users of JavaScript, and of JSON and YAML files, put where something else belongs. */
export const HOSTILE: readonly (readonly [string, () => unknown])[] = [
  ['null', () => null],
  ['undefined', () => undefined],
  ['zero', () => 0],
  ['no number', () => Number.NaN],
  ['true', () => true],
  ['an empty string', () => ''],
  ['a string', () => 'payments'],
  ['an empty list', () => []],
  ['a list with a hole', () => Array(1)],
  ['an empty map', () => ({})],
  ['a map of null', () => ({ a: null })],
  ['a map without a prototype', () => Object.assign(Object.create(null) as object, { a: 1 })],
  ['a map with the key __proto__', () => JSON.parse('{"__proto__": {"a": 1}}')],
  ['a function', () => () => 'payments'],
  ['a symbol', () => Symbol('payments')],
  ['a bigint', () => 8080n],
  ['a date', () => new Date(0)],
  ['a Duration', () => Duration.seconds(5)],
  ['a construct', () => new Chart(new GitOpsApp(), 'other')],
  [
    'a circle',
    () => {
      const circle: Record<string, unknown> = {};
      circle.circle = circle;
      return circle;
    },
  ],
];
