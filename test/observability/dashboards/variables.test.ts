import { fillIn, valuesOf } from '../../../lib/observability/dashboards/variables';
import { observed } from '../../../lib/observability/model';
import { stackOf } from './world';

const variable = (name: string, multi: boolean) => ({ name, label: name, query: '', multi, hidden: false });
const known = [variable('one', false), variable('many', true)];

describe('O3: what Grafana puts in the place of variables', () => {
  test.each([
    ['x="$one"', { one: ['a.b'] }, 'x="a.b"'],
    ['x=~"$many"', { many: ['a.b'] }, 'x=~"a\\\\.b"'],
    ['x=~"$many|unknown"', { many: ['a', 'b|c'] }, 'x=~"(a|b\\\\|c)|unknown"'],
    ['x=~"$many-[a-z]{1,10}"', { many: ['a'] }, 'x=~"a-[a-z]{1,10}"'],
    ['x=~"$many"', { many: ['a\\b', '$^*{}[]+?()'] }, String.raw`x=~"(a\\\\b|\\$\\^\\*\\{\\}\\[\\]\\+\\?\\(\\))"`],
    ['x=~"$many"', { many: [] }, 'x=~""'],
    ['x="$one"', {}, 'x=""'],
    ['"$1" $other $manyfold', { many: ['a'] }, '"$1" $other $manyfold'],
    ['[$__rate_interval] [$__range:1m]', {}, '[2m] [1h:1m]'],
  ])('%s with %j: %s', (query, values, filled) => {
    expect(fillIn(query, known, values as Record<string, string[]>)).toBe(filled);
  });
});

test('O3: a dashboard of several services has the parts of all of them, each once', () => {
  const { stack } = stackOf();
  expect(valuesOf(...stack.model.services.slice(0, 2).map((one) => observed(stack.model, one)))).toEqual({
    namespace: ['banking'],
    service: ['payments', 'quotes'],
    track: ['payments', 'payments-primary', 'quotes-blue', 'quotes-green'],
    host: ['payments', 'payments-primary', 'payments-canary', 'quotes'],
    autoscaler: ['payments', 'payments-primary'],
    canary: ['payments'],
  });
});
