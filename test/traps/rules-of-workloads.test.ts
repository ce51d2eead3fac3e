import type { Json } from '../banking-service/world';
import { appOf, budgetsOf, containersOf, every, fewest, kinds, named, podOf, renderedBank, scalerOf, trap } from './support';

/* The design rules for workloads that concern what there is today; those about canaries come with them. */

const bank = renderedBank();
const IDENTITY = 'banking.workload/name';
const REWRITTEN = ['app', 'name', 'app.kubernetes.io/name'];
const web = (all: Json[]): Json => named(all, 'Deployment', 'web');

/** The load tester keeps its gates in memory: one replica, which nobody asks but Flagger. */
const isAlone = ({ metadata }: Json) => metadata.name === 'load-tester';

trap(
  'rule 1: every pod has a stable identity outside of what Flagger rewrites',
  bank,
  every(({ metadata, spec }) => {
    const identity = spec.template.metadata.labels[IDENTITY] as string | undefined;
    return identity === metadata.name || (identity && [`${identity}-blue`, `${identity}-green`].includes(metadata.name));
  }),
  { missing: (all) => delete web(all).spec.template.metadata.labels[IDENTITY] },
);

trap(
  'rule 2: a Deployment selects exactly app: <its name>',
  bank,
  every(
    ({ metadata, spec }) =>
      JSON.stringify(spec.selector) === JSON.stringify({ matchLabels: { app: metadata.name } }) &&
      spec.template.metadata.labels.app === metadata.name,
  ),
  {
    'a second label': (all) => (web(all).spec.selector.matchLabels[IDENTITY] = 'web'),
    'another value': (all) => (web(all).spec.selector.matchLabels.app = 'front'),
    'pods without it': (all) => delete web(all).spec.template.metadata.labels.app,
  },
);

trap(
  'rule 3: nothing that guards or watches selects by a key that is rewritten',
  bank,
  (objects) =>
    kinds(
      objects,
      'AuthorizationPolicy',
      'PeerAuthentication',
      'PodDisruptionBudget',
      'Service',
      'Sidecar',
      'NetworkPolicy',
    ).every(({ spec }) => {
      const own = (spec?.selector?.matchLabels ??
        spec?.workloadSelector?.labels ??
        spec?.podSelector?.matchLabels ??
        spec?.selector ??
        {}) as Json;
      return REWRITTEN.every((key) => !(key in own));
    }),
  {
    'a Service': (all) => (named(all, 'Service', 'web').spec.selector = { app: 'web' }),
    'a policy': (all) => (named(all, 'NetworkPolicy', 'web').spec.podSelector.matchLabels = { 'app.kubernetes.io/name': 'web' }),
  },
);

trap(
  'rule 5: an autoscaler instead of replicas',
  bank,
  every((one, objects) => isAlone(one) || (one.spec.replicas === undefined && scalerOf(objects, one))),
  {
    replicas: (all) => (web(all).spec.replicas = 3),
    'no autoscaler': (all) => (named(all, 'HorizontalPodAutoscaler', 'web').spec.scaleTargetRef.name = 'front'),
  },
);

trap(
  'rule 6: never fewer than two replicas',
  bank,
  every((one, objects) => isAlone(one) || fewest(objects, one) >= 2),
  { one: (all) => (named(all, 'HorizontalPodAutoscaler', 'web').spec.minReplicas = 1) },
);

trap(
  'rule 22: a rollout is given more time than a pod may take to start',
  bank,
  every((one) => {
    const { startupProbe, livenessProbe } = appOf(one);
    const {
      initialDelaySeconds = 0,
      periodSeconds,
      failureThreshold,
    } = (startupProbe ?? livenessProbe) as Record<string, number>;
    return one.spec.progressDeadlineSeconds > initialDelaySeconds + periodSeconds! * failureThreshold! + one.spec.minReadySeconds;
  }),
  {
    'a minute': (all) => (web(all).spec.progressDeadlineSeconds = 60),
    'a slower start': (all) => (appOf(web(all)).startupProbe.failureThreshold = 200),
  },
);

trap(
  'rule 25: no pod is missing while versions change, and each starts and stops in order, with either kind of proxy',
  bank,
  every((one) => {
    const { readinessProbe, startupProbe, lifecycle } = appOf(one);
    const proxy = one.spec.template.metadata.annotations['proxy.istio.io/config'] as string;
    const drain = Number(/terminationDrainDuration: (\d+)s/.exec(proxy)?.[1]);
    const wait = lifecycle?.preStop?.sleep?.seconds as number;
    return (
      one.spec.strategy.rollingUpdate.maxUnavailable === 0 &&
      readinessProbe &&
      (startupProbe || isAlone(one)) &&
      wait < drain &&
      podOf(one).terminationGracePeriodSeconds > drain &&
      proxy.includes('holdApplicationUntilProxyStarts: true')
    );
  }),
  {
    'not ready': (all) => delete appOf(web(all)).readinessProbe,
    'not started': (all) => delete appOf(web(all)).startupProbe,
    'no wait': (all) => delete appOf(web(all)).lifecycle,
    'a proxy that starts later': (all) =>
      (web(all).spec.template.metadata.annotations['proxy.istio.io/config'] = 'terminationDrainDuration: 45s\n'),
    'a proxy that stops first': (all) =>
      (web(all).spec.template.metadata.annotations['proxy.istio.io/config'] = 'holdApplicationUntilProxyStarts: true\n'),
  },
);

trap(
  'rule 26: one disruption budget a service, and spread over the Deployment’s own pods',
  bank,
  every((one, objects) => {
    const spread = podOf(one).topologySpreadConstraints as Json[];
    return (
      budgetsOf(objects, one).length === 1 &&
      budgetsOf(objects, one)[0]!.spec.maxUnavailable >= 1 &&
      ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].every((key) =>
        spread.some(({ topologyKey }) => topologyKey === key),
      ) &&
      spread.every(
        ({ labelSelector }) => JSON.stringify(labelSelector.matchLabels) === JSON.stringify({ app: one.metadata.name }),
      )
    );
  }),
  {
    'two budgets': (all) => all.push(structuredClone(named(all, 'PodDisruptionBudget', 'web'))),
    'one that only canaries have': (all) =>
      (named(all, 'PodDisruptionBudget', 'web').spec.selector.matchLabels = { app: 'web-canary' }),
    'one host': (all) => podOf(web(all)).topologySpreadConstraints.pop(),
  },
);

trap(
  'rule 30: no workload name of one’s own, no user id of the proxy, and no annotation that changes by itself',
  bank,
  every((one) => {
    const { labels, annotations } = one.spec.template.metadata as { labels: Json; annotations: Json };
    const ids = [podOf(one), ...containersOf(one)].map(({ securityContext }) => securityContext.runAsUser as number);
    return (
      labels['service.istio.io/workload-name'] === undefined &&
      labels['service.istio.io/canonical-name'] === labels[IDENTITY] &&
      !ids.includes(1337) &&
      !Object.values(annotations).some((value) => /\d{4}-\d{2}-\d{2}T|\d{13}/.test(String(value)))
    );
  }),
  {
    'a workload name': (all) => (web(all).spec.template.metadata.labels['service.istio.io/workload-name'] = 'web'),
    'uid 1337': (all) => (podOf(web(all)).securityContext.runAsUser = 1337),
    'a time': (all) =>
      (web(all).spec.template.metadata.annotations['kubectl.kubernetes.io/restartedAt'] = '2026-11-21T13:00:00Z'),
  },
);

test('rule 30: the bank is the same, however often it is rendered', () => {
  expect(renderedBank()).toEqual(bank);
});
