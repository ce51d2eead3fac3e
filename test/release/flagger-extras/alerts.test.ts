import { AlertChannel, CanaryAlert } from '../../../lib';
import { schemaProblems } from '../../support/schemas';
import { CanaryWorld, FACTS, problemsOf } from './world';

type BoundAlert = ReturnType<CanaryAlert['bind']>;

const slack = (channel: string) =>
  AlertChannel.slack({
    name: 'tellers',
    channel,
    address: { secret: 'chats', key: 'address' },
    username: 'till',
    token: { secret: 'chats', key: 'token' },
    proxy: 'http://proxy-1.example.com:3131',
  });

/** `bind` takes the canary of a second service of the namespace. */
const other = (world: CanaryWorld) => ({ ...world.context, canary: 'clerk', target: 'clerk' });

describe('an alert', () => {
  const channel = slack('#tellers');
  let world: CanaryWorld, bound: BoundAlert;
  beforeAll(() => {
    world = new CanaryWorld();
    bound = CanaryAlert.to(channel, { severity: 'error' }).bind(world.chart, world.context);
  });

  test('names its provider in the namespace of the canary', () => {
    expect(bound).toEqual({ name: 'tellers', severity: 'error', providerRef: { name: 'tellers', namespace: 'vault' } });
  });

  test('makes the provider, whose credentials stay in their Secret', () => {
    const provider = world.one('AlertProvider', 'tellers');
    expect(provider.metadata.namespace).toBe('vault');
    expect(provider.spec).toEqual({
      type: 'slack',
      channel: '#tellers',
      username: 'till',
      proxy: 'http://proxy-1.example.com:3131',
      secretRef: { name: 'chats' },
    });
    // The CRD takes exactly one of address and secretRef.
    expect(schemaProblems(provider)).toEqual([]);
    expect(schemaProblems({ ...provider, spec: { ...provider.spec, address: 'https://hooks.example.com' } })).not.toEqual([]);
  });

  test('is told of everything, unless it says otherwise', () => {
    expect(CanaryAlert.to(channel).severity).toBe('info');
  });

  test('says which keys Flagger reads', () => {
    expect(world.notes('prerequisite')).toContain(
      'Secret chats in namespace vault holds address and token of the chat that releases are told to.',
    );
  });
});

test.each([
  ['slack', AlertChannel.slack({ name: 'clerks', channel: '#clerks', address: { secret: 'chats', key: 'address' } })],
  ['discord', AlertChannel.discord({ name: 'clerks', address: { secret: 'chats', key: 'address' } })],
])('of a chat without a token Flagger reads the address alone: %s', (_kind, channel) => {
  const world = new CanaryWorld();
  CanaryAlert.to(channel).bind(world.chart, world.context);
  expect(world.notes('prerequisite')).toContain(
    'Secret chats in namespace vault holds address of the chat that releases are told to.',
  );
});

test('canaries of a namespace share the provider of a channel', () => {
  const world = new CanaryWorld();
  CanaryAlert.to(slack('#tellers')).bind(world.chart, world.context);
  CanaryAlert.to(slack('#tellers'), { severity: 'warn' }).bind(world.chart, other(world));
  expect(world.objects().filter(({ kind }) => kind === 'AlertProvider')).toHaveLength(1);
});

test('two channels of one name that differ are an error, and not one of the two', () => {
  const world = new CanaryWorld();
  CanaryAlert.to(slack('#tellers')).bind(world.chart, world.context);
  CanaryAlert.to(slack('#clerks')).bind(world.chart, other(world));
  expect(() => world.objects()).toThrow(/AlertProvider.*tellers.* is defined by .* too; remove or rename one/);
});

test('a key that Flagger reads nothing from is an error where the canary is given it', () => {
  const channel = AlertChannel.discord({ name: 'clerks', address: { secret: 'chats', key: 'url' } });
  expect(problemsOf(CanaryAlert.to(channel), FACTS)).toEqual([
    'teller.it: Flagger reads the address from the key "address" alone, and channel clerks says "url"; rename the key in Secret chats',
  ]);
});
