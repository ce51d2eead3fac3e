import type { Json } from '../../banking-service/world';
import { TILLS, groupsOf, lines, podsOf, quotes, teller } from './world';

const TELLER = { namespace: 'vault', service: 'teller' };
const AVAILABILITY = 'namespace="vault",service="teller",objective="availability",route=""';
const LATENCY = 'namespace="vault",service="teller",objective="latency-p95",route=""';
const CALLERS =
  'reporter="source",destination_service_namespace="vault",destination_service_name=~"counter|counter-canary|counter-primary"';
let groups: Record<string, Json[]>;
beforeAll(() => {
  groups = groupsOf('teller', { services: [teller()] });
});

/** The alerts of a group on one objective. */
const of = (objective: string) => groups['budget']!.filter(({ labels }) => labels.objective === objective);

describe('O2: an error budget burns when both windows are above the threshold, and enough requests failed', () => {
  const failures = (objective: string) => `objective:failures:rate2m{${objective}}`;
  const share = (window: string, objective: string) => `objective:failure_ratio:rate${window}{${objective}}`;

  test('of an hour and of days, in full', () => {
    const [hour, , , days] = of('availability');
    expect(hour).toEqual({
      alert: 'AvailabilityBudgetBurn',
      labels: { ...TELLER, objective: 'availability', severity: 'page', long: '1h', short: '5m' },
      expr: lines(
        `${share('1h', AVAILABILITY)} > 0.04032`,
        'and',
        `${share('5m', AVAILABILITY)} > 0.04032`,
        'and',
        `sum_over_time(${failures(AVAILABILITY)}[1h]) * 30 >= 7`,
      ),
      annotations: {
        summary: 'teller: 99.7 % succeed, and the error budget goes at 13.44 times its pace or more',
        description:
          '{{ $value | humanizePercentage }} of the requests of vault/teller failed within 1h; the objective allows 0.3 % over 28 days. At 13.44 times that pace the whole budget lasts 50 hours.',
      },
    });
    expect(days).toMatchObject({
      labels: { ...TELLER, objective: 'availability', severity: 'ticket', long: '3d', short: '6h' },
      expr: lines(
        `${share('3d', AVAILABILITY)} > 0.003`,
        'and',
        `${share('6h', AVAILABILITY)} > 0.003`,
        'and',
        `sum_over_time(${failures(AVAILABILITY)}[3d:2m]) * 120 >= 7`,
      ),
    });
  });

  test('requests that were too slow have one of their own', () => {
    expect(of('latency-p95')[0]).toEqual({
      alert: 'LatencyBudgetBurn',
      labels: { ...TELLER, objective: 'latency-p95', severity: 'page', long: '1h', short: '5m' },
      expr: lines(
        `${share('1h', LATENCY)} > 0.672`,
        'and',
        `${share('5m', LATENCY)} > 0.672`,
        'and',
        `sum_over_time(${failures(LATENCY)}[1h]) * 30 >= 7`,
      ),
      annotations: {
        summary: 'teller: 95 % take at most 250 ms, and the error budget goes at 13.44 times its pace or more',
        description:
          '{{ $value | humanizePercentage }} of the requests of vault/teller were too slow within 1h; the objective allows 5 % over 28 days. At 13.44 times that pace the whole budget lasts 50 hours.',
      },
    });
  });

  test.each([
    ['availability', [0.04032, 0.0168, 0.0084, 0.003]],
    ['latency-p95', [0.672, 0.28, 0.14, 0.05]],
  ])('%s: two that page, and two that write a ticket', (objective, thresholds) => {
    expect(
      of(objective).map(({ labels, expr }) => [labels.severity, labels.long, labels.short, / > ([0-9.]+)/.exec(expr)![1]]),
    ).toEqual([
      ['page', '1h', '5m', String(thresholds[0])],
      ['page', '6h', '30m', String(thresholds[1])],
      ['ticket', '1d', '2h', String(thresholds[2])],
      ['ticket', '3d', '6h', String(thresholds[3])],
    ]);
  });
});

test('O2: a spike is told of at the numbers that stop a canary', () => {
  expect(groups['requests']).toEqual([
    {
      alert: 'ErrorSpike',
      for: '5m',
      labels: { namespace: 'vault', objective: 'availability', service: 'teller', severity: 'ticket' },
      expr: lines(
        `objective:failure_ratio:rate2m{${AVAILABILITY}} > 0.04032`,
        'and',
        `sum_over_time(objective:failures:rate2m{${AVAILABILITY}}[5m]) * 30 >= 7`,
      ),
      annotations: {
        summary: 'teller: more than 4.032 % of the requests fail',
        description:
          '{{ $value | humanizePercentage }} of the requests of vault/teller fail. A canary would be stopped above 4.032 %.',
      },
    },
    {
      alert: 'LatencySpike',
      for: '5m',
      labels: { namespace: 'vault', objective: 'latency-p95', service: 'teller', severity: 'ticket' },
      expr: lines(
        `histogram_quantile(0.95, sum by (le) (rate(istio_request_duration_milliseconds_bucket{${CALLERS},response_code!~"5..",grpc_response_status!~"2|4|12|13|14|15"}[2m]))) > 250`,
        'and on ()',
        `sum_over_time(objective:failures:rate2m{${LATENCY}}[5m]) * 30 >= 7`,
      ),
      annotations: {
        summary: 'teller: p95 is above 250 ms',
        description:
          '95 % of the requests of vault/teller take up to {{ printf "%.3g" $value }} ms. A canary would be stopped above 250 ms.',
      },
    },
  ]);
});

test('what nothing is known of, whom the objective does not see, and what nobody calls', () => {
  expect(groups['metrics']).toEqual([
    {
      alert: 'MetricsAbsent',
      for: '10m',
      labels: { ...TELLER, severity: 'page' },
      expr: lines(
        `absent(up{namespace="vault",${TILLS}} == 1)`,
        'unless on ()',
        'sum(kube_deployment_spec_replicas{namespace="vault",deployment=~"drawer|till|till-primary"}) == 0',
      ),
      annotations: {
        summary: 'teller: nothing is known of it',
        description: 'Prometheus scrapes no pod of vault/teller, so no other alert of it can fire.',
      },
    },
    {
      alert: 'TargetsDown',
      for: '15m',
      labels: { ...TELLER, severity: 'ticket' },
      expr: `count(up{namespace="vault",${TILLS}} == 0) / count(up{namespace="vault",${TILLS}}) > 0`,
      annotations: {
        summary: 'teller: some of its pods are not scraped',
        description:
          'Prometheus does not get the metrics of {{ $value | humanizePercentage }} of the pods of vault/teller: what is known of it is biased.',
      },
    },
    {
      alert: 'ObjectiveBlind',
      for: '15m',
      labels: { ...TELLER, severity: 'ticket' },
      expr: lines(
        'sum(rate(istio_requests_total{reporter="destination",destination_workload_namespace="vault",destination_canonical_service="teller"}[10m])) > 0',
        'unless on ()',
        `objective:requests:rate2m{${AVAILABILITY}} > 0`,
      ),
      annotations: {
        summary: 'teller: its objective does not see its requests',
        description:
          'vault/teller answers {{ printf "%.3g" $value }} requests a second, and its objective counts none: the metrics of Istio that it reads are not scraped.',
      },
    },
    {
      alert: 'TrafficAbsent',
      labels: { ...TELLER, severity: 'ticket' },
      expr: lines(
        `sum_over_time(objective:requests:rate2m{${AVAILABILITY}}[30m] offset 1d) * 30 >= 100`,
        'and',
        `sum_over_time(objective:requests:rate2m{${AVAILABILITY}}[30m] offset 1w) * 30 >= 100`,
        'unless',
        `sum_over_time(objective:requests:rate2m{${AVAILABILITY}}[30m]) > 0`,
      ),
      annotations: {
        summary: 'teller: no requests for half an hour',
        description:
          'vault/teller got {{ printf "%.0f" $value }} requests in this half hour yesterday, as many last week, and none today.',
      },
    },
  ]);
});

describe('O2: of a route', () => {
  const ROUTE = { namespace: 'markets', service: 'quotes', route: 'POST /q/{id}' };
  const of = (objective: string) => `namespace="markets",service="quotes",objective="${objective}",route="POST /q/{id}"`;
  let route: Record<string, Json[]>;
  beforeAll(() => {
    route = groupsOf('quotes', { services: [quotes()] });
  });

  test('alerts say which, and nothing of canaries, which know no routes', () => {
    expect(route['requests']).toEqual([
      {
        alert: 'ErrorSpike',
        for: '5m',
        labels: { ...ROUTE, objective: 'availability', severity: 'ticket' },
        expr: lines(
          `objective:failure_ratio:rate2m{${of('availability')}} > 0.072`,
          'and',
          `sum_over_time(objective:failures:rate2m{${of('availability')}}[5m]) * 30 >= 10`,
        ),
        annotations: {
          summary: 'quotes POST /q/{id}: more than 7.2 % of the requests fail',
          description: '{{ $value | humanizePercentage }} of the requests of markets/quotes POST /q/{id} fail.',
        },
      },
      {
        alert: 'LatencySpike',
        for: '5m',
        labels: { ...ROUTE, objective: 'latency-p99', severity: 'ticket' },
        expr: lines(
          `histogram_quantile(0.99, sum by (le) (rate(http_server_requests_seconds_bucket{namespace="markets",${podsOf('quotes')},method="POST",uri="/q/{id}",status!~"5.."}[2m]))) > 0.3`,
          'and on ()',
          `sum_over_time(objective:failures:rate2m{${of('latency-p99')}}[5m]) * 30 >= 10`,
        ),
        annotations: {
          summary: 'quotes POST /q/{id}: p99 is above 300 ms',
          description: '99 % of the requests of markets/quotes POST /q/{id} take up to {{ printf "%.3g" $value }} s.',
        },
      },
    ]);
    expect(route['budget']![0]).toMatchObject({
      labels: { ...ROUTE, objective: 'availability', severity: 'page', long: '1h', short: '5m' },
      annotations: {
        summary: 'quotes POST /q/{id}: 99.5 % succeed, and the error budget goes at 14.4 times its pace or more',
        description: expect.stringContaining('of markets/quotes POST /q/{id} failed within 1h') as string,
      },
    });
  });

  test('where all promises are about routes, nobody can say whether the service as a whole is silent', () => {
    expect(route['metrics']!.map(({ alert }) => alert as string)).toEqual(['MetricsAbsent', 'TargetsDown']);
  });
});
