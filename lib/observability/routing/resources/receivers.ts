import type {
  AlertmanagerConfigSpecReceivers,
  AlertmanagerConfigSpecReceiversDiscordConfigs,
  AlertmanagerConfigSpecReceiversEmailConfigs,
  AlertmanagerConfigSpecReceiversMsteamsv2Configs,
  AlertmanagerConfigSpecReceiversPagerdutyConfigs,
  AlertmanagerConfigSpecReceiversSlackConfigs,
} from '../../../../imports/monitoring.coreos.com';
import type { AlertmanagerChannel } from '../../../alerting/alertmanager-receiver';
import type { SecretKey } from '../../../contracts/secret-key';
import type { Severity } from '../../objective/burn-rates';
import { SLACK_TITLE, TEXTS, TITLE, firstLink } from '../texts';

type Of<K extends AlertmanagerChannel['kind']> = Extract<AlertmanagerChannel, { readonly kind: K }>;

/** Everybody who gets the same message. Alertmanager's names of receivers need to be unique in their AlertmanagerConfig. */
export function receiverName(severity: Severity, channels: readonly AlertmanagerChannel[]): string {
  return [severity, ...channels.map(({ name }) => name)].join('-');
}

export function receiver(severity: Severity, channels: readonly AlertmanagerChannel[]): AlertmanagerConfigSpecReceivers {
  const each = <K extends AlertmanagerChannel['kind'], T>(kind: K, config: (channel: Of<K>) => T): T[] | undefined => {
    const list = channels.filter((channel): channel is Of<K> => channel.kind === kind).map(config);
    return list.length > 0 ? list : undefined;
  };
  return {
    name: receiverName(severity, channels),
    pagerdutyConfigs: each('pagerDuty', (channel) => pagerDuty(severity, channel)),
    slackConfigs: each('slack', slack),
    msteamsv2Configs: each('msTeams', msTeams),
    discordConfigs: each('discord', discord),
    emailConfigs: each('email', email),
  };
}

const place = ({ secret, key }: SecretKey) => ({ name: secret, key });

/** PagerDuty has four severities; its service says which of them wakes people. https://developer.pagerduty.com/docs/send-alert-event */
const URGENCY: Readonly<Record<Severity, string>> = { page: 'critical', ticket: 'warning' };

function pagerDuty(severity: Severity, { routingKey }: Of<'pagerDuty'>): AlertmanagerConfigSpecReceiversPagerdutyConfigs {
  return {
    routingKey: place(routingKey),
    sendResolved: true,
    description: TITLE,
    severity: URGENCY[severity],
    class: '{{ .CommonLabels.alertname }}',
    component: '{{ .CommonLabels.service }}',
    group: '{{ .CommonLabels.namespace }}',
    details: [{ key: 'firing', value: TEXTS.firing }],
    pagerDutyLinkConfigs: [
      { alt: 'Runbook', href: firstLink('runbook_url') },
      { alt: 'Dashboard', href: firstLink('dashboard_url') },
    ],
  };
}

function slack({ address, channel, username, token, proxy }: Of<'slack'>): AlertmanagerConfigSpecReceiversSlackConfigs {
  return {
    apiUrl: place(address),
    channel,
    username,
    sendResolved: true,
    title: SLACK_TITLE,
    text: TEXTS.slack,
    httpConfig:
      token || proxy ? { authorization: token && { type: 'Bearer', credentials: place(token) }, proxyUrl: proxy } : undefined,
  };
}

const through = (proxy: string | undefined) => (proxy ? { proxyUrl: proxy } : undefined);

/** Teams' workflows; the connectors of Office 365 that `msteamsConfigs` sends to are retired. */
function msTeams({ address, proxy }: Of<'msTeams'>): AlertmanagerConfigSpecReceiversMsteamsv2Configs {
  return { webhookUrl: place(address), sendResolved: true, title: TITLE, text: TEXTS.markdown, httpConfig: through(proxy) };
}

function discord({ address, username, proxy }: Of<'discord'>): AlertmanagerConfigSpecReceiversDiscordConfigs {
  return {
    apiUrl: place(address),
    username,
    sendResolved: true,
    title: TITLE,
    message: TEXTS.markdown,
    httpConfig: through(proxy),
  };
}

function email({
  to,
  from,
  smarthost,
  username,
  password,
  requireTls,
}: Of<'email'>): AlertmanagerConfigSpecReceiversEmailConfigs {
  return {
    to: to.join(', '),
    from,
    smarthost,
    authUsername: username,
    authPassword: password && place(password),
    requireTls,
    // A mail that says that all is well again is one more to read.
    sendResolved: false,
    headers: [{ key: 'Subject', value: TITLE }],
    // Text alone: Alertmanager's own page repeats every label, and has no link but its own.
    html: '',
    text: TEXTS.plain,
  };
}
