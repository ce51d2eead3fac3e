import { grafanaDashboard } from '../../../lib/observability/dashboards/grafana';
import type { DashboardJson } from '../../../lib/observability/dashboards/grafana-json';
import { boardOf, everyKind } from './world';

/* O3: a dashboard as Grafana reads it, but for its panels. */

const read = (links = {}): DashboardJson =>
  grafanaDashboard(boardOf('service', { services: everyKind().slice(0, 1) }), 'retail', links);
const SOURCE = { type: 'prometheus', uid: '$datasource' };

test('is read-only, shows six hours, and is drawn anew every minute', () => {
  const { panels, links, annotations, templating, ...head } = read();
  expect(head).toEqual({
    uid: 'banking-service',
    title: 'banking: service',
    description: 'The golden signals of one service, on each track of its release.',
    tags: ['cdk8s-banking', 'stack banking'],
    schemaVersion: 42,
    editable: false,
    graphTooltip: 1,
    refresh: '1m',
    time: { from: 'now-6h', to: 'now' },
    timezone: 'browser',
  });
  expect(panels[0]).toEqual({
    id: 100,
    type: 'row',
    title: 'Now',
    gridPos: { h: 1, w: 24, x: 0, y: 0 },
    collapsed: false,
    panels: [],
  });
});

test.each([
  ['fleet', 'banking: fleet', 'A line for each service, and what threatens all of them.', 'now-6h'],
  [
    'release',
    'banking: release',
    'A release while it goes on: both tracks side by side, and what the new one is judged by.',
    'now-3h',
  ],
  [
    'objective',
    'banking: objective and budget',
    'What is promised of one service, how much of the error budget is left, and how long it will last.',
    'now-7d',
  ],
  ['mesh', 'banking: mesh', 'Who calls whom, what does not get through, what is encrypted, and what leaves.', 'now-3h'],
] as const)('%s says what it is for', (kind, title, description, from) => {
  expect(boardOf(kind)).toMatchObject({ kind, title, description, from });
});

test('leads to the other dashboards with choice and time, and to the runbooks without', () => {
  const link = { icon: 'external link', tooltip: '', asDropdown: false };
  const others = {
    ...link,
    type: 'dashboards',
    title: 'Dashboards',
    tags: ['stack retail'],
    url: '',
    targetBlank: false,
    includeVars: true,
    keepTime: true,
  };
  expect(read().links).toEqual([others]);
  expect(read({ runbooks: 'https://git.example.com/runbooks' }).links).toEqual([
    others,
    {
      ...link,
      type: 'link',
      title: 'Runbooks',
      tags: [],
      url: 'https://git.example.com/runbooks/README.md',
      targetBlank: true,
      includeVars: false,
      keepTime: false,
    },
  ]);
});

test('marks alerts, and releases where there are any', () => {
  const mark = { datasource: SOURCE, enable: true, step: '60s' };
  const status =
    '(flagger_canary_status{exported_namespace="$namespace",name=~"$canary"} or flagger_canary_status{exported_namespace="",namespace="$namespace",name=~"$canary"})';
  const alerts = {
    ...mark,
    name: 'Alerts',
    iconColor: 'red',
    expr: 'ALERTS{namespace="$namespace",service="$service",alertstate="firing"}',
    titleFormat: '{{alertname}}',
    textFormat: '{{service}} {{objective}}',
  };
  expect(read().annotations.list).toEqual([
    alerts,
    {
      ...mark,
      name: 'Releases',
      iconColor: 'blue',
      expr: `${status} == 0`,
      titleFormat: 'Release',
      textFormat: '{{name}} is under way',
    },
    {
      ...mark,
      name: 'Failed releases',
      iconColor: 'orange',
      expr: `${status} == 2`,
      titleFormat: 'Failed release',
      textFormat: '{{name}}',
    },
  ]);
  // Those that have no variable `canary`.
  expect(boardOf('objective').annotations.map(({ name }) => name)).toEqual(['Alerts']);
});

describe('variables', () => {
  const values = (matchers: string, label: string) => `label_values(service:part:info{${matchers}}, ${label})`;
  const variable = (name: string, label: string, query: string) => ({
    type: 'query',
    name,
    label,
    datasource: SOURCE,
    query: { qryType: 1, query, refId: name },
    definition: query,
    refresh: 2,
    sort: 1,
  });
  const one = { multi: false, includeAll: false };
  const several = { multi: true, includeAll: true, current: { text: ['All'], value: ['$__all'] } };

  test('one service is chosen; all of its parts follow, and of these only its tracks can be chosen', () => {
    const part = (kind: string) => values(`namespace="$namespace",service="$service",kind="${kind}"`, 'name');
    expect(read().templating.list).toEqual([
      { type: 'datasource', name: 'datasource', label: 'Prometheus', query: 'prometheus', refresh: 1, hide: 0 },
      {
        ...variable('namespace', 'Namespace', values('namespace="banking",service="payments"', 'namespace')),
        ...one,
        hide: 0,
      },
      { ...variable('service', 'Service', values('namespace="$namespace",service="payments"', 'service')), ...one, hide: 0 },
      { ...variable('track', 'Track', part('Deployment')), ...several, hide: 0 },
      { ...variable('host', 'Service', part('Service')), ...several, hide: 2 },
      { ...variable('autoscaler', 'HorizontalPodAutoscaler', part('HorizontalPodAutoscaler')), ...several, hide: 2 },
      { ...variable('canary', 'Canary', part('Canary')), ...several, hide: 2 },
    ]);
  });

  test.each([
    ['fleet', ['namespace', 'service']],
    ['release', ['namespace', 'service', 'track', 'host', 'canary']],
    ['objective', ['namespace', 'service', 'track']],
    ['mesh', ['namespace', 'service', 'track', 'host']],
  ] as const)('%s has %j', (kind, names) => {
    const { variables } = boardOf(kind, { services: everyKind().slice(0, 1) });
    expect(variables.map(({ name }) => name)).toEqual(names);
    const many = kind === 'fleet' || kind === 'mesh';
    expect(variables.slice(0, 2)).toEqual([
      {
        name: 'namespace',
        label: 'Namespace',
        query: values('namespace="banking",service="payments"', 'namespace'),
        multi: many,
        hidden: false,
      },
      {
        name: 'service',
        label: 'Service',
        query: values(`namespace${many ? '=~' : '='}"$namespace",service="payments"`, 'service'),
        multi: many,
        hidden: false,
      },
    ]);
  });
});
