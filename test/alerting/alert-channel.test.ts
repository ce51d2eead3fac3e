import { AlertChannel } from '../../lib';
import { flaggerProblems, flaggerProvider } from '../../lib/alerting/flagger-provider';

const address = { secret: 'chats', key: 'address' };

const CHATS = {
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
};

test('a channel holds what it was given, by its kind, and the defaults', () => {
  expect(CHATS.slack.model).toEqual({
    kind: 'slack',
    name: 'a1',
    channel: '#tellers',
    address,
    username: 'till',
    token: { secret: 'chats', key: 'token' },
    proxy: 'http://proxy-1.example.com:3131',
  });
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
  expect(flaggerProvider(CHATS[kind].model)).toEqual(provider);
  expect(flaggerProblems(CHATS[kind].model)).toEqual([]);
});

test('O6: what Flagger has no type for gives no provider, and says why', () => {
  const { model } = AlertChannel.pagerDuty({ name: 'b', routingKey: address });
  expect(flaggerProvider(model)).toBeUndefined();
  expect(flaggerProblems(model)).toHaveLength(1);
});
