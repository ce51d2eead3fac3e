import { SECRET_KEY, type SecretKey, secretKeyProblems } from '../contracts/secret-key';
import { Problems, called, show } from '../kernel/errors';
import { deepFreeze } from '../kernel/freeze';
import { dnsLabel } from '../kernel/names';
import { ANYTHING, FLAG, PARSED, TEXT, type Shapes, fitProps, listOf, needed } from '../kernel/shape';
import type { AlertChannelModel } from './model';

export interface ChatProps {
  /** Name of the channel, and of the objects that are made for it. */
  readonly name: string;
  /** The Secret, and the key in it, that holds the address of the chat's webhook. Flagger reads the key `address` alone. */
  readonly address: SecretKey;
  /** Address of a proxy on the way out: `http://proxy.example.com:3128`. @default - none */
  readonly proxy?: string;
}

export interface SlackProps extends ChatProps {
  /** `#payments`, or the id of a channel. */
  readonly channel: string;
  /** Who writes. @default - what the sender calls itself */
  readonly username?: string;
  /** Token of a bot, where `address` holds https://slack.com/api/chat.postMessage. Flagger reads the key `token` of the same Secret. @default - none: the address is an incoming webhook */
  readonly token?: SecretKey;
}

export interface DiscordProps extends ChatProps {
  /** Who writes. @default - what the sender calls itself */
  readonly username?: string;
}

export interface RocketChatProps extends ChatProps {
  /** `#payments` */
  readonly channel: string;
  /** Who writes. @default - what the sender calls itself */
  readonly username?: string;
}

export interface PagerDutyProps {
  /** Name of the channel, and of the objects that are made for it. */
  readonly name: string;
  /** The Secret, and the key in it, that holds the integration key of a service (Events API v2). */
  readonly routingKey: SecretKey;
}

export interface EmailProps {
  /** Name of the channel, and of the objects that are made for it. */
  readonly name: string;
  readonly to: readonly string[];
  readonly from: string;
  /** `host:port` of the server that takes mail: `smtp.example.com:587`. */
  readonly smarthost: string;
  /** @default - none: the server asks for none */
  readonly username?: string;
  /** The Secret, and the key in it, that holds the password. @default - none: the server asks for none */
  readonly password?: SecretKey;
  /** Send only after STARTTLS. @default true */
  readonly requireTls?: boolean;
}

const CHAT: Shapes<ChatProps> = { name: ANYTHING, address: SECRET_KEY, proxy: PARSED };

const EMAIL: Shapes<EmailProps> = {
  name: ANYTHING,
  to: listOf(ANYTHING),
  from: ANYTHING,
  smarthost: ANYTHING,
  username: TEXT,
  password: SECRET_KEY,
  requireTls: FLAG,
};

/**
 * Whom alerts are sent to: one value for what a canary reports and for what Prometheus fires. Credentials are named, never
 * given.
 *
 * ```ts
 * const payments = AlertChannel.slack({ name: 'payments', channel: '#payments', address: { secret: 'slack', key: 'address' } });
 * ```
 */
export class AlertChannel {
  /** A channel of Slack. @throws ConfigError that lists every problem. */
  static slack(props: SlackProps): AlertChannel {
    return new AlertChannel(resolve('slack', props, { ...CHAT, channel: ANYTHING, username: TEXT, token: SECRET_KEY }));
  }

  /** A channel of Microsoft Teams. @throws ConfigError that lists every problem. */
  static msTeams(props: ChatProps): AlertChannel {
    return new AlertChannel(resolve('msTeams', props, CHAT));
  }

  /** A channel of Discord. @throws ConfigError that lists every problem. */
  static discord(props: DiscordProps): AlertChannel {
    return new AlertChannel(resolve('discord', props, { ...CHAT, username: TEXT }));
  }

  /** A channel of Rocket.Chat. @throws ConfigError that lists every problem. */
  static rocketChat(props: RocketChatProps): AlertChannel {
    return new AlertChannel(resolve('rocketChat', props, { ...CHAT, channel: ANYTHING, username: TEXT }));
  }

  /** A space of Google Chat. @throws ConfigError that lists every problem. */
  static googleChat(props: ChatProps): AlertChannel {
    return new AlertChannel(resolve('googleChat', props, CHAT));
  }

  /** A service of PagerDuty. Flagger can't send to it. @throws ConfigError that lists every problem. */
  static pagerDuty(props: PagerDutyProps): AlertChannel {
    return new AlertChannel(resolve('pagerDuty', props, { name: ANYTHING, routingKey: SECRET_KEY }));
  }

  /** Mail. Flagger can't send any. @throws ConfigError that lists every problem. */
  static email(props: EmailProps): AlertChannel {
    return new AlertChannel(resolve('email', props, EMAIL, { requireTls: true }));
  }

  /** The resolved, frozen values. */
  readonly model: AlertChannelModel;

  private constructor(model: AlertChannelModel) {
    this.model = deepFreeze(model);
  }

  get name(): string {
    return this.model.name;
  }
}

/** Everything that a channel of some kind may say. */
type Said = ChatProps & SlackProps & PagerDutyProps & EmailProps;

function resolve<T extends { readonly name: string }>(
  kind: AlertChannelModel['kind'],
  given: T,
  shapes: Shapes<T>,
  defaults: Partial<T> = {},
): AlertChannelModel {
  const problems = new Problems(called('alert channel', (given as Partial<T> | undefined)?.name));
  const props = fitProps(given, shapes, problems) as T & Partial<Said>;
  const has = (key: string) => Object.hasOwn(shapes, key);
  problems.take(() => dnsLabel(props.name), undefined, 'name');
  for (const key of ['address', 'token', 'routingKey', 'password'] as const) {
    const place = props[key];
    if (place) secretKeyProblems(place, problems, key);
  }
  for (const key of ['address', 'routingKey'] as const) {
    if (has(key)) needed((given as Partial<Said>)[key], SECRET_KEY, problems, key);
  }
  if (has('channel')) checkChannel(props.channel, problems);
  if (props.proxy !== undefined) checkProxy(props.proxy, problems);
  if (kind === 'email') checkMail(props, problems);
  problems.throwIfAny();
  return { ...defaults, ...props, kind } as unknown as AlertChannelModel;
}

function checkChannel(channel: unknown, problems: Problems): void {
  problems.check(
    typeof channel === 'string' && /^[#@]?[A-Za-z0-9._-]{1,80}$/.test(channel),
    `${show(channel)} is not a channel; write it like "#payments"`,
    'channel',
  );
}

function checkProxy(proxy: unknown, problems: Problems): void {
  problems.check(
    typeof proxy === 'string' && /^https?:\/\/[A-Za-z0-9.-]+(:[0-9]{1,5})?\/?$/.test(proxy),
    `${show(proxy)} is not the address of a proxy; write it like "http://proxy.example.com:3128", without credentials`,
    'proxy',
  );
}

const ADDRESS = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+$/;

function checkMail({ to, from, smarthost, username, password }: Partial<EmailProps>, problems: Problems): void {
  problems.check((to?.length ?? 0) > 0, 'names nobody; write ["payments@example.com"]', 'to');
  for (const [part, address] of [...(to ?? []).map((one) => ['to', one] as const), ['from', from] as const]) {
    problems.check(
      typeof address === 'string' && ADDRESS.test(address),
      `${show(address)} is not a mail address; write it like "payments@example.com"`,
      part,
    );
  }
  problems.check(
    typeof smarthost === 'string' && /^[A-Za-z0-9.-]+:[0-9]{1,5}$/.test(smarthost),
    `${show(smarthost)} is not a server that takes mail; write its host and port, like "smtp.example.com:587"`,
    'smarthost',
  );
  problems.check(
    (username === undefined) === (password === undefined),
    `${username === undefined ? 'password is given without username' : 'username is given without password'}; a server asks for both or for none`,
  );
}
