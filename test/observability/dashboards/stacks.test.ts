import { Duration } from 'cdk8s';
import { ObservedService, Platform, RequestSource } from '../../../lib';
import { commonBudget, commonLimit, commonSpike, windowsOf } from '../../../lib/observability/dashboards/limits';
import type { Panel } from '../../../lib/observability/dashboards/model';
import type { Dashboard } from '../../../lib/observability/links';
import { resolveStack } from '../../../lib/observability/model';
import { boardOf, everyKind } from './world';

/* O3: what dashboards make of the services that they are of. */

const one = (name: string, objective: object) => ObservedService.of({ name, namespace: 'shop', objective });
const database = () => ObservedService.of({ name: 'database', namespace: 'shop', takesRequests: false });
const modelOf = (...services: ObservedService[]) => resolveStack('stack', { services, platform: new Platform() });
const ms = (value: number) => Duration.millis(value);

const rowsOf = (kind: Dashboard, services: ObservedService[]) => boardOf(kind, { services }).rows;
const panelsOf = (kind: Dashboard, services: ObservedService[]): Panel[] =>
  rowsOf(kind, services).flatMap(({ panels }) => panels);
const panelOf = (kind: Dashboard, services: ObservedService[], title: string): Panel =>
  panelsOf(kind, services).find((panel) => panel.title === title)!;

describe('a limit of all services', () => {
  test('is that of every objective, of all requests', () => {
    const routes = { '/quick': { availability: 99, p95: ms(70) } };
    const measuredBy = RequestSource.springBoot();
    const model = modelOf(one('a', { availability: 99.7, p95: ms(210), p99: ms(370), routes, measuredBy }), database());
    expect(['p95', 'p99', 'p50'].map((name) => commonLimit(model, `latency-${name}`))).toEqual([210, 370, undefined]);
    expect([commonBudget(model), commonSpike(model)]).toEqual([0.003, 0.0432]);
    const fast = modelOf(one('a', { p95: ms(210) }));
    expect([commonLimit(fast, 'latency-p95'), commonBudget(fast), commonSpike(fast)]).toEqual([210, undefined, undefined]);
  });

  test('is none where one differs, or has none', () => {
    const first = { availability: 99.7, p95: ms(210) };
    for (const other of [{ availability: 99.8, p95: ms(211) }, { p99: ms(300) }]) {
      for (const services of [
        [one('a', first), one('b', other)],
        [one('b', other), one('a', first)],
      ]) {
        const model = modelOf(...services);
        expect([commonLimit(model, 'latency-p95'), commonBudget(model), commonSpike(model)]).toEqual([
          undefined,
          undefined,
          undefined,
        ]);
      }
    }
  });

  test('windows stand in their order, each once', () => {
    const of = (name: string, days: number) => one(name, { availability: 99, window: Duration.days(days) });
    expect(windowsOf(modelOf(of('a', 30), of('b', 7), of('c', 30), of('d', 14)))).toEqual([604_800, 1_209_600, 2_592_000]);
  });
});

describe('each source of requests', () => {
  const by = (measuredBy: RequestSource) => [one('quotes', { availability: 99.9, p95: ms(210), p99: ms(370), measuredBy })];
  const PODS = 'namespace="$namespace",pod=~"$track-[bcdfghjklmnpqrstvwxz2456789]{1,10}-[bcdfghjklmnpqrstvwxz2456789]{5}"';

  test.each([
    ['Spring Boot', () => RequestSource.springBoot(), 'http_server_requests_seconds', 'status'],
    ['OpenTelemetry', () => RequestSource.openTelemetry(), 'http_server_request_duration_seconds', 'http_response_status_code'],
  ])('%s counts by pod, and in seconds', (name, source, metric, code) => {
    const services = by(source());
    const [, requests] = rowsOf('service', services);
    expect(requests!.title).toBe(`Requests, as counted by ${name}`);
    expect(requests!.panels[0]!.queries).toEqual([
      {
        legend: '{{class}}xx',
        expr: `sum by (class) (label_replace(rate(${metric}_count{${PODS}}[$__rate_interval]), "class", "$1", "${code}", "(.).*"))`,
      },
    ]);
    expect(panelOf('service', services, 'Requests by track').queries).toEqual([
      {
        legend: '{{track}}',
        expr: `sum by (track) (label_replace(rate(${metric}_count{${PODS}}[$__rate_interval]), "track", "$1", "pod", "(.+)-[^-]+-[^-]+"))`,
      },
    ]);
    for (const { unit, thresholds } of [panelOf('service', services, 'p95 by track'), panelOf('release', services, 'p95')]) {
      expect([unit, thresholds]).toEqual(['s', [{ colour: 'green' }, { from: 0.21, colour: 'red' }]]);
    }
    expect(panelOf('release', services, 'p99').thresholds![1]).toEqual({ from: 0.37, colour: 'red' });
    expect(panelsOf('fleet', services).find(({ kind }) => kind === 'table')!.queries[3]!.expr).toBe(
      'histogram_quantile(0.95, sum by (le, namespace, service) (sum by (le, namespace, track) ' +
        `(label_replace(rate(${metric}_bucket{namespace=~"$namespace",${code}!~"5.."}[$__rate_interval]), "track", "$1", "pod", "(.+)-[^-]+-[^-]+")) ` +
        '* on (namespace, track) group_left (service) label_replace(service:part:info{namespace=~"$namespace",service=~"$service",kind="Deployment"}, "track", "$1", "name", "(.+)")))',
    );
  });

  test("a service's own proxies count by its name, and in milliseconds", () => {
    const services = by(RequestSource.istio({ reporter: 'destination' }));
    const [, requests] = rowsOf('service', services);
    expect(requests!.title).toBe('Requests, as counted by its own proxies');
    expect(requests!.panels[0]!.queries[0]!.expr).toBe(
      'sum by (class) (label_replace(rate(istio_requests_total{reporter="destination",destination_workload_namespace="$namespace",' +
        'destination_canonical_service="$service"}[$__rate_interval]), "class", "$1", "response_code", "(.).*"))',
    );
    expect(panelOf('service', services, 'p95 by track').unit).toBe('ms');
  });

  test('has a row of its own, and a share of its own while a release goes on; two of one kind are one', () => {
    const [payments, quotes, rates] = everyKind();
    const services = [payments!, quotes!, rates!, one('more', { availability: 99 })];
    expect(rowsOf('release', services).map(({ title }) => title)).toEqual([
      'Release',
      'Who gets how much',
      'Side by side, as counted by the proxies of its callers',
      'Side by side, as counted by Spring Boot',
      'Side by side, as counted by OpenTelemetry',
      'What it is judged by',
      'Pods of each track',
    ]);
    const [, share] = rowsOf('release', services);
    expect(share!.panels.map(({ title, width }) => [title, width])).toEqual([
      ['Weights', 12],
      ['What each track gets, as counted by the proxies of its callers', 12],
      ['What each track gets, as counted by Spring Boot', 12],
      ['What each track gets, as counted by OpenTelemetry', 12],
    ]);
  });

  test('is the proxies of the callers where nothing is promised', () => {
    expect(rowsOf('service', [database()]).map(({ title }) => title)).toEqual([
      'Now',
      'Requests, as counted by the proxies of its callers',
      'Callers',
      'Saturation',
    ]);
  });
});

test('without Flagger the share of the tracks takes the whole width', () => {
  const { width, description } = panelOf('release', [one('plain', { availability: 99 })], 'What each track gets');
  expect([width, description]).toEqual([24, 'The share of the requests, as counted by the proxies of its callers.']);
});

describe('the dashboard of the objective', () => {
  const pace = (services: ObservedService[]) =>
    panelsOf('objective', services)
      .filter(({ title }) => title.startsWith('Pace over') && title !== 'Pace over six hours')
      .map(({ title, thresholds }) => [title, ...thresholds!.slice(1).flatMap(({ from, colour }) => [from, colour])]);

  test('has the paces at which people are told, by who is', () => {
    expect(pace([one('a', { availability: 99.9 })])).toEqual([
      ['Pace over 5m', 14.4, 'red'],
      ['Pace over 30m', 6, 'red'],
      ['Pace over 1h', 14.4, 'red'],
      ['Pace over 2h', 3, 'orange'],
      ['Pace over 6h'],
      ['Pace over 1d', 3, 'orange'],
      ['Pace over 3d', 1, 'orange'],
    ]);
  });

  test('and none where they differ', () => {
    const services = [one('a', { availability: 99.9 }), one('b', { availability: 99.9, window: Duration.days(7) })];
    expect(pace(services).slice(0, 3)).toEqual([['Pace over 5m'], ['Pace over 30m'], ['Pace over 1h']]);
    const { description } = panelOf('objective', services, 'Pace over 5m');
    expect(description).toBe('How many times faster the budget goes than it may, over 5 minutes.');
  });

  test('has routes where an application tells of them, of each such source', () => {
    const titles = (services: ObservedService[]) => rowsOf('objective', services).map(({ title }) => title);
    expect(titles(everyKind().slice(0, 1))).toEqual(['The promise', 'How fast the budget goes']);
    const [routes] = rowsOf('objective', everyKind()).slice(2);
    expect(routes!.panels.map(({ title }) => title)).toEqual([
      'Break their own objective',
      'Routes that fail most, as counted by Spring Boot',
      'Routes that fail most, as counted by OpenTelemetry',
    ]);
    expect(routes!.panels[2]!.labels).toEqual([
      { label: 'http_request_method', title: 'Method' },
      { label: 'http_route', title: 'Route' },
    ]);
  });
});

test('the fleet asks the mesh once for what takes long, whichever proxies objectives ask', () => {
  const asked = (services: ObservedService[]) =>
    panelsOf('fleet', services).find(({ kind }) => kind === 'table')!.queries[3]!.expr;
  const callers = one('a', { availability: 99 });
  const own = one('b', { availability: 99, measuredBy: RequestSource.istio({ reporter: 'destination' }) });
  expect(asked([callers, own])).toBe(asked([callers]));
  expect(asked([own])).toBe(asked([callers]));
});

test('the fleet has no panel of backups where there are none', () => {
  expect(
    panelsOf('fleet', [database()])
      .map(({ title }) => title)
      .slice(-3),
  ).toEqual(['Quota used', 'Certificates end in', 'Certificates that are not ready']);
});
