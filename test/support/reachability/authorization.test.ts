import { authenticate, authorize, destination, service, state, toSafe, town } from './fixtures';
import type { Flow } from './flow';
import type { KubeObject } from './objects';

const SAFE = { selector: { matchLabels: { id: 'safe' } } };
const CLERK = 'cluster.local/ns/vault/sa/clerk-sa';
const http: Partial<Flow> = { request: { method: 'PUT', path: '/coins/7' } };
const asGuest: Partial<Flow> = { from: 'lobby/guest' };
const asThief: Partial<Flow> = { from: 'street/thief' };

const allow = (...rules: object[]): KubeObject[] => [authorize('vault', 'a', { ...SAFE, rules })];
const deny = (...rules: object[]): KubeObject => authorize('vault', 'd', { ...SAFE, action: 'DENY', rules });
const source = (fields: object): KubeObject[] => allow({ from: [{ source: fields }] });
const operation = (fields: object): KubeObject[] => allow({ to: [{ operation: fields }] });

type Case = [what: string, expected: string, objects: KubeObject[], flow?: Partial<Flow>];

describe('which policies apply', () => {
  const cases: Case[] = [
    ['none', 'unguarded', []],
    ['an empty spec allows nothing', 'closed', [authorize('vault', 'n', {})]],
    ['rules [] allow nothing', 'closed', [authorize('vault', 'n', { rules: [] })]],
    ['rules [{}] allow all', 'open', allow({}), asThief],
    ['a rule beside the empty spec', 'open', [authorize('vault', 'n', {}), ...allow({})]],
    ['a selector that misses', 'unguarded', [authorize('vault', 'n', { selector: { matchLabels: { id: 'clerk' } } })]],
    ['another namespace', 'unguarded', [authorize('lobby', 'n', {})]],
    ['the root namespace reaches all', 'closed', [authorize('istio-system', 'n', {})]],
    ['and selects by label', 'unguarded', [authorize('istio-system', 'n', { selector: { matchLabels: { id: 'clerk' } } })]],
    [
      'a targetRef is for gateways',
      'unguarded',
      [authorize('vault', 'n', { targetRefs: [{ group: '', kind: 'Service', name: 'safe' }] })],
    ],
    ['only DENY, none matches', 'open', [deny({ to: [{ operation: { ports: ['1'] } }] })]],
    ['DENY beats ALLOW', 'closed', [...allow({}), deny({ to: [{ operation: { ports: ['8081'] } }] })]],
    ['an audit says nothing', 'unguarded', [authorize('vault', 'n', { action: 'AUDIT', rules: [{}] })]],
    [
      'nor does a rehearsal',
      'unguarded',
      [
        {
          ...authorize('vault', 'n', {}),
          metadata: { name: 'n', namespace: 'vault', annotations: { 'istio.io/dry-run': 'true' } },
        },
      ],
    ],
    ['a destination outside the mesh', 'unguarded', [authorize('street', 'n', {})], { to: 'street/thief' }],
    ['UDP', 'unguarded', [authorize('vault', 'n', {})], { protocol: 'UDP', port: 9753 }],
    ...[15020, 15021, 15090].map((port): Case => [
      `port ${port} bypasses the proxy`,
      'unguarded',
      [authorize('vault', 'n', {})],
      { port },
    ]),
    ['port 15008 does not', 'closed', [authorize('vault', 'n', {})], { port: 15008 }],
  ];
  it.each(cases)('%s: %s', (...[, expected, objects, flow]: Case) => {
    expect(state(town(objects).flow(toSafe(flow)).authorization)).toBe(expected);
  });
});

describe('from', () => {
  const cases: Case[] = [
    ['a principal', 'open', source({ principals: [CLERK] })],
    ['another one', 'closed', source({ principals: [CLERK] }), asGuest],
    ['no scheme is written', 'closed', source({ principals: [`spiffe://${CLERK}`] })],
    ['a prefix of principals', 'open', source({ principals: ['cluster.local/ns/lobby/*'] }), asGuest],
    ['a suffix of principals', 'open', source({ principals: ['*/sa/guest-sa'] }), asGuest],
    ['any principal', 'open', source({ principals: ['*'] }), asGuest],
    ['is one that the mesh gave', 'closed', source({ principals: ['*'] }), asThief],
    ['not this principal', 'closed', source({ notPrincipals: [CLERK] })],
    ['not this principal, another', 'open', source({ notPrincipals: [CLERK] }), asGuest],
    ['not this principal lets plain text in', 'open', source({ notPrincipals: [CLERK] }), asThief],
    ['a namespace', 'open', source({ namespaces: ['lobby'] }), asGuest],
    ['a namespace is a whole word', 'closed', source({ namespaces: ['lob'] }), asGuest],
    ['a namespace with a star', 'open', source({ namespaces: ['lo*y'] }), asGuest],
    ['a namespace is proven by mTLS', 'closed', source({ namespaces: ['street'] }), asThief],
    ['not a namespace', 'closed', source({ notNamespaces: ['vault'] })],
    ['not a namespace, another', 'open', source({ notNamespaces: ['vault'] }), asGuest],
    ["a service account of the policy's namespace", 'open', source({ serviceAccounts: ['clerk-sa'] })],
    ["is not one of the caller's", 'closed', source({ serviceAccounts: ['guest-sa'] }), asGuest],
    ['a service account with its namespace', 'open', source({ serviceAccounts: ['lobby/guest-sa'] }), asGuest],
    ['not a service account', 'closed', source({ notServiceAccounts: ['lobby/guest-sa'] }), asGuest],
    ['a trust domain', 'open', source({ trustDomains: ['cluster.*'] })],
    ['another trust domain', 'closed', source({ trustDomains: ['bank.example'] })],
    ['a block', 'open', source({ ipBlocks: ['203.0.113.0/24'] }), { from: { ip: '203.0.113.8' } }],
    ['not a block', 'closed', source({ notIpBlocks: ['203.0.113.8'] }), { from: { ip: '203.0.113.8' } }],
    ['the node by its address', 'open', source({ ipBlocks: ['10.9.0.0/16'] }), { from: { node: '10.9.8.7' } }],
    ['fields of one source must all fit', 'closed', source({ principals: [CLERK], notNamespaces: ['vault'] })],
    [
      'of two sources one will do',
      'open',
      allow({ from: [{ source: { namespaces: ['x'] } }, { source: { principals: [CLERK] } }] }),
    ],
    [
      'no identity where mTLS is disabled',
      'closed',
      [...source({ principals: [CLERK] }), authenticate('vault', 'p', { mtls: { mode: 'DISABLE' } })],
    ],
    ["no identity for the proxy's own traffic", 'closed', source({ principals: ['*'] }), { sender: 'proxy' }],
    [
      'no identity where a DestinationRule speaks plainly',
      'closed',
      [
        ...source({ principals: [CLERK] }),
        destination('vault', 'r', { host: 'safe', trafficPolicy: { tls: { mode: 'DISABLE' } } }),
      ],
      { request: { host: 'safe.vault.svc.cluster.local' } },
    ],
  ];
  it.each(cases)('%s: %s', (...[, expected, objects, flow]: Case) => {
    expect(state(town(objects).flow(toSafe(flow)).authorization)).toBe(expected);
  });

  it('uses the trust domain and the root namespace that it is given', () => {
    const objects = [
      authorize('roots', 'a', { rules: [{ from: [{ source: { principals: ['td.example/ns/vault/sa/clerk-sa'] } }] }] }),
    ];
    expect(state(town(objects, { trustDomain: 'td.example', rootNamespace: 'roots' }).flow(toSafe()).authorization)).toBe('open');
    expect(state(town(objects, { rootNamespace: 'roots' }).flow(toSafe()).authorization)).toBe('closed');
  });
});

describe('to', () => {
  const at = (path: string): Partial<Flow> => ({ request: { method: 'PUT', path } });
  const cases: Case[] = [
    ['a method', 'open', operation({ methods: ['GET', 'PUT'] }), http],
    ['another method', 'closed', operation({ methods: ['GET'] }), http],
    ['methods know case', 'closed', operation({ methods: ['put'] }), http],
    ['any method', 'open', operation({ methods: ['*'] }), http],
    ['not this method', 'closed', operation({ notMethods: ['PU*'] }), http],
    ['a path', 'open', operation({ paths: ['/coins/7'] }), http],
    ['a path below', 'closed', operation({ paths: ['/coins'] }), http],
    ['a prefix', 'open', operation({ paths: ['/coins/*'] }), http],
    ['a template', 'open', operation({ paths: ['/coins/{*}'] }), http],
    ['a template that is too short', 'closed', operation({ paths: ['/coins/{*}'] }), at('/coins/7/8')],
    ['not a path', 'closed', operation({ notPaths: ['/coins/{**}'] }), at('/coins/7/8')],
    ['paths and notPaths together', 'closed', operation({ paths: ['/*'], notPaths: ['/actuator*'] }), at('/actuator/heapdump')],
    ['paths and notPaths, elsewhere', 'open', operation({ paths: ['/*'], notPaths: ['/actuator*'] }), at('/act')],
    ['a host in any case', 'open', operation({ hosts: ['*.EXAMPLE'] }), { request: { method: 'GET', host: 'safe.example' } }],
    [
      'the authority beats the host',
      'closed',
      operation({ hosts: ['safe.example'] }),
      { request: { method: 'GET', host: 'safe.example', authority: 'safe.example:8081' } },
    ],
    ['not a host', 'closed', operation({ notHosts: ['safe.example'] }), { request: { method: 'GET', host: 'safe.example' } }],
    ['a port', 'open', operation({ ports: ['8081'] })],
    ['another port', 'closed', operation({ ports: ['8082'] })],
    ['not a port', 'closed', operation({ notPorts: ['8081'] })],
    [
      'of two operations one will do',
      'open',
      allow({ to: [{ operation: { ports: ['1'] } }, { operation: { methods: ['PUT'] } }] }),
      http,
    ],
    [
      'from and to must both fit',
      'closed',
      allow({ from: [{ source: { namespaces: ['lobby'] } }], to: [{ operation: { ports: ['8081'] } }] }),
    ],
    ['method and path must both fit', 'closed', operation({ methods: ['PUT'], paths: ['/bars'] }), http],
  ];
  it.each(cases)('%s: %s', (...[, expected, objects, flow]: Case) => {
    expect(state(town(objects).flow(toSafe(flow)).authorization)).toBe(expected);
  });
});

describe('attributes of HTTP on a bare connection', () => {
  const tcp = service('vault', 'safe', { selector: { id: 'safe' }, ports: [{ name: 'tcp-door', port: 81, targetPort: 'door' }] });
  const web = service('vault', 'safe', { selector: { id: 'safe' }, ports: [{ name: 'http', port: 81, targetPort: 8081 }] });
  const cases: Case[] = [
    ['an ALLOW rule never matches', 'closed', operation({ methods: ['*'] })],
    [
      'nor does its alternative without them',
      'closed',
      allow({ to: [{ operation: { paths: ['/x'] } }, { operation: { ports: ['8081'] } }] }),
    ],
    ['another rule may', 'open', allow({ to: [{ operation: { paths: ['/x'] } }] }, { to: [{ operation: { ports: ['8081'] } }] })],
    ['notPaths are attributes of HTTP, too', 'closed', operation({ notPaths: ['/x'] })],
    ['from a DENY rule only they fall out', 'closed', [deny({ to: [{ operation: { methods: ['GET'], ports: ['8081'] } }] })]],
    ['what is left must still match', 'open', [deny({ to: [{ operation: { methods: ['GET'], ports: ['8082'] } }] })]],
    ['a port that is called tcp is not read', 'closed', [tcp, ...operation({ methods: ['PUT'] })], http],
    ['a port that is called http is', 'open', [web, ...operation({ methods: ['PUT'] })], http],
  ];
  it.each(cases)('%s: %s', (...[, expected, objects, flow]: Case) => {
    expect(state(town(objects).flow(toSafe(flow)).authorization)).toBe(expected);
  });
});

describe('targetRefs', () => {
  const gate = { name: 'gate', namespace: 'vault', gateway: true, labels: { 'gateway.networking.k8s.io/gateway-name': 'edge' } };
  const ref = { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge' };
  const cases: [string, string, KubeObject][] = [
    ['its gateway', 'closed', authorize('vault', 'r', { targetRefs: [{ ...ref, name: 'other' }, ref] })],
    ['in the older form', 'closed', authorize('vault', 'r', { targetRef: ref })],
    ['another gateway', 'unguarded', authorize('vault', 'r', { targetRefs: [{ ...ref, name: 'other' }] })],
    ['another kind', 'unguarded', authorize('vault', 'r', { targetRefs: [{ ...ref, kind: 'GatewayClass' }] })],
    ['another group', 'unguarded', authorize('vault', 'r', { targetRefs: [{ ...ref, group: 'networking.istio.io' }] })],
    ['from the root namespace', 'unguarded', authorize('istio-system', 'r', { targetRefs: [ref] })],
    ['a selector still counts', 'closed', authorize('vault', 'r', {})],
  ];
  it.each(cases)('%s: %s', (_, expected, object) => {
    expect(state(town([object], { pods: [gate] }).flow(toSafe({ to: 'vault/gate' })).authorization)).toBe(expected);
  });
});

it('names the rule', () => {
  expect(
    town([...allow({ to: [{ operation: { ports: ['1'] } }] }, {}), deny({ to: [{ operation: { ports: ['2'] } }] })]).flow(
      toSafe(),
    ).authorization.by,
  ).toEqual(['AuthorizationPolicy/vault/a#rules[1]']);
});
