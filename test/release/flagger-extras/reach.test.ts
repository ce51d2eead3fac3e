import { Chart, Testing } from 'cdk8s';
import { BankingService, LoadTester, Release, Scaling, Webhook, ZeroTrustNamespace } from '../../../lib';
import { canariesOf, phasesOf, predict } from '../../support/flagger';
import { Cluster, type ExtraPod, type KubeObject } from '../../support/reachability';

/* M10, rules 20 and 21: what a load test needs is open while a release goes on, with what Flagger makes, and nothing else is. */

function objects(): KubeObject[] {
  const chart = new Chart(Testing.app(), 'bank');
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'vault' });
  const home = new ZeroTrustNamespace(chart, 'load-testing', { name: 'load-testing' });
  const tester = new LoadTester(chart, 'prober', { namespace: home });
  const image = 'registry.example.com/vault/teller:4.7.1';
  const clerk = new BankingService(chart, 'clerk', { namespace, image, port: 8072, scaling: Scaling.fixed(2) });
  const teller = new BankingService(chart, 'teller', {
    namespace,
    image,
    port: 8071,
    release: Release.canary({
      steps: [10, 100],
      webhooks: [Webhook.loadTest(tester, { requestsPerSecond: 3, path: '/rates?pair=CHF' }), Webhook.confirmPromotion(tester)],
    }),
  });
  teller.allowFrom(clerk, { methods: ['GET'], paths: ['/till'] });
  return Testing.synth(chart) as KubeObject[];
}

const pods: ExtraPod[] = [
  {
    name: 'flagger',
    namespace: 'flagger-system',
    labels: { 'app.kubernetes.io/name': 'flagger' },
    serviceAccount: 'flagger',
    inMesh: true,
  },
  // Flagger without a proxy, and somebody with its labels elsewhere.
  {
    name: 'bare',
    namespace: 'flagger-system',
    labels: { 'app.kubernetes.io/name': 'flagger' },
    serviceAccount: 'flagger',
    inMesh: false,
  },
  {
    name: 'false-flagger',
    namespace: 'elsewhere',
    labels: { 'app.kubernetes.io/name': 'flagger' },
    serviceAccount: 'flagger',
    inMesh: true,
  },
];

let cluster: Cluster;
beforeAll(() => {
  const all = objects();
  const [canary] = canariesOf(all);
  const phase = phasesOf(all, canary!).find(({ name }) => name.includes('canary 10 %'))!.name;
  cluster = Cluster.of(predict(all, { canary: canary!, phase }), {
    namespaces: { 'flagger-system': {}, elsewhere: {} },
    pods,
  });
});

const TESTER = 'load-testing/prober';
const flagger = (path: string, method = 'POST', from = 'flagger-system/flagger') =>
  cluster.open({ from, to: TESTER, port: 8080, request: { host: 'prober.load-testing.svc.cluster.local', method, path } });
const sent = (path: string, { method = 'GET', of = 'teller-canary', to = 'vault/teller', from = TESTER } = {}) =>
  cluster.open({ from, to, port: 8071, request: { host: `${of}.vault.svc.cluster.local`, method, path } });

test('the load tester reaches the new version with the request of its test', () => {
  expect(sent('/rates')).toBe(true);
});

test('and with no other, nor anybody else', () => {
  expect(sent('/till')).toBe(false);
  expect(sent('/actuator/env')).toBe(false);
  expect(sent('/rates', { method: 'POST' })).toBe(false);
  expect(sent('/rates', { of: 'teller-primary', to: 'vault/teller-primary' })).toBe(false);
  expect(sent('/rates', { of: 'teller', to: 'vault/teller-primary' })).toBe(false);
  expect(sent('/rates', { from: 'vault/clerk' })).toBe(false);
  const clerk = { host: 'clerk.vault.svc.cluster.local', method: 'GET', path: '/rates' };
  expect(cluster.open({ from: TESTER, to: 'vault/clerk', port: 8072, request: clerk })).toBe(false);
});

test('the edges of the service itself hold meanwhile, on both tracks', () => {
  expect(sent('/till', { from: 'vault/clerk', of: 'teller', to: 'vault/teller-primary' })).toBe(true);
  expect(sent('/till', { from: 'vault/clerk', of: 'teller', to: 'vault/teller' })).toBe(true);
});

test('Flagger reaches the load tester with what its webhooks ask', () => {
  expect(['/', '/gate/check', '/gate/close'].map((path) => flagger(path))).toEqual([true, true, true]);
});

test('but opens no gate; and nobody else reaches it, with whatever labels', () => {
  expect(['/gate/open', '/rollback/open', '/metrics', '/gate/approve'].map((path) => flagger(path))).toEqual([
    false,
    false,
    false,
    false,
  ]);
  expect(flagger('/', 'GET')).toBe(false);
  expect(flagger('/', 'POST', 'flagger-system/bare')).toBe(false);
  expect(flagger('/', 'POST', 'elsewhere/false-flagger')).toBe(false);
  expect(flagger('/', 'POST', 'vault/clerk')).toBe(false);
});
