import { dashboardText } from '../../../lib/observability/dashboards/json-text';

/* O3: the text of a dashboard, in which a difference shows what has changed. */

const long = (letter: string) => letter.repeat(100);

test('a line for each panel, for what is long in it, and for each of its queries', () => {
  const panel = {
    id: 7,
    title: 'Memory',
    none: null,
    unsaid: undefined,
    gridPos: { x: 0 },
    options: { a: long('a'), b: long('b'), c: long('c') },
    targets: [{ expr: 'x', refs: [1, 2] }, { expr: 'y' }],
  };
  const written = dashboardText({ uid: 'u', tags: ['a', 'b'], panels: [panel, { id: 8, targets: [{ expr: 'z' }] }] });
  expect(written).toBe(`{
  "uid": "u",
  "tags": ["a","b"],
  "panels": [
    {"id":7,"title":"Memory","none":null,"gridPos":{"x":0},
      "options":{"a":"${long('a')}","b":"${long('b')}","c":"${long('c')}"},
      "targets":[
        {"expr":"x","refs":[1,2]},
        {"expr":"y"}
      ]},
    {"id":8,"targets":[{"expr":"z"}]}
  ]
}
`);
});

test('a line for each variable, each mark and each link; what stands alone, and nothing, on one', () => {
  const written = dashboardText({
    annotations: { list: [{ name: 'a', of: { b: 1 } }, { name: 'c' }] },
    templating: { list: [{ name: 'd' }] },
    links: [{ title: 'e' }, { title: 'f', tags: ['g', 'h'] }],
    panels: [],
  });
  expect(written).toBe(`{
  "annotations": {"list":[
      {"name":"a","of":{"b":1}},
      {"name":"c"}
    ]},
  "templating": {"list":[{"name":"d"}]},
  "links": [
    {"title":"e"},
    {"title":"f","tags":["g","h"]}
  ],
  "panels": []
}
`);
});

test('what is shorter than 320 characters stands together', () => {
  const of = (length: number) => ({ panels: [{ a: 'x'.repeat(length), b: 1 }, {}] });
  const lines = (length: number) => dashboardText(of(length)).split('\n');
  // "a":"…","b":1
  expect(lines(308)).toHaveLength(lines(1).length);
  expect(lines(309)).toHaveLength(lines(1).length + 1);
});
