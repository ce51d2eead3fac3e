import { Duration } from 'cdk8s';
import type { PlatformProps } from '../../../lib';
import type { Json } from '../../banking-service/world';
import { TOLD, configs, ledger, matchers, rates, routes, slack, teams } from './world';

describe('O6: an AlertmanagerConfig for each namespace', () => {
  let banking: Json;
  let markets: Json;
  beforeAll(() => ([banking, markets] = configs(TOLD) as [Json, Json]));

  test('stands beside the services, since the operator adds a matcher of its namespace and reads its Secrets there', () => {
    expect([banking, markets].map(({ metadata }) => metadata)).toEqual(
      ['banking', 'markets'].map((namespace) => ({
        name: `${namespace}-alerts`,
        namespace,
        labels: {
          'app.kubernetes.io/managed-by': 'cdk8s-banking',
          'app.kubernetes.io/part-of': namespace,
          release: 'kube-prometheus-stack',
        },
      })),
    );
  });

  test('takes nothing but its own: other severities and namespaces go where they went before', () => {
    expect(matchers(banking.spec.route)).toEqual(['namespace=banking', 'severity=~page|ticket']);
    expect(matchers(markets.spec.route)).toEqual(['namespace=markets', 'severity=~page|ticket']);
  });

  test('a page groups by service, a ticket by what is to be done; both wait for what silences them', () => {
    expect(routes(banking)).toEqual([
      {
        matchers: [{ name: 'severity', value: 'page', matchType: '=' }],
        receiver: 'page-on-call',
        groupBy: ['namespace', 'service'],
        groupWait: '30s',
        groupInterval: '5m',
        repeatInterval: '4h',
      },
      {
        matchers: [{ name: 'severity', value: 'ticket', matchType: '=' }],
        receiver: 'ticket-desk',
        groupBy: ['namespace', 'service', 'alertname'],
        groupWait: '5m',
        groupInterval: '1h',
        repeatInterval: '1d',
      },
    ]);
  });

  test('the times can be others', () => {
    const timing = { groupWait: Duration.seconds(7), groupInterval: Duration.minutes(3), repeatInterval: Duration.hours(2) };
    const ticketTiming = { groupWait: Duration.seconds(0), repeatInterval: Duration.days(3) };
    const [config] = configs({ ...TOLD, pageTiming: timing, ticketTiming });
    expect(routes(config!)).toMatchObject([
      { groupWait: '7s', groupInterval: '3m', repeatInterval: '2h' },
      { groupWait: '0s', groupInterval: '1h', repeatInterval: '3d' },
    ]);
  });

  test('a group that is looked at every two days is not told of every day', () => {
    const [config] = configs({ ...TOLD, ticketTiming: { groupInterval: Duration.days(2) } });
    expect(routes(config!)[1]).toMatchObject({ groupInterval: '2d', repeatInterval: '2d' });
  });

  test('uses the words of the stack for severities', () => {
    const [config] = configs(TOLD, { severities: { page: 'critical', ticket: 'warning' } });
    expect(matchers(config!.spec.route)).toEqual(['namespace=banking', 'severity=~critical|warning']);
    expect(routes(config!).map((one) => [matchers(one), one.receiver])).toEqual([
      [['severity=critical'], 'page-on-call'],
      [['severity=warning'], 'ticket-desk'],
    ]);
    expect(config!.spec.inhibitRules[0].sourceMatch[0]).toEqual({ name: 'severity', value: 'critical', matchType: '=' });
  });

  test.each<[string, PlatformProps, Json]>([
    ['those of Prometheus', { prometheus: { discoveryLabels: { team: 'metrics' } } }, { team: 'metrics' }],
    [
      'its own',
      { prometheus: { discoveryLabels: { team: 'metrics' } }, alertmanager: { discoveryLabels: { alerts: 'all' } } },
      { alerts: 'all' },
    ],
  ])('is found by %s', (_whose, platform, labels) => {
    const [config] = configs(TOLD, {}, platform);
    expect(config!.metadata.labels).toMatchObject(labels);
    expect(config!.metadata.labels).not.toHaveProperty('release');
  });
});

describe('O6: who is told instead, or as well', () => {
  let banking: Json;
  let markets: Json;
  beforeAll(() => {
    const routes = [
      { alerts: ['PolicyDenials', 'EgressBlocked'] as const, tickets: [teams], continue: true },
      { services: [ledger, rates], pages: [slack] },
    ];
    [banking, markets] = configs({ ...TOLD, routes }) as [Json, Json];
  });

  test('the first route that fits takes an alert, and the others of the stack come last', () => {
    expect(routes(banking).map((one) => [matchers(one), one.receiver, one.continue])).toEqual([
      [['severity=ticket', 'alertname=~PolicyDenials|EgressBlocked'], 'ticket-office', true],
      [['severity=page', 'service=ledger'], 'page-desk', undefined],
      [['severity=page'], 'page-on-call', undefined],
      [['severity=ticket'], 'ticket-desk', undefined],
    ]);
  });

  test('a namespace has the routes that are about its services', () => {
    expect(routes(markets).map((one) => [matchers(one), one.receiver])).toContainEqual([
      ['severity=page', 'service=rates'],
      'page-desk',
    ]);
  });

  test('every receiver is defined once, and none that nobody is sent to', () => {
    for (const config of [banking, markets]) {
      const used = [config.spec.route, ...routes(config)].map((one) => one.receiver as string);
      expect((config.spec.receivers as Json[]).map(({ name }) => name as string).sort()).toEqual([...new Set(used)].sort());
    }
  });

  test('tickets wait for the hours at which they are read, pages never do', () => {
    const [config] = configs({ ...TOLD, ticketHours: { weekdays: ['friday', 'monday'], from: '07:30', to: '15:45' } });
    expect(config!.spec.muteTimeIntervals).toEqual([
      {
        name: 'ticket-hours',
        timeIntervals: [{ weekdays: ['monday', 'friday'], times: [{ startTime: '07:30', endTime: '15:45' }] }],
      },
    ]);
    expect(routes(config!).map((one) => one.activeTimeIntervals)).toEqual([undefined, ['ticket-hours']]);
  });
});

describe('O6: what silences what', () => {
  let rules: { readonly source: string[]; readonly target: string[]; readonly equal: string[] }[];
  beforeAll(() => {
    const [config] = configs(TOLD);
    rules = (config!.spec.inhibitRules as Json[]).map((rule) => ({
      source: matchers({ matchers: rule.sourceMatch }),
      target: matchers({ matchers: rule.targetMatch }),
      equal: rule.equal as string[],
    }));
  });

  test('a page the tickets of its objective, and no ticket that is about no objective', () => {
    expect(rules[0]).toEqual({
      source: ['severity=page', 'objective!='],
      target: ['severity=ticket', 'objective!='],
      equal: ['namespace', 'service', 'objective', 'route'],
    });
  });

  test('a service that is not seen, what follows from that; a certificate that ends, that it is overdue', () => {
    expect(rules.slice(1)).toEqual([
      { source: ['alertname=MetricsAbsent'], target: ['alertname=~TargetsDown|TrafficAbsent'], equal: ['namespace', 'service'] },
      {
        source: ['alertname=CertificateExpiring', 'severity=page'],
        target: ['alertname=~CertificateExpiring|CertificateNotReady', 'severity=ticket'],
        equal: ['namespace', 'name'],
      },
    ]);
  });

  test('never across namespaces, whatever the operator adds', () => {
    expect(rules.every(({ equal }) => equal[0] === 'namespace')).toBe(true);
  });
});
