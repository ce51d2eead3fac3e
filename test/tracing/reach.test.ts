import { Testing } from 'cdk8s';
import { BankingService, ForeignWorkload, Jaeger, Platform, Scaling, TraceExport } from '../../lib';
import { Cluster, type ExtraPod, type KubeObject } from '../support/reachability';
import { TracingWorld } from './world';

/* O4, Z3, Z4: spans reach the collector from the proxies that are told to send them, and from nobody else. */

const EXPORT = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';

const pod = (namespace: string, name: string, more: Partial<ExtraPod> = {}): ExtraPod => ({
  name,
  namespace,
  labels: { 'banking.workload/name': name },
  serviceAccount: name,
  inMesh: true,
  ...more,
});
let cluster: Cluster;
beforeAll(() => {
  const world = new TracingWorld();
  const scaling = Scaling.fixed(2);
  const image = 'registry.example.com/vault/teller:4.7.1';
  const jaeger = new Jaeger(world.chart, 'jaeger', { namespace: world.spans });
  const teller = new BankingService(world.chart, 'teller', { namespace: world.vault, image, port: 8071, scaling });
  new BankingService(world.chart, 'clerk', { namespace: world.vault, image, port: 8072, scaling });
  const collector = world.collector({ export: TraceExport.jaeger(jaeger), scaling });
  collector.allowFrom(world.vault).allowFrom({ namespace: 'cards' });
  collector.allowFrom({ ...world.platform.model.ingressGateway });
  collector.allowFrom(new ForeignWorkload({ platform: world.platform, namespace: 'loans', name: 'scorer' }));
  // An application that sends spans of its own.
  teller.allowTo(collector, { port: 4318, methods: ['POST'], paths: ['/v1/traces'] });
  jaeger.showTo(new ForeignWorkload({ platform: new Platform(), namespace: 'tools', name: 'portal' }));
  cluster = Cluster.of(Testing.synth(world.chart) as KubeObject[], {
    namespaces: { cards: {}, loans: {}, tools: {}, elsewhere: {}, 'istio-ingress': {} },
    pods: [
      pod('cards', 'issuer'),
      pod('cards', 'bare', { inMesh: false }),
      pod('loans', 'scorer'),
      pod('loans', 'robber'),
      pod('tools', 'portal'),
      pod('elsewhere', 'teller'),
      pod('istio-ingress', 'gate', { labels: { istio: 'ingress' }, serviceAccount: 'istio-ingress' }),
      pod('istio-ingress', 'robber'),
    ],
  });
});
const sends = (from: string, { to = 'otel', port = 4317, path = EXPORT, method = 'POST' } = {}) =>
  cluster.open({ from, to: `spans/${to}`, port, request: { host: `${to}.spans.svc.cluster.local`, method, path } });

test.each(['vault/teller', 'vault/clerk', 'cards/issuer', 'loans/scorer', 'istio-ingress/gate'])('%s may send spans', (from) => {
  expect(sends(from)).toBe(true);
});

test.each(['elsewhere/teller', 'loans/robber', 'istio-ingress/robber', 'cards/bare', 'spans/jaeger'])('%s may not', (from) => {
  expect(sends(from)).toBe(false);
});

test('spans are all that may be sent', () => {
  expect(sends('vault/clerk', { path: '/opentelemetry.proto.collector.logs.v1.LogsService/Export' })).toBe(false);
  expect(sends('vault/clerk', { method: 'GET' })).toBe(false);
  expect(sends('vault/clerk', { port: 4318, path: '/v1/traces' })).toBe(false);
  expect(sends('vault/teller', { port: 4318, path: '/v1/traces' })).toBe(true);
  expect(sends('vault/teller', { port: 4318, path: '/v1/logs' })).toBe(false);
});

test('only the collector sends to Jaeger, whose pages only those see to whom they are shown', () => {
  expect(sends('spans/otel', { to: 'jaeger' })).toBe(true);
  expect(sends('vault/teller', { to: 'jaeger' })).toBe(false);
  const page = (from: string, method = 'GET') => sends(from, { to: 'jaeger', port: 16686, path: '/search', method });
  expect([page('tools/portal'), page('tools/portal', 'POST'), page('vault/teller'), page('spans/otel')]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

test('a namespace that is told to send, and is not let in, is a mistake: its spans would be lost without a word', () => {
  const other = new TracingWorld();
  other.collector();
  expect(other.problems()).toEqual([
    'otel: the Platform of namespace vault sends spans here, and they are not let in; write otel.allowFrom(…) of that namespace',
  ]);
});
