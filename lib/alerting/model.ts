import type { SecretKey } from '../contracts/secret-key';

/** Where a chat takes messages: the address of its webhook is a credential, and stays in a Secret. */
interface Chat {
  readonly name: string;
  readonly address: SecretKey;
  /** Address of a proxy on the way out. */
  readonly proxy?: string;
}

export interface SlackModel extends Chat {
  readonly kind: 'slack';
  readonly channel: string;
  readonly username?: string;
  /** Token of a bot. With it, `address` holds https://slack.com/api/chat.postMessage. */
  readonly token?: SecretKey;
}

export interface MsTeamsModel extends Chat {
  readonly kind: 'msTeams';
}

export interface DiscordModel extends Chat {
  readonly kind: 'discord';
  readonly username?: string;
}

export interface RocketChatModel extends Chat {
  readonly kind: 'rocketChat';
  readonly channel: string;
  readonly username?: string;
}

export interface GoogleChatModel extends Chat {
  readonly kind: 'googleChat';
}

export interface PagerDutyModel {
  readonly kind: 'pagerDuty';
  readonly name: string;
  /** Integration key of an Events API v2 service. */
  readonly routingKey: SecretKey;
}

export interface EmailModel {
  readonly kind: 'email';
  readonly name: string;
  readonly to: readonly string[];
  readonly from: string;
  /** `host:port` of the server that takes mail. */
  readonly smarthost: string;
  readonly username?: string;
  readonly password?: SecretKey;
  /** Whether mail is sent only after STARTTLS. */
  readonly requireTls: boolean;
}

/** A channel, checked and complete. */
export type AlertChannelModel =
  SlackModel | MsTeamsModel | DiscordModel | RocketChatModel | GoogleChatModel | PagerDutyModel | EmailModel;
