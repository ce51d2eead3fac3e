import { AlertChannel, type ConfigError } from '../../lib';
import { alertmanagerProblems, receiverSecrets } from '../../lib/alerting/alertmanager-receiver';
import { flaggerProblems, flaggerProvider } from '../../lib/alerting/flagger-provider';
import { show } from '../../lib/kernel/errors';

const address = { secret: 'chats', key: 'address' };

const MAIL = { to: ['x@example.com'], from: 'y@example.com', smarthost: 'smtp.example.com:587' };

const chats = () => ({
  slack: AlertChannel.slack({
    name: 'a1',
    channel: '#tellers',
    address,
    username: 'till',
    token: { secret: 'chats', key: 'token' },
    proxy: 'http://proxy-1.example.com:3131',
  }),
  msTeams: AlertChannel.msTeams({ name: 'a2', address, proxy: 'http://proxy-2.example.com:3132' }),
  discord: AlertChannel.discord({ name: 'a3', address, username: 'vault' }),
  rocketChat: AlertChannel.rocketChat({ name: 'a4', channel: '#clerks', address, username: 'desk' }),
  googleChat: AlertChannel.googleChat({ name: 'a5', address: { secret: 'google', key: 'address' } }),
});

test('a channel holds what it was given, by its kind, and the defaults', () => {
  expect(chats().slack.model).toEqual({
    kind: 'slack',
    name: 'a1',
    channel: '#tellers',
    address,
    username: 'till',
    token: { secret: 'chats', key: 'token' },
    proxy: 'http://proxy-1.example.com:3131',
  });
  for (const [kind, { model }] of Object.entries(chats())) expect(model.kind).toBe(kind);
  expect(AlertChannel.pagerDuty({ name: 'b1', routingKey: { secret: 'pd', key: 'routing' } }).model).toEqual({
    kind: 'pagerDuty',
    name: 'b1',
    routingKey: { secret: 'pd', key: 'routing' },
  });
  const mail = { name: 'b2', to: ['x@example.com'], from: 'y@example.com', smarthost: 'smtp.example.com:587' };
  expect(AlertChannel.email(mail).model).toEqual({ kind: 'email', ...mail, requireTls: true });
  expect(AlertChannel.email({ ...mail, requireTls: false }).model).toMatchObject({ requireTls: false });
});

test('is frozen, and does not follow what it was made of', () => {
  const to = ['x@example.com'];
  const { model } = AlertChannel.email({ name: 'b', to, from: 'y@example.com', smarthost: 'smtp.example.com:25' });
  expect(Object.isFrozen(model)).toBe(true);
  to.push('z@example.com');
  expect(model).toMatchObject({ to: ['x@example.com'] });
});

// O6: Flagger's AlertProvider comes of the same value, where Flagger has the type.
test.each([
  ['slack', { type: 'slack', channel: '#tellers', username: 'till', proxy: 'http://proxy-1.example.com:3131', secret: 'chats' }],
  ['msTeams', { type: 'msteams', proxy: 'http://proxy-2.example.com:3132', secret: 'chats' }],
  ['discord', { type: 'discord', username: 'vault', secret: 'chats' }],
  ['rocketChat', { type: 'rocket', channel: '#clerks', username: 'desk', secret: 'chats' }],
  ['googleChat', { type: 'gchat', secret: 'google' }],
] as const)('%s as Flagger says it', (kind, provider) => {
  expect(flaggerProvider(chats()[kind].model)).toEqual(provider);
  expect(flaggerProblems(chats()[kind].model)).toEqual([]);
});

test('O6: what Flagger has no type for gives no provider, and says why', () => {
  const { model } = AlertChannel.pagerDuty({ name: 'b', routingKey: address });
  expect(flaggerProvider(model)).toBeUndefined();
  expect(flaggerProblems(model)).toHaveLength(1);
});

test('O6: mail is none of Flagger either', () => {
  const { model } = AlertChannel.email({ name: 'b', ...MAIL });
  expect(flaggerProvider(model)).toBeUndefined();
  expect(flaggerProblems(model)).toEqual([
    "Flagger can't send to e-mail; it knows Slack, Teams, Discord, Rocket.Chat and Google Chat: give one of these, " +
      'and let an alert rule on flagger_canary_status tell the others',
  ]);
});

/** What is wrong with a channel, a line each. */
function wrong(make: () => AlertChannel): string[] {
  try {
    make();
    return [];
  } catch (e) {
    return (e as ConfigError).problems.map(({ where, what }) => `${where}: ${what}`);
  }
}

test.each(['payments', '#payments', '@on-call', 'C0123.ABC_d', '#'.padEnd(81, 'a')])('%s is a channel', (channel) => {
  expect(wrong(() => AlertChannel.rocketChat({ name: 'a', channel, address }))).toEqual([]);
});

test.each(['', '#', '##a', 'a b', 'a#', '#'.padEnd(82, 'a'), 7, null, undefined])('%j is no channel', (channel) => {
  expect(wrong(() => AlertChannel.slack({ name: 'a', channel: channel as string, address }))).toEqual([
    `a.channel: ${show(channel)} is not a channel; write it like "#payments"`,
  ]);
});

test.each(['http://proxy', 'https://proxy.example.com:65535/', 'http://10.0.0.7:3128'])('%s is a proxy', (proxy) => {
  expect(wrong(() => AlertChannel.msTeams({ name: 'a', address, proxy }))).toEqual([]);
});

test.each([
  'proxy:3128',
  'xhttp://proxy',
  'http://',
  'http://proxy:',
  'http://proxy:123456',
  'http://proxy/a',
  'http://u:p@proxy',
  7,
  ['http://proxy'],
])('%j is no proxy', (proxy) => {
  expect(wrong(() => AlertChannel.googleChat({ name: 'a', address, proxy: proxy as string }))).toEqual([
    `a.proxy: ${show(proxy)} is not the address of a proxy; write it like "http://proxy.example.com:3128", without credentials`,
  ]);
});

test.each(['smtp:25', 'smtp.example.com:65535'])('%s takes mail', (smarthost) => {
  expect(wrong(() => AlertChannel.email({ name: 'a', ...MAIL, smarthost }))).toEqual([]);
});

test.each(['smtp', 'smtp:', ':25', 'smtp:123456', 'smtp://smtp:25', 'smtp:25/a', 7, ['smtp:25']])(
  '%j takes no mail',
  (smarthost) => {
    expect(wrong(() => AlertChannel.email({ name: 'a', ...MAIL, smarthost: smarthost as string }))).toEqual([
      `a.smarthost: ${show(smarthost)} is not a server that takes mail; write its host and port, like "smtp.example.com:587"`,
    ]);
  },
);

test('mail has addresses, and both of a user and a password or neither', () => {
  const not = (address: string) => `${address} is not a mail address; write it like "payments@example.com"`;
  expect(wrong(() => AlertChannel.email({ name: 'a', ...MAIL, to: [] }))).toEqual([
    'a.to: names nobody; write ["payments@example.com"]',
  ]);
  expect(wrong(() => AlertChannel.email({ name: 'a', ...MAIL, to: undefined as never }))).toEqual([
    'a.to: names nobody; write ["payments@example.com"]',
  ]);
  expect(wrong(() => AlertChannel.email({ name: 'a', ...MAIL, to: ['x@y', 'Z <z@y>', ['z@y'] as never], from: 'y' }))).toEqual([
    `a.to: ${not('"Z <z@y>"')}`,
    `a.to: ${not('["z@y"]')}`,
    `a.from: ${not('"y"')}`,
  ]);
  const password = { secret: 'smtp', key: 'password' };
  const both = 'a server asks for both or for none';
  expect(wrong(() => AlertChannel.email({ name: 'a', ...MAIL, username: 'u', password }))).toEqual([]);
  expect(wrong(() => AlertChannel.email({ name: 'a', ...MAIL, username: 'u' }))).toEqual([
    `a: username is given without password; ${both}`,
  ]);
  expect(wrong(() => AlertChannel.email({ name: 'a', ...MAIL, password }))).toEqual([
    `a: password is given without username; ${both}`,
  ]);
});

test('credentials are named, each by a key of a Secret', () => {
  const bad = { secret: 'A', key: 'b c' };
  const what = [
    '"A" is not a name that Kubernetes takes; use up to 253 lower-case letters, digits, "-" and ".", starting and ending with a letter or digit',
    'key "b c" is not a key of a Secret; use letters, digits, "-", "_" and "."',
  ];
  expect(wrong(() => AlertChannel.slack({ name: 'a', channel: 'b', address: bad, token: bad }))).toEqual([
    ...what.map((one) => `a.address: ${one}`),
    ...what.map((one) => `a.token: ${one}`),
  ]);
  expect(wrong(() => AlertChannel.pagerDuty({ name: 'a', routingKey: bad }))).toEqual(what.map((one) => `a.routingKey: ${one}`));
  expect(wrong(() => AlertChannel.email({ name: 'a', ...MAIL, username: 'u', password: bad }))).toEqual(
    what.map((one) => `a.password: ${one}`),
  );
  const missing =
    'is missing; it must be the place of a value, like { secret: "ledger-db", key: "password" }, never the value itself';
  expect(wrong(() => AlertChannel.discord({ name: 'a' } as never))).toEqual([`a.address: ${missing}`]);
  expect(wrong(() => AlertChannel.pagerDuty({ name: 'a' } as never))).toEqual([`a.routingKey: ${missing}`]);
});

test('a channel without a usable name is called by its kind', () => {
  expect(wrong(() => AlertChannel.msTeams(undefined as never))).toEqual([
    'alert channel nothing: the props are nothing; give a map of props, like { key: value }',
  ]);
});

test('O6: Alertmanager is told where each credential is, and what it is', () => {
  const secret = 'chats';
  const said = (channel: AlertChannel) => receiverSecrets(channel.model as never);
  expect(said(chats().slack)).toEqual([
    { secret, key: 'address', what: 'https://slack.com/api/chat.postMessage' },
    { secret, key: 'token', what: 'the token of a Slack bot' },
  ]);
  expect(said(AlertChannel.slack({ name: 'a', channel: 'b', address }))).toEqual([
    { secret, key: 'address', what: 'the address of a Slack webhook' },
  ]);
  expect(said(chats().msTeams)).toEqual([{ secret, key: 'address', what: 'the address of a workflow of Teams' }]);
  expect(said(chats().discord)).toEqual([{ secret, key: 'address', what: 'the address of a Discord webhook' }]);
  expect(said(AlertChannel.pagerDuty({ name: 'a', routingKey: address }))).toEqual([
    { secret, key: 'address', what: 'the integration key of PagerDuty (Events API v2)' },
  ]);
  const password = { secret: 'smtp', key: 'password' };
  expect(said(AlertChannel.email({ name: 'a', ...MAIL }))).toEqual([]);
  expect(said(AlertChannel.email({ name: 'a', ...MAIL, username: 'u', password }))).toEqual([
    { secret: 'smtp', key: 'password', what: 'the password for smtp.example.com:587' },
  ]);
  const known = 'it knows Slack, Teams, Discord, PagerDuty and e-mail: give one of these';
  expect(alertmanagerProblems(chats().googleChat.model)).toEqual([`Alertmanager can't send to Google Chat (a5); ${known}`]);
  expect(alertmanagerProblems(chats().rocketChat.model)).toEqual([
    `Alertmanager writes to Rocket.Chat as a user, with a token, and not to the webhook that channel a4 names; ${known}`,
  ]);
  expect(alertmanagerProblems(chats().slack.model)).toEqual([]);
});
