import {
  IDENTITY,
  type Json,
  type Objects,
  appOf,
  budgetsOf,
  containersOf,
  deployments,
  fewest,
  identityOf,
  kinds,
  podOf,
  scalerOf,
} from './objects';
import { type Rule, ruleOf } from './rule';

const REWRITTEN = ['app', 'name', 'app.kubernetes.io/name'];

/** What a track adds to the name of its service. */
const TRACK = /^$|^-(blue|green|stable|canary|a|b|shadow)$/;

/** The load tester keeps its gates in memory: one replica, which nobody asks but Flagger. */
const isAlone = ({ metadata }: Json) => metadata.name === 'load-tester';

const GUARDS = [
  'AuthorizationPolicy',
  'PeerAuthentication',
  'PodDisruptionBudget',
  'Service',
  'Sidecar',
  'NetworkPolicy',
  'PodMonitor',
];

/** The labels by which an object selects the pods that it is about. */
const selected = ({ spec }: Json): Json =>
  (spec?.selector?.matchLabels ??
    spec?.workloadSelector?.labels ??
    spec?.podSelector?.matchLabels ??
    spec?.selector ??
    {}) as Json;

/** Seconds that a pod may take to start. */
function startupBudget(deployment: Json): number {
  const { startupProbe, livenessProbe } = appOf(deployment);
  const { initialDelaySeconds = 0, periodSeconds, failureThreshold } = (startupProbe ?? livenessProbe) as Record<string, number>;
  return initialDelaySeconds + periodSeconds! * failureThreshold!;
}

function startsAndStopsInOrder(one: Json): boolean {
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
}

function isSpread(one: Json, objects: Objects): boolean {
  const spread = podOf(one).topologySpreadConstraints as Json[];
  const budgets = budgetsOf(objects, one);
  return (
    budgets.length === 1 &&
    budgets[0]!.spec.maxUnavailable >= 1 &&
    ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].every((key) =>
      spread.some(({ topologyKey }) => topologyKey === key),
    ) &&
    spread.every(({ labelSelector }) => JSON.stringify(labelSelector.matchLabels) === JSON.stringify({ app: one.metadata.name }))
  );
}

function keepsItsNames(one: Json): boolean {
  const { labels, annotations } = one.spec.template.metadata as { labels: Json; annotations: Json };
  const ids = [podOf(one), ...containersOf(one)].map(({ securityContext }) => securityContext.runAsUser as number);
  return (
    labels['service.istio.io/workload-name'] === undefined &&
    labels['service.istio.io/canonical-name'] === labels[IDENTITY] &&
    !ids.includes(1337) &&
    !Object.values(annotations).some((value) => /\d{4}-\d{2}-\d{2}T|\d{13}/.test(String(value)))
  );
}

export const WORKLOADS: readonly Rule[] = [
  ruleOf(1, 'every pod has a stable identity outside of what Flagger rewrites', deployments, (one) => {
    const identity = identityOf(one);
    return identity && one.metadata.name.startsWith(identity) && TRACK.test(one.metadata.name.slice(identity.length) as string);
  }),
  ruleOf(
    2,
    'a Deployment selects exactly app: <its name>',
    deployments,
    ({ metadata, spec }) =>
      JSON.stringify(spec.selector) === JSON.stringify({ matchLabels: { app: metadata.name } }) &&
      spec.template.metadata.labels.app === metadata.name,
  ),
  ruleOf(
    3,
    'nothing that guards or watches selects by a key that is rewritten',
    (objects) => kinds(objects, ...GUARDS),
    (one) => REWRITTEN.every((key) => !(key in selected(one))),
  ),
  ruleOf(
    5,
    'an autoscaler instead of replicas',
    deployments,
    (one, objects) => isAlone(one) || (one.spec.replicas === undefined && scalerOf(objects, one)),
  ),
  ruleOf(6, 'never fewer than two replicas', deployments, (one, objects) => isAlone(one) || fewest(objects, one) >= 2),
  ruleOf(
    22,
    'a rollout is given more time than a pod may take to start',
    deployments,
    (one) => one.spec.progressDeadlineSeconds > startupBudget(one) + one.spec.minReadySeconds,
  ),
  ruleOf(
    25,
    'no pod is missing while versions change, and each starts and stops in order, with either kind of proxy',
    deployments,
    startsAndStopsInOrder,
  ),
  ruleOf(26, 'one disruption budget a service, and spread over the Deployment’s own pods', deployments, isSpread),
  ruleOf(
    30,
    'no workload name of one’s own, no user id of the proxy, and no annotation that changes by itself',
    deployments,
    keepsItsNames,
  ),
];
