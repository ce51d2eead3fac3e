import type { SecretKey } from '../contracts/secret-key';
import { show } from '../kernel/errors';
import type { AlertChannelModel } from './model';

/** A channel that Alertmanager can send to, with what a channel of ours holds. */
export type AlertmanagerChannel = Exclude<AlertChannelModel, { readonly kind: 'rocketChat' | 'googleChat' }>;

const KNOWN = 'it knows Slack, Teams, Discord, PagerDuty and e-mail: give one of these';

/**
 * Why Alertmanager can't send to a channel, a sentence each; empty when it can.
 * https://prometheus.io/docs/alerting/latest/configuration/#receiver-integration-settings
 */
export function alertmanagerProblems(channel: AlertChannelModel): string[] {
  if (channel.kind === 'googleChat') return [`Alertmanager can't send to Google Chat (${channel.name}); ${KNOWN}`];
  if (channel.kind === 'rocketChat') {
    return [
      `Alertmanager writes to Rocket.Chat as a user, with a token, and not to the webhook that channel ${channel.name} names; ${KNOWN}`,
    ];
  }
  // Alertmanager renders these; what breaks its template would be found out by the first page that nobody gets.
  const rendered = Object.entries(channel).filter(([key]) => ['username', 'channel', 'to', 'from'].includes(key));
  return rendered.flatMap(([key, value]: [string, unknown]) =>
    [value]
      .flat()
      .filter((text) => typeof text === 'string' && text.includes('{{'))
      .map(
        (text) => `${key} ${show(text)} of ${channel.name} has "{{", with which a template of Alertmanager begins; take it out`,
      ),
  );
}

/** A value that Alertmanager reads from a Secret in the namespace of its AlertmanagerConfig. */
export interface ReceiverSecret extends SecretKey {
  /** What the value is: `the routing key of PagerDuty`. */
  readonly what: string;
}

/** The credentials of a channel. */
export function receiverSecrets(channel: AlertmanagerChannel): ReceiverSecret[] {
  switch (channel.kind) {
    case 'pagerDuty':
      return [{ ...channel.routingKey, what: 'the integration key of PagerDuty (Events API v2)' }];
    case 'email':
      return channel.password ? [{ ...channel.password, what: `the password for ${channel.smarthost}` }] : [];
    case 'slack':
      return [
        { ...channel.address, what: channel.token ? 'https://slack.com/api/chat.postMessage' : 'the address of a Slack webhook' },
        ...(channel.token ? [{ ...channel.token, what: 'the token of a Slack bot' }] : []),
      ];
    case 'msTeams':
      return [{ ...channel.address, what: 'the address of a workflow of Teams' }];
    case 'discord':
      return [{ ...channel.address, what: 'the address of a Discord webhook' }];
  }
}
