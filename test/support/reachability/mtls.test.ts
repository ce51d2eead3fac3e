import { authenticate, deployment, destination, service, state, toSafe, town } from './fixtures';
import type { Flow } from './flow';
import type { KubeObject } from './objects';

const mode = (word: string): object => ({ mtls: { mode: word } });
const SAFE = { selector: { matchLabels: { id: 'safe' } } };
const CLERK = { selector: { matchLabels: { id: 'clerk' } } };
const mesh = (word: string): KubeObject => authenticate('istio-system', 'm', mode(word));
const own = (word: string): KubeObject => authenticate('vault', 'n', mode(word));
const pod = (word: string, more: object = {}): KubeObject => authenticate('vault', 'w', { ...SAFE, ...mode(word), ...more });
const asThief: Partial<Flow> = { from: 'street/thief' };
const asGuest: Partial<Flow> = { from: 'lobby/guest' };
const dial: Partial<Flow> = { request: { host: 'safe.vault.svc.cluster.local', servicePort: 81 } };
const rule = (ns: string, trafficPolicy: object, more: object = {}): KubeObject =>
  destination(ns, `r-${ns}`, { host: 'safe.vault.svc.cluster.local', trafficPolicy, ...more });
const plain = { tls: { mode: 'DISABLE' } };
const inSubset = (trafficPolicy: object): KubeObject => rule('vault', {}, { subsets: [{ name: 's', trafficPolicy }] });

function excluded(annotation: string, value: string): KubeObject {
  const twin = deployment('vault', 'twin', { id: 'safe' });
  const spec = twin['spec'] as { template: { metadata: { annotations?: object } } };
  spec.template.metadata.annotations = { [`traffic.sidecar.istio.io/${annotation}`]: value };
  return twin;
}

type Case = [what: string, expected: string, objects: KubeObject[], flow?: Partial<Flow>];

const cases: Case[] = [
  ['nothing said is permissive', 'unguarded', [], asThief],
  ['STRICT for the mesh', 'closed', [mesh('STRICT')], asThief],
  ['STRICT takes the mesh', 'open', [mesh('STRICT')]],
  ['the namespace over the mesh', 'unguarded', [mesh('STRICT'), own('PERMISSIVE')], asThief],
  ['UNSET inherits', 'closed', [mesh('STRICT'), own('UNSET')], asThief],
  ['nothing in it inherits', 'closed', [mesh('STRICT'), authenticate('vault', 'n', {})], asThief],
  ['the workload over the namespace', 'unguarded', [own('STRICT'), pod('PERMISSIVE')], asThief],
  ['the workload over the namespace, stricter', 'closed', [own('PERMISSIVE'), pod('STRICT')], asThief],
  ["another workload's", 'closed', [own('STRICT'), authenticate('vault', 'w', { ...CLERK, ...mode('DISABLE') })], asThief],
  ["another namespace's", 'unguarded', [authenticate('lobby', 'n', mode('STRICT'))], asThief],
  [
    'a selector in the root namespace has no effect',
    'unguarded',
    [authenticate('istio-system', 'w', { ...SAFE, ...mode('STRICT') })],
    asThief,
  ],
  ["an empty selector is the namespace's", 'closed', [authenticate('vault', 'w', { selector: {}, ...mode('STRICT') })], asThief],
  ['a port over the workload', 'unguarded', [pod('STRICT', { portLevelMtls: { 8081: { mode: 'PERMISSIVE' } } })], asThief],
  ['another port', 'closed', [pod('STRICT', { portLevelMtls: { 8082: { mode: 'PERMISSIVE' } } })], asThief],
  ['a port that is UNSET is as the workload', 'closed', [pod('STRICT', { portLevelMtls: { 8081: { mode: 'UNSET' } } })], asThief],
  [
    'a port of a workload that says nothing else',
    'closed',
    [authenticate('vault', 'w', { ...SAFE, portLevelMtls: { 8081: { mode: 'STRICT' } } })],
    asThief,
  ],
  ['an address is plain text', 'closed', [own('STRICT')], { from: { ip: '203.0.113.4' } }],
  ['so is the node', 'closed', [own('STRICT')], { from: { node: '' } }],
  ['so is what the proxy sends itself', 'closed', [own('STRICT')], { sender: 'proxy' }],
  ['DISABLE, and both know it', 'unguarded', [own('DISABLE')]],
  ['DISABLE against a rule of the caller', 'closed', [own('DISABLE'), rule('vault', { tls: { mode: 'ISTIO_MUTUAL' } })], dial],
  ['a rule for plain text', 'closed', [own('STRICT'), rule('vault', plain)], dial],
  ["a rule for TLS that is not the mesh's", 'closed', [own('STRICT'), rule('vault', { tls: { mode: 'SIMPLE' } })], dial],
  ['a rule without TLS settings', 'open', [own('STRICT'), rule('vault', { loadBalancer: {} })], dial],
  [
    'a rule for one port',
    'closed',
    [own('STRICT'), rule('vault', { portLevelSettings: [{ port: { number: 81 }, ...plain }] })],
    dial,
  ],
  [
    'a rule for another port',
    'open',
    [own('STRICT'), rule('vault', { portLevelSettings: [{ port: { number: 8081 }, ...plain }] })],
    dial,
  ],
  ['a rule that is not exported', 'open', [own('STRICT'), rule('lobby', plain, { exportTo: ['.'] })], dial],
  ['a rule for another host', 'open', [own('STRICT'), destination('vault', 'r', { host: 'other', trafficPolicy: plain })], dial],
  [
    'a rule for every host, in the root namespace',
    'closed',
    [own('STRICT'), destination('istio-system', 'r', { host: '*.local', trafficPolicy: plain })],
    dial,
  ],
  [
    "the caller's rule over the root's",
    'open',
    [own('STRICT'), rule('istio-system', plain), rule('vault', { tls: { mode: 'ISTIO_MUTUAL' } })],
    dial,
  ],
  [
    "the Service's namespace over the root's",
    'open',
    [own('STRICT'), service('vault', 'safe', { ports: [{ port: 81 }] }), rule('istio-system', plain), rule('vault', {})],
    { ...dial, ...asGuest },
  ],
  [
    "the Service's namespace, among other Services",
    'closed',
    [own('STRICT'), service('street', 'x', {}), service('vault', 'safe', { ports: [{ port: 81 }] }), rule('vault', plain)],
    { ...dial, ...asGuest },
  ],
  [
    "a rule for the caller's workload",
    'closed',
    [own('STRICT'), rule('vault', plain, { workloadSelector: CLERK.selector })],
    dial,
  ],
  ['a rule for another workload', 'open', [own('STRICT'), rule('vault', plain, { workloadSelector: SAFE.selector })], dial],
  [
    'a rule for workloads of its own namespace only',
    'open',
    [
      own('STRICT'),
      service('vault', 'safe', { ports: [{ port: 81 }] }),
      rule('vault', plain, { workloadSelector: { matchLabels: { id: 'guest' } } }),
    ],
    { ...dial, ...asGuest },
  ],
  ['a subset in plain text', 'closed', [own('STRICT'), inSubset(plain)], { request: { ...dial.request, subset: 's' } }],
  ['a subset that nobody asked for', 'open', [own('STRICT'), inSubset(plain)], dial],
  [
    'a subset that says nothing of its own',
    'closed',
    [own('STRICT'), rule('vault', plain, { subsets: [{ name: 's' }] })],
    { request: { ...dial.request, subset: 's' } },
  ],
  ['a destination outside the mesh', 'unguarded', [mesh('STRICT')], { to: 'street/thief' }],
  ["the proxy's own ports", 'unguarded', [own('STRICT')], { ...asThief, port: 15020 }],
  ['UDP', 'unguarded', [own('STRICT')], { ...asThief, port: 9753, protocol: 'UDP' }],
  [
    'an excluded port',
    'unguarded',
    [own('STRICT'), excluded('excludeInboundPorts', '7, 8081')],
    { ...asThief, to: 'vault/twin' },
  ],
  [
    'a port beside it',
    'closed',
    [own('STRICT'), excluded('excludeInboundPorts', '7, 8081')],
    { ...asThief, to: 'vault/twin', port: 8082 },
  ],
  [
    'a port that is not included',
    'unguarded',
    [own('STRICT'), excluded('includeInboundPorts', '7,9')],
    { ...asThief, to: 'vault/twin' },
  ],
  ['a port that is', 'closed', [own('STRICT'), excluded('includeInboundPorts', '7,8081')], { ...asThief, to: 'vault/twin' }],
  [
    'an excluded outbound port is plain text',
    'closed',
    [own('STRICT'), excluded('excludeOutboundPorts', '81')],
    { ...dial, from: 'vault/twin' },
  ],
];

it.each(cases)('%s: %s', (...[, expected, objects, flow]: Case) => {
  expect(state(town(objects).flow(toSafe(flow)).mtls)).toBe(expected);
});

it('names the port where a port decided', () => {
  const by = (...objects: KubeObject[]): readonly string[] => town(objects).flow(toSafe()).mtls.by;
  expect(by(mesh('STRICT'))).toEqual(['PeerAuthentication/istio-system/m']);
  expect(by(pod('PERMISSIVE', { portLevelMtls: { 8081: { mode: 'STRICT' } } }))).toEqual(['PeerAuthentication/vault/w#8081']);
});

it('leaves the listeners of a gateway alone', () => {
  const cluster = town([mesh('STRICT')], { pods: [{ name: 'gate', namespace: 'lobby', gateway: true }] });
  expect(state(cluster.flow({ from: { ip: '203.0.113.4' }, to: 'lobby/gate', port: 8443 }).mtls)).toBe('unguarded');
});

it.each<[string, KubeObject[]]>([
  ['two for one namespace', [own('STRICT'), authenticate('vault', 'o', mode('STRICT'))]],
  ['two for one workload', [pod('STRICT'), authenticate('vault', 'o', { ...SAFE, ...mode('STRICT') })]],
  ['ports without a selector', [authenticate('vault', 'o', { portLevelMtls: { 1: { mode: 'STRICT' } } })]],
  ['ranges kept from capture', [excluded('excludeOutboundIPRanges', '10.0.0.0/8')]],
])('throws for %s', (_, objects) => {
  const flow = toSafe(dial);
  expect(() => {
    const cluster = town(objects);
    cluster.flow(flow);
    cluster.flow({ ...flow, from: 'vault/twin' });
  }).toThrow(/apply to|refused|annotation/);
});
