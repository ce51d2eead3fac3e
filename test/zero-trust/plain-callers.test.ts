import { Chart } from 'cdk8s';
import {
  BankingService,
  ExistingWorkload,
  ExternalClients,
  ForeignWorkload,
  GitOpsApp,
  Platform,
  PortProtocol,
  ZeroTrustNamespace,
} from 'cdk8s-banking';
import { Cluster, type KubeObject } from '../support/reachability';
import { objectsOf } from '../support/yaml';

let platform: Platform;
beforeAll(() => (platform = new Platform()));

/** A service whose port takes plain text, and what its edge with one caller renders. */
function rendered(caller: ForeignWorkload | ExternalClients): KubeObject[] {
  const app = new GitOpsApp();
  const chart = new Chart(app, 'chart');
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'banking', platform });
  new BankingService(chart, 'ledger', {
    namespace,
    image: 'registry.example.com/ledger:4.2.0',
    port: 8080,
    mtlsExceptions: [{ port: 8080, reason: 'the batch of 1998 has no proxy' }],
  }).allowFrom(caller, { methods: ['POST'] });
  return objectsOf(app.synthYaml()) as KubeObject[];
}

const labels = { app: 'batch' };
const world = {
  namespaces: { legacy: {} },
  pods: [
    { name: 'batch', namespace: 'legacy', labels, inMesh: false },
    { name: 'twin', namespace: 'legacy', labels, serviceAccount: 'twin', inMesh: true },
    { name: 'other', namespace: 'legacy', labels: { app: 'other' }, inMesh: false },
  ],
};
const post = { host: 'ledger.banking.svc.cluster.local', servicePort: 8080, method: 'POST', path: '/entries' };

describe('pods outside the mesh', () => {
  let objects: KubeObject[];
  let cluster: Cluster;
  beforeAll(() => {
    objects = rendered(new ForeignWorkload({ platform, namespace: 'legacy', name: 'batch', podLabels: labels, inMesh: false }));
    cluster = Cluster.of(objects, world);
  });

  test('are known as callers without an identity, never as everybody', () => {
    const policy = objects.find(({ kind, metadata }) => kind === 'AuthorizationPolicy' && metadata?.name === 'ledger');
    expect((policy!['spec'] as { rules: { from: object[] }[] }).rules[0]!.from).toEqual([{ source: { notPrincipals: ['*'] } }]);
  });

  test.each([
    ['legacy/batch', true, true],
    // It has an identity, and that identity is nobody's.
    ['legacy/twin', true, false],
    ['legacy/other', false, true],
  ])('%s: by the network %s, by authorization %s', (from, network, authorization) => {
    const layers = cluster.flow({ from, to: 'banking/ledger', port: 8080, request: post });
    expect([layers.ingress.open, layers.authorization.open]).toEqual([network, authorization]);
  });
});

test('clients by address are known by that address', () => {
  const cluster = Cluster.of(rendered(ExternalClients.at('10.40.0.0/16')), world);
  expect(cluster.open({ from: { ip: '10.40.3.7' }, to: 'banking/ledger', port: 8080, request: post })).toBe(true);
  expect(cluster.open({ from: { ip: '10.41.3.7' }, to: 'banking/ledger', port: 8080, request: post })).toBe(false);
  expect(cluster.open({ from: { ip: '10.40.3.7' }, to: 'banking/ledger', port: 8080, request: { ...post, method: 'PUT' } })).toBe(
    false,
  );
});

test('a workload may call itself: its pods replicate to one another, and nobody else joins in', () => {
  const app = new GitOpsApp();
  const chart = new Chart(app, 'chart');
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'data', platform });
  const redis = new ExistingWorkload(chart, 'redis', { namespace, ports: [{ port: 6379, protocol: PortProtocol.TCP }] });
  redis.allowFrom(redis);
  const objects = objectsOf(app.synthYaml()) as KubeObject[];
  const pod = (name: string, workload: string) => ({
    name,
    namespace: 'data',
    labels: { 'banking.workload/name': workload },
    serviceAccount: workload,
    inMesh: true,
  });
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'redis', namespace: 'data' },
    spec: { selector: { 'banking.workload/name': 'redis' }, ports: [{ name: 'tcp', port: 6379, targetPort: 6379 }] },
  };
  const cluster = Cluster.of(objects, {
    pods: [pod('one', 'redis'), pod('two', 'redis'), pod('other', 'other')],
    objects: [service],
  });
  const request = { host: 'redis.data.svc.cluster.local', servicePort: 6379 };
  expect(cluster.open({ from: 'data/one', to: 'data/two', port: 6379, request })).toBe(true);
  expect(cluster.open({ from: 'data/other', to: 'data/two', port: 6379, request })).toBe(false);
});

test('a port that takes plain text only refuses callers that could only show an identity', () => {
  const app = new GitOpsApp();
  const chart = new Chart(app, 'chart');
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'data', platform });
  const ports = [{ port: 6379, protocol: PortProtocol.TCP }];
  const mtlsExceptions = [{ port: 6379, mode: 'DISABLE' as const, reason: 'its clients speak a protocol of their own' }];
  const redis = new ExistingWorkload(chart, 'redis', { namespace, ports, mtlsExceptions });
  expect(() => redis.allowFrom(new ForeignWorkload({ platform, namespace: 'shop', name: 'web' }))).toThrow(
    "redis: port 6379 takes plain text only, where shop/web can't show its identity and would always be refused; set the exception's mode to PERMISSIVE",
  );
});
