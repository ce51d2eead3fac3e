import type { SecretKey } from '../contracts/secret-key';
import type { AlertChannelModel } from './model';

/** What Flagger must be told to send to a channel. https://docs.flagger.app/usage/alerting */
export interface FlaggerProviderModel {
  readonly type: 'slack' | 'msteams' | 'discord' | 'rocket' | 'gchat';
  readonly channel?: string;
  readonly username?: string;
  readonly proxy?: string;
  /** The Secret whose key `address` (and `token`) Flagger reads. */
  readonly secret: string;
}

/** How Flagger calls the chats that it knows. https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/notifier/factory.go */
const TYPES = {
  slack: 'slack',
  msTeams: 'msteams',
  discord: 'discord',
  rocketChat: 'rocket',
  googleChat: 'gchat',
} as const;

const UNKNOWN = { pagerDuty: 'PagerDuty', email: 'e-mail' } as const;

/** The keys of the Secret that Flagger reads, whatever others it has. https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/controller/events.go */
const ADDRESS_KEY = 'address';
const TOKEN_KEY = 'token';

/** Why Flagger can't send to a channel, a sentence each; empty when it can. */
export function flaggerProblems(channel: AlertChannelModel): string[] {
  if (channel.kind === 'pagerDuty' || channel.kind === 'email') {
    return [
      `Flagger can't send to ${UNKNOWN[channel.kind]}; it knows Slack, Teams, Discord, Rocket.Chat and Google Chat: give one of these, ` +
        'and let an alert rule on flagger_canary_status tell the others',
    ];
  }
  const { address } = channel;
  const token = channel.kind === 'slack' ? channel.token : undefined;
  const misplaced = (what: string, { secret, key }: SecretKey, wanted: string) =>
    `Flagger reads ${what} from the key "${wanted}" alone, and channel ${channel.name} says "${key}"; rename the key in Secret ${secret}`;
  return [
    ...(address.key === ADDRESS_KEY ? [] : [misplaced('the address', address, ADDRESS_KEY)]),
    ...(token && token.key !== TOKEN_KEY ? [misplaced('the token', token, TOKEN_KEY)] : []),
    ...(token && token.secret !== address.secret
      ? [
          `Flagger reads address and token from one Secret, and channel ${channel.name} says ${address.secret} and ${token.secret}; put both into one`,
        ]
      : []),
  ];
}

/** What Flagger must be told; undefined for a channel that it can't send to. */
export function flaggerProvider(channel: AlertChannelModel): FlaggerProviderModel | undefined {
  if (channel.kind === 'pagerDuty' || channel.kind === 'email') return undefined;
  return {
    type: TYPES[channel.kind],
    channel: 'channel' in channel ? channel.channel : undefined,
    username: 'username' in channel ? channel.username : undefined,
    proxy: channel.proxy,
    secret: channel.address.secret,
  };
}
