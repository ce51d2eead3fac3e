import { Chart, Duration, Testing } from 'cdk8s';
import { ObservabilityStack, Objective, ObservedService, Platform, Release, RequestSource } from '../../lib';
import { metricNames, promqlProblems } from '../../lib/promql/promql';
import { is } from '../../lib/promql/selector';
import { budgetQueries } from '../../lib/observability/rules/budget-queries';
import { KNOWN_METRICS } from '../../lib/observability/sources/catalogue';
import { type Json, World, only } from '../banking-service/world';
import { ruleGroups } from './promtool/world';

let groups: Json[];
let rules: Json[];
let recordedNames: Set<string>;
beforeAll(() => {
  groups = ruleGroups();
  rules = groups.flatMap((group) => group.rules as Json[]);
  recordedNames = new Set(rules.flatMap((rule) => (rule.record ? [rule.record as string] : [])));
});
const record = (name: string, labels: Json): string =>
  rules.find((rule) => rule.record === name && Object.entries(labels).every(([key, value]) => rule.labels[key] === value))!.expr;

/** White space apart. */
const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();

describe('O2: every query', () => {
  test('is PromQL, of metrics that there are', () => {
    const wrong = rules.flatMap(({ alert, record: recorded, labels, expr }) => {
      const unknown = metricNames(expr as string).filter((name) => !KNOWN_METRICS.has(name) && !recordedNames.has(name));
      return [...promqlProblems(expr as string), ...unknown].map(
        (what) => `${alert ?? recorded} ${JSON.stringify(labels)}: ${what}`,
      );
    });
    expect(wrong).toEqual([]);
  });

  test('reads only what a rule before it records: nothing is recorded twice, nothing is read that is not', () => {
    const identity = rules.filter((rule) => rule.record).map((rule) => `${rule.record} ${JSON.stringify(rule.labels)}`);
    expect(new Set(identity).size).toBe(identity.length);
    expect(new Set(groups.map(({ name }) => name)).size).toBe(groups.length);
  });
});

describe('what is recorded', () => {
  const payments = { service: 'payments', objective: 'availability' };

  test('requests and failures of a service, on every track, as its callers see them', () => {
    const selector =
      'reporter="source",destination_service_namespace="banking",destination_service_name=~"payments|payments-canary|payments-primary"';
    expect(record('objective:requests:rate2m', payments)).toBe(`sum(rate(istio_requests_total{${selector}}[2m]))`);
    expect(flat(record('objective:failures:rate2m', payments))).toBe(
      `sum( rate(istio_requests_total{${selector},response_code=~"5.."}[2m]) or ` +
        `rate(istio_requests_total{${selector},grpc_response_status=~"2|4|12|13|14|15"}[2m]) ) or 0 * sum(rate(istio_requests_total{${selector}}[2m]))`,
    );
  });

  test('of a latency, the successes that are not below the limit', () => {
    const selector =
      'reporter="source",destination_service_namespace="banking",destination_service_name=~"payments|payments-canary|payments-primary",' +
      'response_code!~"5..",grpc_response_status!~"2|4|12|13|14|15"';
    expect(flat(record('objective:failures:rate2m', { service: 'payments', objective: 'latency-p95' }))).toBe(
      `clamp_min( sum(rate(istio_request_duration_milliseconds_count{${selector}}[2m])) ` +
        `- 0.3333333333 * sum(rate(istio_request_duration_milliseconds_bucket{${selector},le=~"100(\\\\.0)?"}[2m])) ` +
        `- 0.6666666667 * sum(rate(istio_request_duration_milliseconds_bucket{${selector},le=~"250(\\\\.0)?"}[2m])), 0 )`,
    );
  });

  test('of a route, by the words of the source', () => {
    const route = { service: 'quotes', objective: 'latency-p99', route: 'POST /api/v1/quotes/{id}' };
    expect(record('objective:requests:rate2m', route)).toBe(
      'sum(rate(http_server_requests_seconds_count{namespace="banking",pod=~"quotes-[bcdfghjklmnpqrstvwxz2456789]{1,10}-[bcdfghjklmnpqrstvwxz2456789]{5}",' +
        'method="POST",uri="/api/v1/quotes/{id}",status!~"5.."}[2m]))',
    );
    expect(record('objective:target:ratio', route)).toBe('vector(0.99)');
  });

  test('shares over hours from each sample, over days from samples that do not overlap, and none without requests', () => {
    const of = (metric: string) =>
      `objective:${metric}:rate2m{namespace="banking",service="payments",objective="availability",route=""}`;
    expect(flat(record('objective:failure_ratio:rate1h', payments))).toBe(
      `sum_over_time(${of('failures')}[1h]) / (sum_over_time(${of('requests')}[1h]) > 0)`,
    );
    expect(flat(record('objective:failure_ratio:rate3d', payments))).toBe(
      `sum_over_time(${of('failures')}[3d:2m]) / (sum_over_time(${of('requests')}[3d:2m]) > 0)`,
    );
    expect(record('objective:error_budget_left:ratio', payments)).toBe(
      '1 - objective:failure_ratio:rate30d{namespace="banking",service="payments",objective="availability",route=""} / 0.001',
    );
    expect(record('objective:error_budget_left:ratio', { service: 'quotes', objective: 'availability' })).toContain(':rate7d{');
  });

  test('often enough that Prometheus never takes a series for gone', () => {
    const interval = Object.fromEntries(groups.map(({ name, interval }) => [name, interval]));
    expect(interval).toMatchObject({
      'banking.payments.objective': '30s',
      'banking.payments.objective.days': '2m',
      'banking.payments.parts': '1m',
      // As often as Prometheus looks at all rules.
      'banking.payments.budget': undefined,
    });
  });
});

describe('ObservabilityStack', () => {
  let objects: Json[];
  beforeAll(() => {
    const world = new World({ prometheus: { discoveryLabels: { release: 'odd' } }, ingressGateway: undefined });
    const ledger = world.service('ledger');
    const payments = world.service('payments', {
      mtlsExceptions: [{ port: 8071, mode: 'PERMISSIVE', reason: 'a partner without a mesh' }],
    });
    new ObservabilityStack(world.chart, 'observability', {
      services: [ledger, ObservedService.from(payments, { objective: { p99: Duration.millis(900) } })],
      objective: { availability: 99.9 },
      severities: { page: 'critical', ticket: 'warning' },
    });
    objects = world.objects();
  });
  const alerts = (name: string): Json[] =>
    (only(objects, 'PrometheusRule', name).spec.groups as Json[])
      .flatMap((group) => group.rules as Json[])
      .filter((rule) => rule.alert);

  test('makes one PrometheusRule a service and one a namespace, which the installed Prometheus discovers', () => {
    const made = objects.filter(({ kind }) => kind === 'PrometheusRule').map(({ metadata }) => metadata);
    expect(made.map(({ name, namespace, labels }) => [name, namespace, labels.release])).toEqual([
      ['ledger', 'vault', 'odd'],
      ['payments', 'vault', 'odd'],
      ['vault-namespace', 'vault', 'odd'],
    ]);
  });

  test('reads what a BankingService consists of', () => {
    const text = JSON.stringify(only(objects, 'PrometheusRule', 'ledger').spec);
    expect(text).toContain('destination_service_name=\\"ledger\\"');
    expect(text).toContain('horizontalpodautoscaler=\\"ledger\\"');
    expect(text).toContain('poddisruptionbudget=\\"ledger\\"');
    expect(text).not.toContain('flagger_');
  });

  test('gives each service its own objective, or the one of all', () => {
    expect(alerts('ledger').map(({ labels }) => labels.objective)).toContain('availability');
    const own = new Set(alerts('payments').flatMap(({ labels }) => labels.objective ?? []));
    expect([...own]).toEqual(['latency-p99']);
  });

  test('calls plain text an alarm only where none is allowed', () => {
    expect(alerts('ledger').map(({ alert }) => alert)).toContain('PlainTextAccepted');
    expect(alerts('payments').map(({ alert }) => alert)).not.toContain('PlainTextAccepted');
  });

  test('alerts on ejected hosts only where the proxies tell of them', () => {
    expect(alerts('ledger').map(({ alert }) => alert)).not.toContain('HostsEjected');
  });

  test('says severities in the words of the Alertmanager that there is', () => {
    expect([...new Set(alerts('ledger').map(({ labels }) => labels.severity))].sort()).toEqual(['critical', 'warning']);
  });
});

test('watches a service that this library did not make, with what Flagger makes of it', () => {
  const chart = new Chart(Testing.app(), 'x');
  new ObservabilityStack(chart, 'observability', {
    platform: new Platform(),
    services: [
      ObservedService.of({
        name: 'quotes',
        namespace: 'markets',
        deployments: ['quotes-v1'],
        services: ['quotes-http'],
        autoscalers: ['keda-hpa-quotes'],
        canary: 'quotes-v1',
        objective: { availability: 99, measuredBy: RequestSource.istio({ reporter: 'destination' }) },
      }),
    ],
  });
  const text = JSON.stringify(only(Testing.synth(chart) as Json[], 'PrometheusRule', 'quotes').spec);
  expect(text).toContain(
    'reporter=\\"destination\\",destination_workload_namespace=\\"markets\\",destination_canonical_service=\\"quotes\\"',
  );
  expect(text).toContain('destination_service_name=~\\"quotes-http|quotes-http-canary|quotes-http-primary\\"');
  expect(text).toContain('deployment=~\\"quotes-v1|quotes-v1-primary\\"');
  expect(text).toContain('horizontalpodautoscaler=~\\"keda-hpa-quotes|keda-hpa-quotes-primary\\"');
  expect(text).toContain('workload=\\"quotes-v1\\"');
});

test("the budget's panels read what the rules record", () => {
  const queries = budgetQueries({ namespace: is('$namespace'), service: is('$service') });
  for (const { query } of queries) {
    expect(promqlProblems(query)).toEqual([]);
    expect(metricNames(query).filter((name) => !recordedNames.has(name))).toEqual([]);
  }
  expect(queries.find(({ title }) => title === 'Pace over an hour')!.query).toBe(
    'objective:failure_ratio:rate1h{namespace="$namespace",service="$service"} / (1 - objective:target:ratio{namespace="$namespace",service="$service"})',
  );
});

describe('O8: one objective, two uses', () => {
  let analysis: Json;
  let text: string;
  beforeAll(() => {
    const world = new World();
    const objective = Objective.of({ availability: 99.97, p99: Duration.millis(640) });
    const teller = world.service('teller', { release: Release.canary({ objective }) });
    new ObservabilityStack(world.chart, 'observability', { services: [teller], objective });
    const objects = world.objects();
    analysis = only(objects, 'Canary').spec.analysis;
    text = JSON.stringify(only(objects, 'PrometheusRule', 'teller').spec);
  });

  test('the canary is stopped where the page starts: 14.4 × 0.03 % = 0.432 %', () => {
    expect(text).toContain(
      'objective:failure_ratio:rate1h{namespace=\\"vault\\",service=\\"teller\\",objective=\\"availability\\",route=\\"\\"} > 0.00432',
    );
    expect(analysis.metrics.map(({ name, thresholdRange }: Json) => [name, thresholdRange])).toEqual([
      ['request-success-rate', { min: 99.568 }],
      ['request-duration', { max: 640 }],
    ]);
  });

  test('what Flagger makes is watched too', () => {
    expect(text).toContain('destination_service_name=~\\"teller|teller-canary|teller-primary\\"');
    expect(text).toContain('deployment=~\\"teller|teller-primary\\"');
    expect(text).toContain('horizontalpodautoscaler=~\\"teller|teller-primary\\"');
    expect(text).toContain('flagger_canary_status{exported_namespace=\\"vault\\",name=\\"teller\\"}');
  });
});
