import { AlertChannel } from '../../../lib';
import { receiver as receiverOf, receiverName } from '../../../lib/observability/routing/resources/receivers';
import type { Json } from '../../banking-service/world';
import { TOLD, configs, pager, receiver, resolved, slack, teams } from './world';

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
  let config: Json;
  let pages: Json;
  let tickets: Json;
  beforeAll(() => {
    [config] = configs({ pages: [pager, slack, bot], tickets: [teams, discord, mail, pager] }) as [Json];
    pages = receiver(config, 'page-on-call-desk-bot');
    tickets = receiver(config, 'ticket-office-guild-office-mail-on-call');
  });

  test('PagerDuty: an incident for each group, with links, and its urgency by severity', () => {
    const first = (annotation: string) => `{{ with .Alerts.Firing }}{{ (index . 0).Annotations.${annotation} }}{{ end }}`;
    expect(pages.pagerdutyConfigs).toEqual([
      {
        routingKey: { name: 'pagerduty', key: 'routing' },
        severity: 'critical',
        sendResolved: true,
        description: tickets.msteamsv2Configs[0].title as string,
        class: '{{ .CommonLabels.alertname }}',
        component: '{{ .CommonLabels.service }}',
        group: '{{ .CommonLabels.namespace }}',
        details: [
          { key: 'firing', value: expect.stringMatching(/^{{ range \.Alerts\.Firing }}{{ \.Labels\.alertname }} /) as string },
        ],
        pagerDutyLinkConfigs: [
          { alt: 'Runbook', href: first('runbook_url') },
          { alt: 'Dashboard', href: first('dashboard_url') },
        ],
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

  test('Slack: a token or a proxy may be all that is said of the way there', () => {
    const channel = { channel: '#desk', address: { secret: 'slack', key: 'hook' } };
    const token = AlertChannel.slack({ ...channel, name: 'token', token: { secret: 'bot', key: 'token' } });
    const proxy = AlertChannel.slack({ ...channel, name: 'proxy', proxy: 'http://proxy.example.com:3130' });
    const [own] = configs({ pages: [token, proxy], tickets: [pager] }) as [Json];
    expect((receiver(own, 'page-token-proxy').slackConfigs as Json[]).map(({ httpConfig }) => httpConfig as Json)).toEqual([
      { authorization: { type: 'Bearer', credentials: { name: 'bot', key: 'token' } } },
      { proxyURL: 'http://proxy.example.com:3130' },
    ]);
  });

  test('a receiver has no list of a kind of which nobody is told', () => {
    const { alerting } = resolved({ pages: [pager], tickets: [slack] });
    expect(receiverOf('page', alerting!.pages)).toEqual({ name: 'page-on-call', pagerdutyConfigs: [expect.anything()] });
    expect(receiverOf('ticket', alerting!.tickets)).toEqual({ name: 'ticket-desk', slackConfigs: [expect.anything()] });
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
