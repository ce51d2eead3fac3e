import {
  ExternalClients,
  ExistingWorkload,
  ForeignWorkload,
  ApiServer,
  PortProtocol,
  ZeroTrustNamespace,
  type EdgeOptions,
  Health,
} from '../../lib';
import { defaultDeny } from '../../lib/zero-trust/resources/network-policy';
import { type Json, World } from '../banking-service/world';
import { problemsOf } from '../support/problems';

const pods = (namespace: string, labels: Json) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
  podSelector: { matchLabels: labels },
});
const workload = (name: string, namespace = 'vault') => pods(namespace, { 'banking.workload/name': name });
const tcp = (port: number) => ({ port, protocol: 'TCP' });
const udp = (port: number) => ({ port, protocol: 'UDP' });

test('default deny leaves to every pod names, its control plane, being scraped and traces', () => {
  const { platform } = new World({
    dns: { nodeLocal: '169.254.20.10', port: 5353, namespace: 'dns', podLabels: { k: 'dns' } },
    istio: { istiod: { namespace: 'mesh', podLabels: { app: 'pilot' } } },
    prometheus: { namespace: 'metrics', podLabels: { k: 'prom' } },
    traceCollector: { namespace: 'traces', podLabels: { k: 'otel' }, host: 'otel.traces.svc', port: 4319 },
  });
  const { podSelector, policyTypes, ingress, egress } = defaultDeny(platform.model) as Json;
  expect([podSelector, policyTypes]).toEqual([{}, ['Ingress', 'Egress']]);
  const numbers = (rules: Json[]) =>
    rules.map(({ ports, ...rest }) => ({ ...rest, ports: ports.map((one: Json) => `${one.protocol} ${one.port.value}`) }));
  expect(numbers(egress)).toEqual([
    { to: [pods('dns', { k: 'dns' })], ports: ['UDP 5353', 'TCP 5353'] },
    { to: [{ ipBlock: { cidr: '169.254.20.10/32', except: undefined } }], ports: ['UDP 53', 'TCP 53'] },
    { to: [pods('mesh', { app: 'pilot' })], ports: ['TCP 15012'] },
    { to: [pods('traces', { k: 'otel' })], ports: ['TCP 4319'] },
  ]);
  expect(numbers(ingress)).toEqual([{ from: [pods('metrics', { k: 'prom' })], ports: ['TCP 15020'] }]);
});

test('as it is written: ports are numbers, and an address of IPv6 is one', () => {
  const { spec } = new World({ dns: { nodeLocal: 'fd00::a' } }).one('NetworkPolicy', 'default-deny');
  expect(spec.egress[0].ports).toEqual([udp(53), tcp(53)]);
  expect(spec.egress[1].to).toEqual([{ ipBlock: { cidr: 'fd00::a/128' } }]);
});

describe('one edge', () => {
  let world: World;
  beforeAll(() => {
    world = new World();
    const broker = world.service('broker', {
      port: 9071,
      servicePort: 91,
      ports: [{ port: 7073, name: 'bulk', protocol: PortProtocol.TCP }],
    });
    const teller = world.service('teller');
    const clerk = world.service('clerk');
    broker.allowFrom(teller, { methods: ['POST', 'GET'], paths: ['/orders/*', '/orders'] });
    broker.allowFrom(clerk, { methods: ['GET'] });
    broker.allowFrom(clerk, { port: 7073 });
  });

  test('opens the egress of the caller, by the port of the container', () => {
    expect(world.one('NetworkPolicy', 'teller').spec).toEqual({
      podSelector: { matchLabels: { 'banking.workload/name': 'teller' } },
      policyTypes: ['Egress'],
      egress: [{ to: [workload('broker')], ports: [tcp(9071)] }],
    });
  });

  test('and the ingress of the callee, a rule for each port', () => {
    expect(world.one('NetworkPolicy', 'broker').spec).toEqual({
      podSelector: { matchLabels: { 'banking.workload/name': 'broker' } },
      policyTypes: ['Ingress'],
      ingress: [
        { from: [workload('clerk')], ports: [tcp(7073)] },
        { from: [workload('clerk'), workload('teller')], ports: [tcp(9071)] },
      ],
    });
  });

  test('allows the caller’s identity what it may ask for', () => {
    expect(world.one('AuthorizationPolicy', 'broker').spec).toEqual({
      selector: { matchLabels: { 'banking.workload/name': 'broker' } },
      rules: [
        {
          from: [{ source: { principals: ['cluster.local/ns/vault/sa/clerk'] } }],
          to: [{ operation: { ports: ['7073'] } }, { operation: { ports: ['9071'], methods: ['GET'] } }],
        },
        {
          from: [{ source: { principals: ['cluster.local/ns/vault/sa/teller'] } }],
          to: [{ operation: { ports: ['9071'], methods: ['GET', 'POST'], paths: ['/orders', '/orders/*'] } }],
        },
      ],
    });
  });

  test('tells the caller’s proxy of the callee, and of nothing else', () => {
    expect(world.one('Sidecar', 'teller').spec).toEqual({
      workloadSelector: { labels: { 'banking.workload/name': 'teller' } },
      egress: [{ hosts: ['vault/broker.vault.svc.cluster.local'] }],
      outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
    });
    expect(world.objects().filter(({ kind, metadata }) => kind === 'Sidecar' && metadata.name === 'broker')).toEqual([]);
  });
});

describe('management paths stay closed', () => {
  const closed = ['/actuator*', '//*', '/;*'];
  const CASES: [string, EdgeOptions, Json[]][] = [
    ['to an edge without paths', {}, [{ ports: ['8071'], notPaths: closed }]],
    ['to an edge by plain paths', { paths: ['/orders'] }, [{ ports: ['8071'], paths: ['/orders'] }]],
    ['to a wildcard above them', { paths: ['/*'] }, [{ ports: ['8071'], paths: ['/*'], notPaths: closed }]],
    ['to one by suffix', { paths: ['*.json'] }, [{ ports: ['8071'], paths: ['*.json'], notPaths: closed }]],
    ['to a template', { paths: ['/{*}/env'] }, [{ ports: ['8071'], paths: ['/{*}/env'], notPaths: closed }]],
    [
      'but to an edge that names them',
      { paths: ['/actuator/health', '/orders'] },
      [{ ports: ['8071'], paths: ['/actuator/health', '/orders'] }],
    ],
    ['but to one that names them by a wildcard', { paths: ['/actuator/*'] }, [{ ports: ['8071'], paths: ['/actuator/*'] }]],
  ];
  test.each(CASES)('%s', (_name, options, operations) => {
    const world = new World();
    world.service('broker', { health: Health.springBootActuator() }).allowFrom(world.service('teller'), options);
    const [rule] = world.one('AuthorizationPolicy', 'broker').spec.rules as Json[];
    expect(rule!.to.map(({ operation }: Json) => operation as unknown)).toEqual(operations);
  });
});

describe('others', () => {
  test('whose pods have the same labels, in whatever order, are one peer, and as many identities', () => {
    const world = new World();
    const foreign = (name: string, podLabels: Record<string, string>) =>
      new ForeignWorkload({ platform: world.platform, namespace: 'legacy', name, podLabels });
    world
      .service('teller')
      .allowFrom(foreign('night', { team: 'cash', app: 'batch' }))
      .allowFrom(foreign('day', { app: 'batch', team: 'cash' }))
      .allowFrom(foreign('eve', { app: 'batch', team: 'cash' }));
    expect(world.one('NetworkPolicy', 'teller').spec.ingress).toEqual([
      { from: [pods('legacy', { app: 'batch', team: 'cash' })], ports: [tcp(8071)] },
    ]);
    const rules = world.one('AuthorizationPolicy', 'teller').spec.rules as Json[];
    expect(rules.map(({ from }) => from[0].source.principals as unknown)).toEqual([
      ['cluster.local/ns/legacy/sa/day'],
      ['cluster.local/ns/legacy/sa/eve'],
      ['cluster.local/ns/legacy/sa/night'],
    ]);
  });

  test('a workload of another namespace of ours', () => {
    const world = new World({ clusterDomain: 'corp.local', istio: { trustDomain: 'corp.example' } });
    const data = new ZeroTrustNamespace(world.chart, 'data', { name: 'data', platform: world.platform });
    const postgres = new ExistingWorkload(world.chart, 'pg', {
      namespace: data,
      podLabels: { 'example.com/db': 'pg' },
      serviceAccount: 'pg-sa',
      ports: [{ port: 5439, servicePort: 5432, protocol: PortProtocol.TCP }],
    });
    world.service('teller').allowTo(postgres).allowFrom(postgres);
    expect(world.one('NetworkPolicy', 'teller').spec.egress).toEqual([
      { to: [pods('data', { 'example.com/db': 'pg' })], ports: [tcp(5439)] },
    ]);
    expect(world.one('NetworkPolicy', 'pg').spec.podSelector).toEqual({ matchLabels: { 'example.com/db': 'pg' } });
    expect(world.one('AuthorizationPolicy', 'teller').spec.rules[0].from).toEqual([
      { source: { principals: ['corp.example/ns/data/sa/pg-sa'] } },
    ]);
    expect(world.one('Sidecar', 'teller').spec.egress).toEqual([{ hosts: ['data/pg.data.svc.corp.local'] }]);
    // What the database needs is known to whoever runs it: nothing of its namespace is limited by a guess.
    const quota = world.objects().find(({ kind, metadata }) => kind === 'ResourceQuota' && metadata.namespace === 'data');
    expect(quota?.spec.hard).toEqual({ 'services.loadbalancers': '0', 'services.nodeports': '0' });
  });

  test('a foreign workload: only our side is opened', () => {
    const world = new World();
    const scanner = new ForeignWorkload({
      platform: world.platform,
      namespace: 'sec',
      name: 'scanner',
      serviceAccount: 'scan',
      ports: [{ port: 9191 }],
    });
    world.service('teller').allowFrom(scanner).allowTo(scanner);
    const policy = world.one('NetworkPolicy', 'teller').spec;
    expect(policy.ingress).toEqual([{ from: [workload('scanner', 'sec')], ports: [tcp(8071)] }]);
    expect(policy.egress).toEqual([{ to: [workload('scanner', 'sec')], ports: [tcp(9191)] }]);
    expect(world.one('AuthorizationPolicy', 'teller').spec.rules[0].from[0].source).toEqual({
      principals: ['cluster.local/ns/sec/sa/scan'],
    });
    expect(world.objects().filter(({ metadata }) => metadata.namespace === 'sec')).toEqual([]);
  });

  test('the API server, by its addresses', () => {
    const world = new World({ apiServer: { cidrs: ['198.51.100.7/32', '2001:db8::7/128'], port: 6443 } });
    world.service('teller').allowTo(ApiServer.of(world.platform));
    expect(world.one('NetworkPolicy', 'teller').spec.egress).toEqual([
      { to: [{ ipBlock: { cidr: '198.51.100.7/32' } }, { ipBlock: { cidr: '2001:db8::7/128' } }], ports: [tcp(6443)] },
    ]);
    expect(world.one('Sidecar', 'teller').spec.egress).toEqual([{ hosts: ['default/kubernetes.default.svc.cluster.local'] }]);
    const port = { name: 'tls', port: 443, targetPort: 6443, protocol: PortProtocol.TLS };
    expect(ApiServer.of(world.platform).portOf('tls')).toEqual(port);
    expect(problemsOf(() => ApiServer.of(new World().platform))).toEqual([
      'API server: the platform does not say where it is; set apiServer: { cidrs: [...] } on the Platform',
    ]);
    expect(problemsOf(() => world.service('broker').allowTo(ApiServer.of(world.platform), { methods: ['GET'] }))).toEqual([
      'broker → API server: port 443 speaks tls, where the mesh sees no methods or paths and such a rule never matches; leave them out',
    ]);
    expect(problemsOf(() => ApiServer.of({} as never))).toEqual(['API server: {} must be made with new Platform({ … })']);
  });

  test.each(['PERMISSIVE', 'DISABLE'] as const)('clients outside the mesh, on a port whose mode is %s', (mode) => {
    const world = new World();
    const mtlsExceptions = [{ port: 8071, mode, reason: 'terminals of the branches have no proxy' }];
    world
      .service('teller', { mtlsExceptions })
      .allowFrom(ExternalClients.at('203.0.113.0/29'), { methods: ['GET'] })
      .allowFrom(ExternalClients.at('198.51.100.0/27', '198.51.100.64/28'));
    expect(world.one('NetworkPolicy', 'teller').spec.ingress).toEqual([
      {
        from: ['198.51.100.0/27', '198.51.100.64/28', '203.0.113.0/29'].map((cidr) => ({ ipBlock: { cidr } })),
        ports: [tcp(8071)],
      },
    ]);
    expect(world.one('AuthorizationPolicy', 'teller').spec.rules).toEqual([
      { from: [{ source: { ipBlocks: ['198.51.100.0/27', '198.51.100.64/28'] } }], to: [{ operation: { ports: ['8071'] } }] },
      { from: [{ source: { ipBlocks: ['203.0.113.0/29'] } }], to: [{ operation: { ports: ['8071'], methods: ['GET'] } }] },
    ]);
  });
});

test('an edge that is declared twice, or at the other end, says the same', () => {
  const [once, again] = [0, 1].map((more) => {
    const world = new World();
    const [broker, teller] = [world.service('broker'), world.service('teller')];
    broker.allowFrom(teller, { methods: ['GET'] });
    if (more) teller.allowTo(broker, { methods: ['GET'] });
    return world.objects();
  });
  expect(again).toEqual(once);
});
