import { Chart, Duration, Testing } from 'cdk8s';
import {
  CanaryRelease,
  type CanaryReleaseProps,
  ExistingWorkload,
  type IRelease,
  type IWebhook,
  Platform,
  Release,
  type CanaryProps,
  ZeroTrustNamespace,
} from '../../../lib';
import { notesOn } from '../../../lib/kube';
import { type Json, World, only } from '../../banking-service/world';

/* What the README of an environment says of services under Flagger. */

const load: IWebhook = {
  ...{ name: 'load', type: 'rollout', timeoutSeconds: 7 },
  validate() {},
  bind: () => ({ name: 'load', type: 'rollout', url: 'http://tester.shop/', timeoutSeconds: 7 }),
};

/** The prerequisites of a service with this release that one without Flagger has not. */
function needs(props: CanaryProps): string[] {
  const others = prerequisites(Release.rolling());
  return prerequisites(Release.canary(props)).filter((text) => !others.includes(text));
}

function prerequisites(release: IRelease): string[] {
  const world = new World();
  world.service('teller', { release, secretEnv: { KEY: { secret: 'teller-db', key: 'key' } } });
  const texts = world.chart.node.findAll().flatMap((one) => notesOn(one));
  return texts.filter(({ kind }) => kind === 'prerequisite').map(({ text }) => text);
}

const FLAGGER = [
  'Flagger 1.44.0 runs in namespace flagger-system, in the mesh, with Istio as its mesh provider and Prometheus as its metrics server.',
  "Prometheus scrapes Istio's proxies at least every 30 s: a check that finds fewer than two samples fails.",
];
const SECRET =
  'Secret teller-db in namespace vault carries the annotation flagger.app/config-tracking: disabled; otherwise teller runs on a copy ' +
  'of it, which gets a new value with the next release only.';
const TAKEN_OVER =
  'teller is being taken over by Flagger: when Canary teller is Initialized, take takeOver out of its release and commit.';

test.each<[string, CanaryProps, string[]]>([
  ['a canary', {}, [...FLAGGER, SECRET]],
  ['one that is taken over', { takeOver: true }, [...FLAGGER, SECRET, TAKEN_OVER]],
  ['one that is given back', { takeOver: true, suspend: true }, [...FLAGGER, SECRET]],
  ['one that stands still', { suspend: true }, [...FLAGGER, SECRET]],
])('%s', (_what, props, expected) => {
  expect(needs(props)).toEqual(expected);
});

function made(props: Partial<CanaryReleaseProps>) {
  const chart = new Chart(Testing.app(), 'world');
  const target = { kind: 'Deployment', name: 'orders' } as const;
  const canary = new CanaryRelease(chart, 'orders', { namespace: 'shop', target, port: 80, ...props });
  return { canary, texts: notesOn(canary).map(({ text }) => text), objects: () => Testing.synth(chart) as Json[] };
}

const MESHLESS = 'Flagger 1.44.0 runs in namespace flagger-system, with Prometheus as its metrics server.';
const COUNTED =
  'The application counts its requests in http_request_duration_seconds, by status, with the labels kubernetes_namespace and kubernetes_pod_name.';
const SELECTED =
  'Deployment orders in namespace shop selects its pods by app, name or app.kubernetes.io/name, which Flagger changes to <value>-primary ' +
  'on the pods that serve; its spread and affinity terms follow only where they name orders.';
const OTHERS =
  'Whatever selects the pods of orders (policies, disruption budgets, monitors) does so by another label, one that both tracks carry.';
const REPLICAS =
  'The manifest of Deployment orders says no replicas, which Flagger sets to 0 between releases, and rolls with maxUnavailable 0.';
const NO_SERVICE = 'No manifest in Git makes a Service called orders, orders-primary or orders-canary: Flagger does.';

test.each<[string, Partial<CanaryReleaseProps>, string[]]>([
  ['which measures nothing', {}, [MESHLESS, SELECTED, OTHERS, REPLICAS, NO_SERVICE]],
  ['which measures errors', { successRate: 97 }, [MESHLESS, COUNTED, SELECTED, OTHERS, REPLICAS, NO_SERVICE]],
  ['which measures time', { p99: Duration.millis(300) }, [MESHLESS, COUNTED, SELECTED, OTHERS, REPLICAS, NO_SERVICE]],
  [
    'which is scaled',
    { autoscaler: { kind: 'HorizontalPodAutoscaler', name: 'orders-hpa' } },
    [
      ...[MESHLESS, SELECTED, OTHERS, REPLICAS],
      'HorizontalPodAutoscaler orders-hpa in namespace shop scales orders, to 2 pods at least.',
      NO_SERVICE,
    ],
  ],
])('a standalone canary without a mesh, %s', (_what, props, expected) => {
  expect(made({ provider: 'kubernetes', webhooks: [load], ...props }).texts).toEqual(expected);
});

test('a standalone canary in a namespace of this app, whose pods are guarded', () => {
  const world = new World();
  const workload = new ExistingWorkload(world.chart, 'workload', {
    name: 'orders',
    namespace: world.namespace,
    ports: [
      { port: 8073, servicePort: 80 },
      { port: 9073, name: 'admin', servicePort: 81 },
    ],
  });
  const target = { kind: 'Deployment', name: 'orders' } as const;
  const props = { namespace: world.namespace, target, port: 80, workload, service: { targetPort: 'api', delegation: true } };
  const canary = new CanaryRelease(world.chart, 'orders', { ...props, labels: { team: 'baskets' } });
  expect(canary.guard).toBe(workload.guard);
  expect(canary.exposeThrough()).toEqual({ name: 'orders', namespace: 'vault' });
  expect(canary.course.strategy).toBe('CanaryRelease');
  expect(canary.object('Canary').name).toBe('orders');
  expect(notesOn(canary).map(({ text }) => text)).toEqual([
    ...FLAGGER,
    SELECTED.replace('namespace shop', 'namespace vault'),
    REPLICAS,
    NO_SERVICE.replace('a Service', 'a Service, VirtualService or DestinationRule'),
  ]);
  const { metadata } = world.one('Canary');
  expect(metadata).toEqual({
    name: 'orders',
    namespace: 'vault',
    labels: {
      team: 'baskets',
      'app.kubernetes.io/name': 'orders',
      'app.kubernetes.io/part-of': 'vault',
      'app.kubernetes.io/managed-by': 'cdk8s-banking',
    },
  });
  expect(world.one('VirtualService', 'orders-mesh').metadata.labels).toEqual(metadata.labels);
});

test('a canary that nothing guards says so to a gateway', () => {
  expect(() => made({}).canary.guard).toThrow(
    "orders: is guarded by somebody else, whom a gateway can't ask; give workload, or name the gateway in service.gateways",
  );
});

test.each<[string, object, string]>([
  ['a target without a kind', { target: { name: 'orders' } }, 'orders.target.kind: is missing; say what it is'],
  ['an autoscaler without a kind', { autoscaler: { name: 'orders' } }, 'orders.autoscaler.kind: is missing; say what it is'],
  [
    'a namespace with capitals',
    { namespace: 'Shop' },
    'orders.namespace: "Shop" is not a name that Kubernetes takes; use 1 to 63 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
  ],
  [
    'a workload that is a number',
    { workload: 7 },
    'orders.workload: 7 must be something with a guard, like new ExistingWorkload(chart, id, { … })',
  ],
])('%s', (_what, props, message) => {
  expect(() => made(props)).toThrow(message);
});

test('canaries of one host in two namespaces are told apart by nothing', () => {
  const chart = new Chart(Testing.app(), 'world');
  const platform = new Platform();
  const service = (...hosts: string[]) => ({ hosts, gateways: ['edge', 'mesh'] });
  for (const [name, hosts] of [
    ['orders', ['a.example.com', 'b.example.com']],
    ['baskets', ['c.example.com', 'b.example.com']],
  ] as const) {
    const namespace = new ZeroTrustNamespace(chart, `${name}-namespace`, { name, platform });
    new CanaryRelease(chart, name, {
      ...{ namespace, target: { kind: 'Deployment', name }, port: 80 },
      service: service(...hosts),
    });
  }
  expect(chart.node.findAll().flatMap((one) => one.node.validate())).toEqual([
    'host b.example.com is routed by canary orders too; give both delegation: true, and one root VirtualService that tells them apart',
  ]);
});

test('the Canary has the name of the construct, unless it is given one', () => {
  expect(only(made({}).objects(), 'Canary').metadata.name).toBe('orders');
  expect(only(made({ name: 'orders-canary' }).objects(), 'Canary').metadata.name).toBe('orders-canary');
});
