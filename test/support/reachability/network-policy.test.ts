import { policy, state, toSafe, town } from './fixtures';
import type { Flow } from './flow';
import type { KubeObject } from './objects';

const SAFE = { podSelector: { matchLabels: { id: 'safe' } } };

/** A policy on safe with one ingress rule. */
const letIn = (rule: object): KubeObject[] => [policy('vault', 'p', { ...SAFE, policyTypes: ['Ingress'], ingress: [rule] })];
const from = (...peers: object[]): KubeObject[] => letIn({ from: peers });
const ports = (...list: object[]): KubeObject[] => letIn({ ports: list });
const clerk = { podSelector: { matchLabels: { id: 'clerk' } } };
const guest: Partial<Flow> = { from: 'lobby/guest' };
const ip = (address: string): Partial<Flow> => ({ from: { ip: address } });

type Case = [what: string, expected: string, objects: KubeObject[], flow?: Partial<Flow>];

describe('ingress', () => {
  const cases: Case[] = [
    ['no policy at all', 'unguarded', []],
    ['a policy on another pod', 'unguarded', [policy('vault', 'p', { podSelector: { matchLabels: { id: 'clerk' } } })]],
    ['a policy in another namespace', 'unguarded', [policy('lobby', 'p', { podSelector: {} })]],
    ['an empty podSelector selects every pod', 'closed', [policy('vault', 'p', { podSelector: {} })]],
    [
      'selection by expression',
      'closed',
      [policy('vault', 'p', { podSelector: { matchExpressions: [{ key: 'floor', operator: 'In', values: ['-1', '7'] }] } })],
    ],
    [
      'expressions that fail',
      'unguarded',
      [policy('vault', 'p', { podSelector: { matchExpressions: [{ key: 'floor', operator: 'NotIn', values: ['-1', '7'] }] } })],
    ],
    ['types left out mean ingress', 'closed', [policy('vault', 'p', SAFE)]],
    ['types left out mean ingress even beside egress rules', 'closed', [policy('vault', 'p', { ...SAFE, egress: [{}] })]],
    ['an empty list of types is as none', 'closed', [policy('vault', 'p', { ...SAFE, policyTypes: [] })]],
    ['a policy for egress only', 'unguarded', [policy('vault', 'p', { ...SAFE, policyTypes: ['Egress'] })]],
    [
      'ingress rules under the type Egress alone do nothing',
      'unguarded',
      [policy('vault', 'p', { ...SAFE, policyTypes: ['Egress'], ingress: [] })],
    ],
    ['an empty rule', 'open', letIn({})],
    ['an empty from is everybody', 'open', from(), ip('203.0.113.9')],
    ['an empty ports is every port', 'open', letIn({ from: [clerk], ports: [] }), { port: 61_234 }],
    ['no rules', 'closed', [policy('vault', 'p', { ...SAFE, policyTypes: ['Ingress'], ingress: [] })]],
    ['two policies add up', 'open', [...from(guest_()), policy('vault', 'q', { ...SAFE, ingress: [{ from: [clerk] }] })]],
    ['a peer of the same namespace', 'open', from(clerk)],
    ['a podSelector alone stays in its namespace', 'closed', from(guest_()), guest],
    ['an empty podSelector is the whole own namespace', 'open', from({ podSelector: {} })],
    ['and no other', 'closed', from({ podSelector: {} }), guest],
    ['an empty namespaceSelector is every namespace', 'open', from({ namespaceSelector: {} }), { from: 'street/thief' }],
    ['pods only, not addresses', 'closed', from({ namespaceSelector: {} }), ip('10.1.2.3')],
    ['a namespace by its label', 'open', from({ namespaceSelector: { matchLabels: { tier: 'tin' } } }), guest],
    ['a namespace with another label', 'closed', from({ namespaceSelector: { matchLabels: { tier: 'tin' } } })],
    ['a namespace by the label that comes by itself', 'open', from(byName('street')), { from: 'street/thief' }],
    ['which has no other name', 'closed', from(byName('streets')), { from: 'street/thief' }],
    ['both selectors in one peer: both hold', 'open', from({ ...byName('lobby'), ...guest_() }), guest],
    ['both selectors in one peer: the pod fails', 'closed', from({ ...byName('lobby'), ...clerk }), guest],
    ['both selectors in one peer: the namespace fails', 'closed', from({ ...byName('vault'), ...guest_() }), guest],
    ['in two peers either will do', 'open', from(byName('lobby'), clerk), guest],
    ['the number of a port', 'open', ports({ port: 8081 })],
    ['another number', 'closed', ports({ port: 8082 })],
    ['the protocol defaults to TCP', 'closed', ports({ port: 8081 }), { protocol: 'UDP' }],
    ['UDP when it is named', 'open', ports({ port: 9753, protocol: 'UDP' }), { port: 9753, protocol: 'UDP' }],
    ['neither number nor name is every port', 'open', ports({ protocol: 'TCP' }), { port: 4 }],
    ['of that protocol only', 'closed', ports({ protocol: 'UDP' })],
    ['a range holds both its ends', 'open', ports({ port: 8070, endPort: 8081 })],
    ['and its beginning', 'open', ports({ port: 8081, endPort: 8090 })],
    ['but nothing beyond', 'closed', ports({ port: 8070, endPort: 8080 })],
    ['a named port', 'open', ports({ port: 'door' })],
    ['a name of another protocol', 'closed', ports({ port: 'bell' }), { port: 9753 }],
    ['a name which the pod does not have', 'closed', ports({ port: 'window' })],
    ['of two ports one will do', 'open', ports({ port: 1 }, { port: 8081 })],
    ['a number in quotes is a name', 'closed', ports({ port: '8081' })],
    [
      'peer and port must both fit one rule',
      'closed',
      [
        policy('vault', 'p', {
          ...SAFE,
          ingress: [
            { from: [clerk], ports: [{ port: 1 }] },
            { from: [guest_()], ports: [{ port: 8081 }] },
          ],
        }),
      ],
    ],
    ['an address in a block', 'open', from({ ipBlock: { cidr: '198.51.100.0/25' } }), ip('198.51.100.127')],
    ['an address behind it', 'closed', from({ ipBlock: { cidr: '198.51.100.0/25' } }), ip('198.51.100.128')],
    [
      'an address that is excepted',
      'closed',
      from({ ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.169.254/32'] } }),
      ip('169.254.169.254'),
    ],
    ['one next to it', 'open', from({ ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.169.254/32'] } }), ip('169.254.169.253')],
    [
      'IPv6 in a block',
      'open',
      from({ ipBlock: { cidr: '2001:db8:7::/48', except: ['2001:db8:7:1::/64'] } }),
      ip('2001:db8:7:2::5'),
    ],
    [
      'IPv6 in the exception',
      'closed',
      from({ ipBlock: { cidr: '2001:db8:7::/48', except: ['2001:db8:7:1::/64'] } }),
      ip('2001:db8:7:1::5'),
    ],
    ['the families do not mix', 'closed', from({ ipBlock: { cidr: '0.0.0.0/0' } }), ip('2001:db8::1')],
    ['nor through mapped addresses', 'closed', from({ ipBlock: { cidr: '0.0.0.0/0' } }), ip('::ffff:10.0.0.1')],
    ['a block matches no pod without an address', 'closed', from({ ipBlock: { cidr: '0.0.0.0/0' } })],
    ['the node gets through', 'unguarded', [policy('vault', 'p', SAFE)], { from: { node: '10.9.9.9' } }],
    ['an address outside has no policies of its own', 'unguarded', [policy('vault', 'p', SAFE)], { to: { ip: '203.0.113.4' } }],
  ];
  it.each(cases)('%s: %s', (...[, expected, objects, flow]: Case) => {
    expect(state(town(objects).flow(toSafe(flow)).ingress)).toBe(expected);
  });
});

describe('egress', () => {
  const sendOut = (spec: object): KubeObject[] => [
    policy('vault', 'p', { podSelector: { matchLabels: { id: 'clerk' } }, ...spec }),
  ];
  const cases: Case[] = [
    ['types left out without egress rules say nothing of egress', 'unguarded', sendOut({ ingress: [] })],
    ['nor does an empty list of them', 'unguarded', sendOut({ egress: [] })],
    ['types left out beside an egress rule speak of it', 'closed', sendOut({ egress: [{ ports: [{ port: 53 }] }] })],
    ['the type without rules closes', 'closed', sendOut({ policyTypes: ['Egress'] })],
    ['a rule opens', 'open', sendOut({ policyTypes: ['Egress'], egress: [{ to: [SAFE], ports: [{ port: 8081 }] }] })],
    ['a name is looked up in the pod that is called', 'open', sendOut({ egress: [{ ports: [{ port: 'door' }] }] })],
    ['an address has no names', 'closed', sendOut({ egress: [{ ports: [{ port: 'door' }] }] }), { to: { ip: '203.0.113.4' } }],
    [
      'a block outside',
      'open',
      sendOut({ egress: [{ to: [{ ipBlock: { cidr: '203.0.113.4/32' } }] }] }),
      { to: { ip: '203.0.113.4' } },
    ],
    ['it is the policies of the source that count', 'unguarded', [policy('vault', 'p', { ...SAFE, policyTypes: ['Egress'] })]],
    ['an address has no policies', 'unguarded', sendOut({ policyTypes: ['Egress'] }), { from: { ip: '203.0.113.4' } }],
  ];
  it.each(cases)('%s: %s', (...[, expected, objects, flow]: Case) => {
    expect(state(town(objects).flow(toSafe(flow)).egress)).toBe(expected);
  });
});

it('matches pods by address where the cluster has a podCidr', () => {
  const objects = from({ ipBlock: { cidr: '10.77.0.0/16' } });
  expect(state(town(objects, { podCidr: '10.77.0.0/24' }).flow(toSafe()).ingress)).toBe('open');
  expect(state(town(objects, { podCidr: '10.78.0.0/24' }).flow(toSafe()).ingress)).toBe('closed');
});

it('leaves pods on the network of their node alone, and selects them by no label', () => {
  const pods = [{ name: 'agent', namespace: 'vault', labels: { id: 'clerk' }, hostNetwork: true }];
  const town_ = town([policy('vault', 'p', { podSelector: {}, ingress: [{ from: [clerk] }] })], { pods });
  expect(state(town_.flow({ from: 'vault/agent', to: 'vault/safe', port: 8081 }).ingress)).toBe('closed');
  expect(state(town_.flow({ from: 'vault/clerk', to: 'vault/agent', port: 8081 }).ingress)).toBe('unguarded');
});

it('names the rules that decided', () => {
  const { ingress } = town([
    policy('vault', 'deny', { podSelector: {} }),
    policy('vault', 'q', { ...SAFE, ingress: [{ ports: [{ port: 1 }] }, {}] }),
  ]).flow(toSafe());
  expect(ingress.by).toEqual(['NetworkPolicy/vault/q#ingress[1]']);
  expect(town([policy('vault', 'deny', { podSelector: {} })]).flow(toSafe()).ingress.by).toEqual(['NetworkPolicy/vault/deny']);
});

it.each<[string, object]>([
  ['a block beside a selector', { from: [{ ipBlock: { cidr: '10.0.0.0/8' }, podSelector: {} }] }],
  ['an empty peer', { from: [{}] }],
  ['a misspelt peer', { from: [{ podSelectors: {} }] }],
  ['the wrong side', { to: [clerk] }],
  ['endPort with a name', { ports: [{ port: 'door', endPort: 9000 }] }],
  ['an unknown operator', { from: [{ podSelector: { matchExpressions: [{ key: 'id', operator: 'Like' }] } }] }],
  ['a broken block', { from: [{ ipBlock: { cidr: '10.0.0.0/33' } }] }],
])('refuses %s', (_, rule) => {
  expect(() => ['vault/clerk', { ip: '10.0.0.1' }].map((source) => town(letIn(rule)).flow(toSafe({ from: source })))).toThrow();
});

function guest_(): object {
  return { podSelector: { matchLabels: { id: 'guest' } } };
}

function byName(name: string): object {
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } };
}
