import { RELEASE_STATUS, above, band, below, heatmap, lines, number, query } from '../../../lib/observability/dashboards/panels';
import { GREEN, TEXT, drawn, panel, target } from './drawn';

/* O3: each kind of panel as Grafana reads it. */

const LEGEND = { displayMode: 'list', placement: 'bottom', showLegend: true, calcs: [] };
const QUERIES = [query('a', 'x'), query('b', 'y')];

test('lines: over time, a gap stays a gap', () => {
  expect(drawn(lines('Title', 'reqps', QUERIES))).toEqual({
    ...panel('timeseries'),
    fieldConfig: {
      defaults: {
        unit: 'reqps',
        noValue: 'no data',
        color: { mode: 'palette-classic' },
        thresholds: GREEN,
        custom: {
          drawStyle: 'line',
          lineInterpolation: 'linear',
          fillOpacity: 0,
          showPoints: 'never',
          spanNulls: false,
          stacking: { mode: 'none', group: 'A' },
          thresholdsStyle: { mode: 'off' },
        },
      },
      overrides: [],
    },
    options: { legend: LEGEND, tooltip: { mode: 'multi', sort: 'desc' } },
    targets: [target('A', 'x', 'a', 'time_series', false), target('B', 'y', 'b', 'time_series', false)],
  });
});

test('lines: stacked, in steps, with limits, a range and a description', () => {
  const { description, fieldConfig } = drawn(
    lines('Title', 'ms', QUERIES, {
      description: 'Why.',
      stacked: true,
      steps: true,
      min: 0,
      max: 7,
      thresholds: above([3, 'yellow'], [undefined, 'orange'], [5, 'red']),
    }),
  );
  expect(description).toBe('Why.');
  expect(fieldConfig.defaults).toEqual({
    unit: 'ms',
    min: 0,
    max: 7,
    noValue: 'no data',
    color: { mode: 'palette-classic' },
    thresholds: {
      mode: 'absolute',
      steps: [
        { value: null, color: 'green' },
        { value: 3, color: 'yellow' },
        { value: 5, color: 'red' },
      ],
    },
    custom: {
      drawStyle: 'line',
      lineInterpolation: 'stepAfter',
      fillOpacity: 30,
      showPoints: 'never',
      spanNulls: false,
      stacking: { mode: 'normal', group: 'A' },
      thresholdsStyle: { mode: 'dashed' },
    },
  });
  // Green alone is no limit.
  const [plain] = [drawn(lines('Title', 'ms', QUERIES, { thresholds: above([undefined, 'red']) }))];
  expect(plain.fieldConfig.defaults.custom).toMatchObject({ thresholdsStyle: { mode: 'off' } });
});

test('a number: of now, or none', () => {
  expect(drawn(number('Title', 'percentunit', [query('left', 'x')], { thresholds: below([0.3, 'green']) }))).toEqual({
    ...panel('stat'),
    fieldConfig: {
      defaults: {
        unit: 'percentunit',
        noValue: 'no data',
        color: { mode: 'thresholds' },
        thresholds: {
          mode: 'absolute',
          steps: [
            { value: null, color: 'red' },
            { value: 0.3, color: 'green' },
          ],
        },
        custom: {},
      },
      overrides: [],
    },
    options: {
      reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
      colorMode: 'value',
      graphMode: 'none',
      textMode: 'auto',
      orientation: 'auto',
      justifyMode: 'auto',
      wideLayout: true,
      showPercentChange: false,
      percentChangeColorMode: 'standard',
    },
    targets: [target('A', 'x', 'left', 'time_series', true)],
  });
});

test('what a number stands for is a text with a colour', () => {
  const { fieldConfig } = drawn(number('Title', 'none', [query('', 'x')], { meanings: RELEASE_STATUS }));
  expect(fieldConfig.defaults.mappings).toEqual([
    {
      type: 'value',
      options: {
        0: { text: 'under way', color: 'blue', index: 0 },
        1: { text: 'well, or waits for somebody', color: 'green', index: 1 },
        2: { text: 'failed', color: 'red', index: 2 },
      },
    },
  ]);
  expect(fieldConfig.defaults.thresholds).toEqual(TEXT);
});

test('a heatmap', () => {
  expect(drawn(heatmap('Title', 's', [query('{{le}}', 'x')]))).toEqual({
    ...panel('heatmap'),
    fieldConfig: {
      defaults: { unit: 's', noValue: 'no data', color: { mode: 'thresholds' }, thresholds: GREEN, custom: {} },
      overrides: [],
    },
    options: {
      calculate: false,
      color: { mode: 'scheme', scheme: 'Oranges', steps: 64, exponent: 0.5, fill: 'dark-orange', reverse: false },
      yAxis: { unit: 's', axisPlacement: 'left' },
      cellGap: 1,
      filterValues: { le: 1e-9 },
      showValue: 'never',
      rowsFrame: { layout: 'auto' },
      tooltip: { mode: 'single', yHistogram: false, showColorScale: false },
      legend: { show: true },
      exemplars: { color: 'rgba(255,0,255,0.7)' },
    },
    targets: [target('A', 'x', '{{le}}', 'heatmap', false)],
  });
});

test('a band of colour', () => {
  const { fieldConfig, options, targets } = drawn(band('Title', 'none', [query('a', 'x')]));
  expect(fieldConfig.defaults.custom).toEqual({ fillOpacity: 80, lineWidth: 0 });
  expect(options).toEqual({
    showValue: 'auto',
    rowHeight: 0.8,
    mergeValues: true,
    legend: LEGEND,
    tooltip: { mode: 'single', sort: 'none' },
  });
  expect(targets).toEqual([target('A', 'x', 'a', 'time_series', false)]);
});

test('the runbooks of its alerts, where there are runbooks and alerts', () => {
  const alerts = ['PolicyDenials', 'EgressBlocked'] as const;
  const runbooks = 'https://git.example.com/runbooks';
  expect(drawn(lines('Title', 'short', QUERIES, { alerts }), { runbooks }).links).toEqual([
    { title: 'Runbook: PolicyDenials', url: `${runbooks}/policy-denials.md`, targetBlank: true },
    { title: 'Runbook: EgressBlocked', url: `${runbooks}/egress-blocked.md`, targetBlank: true },
  ]);
  for (const one of [
    drawn(lines('Title', 'short', QUERIES, { alerts })),
    drawn(lines('Title', 'short', QUERIES), { runbooks }),
  ]) {
    expect(one).not.toHaveProperty('links');
  }
});
