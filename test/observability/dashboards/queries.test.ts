import { Duration } from 'cdk8s';
import { DASHBOARDS, ObservedService } from '../../../lib';
import { dashboardsOf, panelsOf } from '../../../lib/observability/dashboards/dashboards-of';
import type { DashboardModel } from '../../../lib/observability/dashboards/model';
import { type Values, fillIn, valuesOf } from '../../../lib/observability/dashboards/variables';
import { type StackModel, observed } from '../../../lib/observability/model';
import { PARTS } from '../../../lib/observability/rules/part-rules';
import { KNOWN_METRICS } from '../../../lib/observability/sources/catalogue';
import { metricNames, promqlProblems } from '../../../lib/promql/promql';
import type { Json } from '../../banking-service/world';
import { stackOf, teller } from './world';

/** Of a whole stack, made once: every query is looked at. */
let model: StackModel;
let boards: DashboardModel[];
let recorded: Set<string>;
beforeAll(() => {
  const { stack, objects } = stackOf();
  model = stack.model;
  boards = dashboardsOf(model);
  const rules = objects()
    .filter(({ kind }) => kind === 'PrometheusRule')
    .flatMap(({ spec }) => (spec.groups as Json[]).flatMap((group) => group.rules as Json[]));
  recorded = new Set([...Object.values(PARTS), ...rules.flatMap(({ record }) => (record ? [record as string] : []))]);
});

/** One value of each variable, and several. */
const one = (): Values => valuesOf(observed(model, model.services[0]!));
const none: Values = {};
const many = (): Values => Object.fromEntries(Object.keys(one()).map((key) => [key, [`${key}-a`, `${key}.b`]]));
const known = (query: string) => metricNames(query).filter((name) => !KNOWN_METRICS.has(name) && !recorded.has(name));

const queriesOf = (board: DashboardModel) => [
  ...panelsOf(board).flatMap(({ title, queries }) => queries.map(({ legend, expr }) => ({ of: `${title} ${legend}`, expr }))),
  ...board.annotations.map(({ name, expr }) => ({ of: name, expr })),
];

const boardOf = (kind: string, among: readonly DashboardModel[] = boards): DashboardModel =>
  among.find((board) => board.kind === kind)!;

const find = (kind: string, title: string, legend?: string, among: readonly DashboardModel[] = boards): string =>
  panelsOf(boardOf(kind, among))
    .filter((panel) => panel.title === title)
    .flatMap((panel) => panel.queries)
    .find((query) => legend === undefined || query.legend === legend)!.expr;

describe.each(DASHBOARDS)('O3: every query of the dashboard %s', (kind) => {
  test('is PromQL for one service, for several and for none, of metrics that there are', () => {
    const board = boardOf(kind);
    for (const { of, expr } of queriesOf(board)) {
      for (const values of [one(), many(), none]) {
        const filled = fillIn(expr, board.variables, values);
        expect([of, promqlProblems(filled)]).toEqual([of, []]);
        expect([of, known(filled)]).toEqual([of, []]);
        expect(filled.replaceAll('"$1"', '')).not.toContain('$');
      }
    }
  });

  test('has the values of its variables from what the rules record', () => {
    const { variables } = boardOf(kind);
    for (const { query } of variables) {
      const [, selector, label] = /^label_values\((.+), (\w+)\)$/.exec(query)!;
      const filled = fillIn(selector!, variables, one());
      expect(promqlProblems(filled)).toEqual([]);
      expect(metricNames(filled)).toEqual([PARTS.part]);
      expect(['namespace', 'service', 'name']).toContain(label);
    }
  });

  test('uses no variable that its dashboard lacks', () => {
    const board = boardOf(kind);
    for (const { expr } of queriesOf(board)) {
      const names = [...expr.matchAll(/\$([a-z]\w*)/g)].map(([, name]) => name);
      expect(names.filter((name) => !board.variables.some((variable) => variable.name === name))).toEqual([]);
    }
  });
});

describe('O3: what the queries say', () => {
  test('shows of the cluster what the stack watches, and nothing else', () => {
    const [namespace, service] = boards[0]!.variables;
    expect(namespace!.query).toBe(
      'label_values(service:part:info{namespace=~"banking|markets",service=~"database|payments|quotes|rates|seen"}, namespace)',
    );
    expect(service!.query).toBe(
      'label_values(service:part:info{namespace=~"$namespace",service=~"database|payments|quotes|rates|seen"}, service)',
    );
  });

  const callers =
    'reporter="source",destination_service_namespace="$namespace",destination_service_name=~"$host",destination_workload=~"$track|unknown"';

  test('the share that fails has no value where nothing comes, and is zero where nothing fails', () => {
    const all = `sum by (destination_workload) (rate(istio_requests_total{${callers}}[$__rate_interval]))`;
    expect(find('service', 'Fail, by track')).toBe(
      `(sum by (destination_workload) (rate(istio_requests_total{${callers},response_code=~"5.."}[$__rate_interval]) or ` +
        `rate(istio_requests_total{${callers},grpc_response_status=~"2|4|12|13|14|15"}[$__rate_interval])) or 0 * ${all}) / (${all} > 0)`,
    );
  });

  test('a percentile is of the requests that succeed, as the objective counts them', () => {
    expect(find('release', 'p99')).toBe(
      'histogram_quantile(0.99, sum by (le, destination_workload) (rate(istio_request_duration_milliseconds_bucket' +
        `{${callers},response_code!~"5..",grpc_response_status!~"2|4|12|13|14|15"}[$__rate_interval])))`,
    );
  });

  test('an application is found by its pods, whose names tell the track', () => {
    expect(find('service', 'Requests by track', '{{track}}')).toBe(
      'sum by (track) (label_replace(rate(http_server_requests_seconds_count{namespace="$namespace",' +
        'pod=~"$track-[bcdfghjklmnpqrstvwxz2456789]{1,10}-[bcdfghjklmnpqrstvwxz2456789]{5}"}[$__rate_interval]), ' +
        '"track", "$1", "pod", "(.+)-[^-]+-[^-]+"))',
    );
  });

  test('what the proxies of a service count is chosen by its name', () => {
    const [board] = dashboardsOf(
      stackOf({ services: model.services.filter(({ head }) => head.name === 'seen') }).stack.model,
    ).filter(({ kind }) => kind === 'service');
    expect(find('service', 'Requests by track', undefined, [board!])).toBe(
      'sum by (destination_workload) (rate(istio_requests_total{reporter="destination",destination_workload_namespace="$namespace",' +
        'destination_canonical_service="$service",destination_workload=~"$track"}[$__rate_interval]))',
    );
  });

  test('each source of the stack has its own row, once', () => {
    const titles = boards.find(({ kind }) => kind === 'service')!.rows.map(({ title }) => title);
    expect(titles).toEqual([
      'Now',
      'Requests, as counted by the proxies of its callers',
      'Requests, as counted by Spring Boot',
      'Requests, as counted by OpenTelemetry',
      'Requests, as counted by its own proxies',
      'Callers',
      'Saturation',
    ]);
  });

  test('the budget lasts as long as its own window and its pace say', () => {
    const left = 'objective:error_budget_left:ratio{namespace="$namespace",service="$service"}';
    const ratio = (window: string) => `objective:failure_ratio:rate${window}{namespace="$namespace",service="$service"}`;
    const pace = `${ratio('6h')} / (1 - objective:target:ratio{namespace="$namespace",service="$service"})`;
    const lasts = panelsOf(boards.find(({ kind }) => kind === 'objective')!).find(({ title }) => title === 'The budget lasts')!;
    expect(lasts.queries.map(({ expr }) => expr)).toEqual([
      `(clamp_min(${left}, 0) * 604800 / (${pace} > 0)) and ${ratio('7d')}`,
      `(clamp_min(${left}, 0) * 2592000 / (${pace} > 0)) and ${ratio('30d')}`,
    ]);
  });

  test('Flagger is asked by the namespace of the Canary, whether or not the monitor honours the label', () => {
    expect(find('release', 'Now')).toBe(
      'max by (name) ((flagger_canary_status{exported_namespace="$namespace",name=~"$canary"} or ' +
        'flagger_canary_status{exported_namespace="",namespace="$namespace",name=~"$canary"}))',
    );
    expect(find('fleet', 'Services', 'Release')).toBe(
      'max by (namespace, service) (max by (namespace, name) (label_replace((flagger_canary_status{exported_namespace=~"$namespace"} or ' +
        'flagger_canary_status{exported_namespace="",namespace=~"$namespace"}), "namespace", "$1", "exported_namespace", "(.+)")) ' +
        '* on (namespace, name) group_left (service) service:part:info{namespace=~"$namespace",service=~"$service",kind="Canary"})',
    );
  });

  test('a release without Flagger has no rows of Flagger', () => {
    const plain = ObservedService.of({ name: 'plain', namespace: 'shop', objective: { availability: 99 } });
    const [release] = dashboardsOf(stackOf({ services: [plain] }).stack.model).filter(({ kind }) => kind === 'release');
    expect(release!.rows.map(({ title }) => title)).toEqual([
      'Who gets how much',
      'Side by side, as counted by the proxies of its callers',
      'Pods of each track',
    ]);
    expect(
      panelsOf(release!)
        .flatMap(({ queries: all }) => all.map(({ expr }) => expr))
        .join(),
    ).not.toContain('flagger');
  });
});

describe('O3: limits of the objectives', () => {
  const thresholds = (services: readonly ObservedService[], title: string) => {
    const [board] = dashboardsOf(stackOf({ services }).stack.model).filter(({ kind }) => kind === 'service');
    return panelsOf(board!).find((panel) => panel.title === title)!.thresholds;
  };
  const like = (name: string, p95: number) =>
    ObservedService.of({ name, namespace: 'shop', objective: { availability: 99.9, p95: Duration.millis(p95) } });

  test('stand in the panels where all objectives agree', () => {
    expect(thresholds([like('a', 210), like('b', 210)], 'p95 by track')).toEqual([
      { colour: 'green' },
      { from: 210, colour: 'red' },
    ]);
    expect(thresholds([like('a', 210), like('b', 300)], 'p95 by track')).toEqual([{ colour: 'green' }]);
    expect(thresholds([like('a', 210), like('b', 300)], 'Fail, by track')).toEqual([
      { colour: 'green' },
      { from: 0.001, colour: 'yellow' },
      { from: 0.0144, colour: 'red' },
    ]);
  });

  test('are in the unit of the source', () => {
    const [board] = dashboardsOf(
      stackOf({ services: model.services.filter(({ head }) => head.name === 'rates') }).stack.model,
    ).filter(({ kind }) => kind === 'service');
    const p99 = panelsOf(board!).find(({ title }) => title === 'p99 by track')!;
    expect([p99.unit, p99.thresholds]).toEqual(['s', [{ colour: 'green' }, { from: 0.51, colour: 'red' }]]);
  });
});

test('O3: what a canary is judged by is recorded, as Flagger reports what it measures', () => {
  const rules = teller()
    .objects()
    .filter(({ kind, metadata }) => kind === 'PrometheusRule' && metadata.name === 'teller')
    .flatMap(({ spec }) => spec.groups as Json[])
    .find(({ name }) => name === 'vault.teller.parts')!.rules as Json[];
  const said = rules.map(({ record, expr, labels: { namespace, service, ...labels } }) => {
    expect([namespace, service]).toEqual(['vault', 'teller']);
    return [record, (expr as { value?: string }).value ?? expr, ...Object.values(labels as Json)].join(' ');
  });
  expect(said).toEqual([
    'service:part:info vector(1) Service teller',
    'service:part:info vector(1) Service teller-primary',
    'service:part:info vector(1) Service teller-canary',
    'service:part:info vector(1) Deployment teller',
    'service:part:info vector(1) Deployment teller-primary',
    'service:part:info vector(1) HorizontalPodAutoscaler teller',
    'service:part:info vector(1) HorizontalPodAutoscaler teller-primary',
    'service:part:info vector(1) Canary teller',
    'service:canary_threshold:value vector(99.3) min request-success-rate',
    'service:canary_threshold:value vector(0.37) max request-duration',
  ]);
});
