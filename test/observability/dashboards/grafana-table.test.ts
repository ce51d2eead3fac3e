import { RELEASE_STATUS, above, query, table } from '../../../lib/observability/dashboards/panels';
import { TEXT, drawn, panel, target } from './drawn';

/* O3: tables as Grafana reads them. */

test('a table: a line for each set of labels, a column for each query, in its own unit and colours', () => {
  const is = table(
    'Title',
    'reqps',
    [
      query('Requests', 'x'),
      query('Left', 'y', { unit: 'percentunit', thresholds: above([0.7, 'red']) }),
      query('Release', 'z', { unit: 'none', meanings: RELEASE_STATUS.slice(0, 1) }),
    ],
    {
      labels: [
        { label: 'ns', title: 'Namespace' },
        { label: 'svc', title: 'Service', opens: 'mesh' },
      ],
    },
  );
  const colour = { id: 'custom.cellOptions', value: { type: 'color-text' } };
  expect(drawn(is)).toEqual({
    ...panel('table'),
    fieldConfig: {
      defaults: {
        unit: 'reqps',
        noValue: 'no data',
        color: { mode: 'thresholds' },
        thresholds: TEXT,
        custom: { filterable: true },
      },
      overrides: [
        {
          matcher: { id: 'byName', options: 'Service' },
          properties: [
            {
              id: 'links',
              value: [
                {
                  title: 'Open its dashboard',
                  url: '/d/retail-mesh?var-namespace=${__data.fields.Namespace}&var-service=${__data.fields.Service}&${__url_time_range}',
                },
              ],
            },
          ],
        },
        { matcher: { id: 'byName', options: 'Requests' }, properties: [{ id: 'unit', value: 'reqps' }] },
        {
          matcher: { id: 'byName', options: 'Left' },
          properties: [
            { id: 'unit', value: 'percentunit' },
            {
              id: 'thresholds',
              value: {
                mode: 'absolute',
                steps: [
                  { value: null, color: 'green' },
                  { value: 0.7, color: 'red' },
                ],
              },
            },
            colour,
          ],
        },
        {
          matcher: { id: 'byName', options: 'Release' },
          properties: [
            { id: 'unit', value: 'none' },
            { id: 'mappings', value: [{ type: 'value', options: { 0: { text: 'under way', color: 'blue', index: 0 } } }] },
            colour,
          ],
        },
      ],
    },
    options: { showHeader: true, cellHeight: 'sm', sortBy: [{ displayName: 'Requests', desc: true }] },
    transformations: [
      { id: 'merge', options: {} },
      {
        id: 'organize',
        options: {
          excludeByName: { Time: true },
          indexByName: { ns: 0, svc: 1, 'Value #A': 2, 'Value #B': 3, 'Value #C': 4 },
          renameByName: { ns: 'Namespace', svc: 'Service', 'Value #A': 'Requests', 'Value #B': 'Left', 'Value #C': 'Release' },
        },
      },
    ],
    targets: [target('A', 'x', '', 'table', true), target('B', 'y', '', 'table', true), target('C', 'z', '', 'table', true)],
  });
});

test('a table without labels has a column for its only query', () => {
  const { fieldConfig, transformations } = drawn(table('Title', 'short', [query('Count', 'x')]));
  expect(fieldConfig.overrides).toEqual([
    { matcher: { id: 'byName', options: 'Count' }, properties: [{ id: 'unit', value: 'short' }] },
  ]);
  expect(transformations![1]!.options).toEqual({
    excludeByName: { Time: true },
    indexByName: { Value: 0 },
    renameByName: { Value: 'Count' },
  });
});
