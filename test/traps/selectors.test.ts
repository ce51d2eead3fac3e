import { REWRITTEN_KEYS } from '../../lib/kernel/labels';
import type { Json } from '../banking-service/world';
import { environments } from '../../apps/bank/environments';
import { kinds, named, type Objects, renderedBank, trap, walk } from './support';

const IDENTITY = 'banking.workload/name';

interface Found {
  /** Where it is: `Service.selector`, `Deployment.spread`. */
  readonly where: string;
  readonly object: Json;
  readonly labels: Json;
}

/** The keys under which a kind selects pods. Whatever else looks like a selector is found out by the walk. */
const SELECTORS = ['selector', 'podSelector', 'workloadSelector', 'labelSelector'];

/** Every selector of pods in an object, at whatever depth, in whatever form. */
function selectorsOf(object: Json): Found[] {
  const found: Found[] = [];
  walk(object, (at, path) => {
    const key = path.at(-1) ?? '';
    if (!SELECTORS.includes(key)) return;
    if (at.matchExpressions) throw new Error(`${object.kind} ${object.metadata.name} selects by expressions: teach the test`);
    const labels = (at.matchLabels ?? at.labels ?? at) as Json;
    found.push({
      where: `${object.kind}.${path.filter((one) => one !== 'spec' && !/^\d+$/.test(one)).join('.')}`,
      object,
      labels,
    });
  });
  return found;
}

/** Selectors of other people's pods: of the platform's own, and of the gateways. */
const FOREIGN: Readonly<Record<string, readonly string[]>> = {
  'Gateway.selector': ['istio=ingress'],
  'NetworkPolicy.ingress.from.podSelector': [
    'istio=ingress',
    'app.kubernetes.io/name=prometheus',
    'app.kubernetes.io/name=flagger',
  ],
  'NetworkPolicy.egress.to.podSelector': ['k8s-app=kube-dns', 'app=istiod'],
};

/** The two places that belong to the Deployment itself: there Flagger rewrites `app`, and nothing else will do. */
const OWN = ['Deployment.selector', 'Deployment.template.topologySpreadConstraints.labelSelector'];

function isStable({ where, object, labels }: Found): boolean {
  const text = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  if (OWN.includes(where)) return text.join() === `app=${object.metadata.name}`;
  if (text.length === 0) return where === 'NetworkPolicy.podSelector'; // all pods of the namespace
  if (FOREIGN[where]?.includes(text.join())) return true;
  return text.length === 1 && IDENTITY in labels;
}

const all = (objects: Objects) => objects.flatMap(selectorsOf);

describe.each(environments.map(({ name }) => name))('the bank in %s', (name) => {
  const objects = renderedBank(name);

  trap('every selector uses the stable identity and nothing else', objects, (some) => all(some).every(isStable), {
    'a policy by app': (some) => (named(some, 'NetworkPolicy', 'web').spec.podSelector = { matchLabels: { app: 'web' } }),
    'a policy by both': (some) => (named(some, 'AuthorizationPolicy', 'web').spec.selector.matchLabels.app = 'web'),
    'a budget by a version': (some) =>
      (named(some, 'PodDisruptionBudget', 'web').spec.selector.matchLabels = { version: '7.0.3' }),
    'a Service by app': (some) => (named(some, 'Service', 'web').spec.selector = { app: 'web' }),
    'a Deployment by the identity': (some) =>
      (named(some, 'Deployment', 'web').spec.selector.matchLabels = { [IDENTITY]: 'web' }),
    'a spread over other pods': (some) =>
      (named(some, 'Deployment', 'web').spec.template.spec.topologySpreadConstraints[0].labelSelector.matchLabels = {
        app: 'other',
      }),
    'a sidecar for everybody': (some) => delete named(some, 'Sidecar', 'web').spec.workloadSelector.labels[IDENTITY],
  });

  test('selectors are found in every kind that has one', () => {
    expect([...new Set(all(objects).map(({ where }) => where))].sort()).toEqual([
      'AuthorizationPolicy.selector',
      'Deployment.selector',
      'Deployment.template.topologySpreadConstraints.labelSelector',
      'Gateway.selector',
      'NetworkPolicy.egress.to.podSelector',
      'NetworkPolicy.ingress.from.podSelector',
      'NetworkPolicy.podSelector',
      'PodDisruptionBudget.selector',
      'PodMonitor.selector',
      'Service.selector',
      'Sidecar.workloadSelector',
    ]);
  });

  test('every identity that is selected is one that pods carry, and none is a key that Flagger rewrites', () => {
    const carried = kinds(objects, 'Deployment').map(({ spec }) => spec.template.metadata.labels[IDENTITY] as string);
    const selected = new Set(
      all(objects).flatMap(({ labels }) => (labels[IDENTITY] === undefined ? [] : [labels[IDENTITY] as string])),
    );
    expect([...selected].sort()).toEqual([...new Set([...carried, 'postgres', 'redis'])].sort());
    expect(REWRITTEN_KEYS).not.toContain(IDENTITY);
  });
});
