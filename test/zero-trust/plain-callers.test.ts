import { Chart } from 'cdk8s';
import { BankingService, ExternalClients, ForeignWorkload, GitOpsApp, Platform, ZeroTrustNamespace } from 'cdk8s-banking';
import { parseAllDocuments } from 'yaml';
import { Cluster, type KubeObject } from '../support/reachability';

const platform = new Platform();

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
  return parseAllDocuments(app.synthYaml()).map((document) => document.toJS() as KubeObject);
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
  const objects = rendered(
    new ForeignWorkload({ platform, namespace: 'legacy', name: 'batch', podLabels: labels, inMesh: false }),
  );
  const cluster = Cluster.of(objects, world);

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
