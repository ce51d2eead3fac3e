import { Mtls, PodSecurity, Subject } from '../../lib';
import { type Json, World } from '../banking-service/world';

test('the labels put it into the mesh and have its pods checked', () => {
  const { metadata } = new World({}, { labels: { team: 'cash' }, annotations: { 'example.com/owner': 'cash' } }).one('Namespace');
  expect(metadata).toEqual({
    name: 'vault',
    labels: {
      team: 'cash',
      'app.kubernetes.io/managed-by': 'cdk8s-banking',
      'istio-injection': 'enabled',
      'pod-security.kubernetes.io/enforce': 'restricted',
      'pod-security.kubernetes.io/audit': 'restricted',
      'pod-security.kubernetes.io/warn': 'restricted',
    },
    annotations: { 'example.com/owner': 'cash' },
  });
});

test('with a revision, by the revision alone', () => {
  const { labels } = new World({ istio: { revision: 'canary-7' } }).one('Namespace').metadata;
  expect([labels['istio.io/rev'], labels['istio-injection']]).toEqual(['canary-7', undefined]);
});

test.each([
  ['without istio-cni', { istio: { cni: false } }, {}, 'privileged'],
  ['on wish', {}, { podSecurity: PodSecurity.BASELINE }, 'baseline'],
])('%s less is enforced, and still warned of', (_name, platform, props, enforced) => {
  const { labels } = new World(platform, props).one('Namespace').metadata;
  expect(labels['pod-security.kubernetes.io/enforce']).toBe(enforced);
  expect(labels['pod-security.kubernetes.io/warn']).toBe('restricted');
});

describe('mutual TLS', () => {
  test('only, and for every pod', () => {
    const { metadata, spec } = new World().one('PeerAuthentication');
    expect([metadata.name, metadata.annotations, spec]).toEqual(['default', undefined, { mtls: { mode: 'STRICT' } }]);
  });

  test('a migration has an end and a reason', () => {
    const mtls = Mtls.migrate({ until: '2027-03-31', reason: 'the mainframe gets its proxy in March' });
    const { metadata, spec } = new World({}, { mtls }).one('PeerAuthentication');
    expect(spec).toEqual({ mtls: { mode: 'PERMISSIVE' } });
    expect(metadata.annotations).toEqual({
      'banking.migration/until': '2027-03-31',
      'banking.acceptance/reason': 'the mainframe gets its proxy in March',
    });
  });

  test('an exception is for one port of one workload; the rest keeps the mode of the namespace', () => {
    const world = new World();
    world.service('teller', {
      ports: [{ port: 9073, name: 'old' }],
      mtlsExceptions: [{ port: 9073, mode: 'DISABLE', reason: 'an old mainframe speaks plain text' }],
    });
    expect(world.one('PeerAuthentication', 'teller').spec).toEqual({
      selector: { matchLabels: { 'banking.workload/name': 'teller' } },
      mtls: { mode: 'STRICT' },
      portLevelMtls: { '9073': { mode: 'DISABLE' } },
    });
  });
});

test('no request is allowed of itself', () => {
  expect(new World().one('AuthorizationPolicy').spec).toEqual({});
});

test('every other pod knows no host, and an unknown one is refused', () => {
  const traceCollector = { namespace: 'traces', podLabels: { a: 'b' }, host: 'otel.traces.svc.cluster.local' };
  const spec = (host: string) => ({ egress: [{ hosts: [host] }], outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } });
  expect(new World().one('Sidecar').spec).toEqual(spec('~/*'));
  expect(new World({ traceCollector }).one('Sidecar').spec).toEqual(spec('traces/otel.traces.svc.cluster.local'));
});

test('the default ServiceAccount gives no token', () => {
  expect(new World().one('ServiceAccount', 'default').automountServiceAccountToken).toBe(false);
});

test('defaults for containers that say nothing', () => {
  const containerDefaults = {
    requests: { cpu: '11m', memory: '13Mi', ephemeralStorage: '17Mi' },
    limits: { cpu: '19m', memory: '23Mi', ephemeralStorage: '29Mi' },
  };
  expect(new World({}, { containerDefaults }).one('LimitRange').spec.limits).toEqual([
    {
      type: 'Container',
      defaultRequest: { cpu: '11m', memory: '13Mi', 'ephemeral-storage': '17Mi' },
      default: { cpu: '19m', memory: '23Mi', 'ephemeral-storage': '29Mi' },
    },
  ]);
});

describe('roles', () => {
  const access = {
    readers: [Subject.group('tellers'), Subject.user('ann@example.com')],
    deployers: [Subject.serviceAccount('ci', 'robot')],
  };

  test('are given to those who are named', () => {
    const world = new World({}, { access });
    const { roleRef, subjects } = world.one('RoleBinding', 'reader');
    expect(roleRef).toEqual({ apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' });
    expect(subjects).toEqual([
      { kind: 'Group', name: 'tellers', apiGroup: 'rbac.authorization.k8s.io' },
      { kind: 'User', name: 'ann@example.com', apiGroup: 'rbac.authorization.k8s.io' },
    ]);
    expect(world.one('RoleBinding', 'deployer').subjects).toEqual([{ kind: 'ServiceAccount', name: 'robot', namespace: 'ci' }]);
  });

  test('without anybody there is a role and no binding', () => {
    const kinds = new World().objects().map(({ kind }) => kind as string);
    expect(kinds.filter((kind) => kind === 'Role')).toHaveLength(2);
    expect(kinds).not.toContain('RoleBinding');
  });

  test('a reader sees pods and logs, and nothing more can be done', () => {
    const rules: Json[] = new World().one('Role', 'reader').rules;
    expect([...new Set(rules.flatMap(({ verbs }) => verbs as string[]))].sort()).toEqual(['get', 'list', 'watch']);
    expect(rules.flatMap(({ resources }) => resources as string[]).sort()).toEqual([
      ...[
        'canaries',
        'deployments',
        'events',
        'horizontalpodautoscalers',
        'jobs',
        'poddisruptionbudgets',
        'pods',
        'pods/log',
        'replicasets',
        'services',
      ],
    ]);
  });

  test('a deployer can apply what a service is made of, and nothing that guards the namespace', () => {
    const world = new World();
    const teller = world.service('teller').allowFrom(world.service('broker'));
    const rules: Json[] = world.one('Role', 'deployer').rules;
    const may = (verb: string, group: string, resource: string) =>
      rules.some(
        ({ apiGroups, resources, verbs }) => apiGroups.includes(group) && resources.includes(resource) && verbs.includes(verb),
      );
    for (const { apiVersion, kind } of world.objects().filter(({ metadata }) => metadata.name === teller.model.name)) {
      const group = String(apiVersion).includes('/') ? String(apiVersion).split('/')[0]! : '';
      const plural = String(kind).toLowerCase().replace(/y$/, 'ie') + 's';
      expect([plural, may('create', group, plural)]).toEqual([plural, true]);
    }
    const guards = [
      ['', 'secrets'],
      ['', 'resourcequotas'],
      ['', 'limitranges'],
      ['', 'namespaces'],
      ['rbac.authorization.k8s.io', 'roles'],
    ];
    guards.push(['security.istio.io', 'peerauthentications'], ['', 'pods/exec']);
    expect(guards.filter(([group, resource]) => may('create', group!, resource!) || may('get', group!, resource!))).toEqual([]);
  });
});
