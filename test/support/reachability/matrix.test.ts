import { authenticate, authorize, policy, service, sidecar, toSafe, town } from './fixtures';
import { allPairs, reachabilityMatrix, unnoticed, type Probe } from './matrix';
import { enumerateRules } from './mutations';

const SAFE = { matchLabels: { id: 'safe' } };
const CLERK = { matchLabels: { id: 'clerk' } };
const HOST = 'safe.vault.svc.cluster.local';
const PATH = '/coins/7';

/** clerk may PUT /coins/* to safe, and nothing else goes anywhere. */
const guards = [
  service('lobby', 'bar', { selector: { id: 'guest' }, ports: [{ name: 'http', port: 443 }] }),
  service('vault', 'safe', { selector: { id: 'safe' }, ports: [{ name: 'http', port: 81, targetPort: 'door' }] }),
  policy('vault', 'deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
  policy('vault', 'in', {
    podSelector: SAFE,
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ podSelector: CLERK }], ports: [{ port: 8081 }] }],
  }),
  policy('vault', 'out', {
    podSelector: CLERK,
    policyTypes: ['Egress'],
    egress: [{ to: [{ podSelector: SAFE }], ports: [{ port: 8081 }] }],
  }),
  authorize('vault', 'nothing', {}),
  authorize('vault', 'edge', {
    selector: SAFE,
    rules: [
      {
        from: [{ source: { principals: ['cluster.local/ns/vault/sa/clerk-sa'] } }],
        to: [{ operation: { ports: ['8081'], methods: ['PUT'], paths: ['/coins/*'] } }],
      },
    ],
  }),
  authenticate('vault', 'strict', { mtls: { mode: 'STRICT' } }),
  sidecar('vault', 'clerk', {
    workloadSelector: { labels: { id: 'clerk' } },
    egress: [{ hosts: [`./${HOST}`] }],
    outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
  }),
];

const good = { host: HOST, method: 'PUT', path: PATH };
const probes: Probe[] = [
  toSafe({ request: good }),
  toSafe({ request: { ...good, method: 'GET' } }),
  toSafe({ request: { ...good, path: '/actuator/heapdump' } }),
  toSafe({ request: good, port: 8082 }),
  toSafe({ request: good, from: 'lobby/guest' }),
  toSafe({ request: good, from: 'street/thief' }),
  toSafe({ request: good, from: 'vault/safe', to: 'vault/clerk' }),
  toSafe({ to: 'vault/safe', port: 9753, protocol: 'UDP' }),
  toSafe({ to: { ip: '203.0.113.4' }, port: 443, request: { host: 'bar.lobby.svc.cluster.local' } }),
  { from: { node: '' }, to: 'vault/safe', port: 8081 },
];

it('prints a table in a stable order', () => {
  const { text } = reachabilityMatrix(town(guards), probes);
  expect(text).toBe(reachabilityMatrix(town(guards), [...probes].reverse()).text);
  expect(text).toMatchInlineSnapshot(`
"from          to           port      request                                              egress  ingress  authorization  sidecar  mtls    all
lobby/guest   vault/safe   8081      safe.vault.svc.cluster.local PUT /coins/7            -       closed   closed         open     open    CLOSED
node          vault/safe   8081      -                                                    -       -        closed         -        closed  CLOSED
street/thief  vault/safe   8081      safe.vault.svc.cluster.local PUT /coins/7            -       closed   closed         -        closed  CLOSED
vault/clerk   203.0.113.4  443       bar.lobby.svc.cluster.local                          closed  -        -              closed   -       CLOSED
vault/clerk   vault/safe   8081      safe.vault.svc.cluster.local GET /coins/7            open    open     closed         open     open    CLOSED
vault/clerk   vault/safe   8081      safe.vault.svc.cluster.local PUT /actuator/heapdump  open    open     closed         open     open    CLOSED
vault/clerk   vault/safe   8081      safe.vault.svc.cluster.local PUT /coins/7            open    open     open           open     open    OPEN
vault/clerk   vault/safe   8082      safe.vault.svc.cluster.local PUT /coins/7            closed  closed   closed         closed   open    CLOSED
vault/clerk   vault/safe   9753/UDP  -                                                    closed  closed   -              -        -       CLOSED
vault/safe    vault/clerk  8081      safe.vault.svc.cluster.local PUT /coins/7            closed  closed   closed         -        open    CLOSED
"
`);
});

it('tells which mutations these probes miss', () => {
  const mutations = enumerateRules(guards);
  expect(mutations.length).toBeGreaterThan(40);
  expect(unnoticed(guards, mutations, (objects) => town([...objects]), probes).map(({ id }) => id)).toEqual([
    'NetworkPolicy/vault/in#podSelector {}',
    'NetworkPolicy/vault/in#ingress[0].from[0] podSelector {}',
    'NetworkPolicy/vault/in#ingress[0].from[0] namespaceSelector {} added',
    'NetworkPolicy/vault/out#podSelector {}',
    'NetworkPolicy/vault/out#egress[0].to[0] deleted',
    'NetworkPolicy/vault/out#egress[0].to dropped',
    'NetworkPolicy/vault/out#egress[0].to[0] podSelector {}',
    'NetworkPolicy/vault/out#egress[0].to[0] namespaceSelector {} added',
    'AuthorizationPolicy/vault/edge#selector dropped',
  ]);
});

it('misses none when strangers and namesakes in other namespaces knock, too', () => {
  const strangers = {
    pods: [
      { name: 'stray', namespace: 'vault', labels: { id: 'stray' } },
      { name: 'clerk', namespace: 'lobby', labels: { id: 'clerk' } },
      { name: 'safe', namespace: 'lobby', labels: { id: 'safe' } },
    ],
  };
  const more = [
    ...probes,
    toSafe({ from: 'vault/stray' }),
    toSafe({ to: 'vault/stray', request: good }),
    toSafe({ from: 'lobby/clerk' }),
    toSafe({ to: 'lobby/safe' }),
  ];
  expect(unnoticed(guards, enumerateRules(guards), (objects) => town([...objects], strangers), more).map(({ id }) => id)).toEqual(
    [],
  );
});

it('pairs every pod with every declared port of every other', () => {
  const pairs = allPairs(town(guards));
  expect(
    pairs
      .filter(({ to }) => to === 'vault/safe')
      .map(({ from, port, protocol, request }) => [from, port, protocol, request?.host]),
  ).toEqual([
    ['vault/clerk', 8081, 'TCP', HOST],
    ['lobby/guest', 8081, 'TCP', HOST],
    ['street/thief', 8081, 'TCP', HOST],
    ['vault/clerk', 9753, 'UDP', undefined],
    ['lobby/guest', 9753, 'UDP', undefined],
    ['street/thief', 9753, 'UDP', undefined],
    ['vault/clerk', 15090, 'TCP', undefined],
    ['lobby/guest', 15090, 'TCP', undefined],
    ['street/thief', 15090, 'TCP', undefined],
  ]);
  expect(pairs.some(({ from, to }) => from === to)).toBe(false);
});

it('tells requests apart by all that they carry', () => {
  const request = { method: 'GET', authority: 'x', principal: 'i/s', headers: { h: '1' }, claims: { c: 'd' } };
  const { rows } = reachabilityMatrix(town([]), [
    toSafe({ request }),
    toSafe({ port: 9 }),
    toSafe({ request: { host: 'h', servicePort: 81 } }),
    toSafe({ sender: 'proxy', to: town([]).pod('lobby/guest') }),
  ]);
  expect(rows.map(({ from, to, port, request: text }) => [from, to, port, text])).toEqual([
    ['vault/clerk', 'vault/safe', '9', '-'],
    ['vault/clerk', 'vault/safe', '8081', 'GET as x by i/s {"h":"1"} {"c":"d"}'],
    ['vault/clerk', 'vault/safe', '8081', 'h:81'],
    ['vault/clerk (proxy)', 'lobby/guest', '8081', '-'],
  ]);
});

it('says of a whole flow whether it is open', () => {
  expect(town(guards).open(toSafe({ request: good }))).toBe(true);
  expect(town(guards).open(toSafe({ request: { ...good, method: 'GET' } }))).toBe(false);
});
