import {
  ExternalClients,
  ZeroTrustNamespace,
  ExistingWorkload,
  type ExistingWorkloadProps,
  ForeignWorkload,
  type ForeignWorkloadProps,
  Mtls,
  Platform,
  PortProtocol,
  type PortProps,
} from '../../lib';
import { Problems } from '../../lib/kernel/errors';
import { notesOn } from '../../lib/kube/notes';
import { pathProblems } from '../../lib/zero-trust/connect';
import { closedPaths, managementProblems, mayReachManagement, namesManagement } from '../../lib/zero-trust/management-paths';
import { resolveMtlsExceptions } from '../../lib/zero-trust/mtls';
import { findPort, resolvePorts } from '../../lib/zero-trust/ports';
import { remaining } from '../../lib/zero-trust/quota';
import { World } from '../banking-service/world';
import { noted, problemsOf } from '../support/problems';

const NO_NAME =
  'is not a name that Kubernetes takes; use up to 253 lower-case letters, digits, "-" and ".", starting and ending with a letter or digit';
const noLabel = (max: number) =>
  `is not a name that Kubernetes takes; use 1 to ${max} lower-case letters, digits and "-", starting with a letter and not ending with "-"`;
const NO_KEY = 'is not a label key; use [prefix/]name with up to 63 characters';
const EMPTY_LABELS = 'is empty, which selects every pod of the namespace; name its labels';

describe('the end of a migration is a day', () => {
  const wrong = (until: unknown) =>
    noted((problems) => Mtls.migrate({ until: until as string, reason: 'the mainframe comes last' }).validate(problems));

  test.each(['2027-01-01', '2027-12-31', '2027-04-30', '2028-02-29', '2000-02-29', '2027-02-28'])('%s', (until) => {
    expect(wrong(until)).toEqual([]);
  });

  test.each([
    '2027-00-10',
    '2027-13-10',
    '2027-01-00',
    '2027-01-32',
    '2027-04-31',
    '2027-02-29',
    '2100-02-29',
    '2027-1-1',
    '12027-01-01',
    '2027-01-011',
    '2027/01/01',
    ['2027-01-01'],
  ])('%j is none', (until) => {
    expect(wrong(until)).toEqual([`x.mtls: until ${JSON.stringify(until)} is not a day; write it like "2027-03-31"`]);
  });

  test('and it has a reason; strict needs neither', () => {
    const reason = (text: string) =>
      `x.mtls: a PERMISSIVE step needs a reason of at least ten characters, got ${text}; say what still speaks plain text`;
    expect(noted((problems) => Mtls.migrate({ until: '2027-03-31', reason: 'later' }).validate(problems))).toEqual([
      reason('"later"'),
    ]);
    expect(noted((problems) => Mtls.migrate(undefined as never).validate(problems))).toEqual([
      'x.mtls: until nothing is not a day; write it like "2027-03-31"',
      reason('nothing'),
    ]);
    expect(noted((problems) => Mtls.strict().validate(problems))).toEqual([]);
  });
});

describe('a port that takes plain text', () => {
  const ports = [9073, 9074].map((port) => ({ name: 'http', port: 80, targetPort: port, protocol: PortProtocol.HTTP }));
  const reason = 'an old mainframe speaks plain text';

  test('is one of the workload, and has a reason', () => {
    expect(noted((problems) => resolveMtlsExceptions([{ port: 9073, reason }], ports, problems))).toEqual([]);
    expect(noted((problems) => resolveMtlsExceptions([{ port: 80, reason: 'old' }], ports, problems))).toEqual([
      'x.mtlsExceptions: names port 80, which the workload does not have; it has 9073, 9074',
      'x.mtlsExceptions: port 80 needs a reason of at least ten characters, got "old"; say who calls it in plain text, and why',
    ]);
    expect(noted((problems) => resolveMtlsExceptions([{ port: 80, reason }], [], problems))).toEqual([
      'x.mtlsExceptions: names port 80, which the workload does not have; it has none',
    ]);
  });

  test('takes both, unless it takes plain text only, and is in the report', () => {
    const given = [
      { port: 9073, reason },
      { port: 9074, mode: 'DISABLE' as const, reason },
    ];
    expect([...resolveMtlsExceptions(given, ports, new Problems('x'))]).toEqual([
      [9073, 'PERMISSIVE'],
      [9074, 'DISABLE'],
    ]);
    const world = new World();
    const postgres = new ExistingWorkload(world.chart, 'postgres', {
      namespace: world.namespace,
      ports: [{ port: 5432, protocol: PortProtocol.TCP }],
      mtlsExceptions: [{ port: 5432, reason }],
    });
    expect(notesOn(postgres)).toContainEqual({ kind: 'acceptance', text: `Port 5432 of postgres takes plain text: ${reason}` });
  });
});

describe('management paths', () => {
  const PATHS = ['/actuator', '/admin/db'];

  test('are plain', () => {
    expect(managementProblems(['/actuator', '/a(b)-~!'])).toEqual([]);
    const bad = ['actuator', '/', '/a b', '/a*', 'x/a', '/é', ['/a'], undefined];
    expect(managementProblems(bad)).toEqual(
      bad.map(
        (path) =>
          `${path === undefined ? 'nothing' : JSON.stringify(path)} must be a plain path that starts with "/", like "/actuator"`,
      ),
    );
  });

  test.each(['/actuator', '/actuator/health', '/actuator*', '/actuator{*}', '/admin/db/x'])('%s names one', (pattern) => {
    expect(namesManagement(pattern, PATHS)).toBe(true);
  });

  test.each(['/', '/*', '/actuators', '/api/actuator', '/actuator-x/y', '/admin', '/admin/*'])('%s names none', (pattern) => {
    expect(namesManagement(pattern, PATHS)).toBe(false);
  });

  test('are closed with what servers take for them', () => {
    expect(closedPaths(PATHS)).toEqual(['/actuator*', '/admin/db*', '//*', '/;*']);
    expect(closedPaths([])).toEqual([]);
  });

  test.each(['*', '/*', '*.json', '/act*', '/actuator/*', '/admin/{*}', '/{**}', '/;*', '//a*'])(
    '%s may reach one',
    (pattern) => {
      expect(mayReachManagement(pattern, PATHS)).toBe(true);
    },
  );

  test.each(['/', '/actuator', '/api/*', '/admin/x*', '/api/{*}/b', '/db*'])('%s can reach none', (pattern) => {
    expect(mayReachManagement(pattern, PATHS)).toBe(false);
  });
});

describe('paths of an edge', () => {
  test.each(['/', '/*', '*', '*.json', '/api/*', '/a/{*}/b', '/a/{**}', '/a.b/..c', '/%2e'])('%s', (path) => {
    expect(pathProblems([path])).toEqual([]);
  });

  const template = 'is not a path template; use {*} for one segment and {**} for the rest at the end';
  const middle = 'has "*" in the middle, which never matches; use it at the end or the start, or {*} for one segment';
  const dots = 'has "//" or dot segments, which Envoy resolves before it matches; write the plain path';
  test.each<[unknown, string]>([
    ['api', 'must start with "/", or with "*" to match by suffix'],
    [['/api'], 'must start with "/", or with "*" to match by suffix'],
    ['/a b', 'has blanks or characters outside ASCII; write them percent-encoded, as requests carry them'],
    ['/a?b', 'has a query or fragment, which a path match never sees; leave it out'],
    ['/a#b', 'has a query or fragment, which a path match never sees; leave it out'],
    ['/a/../b', dots],
    ['/a/..', dots],
    ['/./a', dots],
    ['//a', dots],
    ['/a/{*', template],
    ['/{**}/a', template],
    ['/a*b', middle],
    ['*a*', middle],
    ['**', middle],
  ])('%j %s', (path, why) => {
    expect(pathProblems([path as string])).toEqual([`${JSON.stringify(path)} ${why}`]);
  });

  test('are some', () => {
    expect(pathProblems([])).toEqual(['is empty, which would allow nothing; name the paths, or leave the prop out for all']);
  });
});

describe('ports', () => {
  const wrong = (...ports: PortProps[]) => noted((problems) => resolvePorts(ports, problems));

  test('have a name that says what is spoken, and one for callers', () => {
    const given = [{ port: 1024 }, { port: 8443, protocol: PortProtocol.TLS, name: 'admin', servicePort: 443 }];
    expect(resolvePorts(given, new Problems('x'))).toEqual([
      { name: 'http', port: 1024, targetPort: 1024, protocol: 'http' },
      { name: 'tls-admin', port: 443, targetPort: 8443, protocol: 'tls' },
    ]);
    expect(wrong(...given)).toEqual([]);
  });

  test.each<[string, PortProps[], string[]]>([
    ['of others', [{ port: 15021 }], ["x.port: 15021 is taken by Istio's proxy in every pod; use another port"]],
    [
      'of the privileged',
      [{ port: 1023, servicePort: 80 }],
      ["x.port: 1023 is a privileged port, which a container without capabilities can't open; use one from 1024 on"],
    ],
    [
      'that are none, each once',
      [{ port: 0 }, { port: 65536, name: 'a' }],
      [
        'x.port: 0 is not a port; use a whole number from 1 to 65535',
        'x.port: 65536 is not a port; use a whole number from 1 to 65535',
      ],
    ],
    [
      'that callers can not dial',
      [
        { port: 8071, servicePort: 0 },
        { port: 8072, servicePort: 0, name: 'a' },
      ],
      ['x.servicePort: 0 is not a port; use a whole number from 1 to 65535'],
    ],
    ['of one name', [{ port: 8071 }, { port: 8072 }], ['x.ports: name "http" occurs twice; give each port its own']],
    [
      'of one number',
      [{ port: 8071 }, { port: 8072, servicePort: 8071, name: 'a' }],
      ['x.ports: port 8071 occurs twice; give each port its own'],
    ],
    [
      'that are the same',
      [{ port: 8071 }, { port: 8071, name: 'a' }],
      ['x.ports: port 8071 occurs twice; give each port its own'],
    ],
    [
      'of one number in the container',
      [{ port: 8071 }, { port: 8071, servicePort: 80, name: 'a' }],
      ['x.ports: targetPort 8071 occurs twice; give each port its own'],
    ],
    ['of a name that is too long', [{ port: 8071, name: 'abcdefghijk' }], [`x.port.name: "http-abcdefghijk" ${noLabel(15)}`]],
    ['of a name that is none', [{ port: 8071, name: 'A' }], [`x.port.name: "http-A" ${noLabel(15)}`]],
  ])('%s', (_what, ports, expected) => expect(wrong(...ports)).toEqual(expected));

  test('are found by number or name, and the first by nothing', () => {
    const ports = resolvePorts(
      [
        { port: 8071, servicePort: 80 },
        { port: 8072, name: 'admin' },
      ],
      new Problems('x'),
    );
    expect([undefined, 80, 'http', 8072, 'http-admin'].map((wanted) => findPort(ports, wanted).targetPort)).toEqual([
      8071, 8071, 8071, 8072, 8072,
    ]);
    expect(() => findPort(ports, 8071)).toThrow(/^has no port 8071; it has 80 \(http\), 8072 \(http-admin\)$/);
    expect(() => findPort([], 80)).toThrow(/^has no port that can be called; declare its ports$/);
  });
});

describe('an existing workload', () => {
  const world = () => new World();
  const make = (props: Partial<ExistingWorkloadProps> = {}, { chart, namespace } = world()) =>
    new ExistingWorkload(chart, 'postgres', { namespace, ...props });
  const wrong = (props: Partial<ExistingWorkloadProps>) => problemsOf(() => make(props));

  test('says what its pods must be', () => {
    const podLabels = { 'cnpg.io/cluster': 'ledger', role: 'primary' };
    expect(notesOn(make({ podLabels, serviceAccount: 'ledger-db' }))).toEqual([
      {
        kind: 'prerequisite',
        text: 'Pods of postgres in namespace vault carry cnpg.io/cluster=ledger, role=primary and run in the mesh as service account ledger-db.',
      },
    ]);
    expect(notesOn(make({ ports: [{ port: 5432, protocol: PortProtocol.TCP }] }))).toEqual([
      {
        kind: 'prerequisite',
        text: 'Pods of postgres in namespace vault carry banking.workload/name=postgres and run in the mesh as service account postgres; Service postgres leads to them.',
      },
    ]);
  });

  test.each<[string, Partial<ExistingWorkloadProps>, string[]]>([
    ['a name', { name: 'A' }, [`A.name: "A" ${noLabel(55)}`]],
    ['labels', { podLabels: { 'a b': 'c' } }, [`postgres.podLabels: "a b" ${NO_KEY}`]],
    ['some labels', { podLabels: {} }, [`postgres.podLabels: ${EMPTY_LABELS}`]],
    [
      'labels that stay as they are',
      { podLabels: { app: 'a', name: 'b', role: 'c' } },
      [
        'postgres.podLabels: selects by app, name, which Flagger rewrites on the pods that serve; label the pods banking.workload/name: postgres instead',
      ],
    ],
    ['a service account', { serviceAccount: 'A' }, [`postgres.serviceAccount: "A" ${NO_NAME}`]],
    [
      'management paths',
      { managementPaths: ['admin'] },
      ['postgres.managementPaths: "admin" must be a plain path that starts with "/", like "/actuator"'],
    ],
    [
      'a namespace of ours',
      { namespace: undefined },
      ['postgres.namespace: is missing; it must be made with new ZeroTrustNamespace(chart, id, { … })'],
    ],
    [
      'a namespace that is no text',
      { namespace: 'vault' as never },
      ['postgres.namespace: "vault" must be made with new ZeroTrustNamespace(chart, id, { … })'],
    ],
    ['a name that can be read', { name: 'a b' }, [`workload "a b".name: "a b" ${noLabel(55)}`]],
  ])('has %s', (_what, props, expected) => expect(wrong(props)).toEqual(expected));

  test('has props', () => {
    expect(problemsOf(() => new ExistingWorkload(world().chart, 'postgres', undefined as never))).toEqual([
      'postgres: the props are nothing; give a map of props, like { key: value }',
    ]);
  });

  test('calls and is called, and refuses what is no peer', () => {
    const scene = world();
    const postgres = make({ ports: [{ port: 5432, protocol: PortProtocol.TCP }] }, scene);
    const backup = new ExistingWorkload(scene.chart, 'backup', { namespace: scene.namespace });
    expect(backup.allowTo(postgres)).toBe(backup);
    expect(scene.one('NetworkPolicy', 'backup').spec.egress[0].ports).toEqual([{ port: 5432, protocol: 'TCP' }]);
    expect(problemsOf(() => backup.allowTo(null as never))).toEqual([
      'backup.allowTo: null can not be called; give a BankingService, an ExistingWorkload, a ForeignWorkload, an ExternalHost or ApiServer.of(platform)',
    ]);
    expect(problemsOf(() => postgres.allowFrom({} as never))).toEqual([
      'postgres.allowFrom: {} is no caller; give a BankingService, an ExistingWorkload, a ForeignWorkload, a MeshGateway or ExternalClients',
    ]);
  });
});

describe('a foreign workload', () => {
  const props = { platform: new Platform(), namespace: 'markets', name: 'rates' };
  const wrong = (more: Partial<ForeignWorkloadProps>) => problemsOf(() => new ForeignWorkload({ ...props, ...more }));

  test.each<[string, Partial<ForeignWorkloadProps>, string[]]>([
    ['a name', { name: 'A', serviceAccount: 'a', podLabels: { a: 'b' } }, [`foreign workload "A".name: "A" ${noLabel(63)}`]],
    ['a namespace', { namespace: 'A' }, [`foreign workload "rates".namespace: "A" ${noLabel(63)}`]],
    ['a service account', { serviceAccount: 'A' }, [`foreign workload "rates".serviceAccount: "A" ${NO_NAME}`]],
    ['labels', { podLabels: { 'a b': 'c' } }, [`foreign workload "rates".podLabels: "a b" ${NO_KEY}`]],
    ['some labels', { podLabels: {} }, [`foreign workload "rates".podLabels: ${EMPTY_LABELS}`]],
    [
      'a platform',
      { platform: undefined },
      ['foreign workload "rates".platform: is missing; it must be made with new Platform({ … })'],
    ],
    [
      'a platform that is one',
      { platform: 'kind' as never },
      ['foreign workload "rates".platform: "kind" must be made with new Platform({ … })'],
    ],
  ])('has %s', (_what, more, expected) => expect(wrong(more)).toEqual(expected));

  test('has props', () => {
    expect(problemsOf(() => new ForeignWorkload(undefined as never))).toEqual([
      'foreign workload nothing: the props are nothing; give a map of props, like { key: value }',
    ]);
    for (const kind of ['postgres', 'redis'] as const) {
      expect(problemsOf(() => ForeignWorkload[kind](undefined as never))[0]).toMatch(
        /^foreign workload nothing\.platform: is missing/,
      );
    }
  });

  test('is known by its pods', () => {
    expect(new ForeignWorkload({ ...props, podLabels: { team: 'fx' } }).sources).toEqual([
      { kind: 'pods', namespace: 'markets', podLabels: { team: 'fx' } },
    ]);
  });

  test('may be a database', () => {
    const port = (one: ForeignWorkload) => one.portOf();
    const tcp = PortProtocol.TCP;
    expect(port(ForeignWorkload.postgres(props))).toEqual({ name: 'tcp-postgres', port: 5432, targetPort: 5432, protocol: tcp });
    expect(port(ForeignWorkload.postgres({ ...props, port: 6432 })).port).toBe(6432);
    expect(port(ForeignWorkload.redis(props))).toEqual({ name: 'tcp-redis', port: 6379, targetPort: 6379, protocol: tcp });
    expect(port(ForeignWorkload.redis({ ...props, port: 6380 })).port).toBe(6380);
  });
});

describe('a namespace', () => {
  test('says what it takes for granted, what is doubtful, and what was accepted', () => {
    const mtls = Mtls.migrate({ until: '2027-03-31', reason: 'the mainframe comes last' });
    const { namespace, platform } = new World({ kubernetes: '1.30' }, { mtls });
    const notes = (kind: string) => notesOn(namespace).flatMap((one) => (one.kind === kind ? [one.text] : []));
    expect(notes('prerequisite')).toEqual(platform.prerequisites());
    expect(notes('warning')).toEqual(platform.warnings());
    expect(platform.warnings()).toHaveLength(1);
    expect(notes('acceptance')).toEqual(['Namespace vault takes plain text until 2027-03-31: the mainframe comes last']);
    const strict = new World().namespace;
    expect(notesOn(strict).filter(({ kind }) => kind === 'acceptance')).toEqual([]);
  });

  test('has props, and a name', () => {
    const make = (props: unknown) => problemsOf(() => new ZeroTrustNamespace(new World().chart, 'other', props as never));
    expect(make(undefined)).toEqual(['namespace nothing: the props are nothing; give a map of props, like { key: value }']);
    expect(make({})).toEqual([`namespace nothing.name: nothing ${noLabel(63)}`]);
  });

  test('says of all that it holds whose it is', () => {
    const whose = { 'app.kubernetes.io/managed-by': 'cdk8s-banking', 'app.kubernetes.io/part-of': 'vault' };
    const [, ...held] = new World().objects().map(({ kind, metadata }) => [kind as string, metadata.labels as unknown]);
    expect(held.filter(([, labels]) => JSON.stringify(labels) !== JSON.stringify(whose))).toEqual([]);
  });

  test('has labels', () => {
    expect(problemsOf(() => new World({}, { labels: { 'a b': 'c' } }))).toEqual([`namespace "vault".labels: "a b" ${NO_KEY}`]);
  });

  test('may be that of a trace collector of ours, and of none of others', () => {
    const collector = (podLabels: Record<string, string>) =>
      problemsOf(() => new World({ traceCollector: { namespace: 'vault', podLabels, host: 'otel.vault.svc' } }));
    expect(collector({ 'banking.workload/name': 'otel' })).toEqual([]);
    expect(collector({ app: 'otel' })).toEqual([
      'namespace "vault".name: "vault" belongs to the cluster, and default deny would cut it off; make a namespace for the application',
    ]);
  });

  test('gives no CPU limit where a workload goes without one', () => {
    const limits = (cpuLimit: boolean) => {
      const world = new World();
      world.namespace.claim('a', () => ({
        pods: 1,
        requestsCpu: 1,
        requestsMemory: 1,
        requestsEphemeralStorage: 1,
        limitsCpu: cpuLimit ? 1 : undefined,
        limitsMemory: 1,
        limitsEphemeralStorage: 1,
        loadBalancers: 0,
        nodePorts: 0,
      }));
      return world.one('LimitRange').spec.limits[0].default;
    };
    expect(limits(true)).toEqual({ cpu: '500m', memory: '256Mi', 'ephemeral-storage': '1Gi' });
    expect(limits(false)).toEqual({ memory: '256Mi', 'ephemeral-storage': '1Gi' });
  });
});

describe('an edge', () => {
  test('to a port of bytes says nothing of paths', () => {
    const world = new World();
    const ports = [{ port: 5432, protocol: PortProtocol.TCP }];
    const postgres = new ExistingWorkload(world.chart, 'postgres', {
      namespace: world.namespace,
      ports,
      managementPaths: ['/actuator'],
    });
    const teller = new ExistingWorkload(world.chart, 'teller', { namespace: world.namespace });
    postgres.allowFrom(teller);
    expect(world.one('AuthorizationPolicy', 'postgres').spec.rules[0].to).toEqual([{ operation: { ports: ['5432'] } }]);
    expect(postgres.guard.callers.map(({ caller }) => caller.peerName)).toEqual(['teller']);
    expect(teller.guard.callees.map(({ callee }) => callee.peerName)).toEqual(['postgres']);
    expect(postgres.guard.callees).toEqual([]);
    // Who has no ports is called by nobody, and needs no host.
    expect([postgres.guard.meshHosts(), teller.guard.meshHosts()]).toEqual([['vault/postgres.vault.svc.cluster.local'], []]);
    expect(teller.guard.sources).toEqual([
      { kind: 'pods', namespace: 'vault', podLabels: { 'banking.workload/name': 'teller' } },
    ]);
  });

  test('to a workload of others closes no paths, unless there are some', () => {
    const operations = (managementPaths?: string[]) => {
      const world = new World();
      const { namespace } = world;
      const ledger = new ExistingWorkload(world.chart, 'ledger', { namespace, ports: [{ port: 8071 }], managementPaths });
      ledger.allowFrom(new ExistingWorkload(world.chart, 'teller', { namespace }));
      return world.one('AuthorizationPolicy', 'ledger').spec.rules[0].to as unknown;
    };
    expect(operations()).toEqual([{ operation: { ports: ['8071'] } }]);
    expect(operations(['/admin'])).toEqual([{ operation: { ports: ['8071'], notPaths: ['/admin*', '//*', '/;*'] } }]);
  });

  test('leaves the way to the trace collector open', () => {
    const traceCollector = { namespace: 'traces', podLabels: { app: 'otel' }, host: 'otel.traces.svc.cluster.local' };
    const world = new World({ traceCollector });
    const [teller, broker] = ['teller', 'broker'].map(
      (id) => new ExistingWorkload(world.chart, id, { namespace: world.namespace, ports: [{ port: 8071 }] }),
    );
    broker!.allowFrom(teller!);
    expect(world.one('Sidecar', 'teller').spec.egress).toEqual([
      { hosts: ['traces/otel.traces.svc.cluster.local', 'vault/broker.vault.svc.cluster.local'] },
    ]);
  });

  test('from clients by address says which', () => {
    expect(ExternalClients.at('10.20.0.0/16', '2001:db8::/32').peerName).toBe('clients at 10.20.0.0/16, 2001:db8::/32');
    expect(problemsOf(() => ExternalClients.at('10.0.0.1/8', '169.254.169.254/32', '0.0.0.0/0'))).toEqual([
      'external clients: "10.0.0.1/8" is not a CIDR: it has bits set behind its prefix of 8; use 10.0.0.1/32 for the one address, or clear them',
      'external clients: 169.254.169.254/32 is the cloud metadata address, which calls nobody; name who may call',
      'external clients: 0.0.0.0/0 is every address; name who may call',
    ]);
  });
});

describe('what a quota leaves', () => {
  const claim = {
    pods: 3,
    requestsCpu: 70,
    requestsMemory: 1024 ** 3,
    requestsEphemeralStorage: 1,
    limitsCpu: 1,
    limitsMemory: 1,
    limitsEphemeralStorage: 1,
    loadBalancers: 0,
    nodePorts: 0,
  };

  test('is what was given less what is asked for; what was not given is given exactly', () => {
    expect(remaining({ pods: 10, requestsCpu: '1', requestsMemory: '5Gi' }, [claim, claim])).toEqual({
      pods: 4,
      requestsCpu: 860,
      requestsMemory: 3 * 1024 ** 3,
    });
    expect(remaining({}, [claim])).toEqual({ pods: 0, requestsCpu: 0, requestsMemory: 0 });
  });

  test('is known where all needs are', () => {
    const { namespace } = new World({}, { quota: { pods: 10 } });
    namespace.claim('a', () => claim);
    expect(namespace.quotaLeft()).toEqual({ pods: 7, requestsCpu: 0, requestsMemory: 0 });
    namespace.claim('b', () => undefined);
    expect(namespace.quotaLeft()).toBeUndefined();
  });
});
