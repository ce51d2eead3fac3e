import { Chart, Duration, Testing } from 'cdk8s';
import { AlertChannel, ObservabilityStack, ObservedService, Platform } from '../../../lib';
import type { AlertRoutingProps, ObservabilityStackProps, PlatformProps } from '../../../lib';
import { resolveStack } from '../../../lib/observability/model';
import { receiverName } from '../../../lib/observability/routing/resources/receivers';
import { routingPrerequisites } from '../../../lib/observability/routing/notes';
import { routingText } from '../../../lib/observability/routing/report';
import type { Json } from '../../banking-service/world';

const pager = AlertChannel.pagerDuty({ name: 'on-call', routingKey: { secret: 'pagerduty', key: 'routing' } });
const slack = AlertChannel.slack({ name: 'desk', channel: '#desk', address: { secret: 'slack', key: 'hook' }, username: 'bank' });
const teams = AlertChannel.msTeams({
  name: 'office',
  address: { secret: 'teams', key: 'flow' },
  proxy: 'http://proxy.example.com:3128',
});

const watched = (name: string, namespace: string) =>
  ObservedService.of({ name, namespace, objective: { availability: 99.9, p95: Duration.millis(200) } });
const payments = watched('payments', 'banking');
const ledger = watched('ledger', 'banking');
const rates = watched('rates', 'markets');

const TOLD: AlertRoutingProps = { pages: [pager], tickets: [slack] };

const stackOf = (alerting: AlertRoutingProps, more: Partial<ObservabilityStackProps> = {}, platform: PlatformProps = {}) => ({
  services: [payments, ledger, rates],
  platform: new Platform(platform),
  alerting,
  ...more,
});

function configs(...given: Parameters<typeof stackOf>): Json[] {
  const chart = new Chart(Testing.app(), 'bank');
  new ObservabilityStack(chart, 'observability', stackOf(...given));
  return (Testing.synth(chart) as Json[]).filter(({ kind }) => kind === 'AlertmanagerConfig');
}

const routes = (config: Json): Json[] => config.spec.route.routes as Json[];
const matchers = (one: Json): string[] => (one.matchers as Json[]).map((m) => `${m.name}${m.matchType}${m.value}`);
const receiver = (config: Json, name: string): Json => (config.spec.receivers as Json[]).find((one) => one.name === name) as Json;
const resolved = (...given: Parameters<typeof stackOf>) => resolveStack('observability', stackOf(...given));

describe('O6: an AlertmanagerConfig for each namespace', () => {
  const [banking, markets] = configs(TOLD) as [Json, Json];

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
  const [banking, markets] = configs({
    ...TOLD,
    routes: [
      { alerts: ['PolicyDenials', 'EgressBlocked'], tickets: [teams], continue: true },
      { services: [ledger, rates], pages: [slack] },
    ],
  }) as [Json, Json];

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
  const [config] = configs(TOLD);
  const rules = (config!.spec.inhibitRules as Json[]).map((rule) => ({
    source: matchers({ matchers: rule.sourceMatch }),
    target: matchers({ matchers: rule.targetMatch }),
    equal: rule.equal as string[],
  }));

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

describe('O6: receivers', () => {
  const bot = AlertChannel.slack({
    name: 'bot',
    channel: 'C0123',
    address: { secret: 'bot', key: 'url' },
    token: { secret: 'bot', key: 'token' },
    proxy: 'http://proxy.example.com:3129',
  });
  const discord = AlertChannel.discord({ name: 'guild', address: { secret: 'discord', key: 'hook' }, username: 'bank' });
  const mail = AlertChannel.email({
    name: 'office-mail',
    to: ['a@example.com', 'b@example.com'],
    from: 'alerts@example.com',
    smarthost: 'smtp.example.com:2525',
    username: 'alerts',
    password: { secret: 'smtp', key: 'pass' },
    requireTls: false,
  });
  const [config] = configs({ pages: [pager, slack, bot], tickets: [teams, discord, mail, pager] });
  const pages = receiver(config!, 'page-on-call-desk-bot');
  const tickets = receiver(config!, 'ticket-office-guild-office-mail-on-call');

  test('PagerDuty: an incident for each group, with links, and its urgency by severity', () => {
    expect(pages.pagerdutyConfigs).toMatchObject([
      {
        routingKey: { name: 'pagerduty', key: 'routing' },
        severity: 'critical',
        sendResolved: true,
        component: '{{ .CommonLabels.service }}',
        group: '{{ .CommonLabels.namespace }}',
        pagerDutyLinkConfigs: [{ alt: 'Runbook' }, { alt: 'Dashboard' }],
      },
    ]);
    expect(tickets.pagerdutyConfigs).toMatchObject([{ severity: 'warning' }]);
  });

  test('Slack: a webhook, or a bot with its token, and the three characters that Slack reads are escaped', () => {
    expect(pages.slackConfigs).toMatchObject([
      { apiURL: { name: 'slack', key: 'hook' }, channel: '#desk', username: 'bank', sendResolved: true },
      {
        apiURL: { name: 'bot', key: 'url' },
        channel: 'C0123',
        httpConfig: {
          authorization: { type: 'Bearer', credentials: { name: 'bot', key: 'token' } },
          proxyURL: 'http://proxy.example.com:3129',
        },
      },
    ]);
    for (const { title, text } of pages.slackConfigs as Json[]) {
      for (const one of [title, text] as string[]) expect(one).toContain('reReplaceAll "&" "&amp;" | reReplaceAll "<" "&lt;"');
    }
    expect(pages.slackConfigs[0]).not.toHaveProperty('httpConfig');
  });

  test("Teams: a workflow, since Office 365's connectors are retired", () => {
    expect(tickets.msteamsv2Configs).toMatchObject([
      {
        webhookURL: { name: 'teams', key: 'flow' },
        sendResolved: true,
        httpConfig: { proxyURL: 'http://proxy.example.com:3128' },
      },
    ]);
    expect(tickets).not.toHaveProperty('msteamsConfigs');
  });

  test('Discord and mail', () => {
    expect(tickets.discordConfigs).toMatchObject([
      { apiURL: { name: 'discord', key: 'hook' }, username: 'bank', sendResolved: true },
    ]);
    expect(tickets.emailConfigs).toMatchObject([
      {
        to: 'a@example.com, b@example.com',
        from: 'alerts@example.com',
        smarthost: 'smtp.example.com:2525',
        authUsername: 'alerts',
        authPassword: { name: 'smtp', key: 'pass' },
        requireTLS: false,
        sendResolved: false,
        html: '',
        headers: [{ key: 'Subject' }],
      },
    ]);
  });

  test('each says what is wrong, why, and where to read on', () => {
    const texts = {
      pagerDuty: [...(pages.pagerdutyConfigs[0].details as Json[]).map(({ value }) => value as string)],
      slack: (pages.slackConfigs as Json[]).map(({ text }) => text as string),
      teams: [tickets.msteamsv2Configs[0].text as string],
      discord: [tickets.discordConfigs[0].message as string],
      mail: [tickets.emailConfigs[0].text as string],
    };
    for (const text of Object.values(texts).flat()) {
      for (const key of ['summary', 'description', 'runbook_url', 'dashboard_url']) expect(text).toContain(`.Annotations.${key}`);
    }
  });

  test('no value of a Secret is in the object, only its place', () => {
    expect(JSON.stringify(config)).not.toMatch(/https:\/\/hooks|password":"/);
  });

  test('a receiver is called by those whom it tells', () => {
    expect(receiverName('page', resolved(TOLD).alerting!.pages)).toBe('page-on-call');
  });
});

describe('O6: what is told to whoever applies it', () => {
  test('the Secrets of each namespace, once, and what each holds', () => {
    const model = resolved({ ...TOLD, routes: [{ services: [rates], tickets: [teams] }] });
    expect(routingPrerequisites(model, model.alerting!)).toEqual([
      'Alertmanager is run by the Prometheus operator and selects AlertmanagerConfigs by release=kube-prometheus-stack in namespaces banking, markets (alertmanagerConfigSelector, alertmanagerConfigNamespaceSelector).',
      "Alertmanager is 0.28 or newer: it sends to Teams' workflows since then.",
      'The address of the Teams channel is that of a workflow, which takes Adaptive Cards.',
      'Secret pagerduty in namespace banking holds, under routing, the integration key of PagerDuty (Events API v2), for Alertmanager.',
      'Secret slack in namespace banking holds, under hook, the address of a Slack webhook, for Alertmanager.',
      'Secret pagerduty in namespace markets holds, under routing, the integration key of PagerDuty (Events API v2), for Alertmanager.',
      'Secret slack in namespace markets holds, under hook, the address of a Slack webhook, for Alertmanager.',
      'Secret teams in namespace markets holds, under flow, the address of a workflow of Teams, for Alertmanager.',
    ]);
  });

  test('who is told of what, in the order in which it is asked', () => {
    const model = resolved({
      ...TOLD,
      routes: [{ services: [ledger], alerts: ['CrashLooping'], tickets: [teams, slack], continue: true }],
      ticketHours: { from: '07:00', to: '16:00' },
      pageTiming: { groupInterval: Duration.seconds(30), repeatInterval: Duration.seconds(45) },
    });
    expect(routingText(model.context, model.alerting!).split('\n').slice(2)).toEqual([
      '| ticket | ledger, CrashLooping, also | office, desk | 24 hours, on monday, tuesday, wednesday, thursday, friday, 07:00–16:00 UTC |',
      '| page | all others | on-call | 45 seconds |',
      '| ticket | all others | desk | 24 hours, on monday, tuesday, wednesday, thursday, friday, 07:00–16:00 UTC |',
    ]);
  });

  test('without alerting there is no object: Alertmanager has a configuration of its own', () => {
    expect(configs(undefined as never)).toEqual([]);
  });
});
