import { Cluster } from './cluster';
import { deployment, namespace, policy } from './fixtures';
import { withFlagger } from './flagger';
import type { KubeObject } from './objects';

const labels = { app: 'pay', 'banking.example/name': 'pay' };
const canary = (service: object = {}, targetRef: object = { kind: 'Deployment', name: 'pay' }): KubeObject => ({
  apiVersion: 'flagger.app/v1beta1',
  kind: 'Canary',
  metadata: { name: 'pay', namespace: 'n' },
  spec: { targetRef, service: { port: 81, targetPort: 'door', ...service } },
});
const pay = deployment('n', 'pay', labels, { containers: [{ ports: [{ name: 'door', containerPort: 8081 }] }] });
const wide = { podSelector: { matchLabels: { 'banking.example/name': 'pay' } } };

it('adds the primary, which shares every label but one', () => {
  const cluster = Cluster.of(withFlagger([pay, canary()]));
  expect(cluster.pods().map(({ id, labels: own }) => [id, own])).toEqual([
    ['n/pay', labels],
    ['n/pay-primary', { ...labels, app: 'pay-primary' }],
  ]);
});

it('leaves the target without pods, and routes to the primary', () => {
  const objects = withFlagger([namespace('n', { 'istio-injection': 'enabled' }), pay, deployment('n', 'caller', {}), canary()]);
  const cluster = Cluster.of(objects);
  expect(cluster.pods().map(({ id, idle }) => [id, idle ?? false])).toEqual([
    ['n/pay', true],
    ['n/caller', false],
    ['n/pay-primary', false],
  ]);
  const { via, arrivals } = cluster.journey('n/caller', { host: 'pay.n.svc.cluster.local', servicePort: 81 });
  expect([via, arrivals.map(({ host, share }) => [host, share])]).toEqual([
    'VirtualService/n/pay',
    [['pay-primary.n.svc.cluster.local', 100]],
  ]);
  expect(cluster.routingProblems()).toEqual([]);
});

it('shows that a policy on the label which Flagger rewrites misses production', () => {
  const guarded = (spec: object): boolean[] => {
    const cluster = Cluster.of(withFlagger([pay, canary(), policy('n', 'p', spec)]));
    return ['n/pay', 'n/pay-primary'].map((to) => cluster.flow({ from: { ip: '203.0.113.4' }, to, port: 8081 }).ingress.guarded);
  };
  expect(guarded({ podSelector: { matchLabels: { app: 'pay' } } })).toEqual([true, false]);
  expect(guarded(wide)).toEqual([true, true]);
});

it('adds the three Services, each before its own pods', () => {
  const cluster = Cluster.of(withFlagger([namespace('n', { 'istio-injection': 'enabled' }), pay, canary()]));
  const hosts = (id: string): string[] =>
    cluster
      .servicesOf(id, 8081)
      .map(({ host }) => host.split('.')[0] ?? '')
      .sort();
  expect(hosts('n/pay-primary')).toEqual(['pay', 'pay-primary']);
  expect(hosts('n/pay')).toEqual(['pay-canary']);
});

it('makes routes that draw the two hosts in', () => {
  const reach = (service: object): boolean => {
    const sidecar = {
      apiVersion: 'networking.istio.io/v1',
      kind: 'Sidecar',
      metadata: { name: 's', namespace: 'n' },
      spec: { egress: [{ hosts: ['./pay.n.svc.cluster.local'] }], outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } },
    };
    const objects = withFlagger([
      namespace('n', { 'istio-injection': 'enabled' }),
      pay,
      deployment('n', 'caller', {}),
      sidecar,
      canary(service),
    ]);
    return Cluster.of(objects).flow({
      from: 'n/caller',
      to: 'n/pay',
      port: 8081,
      request: { host: 'pay-canary.n.svc.cluster.local' },
    }).sidecar.open;
  };
  expect(reach({})).toBe(true);
  expect(reach({ gateways: ['edge'] })).toBe(false);
  expect(reach({ gateways: ['edge', 'mesh'] })).toBe(true);
  expect(reach({ delegation: true })).toBe(false);
});

it('leaves alone what is there, and refuses what Flagger refuses', () => {
  expect(withFlagger([pay])).toEqual([pay]);
  expect(() => withFlagger([pay, canary({}, { kind: 'Deployment', name: 'paid' })])).toThrow(
    'Deployment paid is not among the objects',
  );
  expect(() => withFlagger([deployment('n', 'pay', { id: 'pay' }), canary()])).toThrow('Flagger wants one of app, name');
});
