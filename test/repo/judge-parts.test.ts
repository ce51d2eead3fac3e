import type { Declaration } from '../../.ci/judge/declared';
import { scriptsIn } from '../../.ci/judge/judges/shellcheck';
import { differences } from '../../.ci/judge/judges/api-server/difference';
import { scaled } from '../../.ci/judge/judges/api-server/pods';
import { type Connection, compare, portsIn } from '../../.ci/judge/judges/netpol/compare';
import { rangeOf, showRange, union, without } from '../../.ci/judge/judges/netpol/ranges';
import { withoutVersion6, worldOf } from '../../.ci/judge/judges/netpol/world';
import type { KubeObject, System } from '../../.ci/judge/systems';
import { Platform } from '../../lib';

type Json = Record<string, unknown>;

const object = (kind: string, name: string, spec: Json, apiVersion = 'v1'): KubeObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'shop' },
  spec,
});
const workload = (name: string, spec: Json = {}): KubeObject =>
  object('Deployment', name, { template: { metadata: { labels: { id: name } }, spec: {} }, ...spec });
const systemOf = (...objects: KubeObject[]): System => ({
  name: 'shop',
  folder: '/none',
  files: [{ path: 'shop.yaml', objects }],
});

describe('the connections that another program lists', () => {
  const platform = new Platform({ dns: { nodeLocal: '169.254.20.10' } }).model;
  const id = (name: string) => ({ kind: 'pods', namespace: 'shop', podLabels: { id: name } }) as const;
  const till = { name: 'till', namespace: 'shop', podLabels: { id: 'till' } };
  const stock = { name: 'stock', namespace: 'shop', podLabels: { id: 'stock' } };
  const bank = { kind: 'block', cidr: '203.0.113.0/28', except: ['203.0.113.8/29'] } as const;
  const declaration: Declaration = {
    namespaces: [{ name: 'shop', platform }],
    workloads: [
      {
        ...till,
        callers: [],
        callees: [
          { peer: id('stock'), port: 8071 },
          { peer: bank, port: 443 },
        ],
      },
      { ...stock, callers: [{ peer: id('till'), port: 8071 }], callees: [] },
    ],
  };
  const system = systemOf(workload('till'), workload('stock'));
  const [tillId, stockId] = ['shop/till[Deployment]', 'shop/stock[Deployment]'] as const;

  /** What the declaration opens, as netpol-analyzer would list it. */
  const expected = (): Connection[] => {
    const { pods } = worldOf(system, declaration);
    const friend = (namespace: string) => pods.find((one) => one.namespace === namespace && one.id.includes('friend'))!.id;
    const guarded = pods.filter(({ namespace }) => namespace === 'shop').map((pod) => pod.id);
    return [
      { src: tillId, dst: stockId, conn: 'TCP 8071' },
      { src: tillId, dst: '203.0.113.0-203.0.113.7', conn: 'TCP 443' },
      ...guarded.flatMap((src) => [
        { src, dst: '169.254.20.10-169.254.20.10', conn: 'TCP 53,UDP 53' },
        { src, dst: friend('kube-system'), conn: 'TCP 53,UDP 53' },
        { src, dst: friend('istio-system'), conn: 'TCP 15012' },
        { src: friend('monitoring'), dst: src, conn: 'TCP 15020' },
      ]),
    ];
  };
  const said = (list: readonly Connection[]) =>
    compare(system, declaration, () => [...list]).findings.map(({ object, message }) => `${object}: ${message}`);

  test('are what was declared, among strangers and impostors too', () => {
    expect(said(expected())).toEqual([]);
    expect(compare(system, declaration, expected).pairs).toBeGreaterThan(40);
  });

  test('are missed when one is gone', () => {
    const closed = 'declared, and closed';
    expect(said(expected().filter(({ conn }) => conn !== 'TCP 8071'))).toEqual([`${tillId} → ${stockId}: TCP 8071: ${closed}`]);
    expect(said(expected().filter(({ conn }) => conn !== 'TCP 443'))).toEqual([
      `${tillId} → 203.0.113.0-203.0.113.7: TCP 443: ${closed}`,
    ]);
    const half = expected().map((one) =>
      one.dst.startsWith('169.254') && one.src === tillId ? { ...one, conn: 'TCP 53' } : one,
    );
    expect(said(half)).toEqual([`${tillId} → 169.254.20.10: UDP 53: ${closed}`]);
  });

  test.each([
    ['back', stockId, tillId, 'TCP 8071'],
    ['from a stranger of the namespace', 'shop/stranger[Pod]', stockId, 'TCP 8071'],
    ['from an impostor elsewhere', 'elsewhere/impostor-0[Pod]', stockId, 'TCP 8071'],
    ['to whatever is elsewhere', tillId, 'elsewhere/impostor-1[Pod]', 'TCP 8071'],
    ['from addresses', '192.0.2.0-192.0.2.255', stockId, 'TCP 8071'],
    ['to more addresses', tillId, '203.0.113.8-203.0.113.15', 'TCP 443'],
  ])('are noticed when there is one more: %s', (_, src, dst, conn) => {
    const object = [src, dst].map((end) => (/^[\d.-]+$/.test(end) ? showRange(rangeOf(end)) : end)).join(' → ');
    expect(said([...expected(), { src, dst, conn }])).toEqual([`${object}: ${conn}: open, and nobody declared it`]);
  });

  test('are noticed when one is wider', () => {
    const wider = (conn: string) => expected().map((one) => (one.conn === 'TCP 8071' ? { ...one, conn } : one));
    expect(said(wider('TCP 8071-8072'))).toEqual([
      `${tillId} → ${stockId}: TCP 8071-8072: open, and nobody declared it`,
      `${tillId} → ${stockId}: TCP 8071: declared, and closed`,
    ]);
    expect(said(wider('All Connections'))).toEqual([`${tillId} → ${stockId}: every port: open, and nobody declared it`]);
  });

  test('are written as protocols with ports', () => {
    expect([...portsIn('TCP 53,443,UDP 53')!]).toEqual(['TCP 53', 'TCP 443', 'UDP 53']);
    expect(portsIn('All Connections')).toBeUndefined();
  });

  test('of IPv6 blocks are left out with their rules, and nothing else is', () => {
    const [v4, v6] = ['10.0.0.0/8', 'fd00::/8'].map((cidr) => ({ ipBlock: { cidr } }));
    const egress = [{ to: [v4, v6], ports: [1] }, { to: [v6] }, { to: [] }, {}];
    expect(withoutVersion6(object('NetworkPolicy', 'x', { egress })).spec).toEqual({
      egress: [{ to: [v4], ports: [1] }, { to: [] }, { to: undefined }],
      ingress: undefined,
    });
  });
});

describe('ranges of addresses', () => {
  test('are joined where they touch, and cut where they are taken', () => {
    const all = ['10.0.0.0/25', '10.0.0.128/25', '10.0.2.0/24'].map(rangeOf);
    expect(union(all).map(showRange)).toEqual(['10.0.0.0-10.0.0.255', '10.0.2.0-10.0.2.255']);
    expect(without(all, ['10.0.0.7/32', '10.0.2.0/23'].map(rangeOf)).map(showRange)).toEqual([
      '10.0.0.0-10.0.0.6',
      '10.0.0.8-10.0.0.255',
    ]);
  });
});

describe('the pods of a cluster at its largest', () => {
  const target = { scaleTargetRef: { kind: 'Deployment', name: 'till' } };
  const count = (...objects: KubeObject[]) =>
    scaled(systemOf(...objects)).map((one) => `${one.workload.metadata.name} ${one.pods}`);

  test.each([
    ['replicas and a quarter, by default', [workload('till', { replicas: 9 })], ['till 12']],
    ['replicas and the surge', [workload('till', { replicas: 9, strategy: { rollingUpdate: { maxSurge: 2 } } })], ['till 11']],
    ['replicas alone, when all go at once', [workload('till', { replicas: 9, strategy: { type: 'Recreate' } })], ['till 9']],
    [
      'what the autoscaler says',
      [workload('till'), object('HorizontalPodAutoscaler', 'till', { ...target, maxReplicas: 7 })],
      ['till 9'],
    ],
    [
      'what KEDA says',
      [workload('till'), object('ScaledObject', 'x', { scaleTargetRef: { name: 'till' }, maxReplicaCount: 5 })],
      ['till 7'],
    ],
    [
      'those of Flagger too',
      [workload('till'), object('Canary', 'x', { targetRef: { kind: 'Deployment', name: 'till' } })],
      ['till 2', 'till-primary 2'],
    ],
    ['of a Job, its parallelism', [object('Job', 'count', { parallelism: 3, template: { spec: {} } })], ['count 3']],
  ])('are %s', (_, objects, expected) => {
    expect(count(...objects)).toEqual(expected);
  });
});

describe('what an API server stores', () => {
  test('differs where a field is gone or another, not where one was added', () => {
    const sent = { spec: { ports: [{ port: 8071 }], limit: '1024Mi', no: false } };
    const stored = { metadata: { uid: 'x' }, spec: { ports: [{ port: 8071, protocol: 'TCP' }], limit: '1Gi' } };
    expect(differences(sent, stored)).toEqual(['spec.limit: "1024Mi" is stored as "1Gi"', 'spec.no: false is stored as nothing']);
    expect(differences({ a: [1, 2] }, { a: [1] })).toEqual(['a: [1,2] is stored as [1]']);
  });
});

describe('scripts in manifests', () => {
  const texts = (given: KubeObject) => scriptsIn(given).map(({ shell, text }) => `${shell}: ${text}`);

  test.each([
    ['a command', workload('x', { containers: [{ command: ['/bin/sh', '-c', 'sleep 1'] }] }), ['sh: sleep 1']],
    ['a command with flags', workload('x', { containers: [{ command: ['bash', '-euc', 'sleep 2'] }] }), ['bash: sleep 2']],
    ['arguments of a shell', workload('x', { containers: [{ command: ['sh', '-c'], args: ['sleep 3'] }] }), ['sh: sleep 3']],
    [
      'a file',
      { ...object('ConfigMap', 'x', {}), data: { 'x.sh': '#!/usr/bin/env bash\nsleep 4' } },
      ['bash: #!/usr/bin/env bash\nsleep 4'],
    ],
    [
      'a webhook',
      object('Canary', 'x', { analysis: { webhooks: [{ name: 'w', metadata: { type: 'cmd', cmd: 'hey -z 1m' } }] } }),
      ['sh: hey -z 1m'],
    ],
    ['no shell', workload('x', { containers: [{ command: ['/app', '-c', 'x'] }] }), []],
  ])('are found in %s', (_, given, expected) => {
    expect(texts(given)).toEqual(expected);
  });
});
