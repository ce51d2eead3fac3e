import { Duration } from 'cdk8s';
import {
  Dashboards,
  ObservabilityStack,
  Objective,
  type ObjectiveProps,
  ObservedService,
  Platform,
  Release,
  RequestSource,
} from '../../lib';
import { notesOn } from '../../lib/kube';
import { sectionsOn } from '../../lib/kube/sections';
import { type Json, World } from '../banking-service/world';
import { database, groupsOf, quotes, teller } from './alerts/world';

describe('what a stack makes and says', () => {
  let stack: ObservabilityStack;
  let objects: Json[];
  beforeAll(() => {
    const world = new World({ prometheus: { discoveryLabels: { release: 'odd' } } });
    const objective = Objective.of({ availability: 99.7, window: Duration.days(45) });
    const till = world.service('till', { release: Release.canary({ objective }) });
    const desk = ObservedService.from(world.service('desk'), { objective: { p90: Duration.millis(220) } });
    stack = new ObservabilityStack(world.chart, 'watch', {
      services: [till, desk, quotes(), database()],
      objective,
      backups: [{ schedule: 'nightly', maxAge: Duration.hours(27) }],
    });
    objects = world.objects();
  });

  const said = (kind: string) =>
    notesOn(stack)
      .filter((one) => one.kind === kind)
      .map(({ text }) => text);
  const section = (heading: string, title: string) =>
    sectionsOn(stack)
      .find((one) => one.heading === heading && one.title === title)!
      .body()
      .split('\n');

  test('a PrometheusRule for each service and each namespace, with the labels by which Prometheus and people find it', () => {
    const common = { 'app.kubernetes.io/managed-by': 'cdk8s-banking', release: 'odd' };
    const made = objects.filter(({ kind }) => kind === 'PrometheusRule');
    expect(made.map(({ metadata: { namespace, name, labels } }) => [namespace, name, labels])).toEqual(
      [
        ['vault', 'till', { 'app.kubernetes.io/name': 'till', 'app.kubernetes.io/part-of': 'vault' }],
        ['vault', 'desk', { 'app.kubernetes.io/name': 'desk', 'app.kubernetes.io/part-of': 'vault' }],
        ['markets', 'quotes', { 'app.kubernetes.io/name': 'quotes', 'app.kubernetes.io/part-of': 'markets' }],
        ['vault', 'safe', { 'app.kubernetes.io/name': 'safe', 'app.kubernetes.io/part-of': 'vault' }],
        ['vault', 'vault-namespace', { 'app.kubernetes.io/part-of': 'vault' }],
        ['markets', 'markets-namespace', { 'app.kubernetes.io/part-of': 'markets' }],
      ].map(([namespace, name, labels]) => [namespace, name, { ...common, ...(labels as object) }]),
    );
  });

  test('what Prometheus must scrape, and for how long it must keep what it records', () => {
    expect(said('prerequisite').slice(-5, -2)).toEqual([
      'Prometheus scrapes kube-state-metrics and the kubelets, and keeps the labels that they set (honorLabels).',
      'Prometheus scrapes Flagger, cert-manager, Velero.',
      'Prometheus keeps what it records for 45 days or longer, the window of the error budgets.',
    ]);
    expect(said('prerequisite')).toContain(
      "Grafana's data source of type prometheus is told the interval of the scrapes, by which the dashboards choose the window of a rate.",
    );
  });

  test('which alerts there can not be, which shares are estimated, and that there are no runbooks', () => {
    expect(said('warning')).toEqual([
      'vault/desk: 90 % take at most 220 ms: no page for 2 % of the budget in 1h: not even failure of every request uses it up at 14.4 times the pace',
      "vault/desk: 90 % take at most 220 ms: no bucket of Istio's durations ends at 220 ms, so that the share is estimated between its neighbours, 100 ms and 250 ms; the guide to objectives says how to add one",
      'Alerts name no runbook; give the ObservabilityStack the address of the runbooks',
    ]);
  });

  test('what is promised, what that allows, and who is told when', () => {
    const head = ['| of | is promised | so may fail | somebody is told |', '| --- | --- | --- | --- |'];
    expect(section('Objectives', 'desk')).toEqual([
      ...head,
      '| all requests | 90 % take at most 220 ms | 10 % in 30 days | page above 60 % over 6h and 30m; ticket above 30 % over 1d and 2h; ticket above 10 % over 3d and 6h |',
    ]);
    expect(section('Objectives', 'quotes')[2]).toBe(
      '| POST /q/\\{id\\} | 99.5 % succeed | 0.5 % in 30 days | page above 7.2 % over 1h and 5m; page above 3 % over 6h and 30m; ticket above 1.5 % over 1d and 2h; ticket above 0.5 % over 3d and 6h |',
    );
    expect(sectionsOn(stack).filter(({ heading }) => heading === 'Objectives')).toHaveLength(3);
  });

  test('what stops a canary, of the one that there is', () => {
    expect(section('Objectives', 'till').slice(3)).toEqual([
      '',
      'What stops a canary follows from it:',
      '',
      '- 99\\.7 % over 45 days lets 0.3 % of the requests fail: the error budget.',
      '- A human is paged when 2 % of that budget goes within 1h, which is 21.6 times the pace that it lasts for.',
      '- 21\\.6 × 0.3 % = 6.48 %: the canary stops below 93.52 %, where the page starts.',
      '- In an interval of up to 15 requests one failed request is enough for that: where there are fewer, add a load test or a longer interval.',
    ]);
  });

  test('what stops a canary by latencies alone, one of which Flagger does not measure itself', () => {
    const world = new World();
    const objective = Objective.of({ p95: Duration.millis(250), p99: Duration.millis(640) });
    const services = [world.service('till', { release: Release.canary({ objective }) })];
    const [objectives] = sectionsOn(new ObservabilityStack(world.chart, 'watch', { services, objective }));
    expect(objectives!.body().split('\n').slice(-2)).toEqual([
      "- p95 of at most 250 ms is the objective itself: its budget, 5 % of the requests, is wide enough that one slow request stops no canary in an interval of 20 requests or more. Flagger's own duration is the p99, so p95 needs a MetricTemplate.",
      '- p99 of at most 640 ms is the objective itself: its budget, 1 % of the requests, is wide enough that one slow request stops no canary in an interval of 100 requests or more.',
    ]);
  });

  test.each([
    ['of its own', Release.canary({ successRate: 99.5 })],
    ['of its own beside the latency', Release.canary({ successRate: 98, p99: Duration.millis(640) })],
    ['of its own beside the availability', Release.canary({ successRate: 95.68, p99: Duration.millis(700) })],
    ['none', Release.rolling()],
  ])('a canary that has numbers %s is stopped by other things', (_, release) => {
    const world = new World();
    const own = new ObservabilityStack(world.chart, 'watch', {
      services: [world.service('till', { release })],
      objective: { availability: 99.7, p99: Duration.millis(640) },
    });
    const [objectives] = sectionsOn(own);
    expect(objectives).toMatchObject({ heading: 'Objectives', title: 'till' });
    expect(objectives!.body()).not.toContain('canary');
  });

  test('every alert that it has, once, with whom it is about', () => {
    const rows = section('Alerts', 'watch');
    expect(rows.slice(0, 2)).toEqual(['| alert | severity | says | of | runbook |', '| --- | --- | --- | --- | --- |']);
    expect(rows).toContain(
      '| AvailabilityBudgetBurn | page, ticket | Requests fail so often that the error budget will not last | till, quotes | availability-budget-burn.md |',
    );
    expect(rows).toContain('| BackupMissed | ticket | The last good backup is too old | vault | backup-missed.md |');
    expect(rows.filter((row) => row.startsWith('| HostsEjected'))).toEqual([]);
    expect(rows).toHaveLength(2 + 25);
  });

  test('what the mesh must be told', () => {
    expect(stack.meshConfig).toMatch(/^meshConfig:\n {2}accessLogEncoding: JSON\n/);
  });
});

test('of services that nothing is promised of, and that nobody releases, nothing is said of budgets and releases', () => {
  const world = new World();
  const stack = new ObservabilityStack(world.chart, 'watch', {
    services: [database()],
    platform: world.platform,
    runbooks: 'https://git.example.com/r',
  });
  const texts = notesOn(stack).map(({ text }) => text);
  expect(texts.slice(texts.indexOf('Prometheus scrapes cert-manager.'))).toEqual([
    'Prometheus scrapes cert-manager.',
    expect.stringContaining('No other Telemetry') as string,
    expect.stringContaining('MeshConfig has the provider') as string,
  ]);
  expect(sectionsOn(stack).map(({ heading }) => heading)).not.toContain('Objectives');
});

/** The warnings of a stack of two services, with this objective. */
function warned(objective: ObjectiveProps): string[] {
  const world = new World();
  const stack = new ObservabilityStack(world.chart, 'watch', {
    services: ['till', 'desk'].map((name) => ObservedService.of({ name, namespace: 'vault' })),
    platform: world.platform,
    objective,
    runbooks: 'https://git.example.com/r',
  });
  return notesOn(stack).flatMap(({ kind, text }) => (kind === 'warning' ? [text] : []));
}

test('a warning names all services that share an objective, the route, and a source that counts seconds', () => {
  const measuredBy = RequestSource.openTelemetry();
  expect(warned({ availability: 99.7, routes: { '/q': { p99: Duration.millis(1800) } }, measuredBy })).toEqual([
    "vault/till, vault/desk: /q: 99 % take at most 1.8 s: no bucket of OpenTelemetry's durations ends at 1.8 s, so that the share is estimated between its neighbours, 1 s and 2.5 s; the guide to objectives says how to add one",
  ]);
});

test('a limit at the end of a bucket needs no warning; one below all of them is between nothing and the first', () => {
  expect(warned({ p95: Duration.millis(250) })).toEqual([]);
  expect(warned({ p95: Duration.millis(0.2) })).toEqual([
    "vault/till, vault/desk: 95 % take at most 0.2 ms: no bucket of Istio's durations ends at 0.2 ms, so that the share is estimated between its neighbours, 0 ms and 0.5 ms; the guide to objectives says how to add one",
  ]);
});

test('without dashboards no alert names one, and nothing is recorded for them', () => {
  const props = { services: [teller()], grafana: 'https://grafana.example.com' };
  const groups = groupsOf('teller', { ...props, dashboards: Dashboards.none() });
  expect(Object.keys(groups)).not.toContain('parts');
  expect(
    Object.values(groups)
      .flat()
      .flatMap(({ annotations }) => Object.keys((annotations ?? {}) as object)),
  ).not.toContain('dashboard_url');
  expect(Object.keys(groupsOf('teller', props))).toContain('parts');
});

test('the platform of the stack, or of the first service that knows its own', () => {
  const front = (namespace: string) =>
    new Platform({ ingressGateway: { namespace, podLabels: { app: 'front' }, serviceAccount: 'front' } });
  const own = ObservedService.of({ name: 'own', namespace: 'a', platform: front('first'), objective: { availability: 99.7 } });
  const next = ObservedService.of({ name: 'next', namespace: 'b', platform: front('second'), objective: { availability: 99.7 } });
  const platformOf = (platform?: Platform) => {
    const { model } = new ObservabilityStack(new World().chart, 'watch', { services: [quotes(), own, next], platform });
    return [model.platform.ingressGateway.namespace, model.certificates, model.name];
  };
  expect(platformOf()).toEqual(['first', ['markets', 'a', 'b', 'first'], 'markets']);
  expect(platformOf(front('third'))).toEqual(['third', ['markets', 'a', 'b', 'third'], 'markets']);
});
