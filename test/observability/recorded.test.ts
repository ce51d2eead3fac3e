import { Duration } from 'cdk8s';
import { ObservedService, Platform, RequestSource } from '../../lib';
import { budgetQueries } from '../../lib/observability/rules/budget-queries';
import { partRules } from '../../lib/observability/rules/part-rules';
import { is } from '../../lib/promql/selector';
import type { Json } from '../banking-service/world';
import { groupsOf, lines, podsOf, teller } from './alerts/world';

const TELLER = { namespace: 'vault', service: 'teller' };

/** What the rules of a service record, by the name of the series, of one goal. */
function recordsOf(groups: Record<string, Json[]>, labels: Json): Record<string, string> {
  const all = [...groups['objective']!, ...groups['objective.days']!];
  const own = all.filter((rule) => Object.entries(labels).every(([key, value]) => rule.labels[key] === value));
  return Object.fromEntries(own.map(({ record, expr }) => [record as string, expr as string]));
}

describe('O2: of each goal', () => {
  let groups: Record<string, Json[]>;
  beforeAll(() => {
    groups = groupsOf('teller', { services: [teller()] });
  });

  test('rates, shares over each window of an alert, and what is left of the budget of its own window', () => {
    const names = (group: string, objective: string) =>
      groups[group]!.filter(({ labels }) => labels.objective === objective).map(({ record }) => record as string);
    const ratio = (window: string) => `objective:failure_ratio:rate${window}`;
    for (const objective of ['availability', 'latency-p95']) {
      expect(names('objective', objective)).toEqual([
        'objective:requests:rate2m',
        'objective:failures:rate2m',
        'objective:target:ratio',
        ...['2m', '5m', '30m', '1h', '2h', '6h'].map(ratio),
      ]);
      expect(names('objective.days', objective)).toEqual([
        ...['1d', '3d', '28d'].map(ratio),
        'objective:error_budget_left:ratio',
      ]);
    }
    expect(groups['objective']![0]!.labels).toEqual({ ...TELLER, objective: 'availability' });
  });

  test('the share of right now is that of the rates; from a day on samples do not overlap', () => {
    const of = (metric: string) =>
      `objective:${metric}:rate2m{namespace="vault",service="teller",objective="availability",route=""}`;
    const records = recordsOf(groups, { objective: 'availability' });
    expect(records['objective:failure_ratio:rate2m']).toBe(lines(of('failures'), '/', `(${of('requests')} > 0)`));
    expect(records['objective:failure_ratio:rate6h']).toBe(
      lines(`sum_over_time(${of('failures')}[6h])`, '/', `(sum_over_time(${of('requests')}[6h]) > 0)`),
    );
    expect(records['objective:failure_ratio:rate1d']).toBe(
      lines(`sum_over_time(${of('failures')}[1d:2m])`, '/', `(sum_over_time(${of('requests')}[1d:2m]) > 0)`),
    );
    expect(records['objective:target:ratio']).toBe('vector(0.997)');
    expect(records['objective:error_budget_left:ratio']).toBe(
      '1 - objective:failure_ratio:rate28d{namespace="vault",service="teller",objective="availability",route=""} / 0.003',
    );
  });

  test('a limit at which a bucket ends is counted by that bucket', () => {
    const selector =
      'reporter="source",destination_service_namespace="vault",destination_service_name=~"counter|counter-canary|counter-primary",' +
      'response_code!~"5..",grpc_response_status!~"2|4|12|13|14|15"';
    const requests = `sum(rate(istio_request_duration_milliseconds_count{${selector}}[2m]))`;
    const records = recordsOf(groups, { objective: 'latency-p95' });
    expect(records['objective:requests:rate2m']).toBe(requests);
    expect(records['objective:failures:rate2m']).toBe(
      lines(
        'clamp_min(',
        `  ${requests}`,
        `  - sum(rate(istio_request_duration_milliseconds_bucket{${selector},le=~"250(\\\\.0)?"}[2m])),`,
        '  0',
        ')',
      ),
    );
  });
});

describe.each([
  ['Spring Boot', () => RequestSource.springBoot(), 'http_server_requests_seconds', 'status', 'method', 'uri'],
  [
    'OpenTelemetry',
    () => RequestSource.openTelemetry(),
    'http_server_request_duration_seconds',
    'http_response_status_code',
    'http_request_method',
    'http_route',
  ],
])('what %s counts', (_, source, metric, code, method, route) => {
  const records = (routeName?: string) => {
    const promise = { availability: 99.6, p99: Duration.seconds(1) };
    const service = ObservedService.of({
      name: 'quotes',
      namespace: 'markets',
      objective: { ...(routeName === undefined ? promise : { routes: { [routeName]: promise } }), measuredBy: source() },
    });
    const groups = groupsOf('quotes', { services: [service] });
    return (objective: string) => recordsOf(groups, { objective });
  };
  const PODS = `namespace="markets",${podsOf('quotes')}`;

  test('of all requests, by the pods that count them', () => {
    const { 'objective:requests:rate2m': requests, 'objective:failures:rate2m': failures } = records()('availability');
    const all = `sum(rate(${metric}_count{${PODS}}[2m]))`;
    expect(requests).toBe(all);
    expect(failures).toBe(lines('sum(', `  rate(${metric}_count{${PODS},${code}=~"5.."}[2m])`, ')', 'or', `0 * ${all}`));
  });

  test('of a route, with its method or whatever method it has', () => {
    const count = (selector: string) => `sum(rate(${metric}_count{${PODS},${selector}}[2m]))`;
    expect(records('/q/{id}')('availability')['objective:requests:rate2m']).toBe(count(`${route}="/q/{id}"`));
    const latency = records('POST /q/{id}')('latency-p99');
    const selector = `${method}="POST",${route}="/q/{id}",${code}!~"5.."`;
    expect(latency['objective:requests:rate2m']).toBe(count(selector));
    expect(latency['objective:failures:rate2m']).toContain(
      `  - sum(rate(${metric}_bucket{${PODS},${selector},le=~"1(\\\\.0)?"}[2m])),`,
    );
  });
});

test("what the service's own proxies count does not depend on who calls, nor on the names of Services", () => {
  const service = ObservedService.of({
    name: 'quotes',
    namespace: 'markets',
    services: ['ticker'],
    objective: { availability: 99.6, measuredBy: RequestSource.istio({ reporter: 'destination' }) },
  });
  expect(recordsOf(groupsOf('quotes', { services: [service] }), {})['objective:requests:rate2m']).toBe(
    'sum(rate(istio_requests_total{reporter="destination",destination_workload_namespace="markets",destination_canonical_service="quotes"}[2m]))',
  );
});

describe('for dashboards', () => {
  const facts = () => teller().facts(new Platform().model);

  test('what a service consists of, each part once', () => {
    const part = (kind: string, name: string) => ({
      record: 'service:part:info',
      expr: 'vector(1)',
      labels: { ...TELLER, kind, name },
    });
    expect(groupsOf('teller', { services: [teller()] })['parts']).toEqual([
      part('Service', 'counter'),
      part('Service', 'counter-primary'),
      part('Service', 'counter-canary'),
      part('Deployment', 'till'),
      part('Deployment', 'drawer'),
      part('Deployment', 'till-primary'),
      part('HorizontalPodAutoscaler', 'keda-hpa-till'),
      part('HorizontalPodAutoscaler', 'keda-hpa-till-primary'),
      part('Canary', 'till'),
    ]);
    expect(
      partRules({ ...facts(), canary: undefined, deployments: ['till', 'till'] }).map(({ labels }) => labels['kind']),
    ).toEqual([...['Service', 'Service', 'Service', 'Deployment', 'HorizontalPodAutoscaler', 'HorizontalPodAutoscaler']]);
  });

  test('what a canary must keep to, in the unit of what Flagger reports', () => {
    const thresholds = [
      { metric: 'request-success-rate', min: 94.24 },
      { metric: 'request-duration', max: 640 },
      { metric: 'fraud', min: 3, max: 71 },
    ];
    const bounds = partRules({ ...facts(), canary: { target: 'till', thresholds } }).slice(9);
    const bound = (metric: string, which: string, value: string) => ({
      record: 'service:canary_threshold:value',
      expr: `vector(${value})`,
      labels: { ...TELLER, metric, bound: which },
    });
    expect(bounds).toEqual([
      bound('request-success-rate', 'min', '94.24'),
      bound('request-duration', 'max', '0.64'),
      bound('fraud', 'min', '3'),
      bound('fraud', 'max', '71'),
    ]);
  });

  test('the queries of a budget, each with what it gives', () => {
    const of = (metric: string) => `objective:${metric}{service="till"}`;
    const pace = (window: string) => `${of(`failure_ratio:rate${window}`)} / (1 - ${of('target:ratio')})`;
    expect(budgetQueries({ service: is('till') })).toEqual([
      { title: 'Error budget left', unit: 'percentunit', query: of('error_budget_left:ratio') },
      { title: 'Promised', unit: 'percentunit', query: of('target:ratio') },
      { title: 'Requests that break it, right now', unit: 'percentunit', query: of('failure_ratio:rate2m') },
      { title: 'Pace over an hour', unit: 'none', query: pace('1h') },
      { title: 'Pace over six hours', unit: 'none', query: pace('6h') },
      { title: 'Requests that count', unit: 'reqps', query: of('requests:rate2m') },
    ]);
  });
});
