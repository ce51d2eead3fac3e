import type { Json } from '../banking-service/world';
import { rule } from '../support/rules';
import { IDENTITY } from '../support/rules/objects';
import { appOf, named, podOf, renderedBank, ruleTrap } from './support';

/* The design rules for workloads, each with the ways of breaking it that must be seen. */

const bank = renderedBank();
const web = (all: Json[]): Json => named(all, 'Deployment', 'web');

ruleTrap(rule(1), bank, { missing: (all) => delete web(all).spec.template.metadata.labels[IDENTITY] });

ruleTrap(rule(2), bank, {
  'a second label': (all) => (web(all).spec.selector.matchLabels[IDENTITY] = 'web'),
  'another value': (all) => (web(all).spec.selector.matchLabels.app = 'front'),
  'pods without it': (all) => delete web(all).spec.template.metadata.labels.app,
});

ruleTrap(rule(3), bank, {
  'a Service': (all) => (named(all, 'Service', 'web').spec.selector = { app: 'web' }),
  'a policy': (all) => (named(all, 'NetworkPolicy', 'web').spec.podSelector.matchLabels = { 'app.kubernetes.io/name': 'web' }),
});

ruleTrap(rule(5), bank, {
  replicas: (all) => (web(all).spec.replicas = 3),
  'no autoscaler': (all) => (named(all, 'HorizontalPodAutoscaler', 'web').spec.scaleTargetRef.name = 'front'),
});

ruleTrap(rule(6), bank, { one: (all) => (named(all, 'HorizontalPodAutoscaler', 'web').spec.minReplicas = 1) });

ruleTrap(rule(22), bank, {
  'a minute': (all) => (web(all).spec.progressDeadlineSeconds = 60),
  'a slower start': (all) => (appOf(web(all)).startupProbe.failureThreshold = 200),
});

ruleTrap(rule(25), bank, {
  'not ready': (all) => delete appOf(web(all)).readinessProbe,
  'not started': (all) => delete appOf(web(all)).startupProbe,
  'no wait': (all) => delete appOf(web(all)).lifecycle,
  'a proxy that starts later': (all) =>
    (web(all).spec.template.metadata.annotations['proxy.istio.io/config'] = 'terminationDrainDuration: 45s\n'),
  'a proxy that stops first': (all) =>
    (web(all).spec.template.metadata.annotations['proxy.istio.io/config'] = 'holdApplicationUntilProxyStarts: true\n'),
});

ruleTrap(rule(26), bank, {
  'two budgets': (all) => all.push(structuredClone(named(all, 'PodDisruptionBudget', 'web'))),
  'one that only canaries have': (all) =>
    (named(all, 'PodDisruptionBudget', 'web').spec.selector.matchLabels = { app: 'web-canary' }),
  'one host': (all) => podOf(web(all)).topologySpreadConstraints.pop(),
});

ruleTrap(rule(30), bank, {
  'a workload name': (all) => (web(all).spec.template.metadata.labels['service.istio.io/workload-name'] = 'web'),
  'uid 1337': (all) => (podOf(web(all)).securityContext.runAsUser = 1337),
  'a time': (all) => (web(all).spec.template.metadata.annotations['kubectl.kubernetes.io/restartedAt'] = '2026-11-21T13:00:00Z'),
});

test('rule 30: the bank is the same, however often it is rendered', () => {
  expect(renderedBank()).toEqual(bank);
});
