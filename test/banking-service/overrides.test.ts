import { ApiObject, Chart, JsonPatch, Testing } from 'cdk8s';
import {
  BankingService,
  ConfigError,
  ExternalHost,
  Health,
  HealthProbe,
  MeshGateway,
  Overrides,
  Platform,
  PortProtocol,
  Reach,
  Scaling,
  ServiceTier,
  Subject,
  ZeroTrustNamespace,
  findObject,
} from '../../lib';
import { IMAGE, type Json } from './world';

/* Everything that can be overridden, with every kind of override. */

const egressGateway = {
  namespace: 'out',
  podLabels: { istio: 'egress' },
  serviceAccount: 'out',
  host: 'egress.out.svc.cluster.local',
};

function build() {
  const chart = new Chart(Testing.app(), 'world');
  const platform = new Platform({ egressGateway });
  const namespace = new ZeroTrustNamespace(chart, 'namespace', {
    name: 'vault',
    platform,
    access: { readers: [Subject.group('tellers')], deployers: [Subject.user('ci')] },
  });
  const broker = new BankingService(chart, 'broker', {
    namespace,
    image: IMAGE,
    port: 9071,
    protocol: PortProtocol.TCP,
    scaling: Scaling.keda({ triggers: [{ type: 'kafka', metadata: { topic: 'orders' } }] }),
    health: Health.of({ liveness: HealthProbe.tcp(), readiness: HealthProbe.exec(['/ready']) }),
  });
  const teller = new BankingService(chart, 'teller', {
    namespace,
    image: IMAGE,
    port: 8080,
    tier: ServiceTier.CRITICAL,
    configuration: { variables: { A: '1' } },
    mtlsExceptions: [{ port: 8080, reason: 'an old mainframe speaks plain text' }],
  });
  const gateway = new MeshGateway(chart, 'edge', { hosts: ['bank.example.com'], issuer: 'ca', namespace }).route('/', teller);
  teller.allowTo(broker);
  teller.allowTo(ExternalHost.https('a.example.net', { reach: Reach.egressGateway() }));
  teller.allowTo(ExternalHost.https('b.example.net', { reach: Reach.cidrs('203.0.113.0/24'), tlsOrigination: true }));
  return { chart, namespace, teller, broker, gateway };
}

type Built = ReturnType<typeof build>;
type Handle = (built: Built) => ApiObject;

const HANDLES: [string, Handle][] = [
  ['teller.deployment', ({ teller }) => ApiObject.of(teller.deployment)],
  ['teller.serviceAccount', ({ teller }) => ApiObject.of(teller.serviceAccount)],
  ...[
    ...[
      'Deployment',
      'ServiceAccount',
      'Service',
      'DestinationRule',
      'HorizontalPodAutoscaler',
      'PodDisruptionBudget',
      'ConfigMap',
    ],
    ...['NetworkPolicy', 'AuthorizationPolicy', 'PeerAuthentication', 'Sidecar'],
  ].map((kind): [string, Handle] => [`teller.object(${kind})`, ({ teller }) => teller.object(kind)]),
  ['teller.object(VirtualService, teller)', ({ teller }) => teller.object('VirtualService', 'teller')],
  ['teller.object(VirtualService, teller-edge)', ({ teller }) => teller.object('VirtualService', 'teller-edge')],
  ['broker.object(ScaledObject)', ({ broker }) => broker.object('ScaledObject')],
  ...['Gateway', 'VirtualService', 'Certificate'].map((kind): [string, Handle] => [
    `edge.object(${kind})`,
    ({ gateway }) => gateway.object(kind),
  ]),
  ...(
    [
      ...[
        ['Namespace', 'vault'],
        ['PeerAuthentication', 'default'],
        ['AuthorizationPolicy', 'allow-nothing'],
        ['NetworkPolicy', 'default-deny'],
      ],
      ...[
        ['Sidecar', 'default'],
        ['ServiceAccount', 'default'],
        ['ResourceQuota', 'quota'],
      ],
      ...[
        ['LimitRange', 'container-defaults'],
        ['Role', 'reader'],
        ['Role', 'deployer'],
        ['RoleBinding', 'reader'],
        ['RoleBinding', 'deployer'],
      ],
      ...[
        ['PriorityClass', 'vault-critical'],
        ['ServiceEntry', 'a-example-net'],
        ['Gateway', 'a-example-net'],
      ],
      ...[
        ['VirtualService', 'a-example-net'],
        ['ServiceEntry', 'b-example-net'],
        ['DestinationRule', 'b-example-net'],
      ],
    ] as [string, string][]
  ).map(([kind, name]): [string, Handle] => [`namespace: ${kind} ${name}`, ({ namespace }) => findObject(namespace, kind, name)]),
];

test('no object is without a handle', () => {
  const built = build();
  const reached = new Set(HANDLES.map(([, handle]) => handle(built)));
  const all = built.chart.node.findAll().filter((one): one is ApiObject => ApiObject.isApiObject(one));
  // Of the other service only what the first one has not.
  const missed = all.filter((one) => !reached.has(one)).map((one) => `${one.kind} ${one.name}`);
  expect(missed.filter((one) => !one.endsWith(' broker'))).toEqual([]);
  expect(missed.length).toBeLessThan(all.length / 4);
});

describe.each(HANDLES)('%s', (_name, handle) => {
  const object = () => handle(build());

  test('an unknown field and a number in the place of a string survive', () => {
    const target = object();
    Overrides.of(target).merge({
      metadata: { annotations: { 'example.com/a': '1' } },
      futureField: { port: 8443, list: [7, 'x'] },
    });
    expect(target.toJson()).toMatchObject({
      metadata: { annotations: { 'example.com/a': '1' } },
      futureField: { port: 8443, list: [7, 'x'] },
    });
  });

  test('addJsonPatch of cdk8s does as much', () => {
    const target = object();
    target.addJsonPatch(JsonPatch.add('/metadata/finalizers', ['example.com/keep']), JsonPatch.add('/futureField', 8443));
    expect(target.toJson()).toMatchObject({ metadata: { finalizers: ['example.com/keep'] }, futureField: 8443 });
  });

  test('one that changes nothing fails', () => {
    const target = object();
    Overrides.of(target).merge({ kind: target.kind });
    expect(() => target.toJson() as unknown).toThrow(ConfigError);
    expect(() => target.toJson() as unknown).toThrow(/changes nothing/);
  });
});

describe('a port from 8080 to 8443 stays a number', () => {
  const PORTS: [string, Handle, string][] = [
    ['NetworkPolicy', ({ teller }) => teller.object('NetworkPolicy'), '/spec/ingress/0/ports/0/port'],
    ['default deny', ({ namespace }) => findObject(namespace, 'NetworkPolicy', 'default-deny'), '/spec/ingress/0/ports/0/port'],
    ['Service', ({ teller }) => teller.object('Service'), '/spec/ports/0/targetPort'],
    ['container', ({ teller }) => ApiObject.of(teller.deployment), '/spec/template/spec/containers/0/ports/0/containerPort'],
    ['probe', ({ teller }) => ApiObject.of(teller.deployment), '/spec/template/spec/containers/0/readinessProbe/httpGet/port'],
    ['route', ({ teller }) => teller.object('VirtualService', 'teller'), '/spec/http/0/route/0/destination/port/number'],
    ['disruption budget', ({ teller }) => teller.object('PodDisruptionBudget'), '/spec/maxUnavailable'],
    ['surge', ({ teller }) => ApiObject.of(teller.deployment), '/spec/strategy/rollingUpdate/maxSurge'],
  ];
  const read = (json: Json, pointer: string): unknown =>
    pointer
      .slice(1)
      .split('/')
      .reduce<unknown>((at, key) => (at as Json)[key], json);

  test.each(PORTS)('%s', (_name, handle, pointer) => {
    for (const patch of [
      (object: ApiObject) => object.addJsonPatch(JsonPatch.replace(pointer, 8443)),
      (object: ApiObject) => Overrides.of(object).jsonPatch(JsonPatch.replace(pointer, 8443)),
    ]) {
      const object = handle(build());
      expect(read(object.toJson() as Json, pointer)).not.toBe(8443);
      patch(object);
      expect(read(object.toJson() as Json, pointer)).toBe(8443);
    }
  });
});

describe('a strategic merge', () => {
  test('finds containers, volumes and ports by their keys, after the Deployment is completed', () => {
    const { teller } = build();
    Overrides.of(teller.deployment).merge({
      spec: {
        template: { spec: { containers: [{ name: 'teller', livenessProbe: { periodSeconds: 41 } }], priorityClassName: 'vip' } },
      },
    });
    const { containers, priorityClassName } = ApiObject.of(teller.deployment).toJson().spec.template.spec as Json;
    expect(containers).toHaveLength(1);
    expect(containers[0]).toMatchObject({
      image: IMAGE,
      livenessProbe: { periodSeconds: 41, httpGet: { path: '/healthz', port: 8080 } },
    });
    expect(priorityClassName).toBe('vip');
  });

  test('replaces the routes of a VirtualService as a whole, and deletes by null', () => {
    const { teller } = build();
    Overrides.of(teller.object('VirtualService', 'teller')).merge({ spec: { http: [{ timeout: '3s' }], hosts: null } });
    expect((teller.object('VirtualService', 'teller').toJson() as Json).spec).toEqual({ http: [{ timeout: '3s' }] });
  });
});

test('a kind that there is not is an error that lists what there is', () => {
  const { teller } = build();
  expect(() => teller.object('Canary')).toThrow(/has no Canary: AuthorizationPolicy teller, ConfigMap teller-env-/);
  expect(() => teller.object('VirtualService')).toThrow(/has 2 objects of kind "VirtualService"; give the name too/);
});
