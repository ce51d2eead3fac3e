import { Platform } from '../../../lib';
import { release } from '../../../lib/observability/alerts/release';
import type { Json } from '../../banking-service/world';
import { TILLS, database, groupsOf, lines, teller } from './world';

const TELLER = { namespace: 'vault', service: 'teller' };
const BUDGETS = 'namespace="vault",poddisruptionbudget="till-pdb"';
const AUTOSCALERS = 'namespace="vault",horizontalpodautoscaler=~"keda-hpa-till|keda-hpa-till-primary"';
/** By the object's namespace, whether the monitor of Flagger honours labels or not. */
const STATUS =
  '(flagger_canary_status{exported_namespace="vault",name="till"} or flagger_canary_status{exported_namespace="",namespace="vault",name="till"})';
const WEIGHT =
  '(flagger_canary_weight{exported_namespace="vault",workload="till"} or flagger_canary_weight{exported_namespace="",namespace="vault",workload="till"})';
let groups: Record<string, Json[]>;
beforeAll(() => {
  groups = groupsOf('teller', { services: [teller()] });
});

test('what is nearly used up: the pods of every track, each container of them, and its autoscalers', () => {
  expect(groups['saturation']).toEqual([
    {
      alert: 'CpuThrottled',
      for: '15m',
      labels: { ...TELLER, severity: 'ticket' },
      expr: lines(
        `sum by (pod, container) (increase(container_cpu_cfs_throttled_periods_total{namespace="vault",${TILLS},container!=""}[10m]))`,
        '/',
        `(sum by (pod, container) (increase(container_cpu_cfs_periods_total{namespace="vault",${TILLS},container!=""}[10m])) > 0)`,
        '> 0.25',
      ),
      annotations: {
        summary: 'teller: {{ $labels.container }} is throttled',
        description:
          '{{ $labels.container }} of {{ $labels.pod }} in vault had used up its CPU limit in {{ $value | humanizePercentage }} of the periods of 100 ms, and stood still until their end.',
      },
    },
    {
      alert: 'MemoryNearLimit',
      for: '10m',
      labels: { ...TELLER, severity: 'ticket' },
      expr: lines(
        `max by (pod, container) (container_memory_working_set_bytes{namespace="vault",${TILLS},container!=""})`,
        '/',
        `(max by (pod, container) (kube_pod_container_resource_limits{namespace="vault",${TILLS},resource="memory"}) > 0)`,
        '> 0.9',
      ),
      annotations: {
        summary: 'teller: {{ $labels.container }} is near its memory limit',
        description:
          '{{ $labels.container }} of {{ $labels.pod }} in vault uses {{ $value | humanizePercentage }} of its memory limit, at which it is killed.',
      },
    },
    {
      alert: 'AutoscalerAtMaximum',
      for: '15m',
      labels: { ...TELLER, severity: 'ticket' },
      expr: lines(
        `max by (horizontalpodautoscaler) (kube_horizontalpodautoscaler_status_current_replicas{${AUTOSCALERS}}) >= max by (horizontalpodautoscaler) (kube_horizontalpodautoscaler_spec_max_replicas{${AUTOSCALERS}})`,
        'and',
        `max by (horizontalpodautoscaler) (kube_horizontalpodautoscaler_spec_max_replicas{${AUTOSCALERS}}) > max by (horizontalpodautoscaler) (kube_horizontalpodautoscaler_spec_min_replicas{${AUTOSCALERS}})`,
      ),
      annotations: {
        summary: 'teller: the autoscaler is at its maximum',
        description:
          '{{ $labels.horizontalpodautoscaler }} in vault has kept its maximum of {{ $value }} pods for 15 minutes: more load finds no more pods.',
      },
    },
  ]);
});

test('pods and Deployments that are not as they should be', () => {
  expect(groups['workload']).toEqual([
    {
      alert: 'CrashLooping',
      for: '5m',
      labels: { ...TELLER, severity: 'ticket' },
      expr: lines(
        `max by (pod, container) (max_over_time(kube_pod_container_status_waiting_reason{namespace="vault",${TILLS},reason="CrashLoopBackOff"}[5m])) > 0`,
        'or',
        `sum by (pod, container) (increase(kube_pod_container_status_restarts_total{namespace="vault",${TILLS}}[30m])) >= 4`,
      ),
      annotations: {
        summary: 'teller: {{ $labels.container }} ends again and again',
        description: '{{ $labels.container }} of {{ $labels.pod }} in vault is restarted again and again.',
      },
    },
    {
      alert: 'RolloutStuck',
      for: '1m',
      labels: { ...TELLER, severity: 'ticket' },
      expr: 'max by (deployment) (kube_deployment_status_condition{namespace="vault",deployment=~"drawer|till|till-primary",condition="Progressing",status="false"}) > 0',
      annotations: {
        summary: 'teller: the rollout of {{ $labels.deployment }} is stuck',
        description:
          'Deployment {{ $labels.deployment }} in vault got no new pod ready within its progress deadline; the old ones still serve.',
      },
    },
    {
      alert: 'DisruptionBudgetExhausted',
      for: '30m',
      labels: { ...TELLER, severity: 'ticket' },
      expr: lines(
        `max by (poddisruptionbudget) (kube_poddisruptionbudget_status_pod_disruptions_allowed{${BUDGETS}}) == 0`,
        'and',
        `max by (poddisruptionbudget) (kube_poddisruptionbudget_status_expected_pods{${BUDGETS}}) > 0`,
      ),
      annotations: {
        summary: 'teller: none of its pods may be evicted',
        description:
          'PodDisruptionBudget {{ $labels.poddisruptionbudget }} in vault has allowed no eviction for 30 minutes: too few pods are ready, and drains of nodes wait.',
      },
    },
  ]);
});

test('what becomes of a release, by the name of the workload that Flagger releases', () => {
  expect(groups['release']).toEqual([
    {
      alert: 'CanaryFailed',
      for: '1m',
      labels: { ...TELLER, severity: 'ticket' },
      expr: `max(${STATUS}) == 2`,
      annotations: {
        summary: 'teller: its release failed',
        description: 'Flagger has rolled vault/teller back. The former version serves, and Git names one that does not.',
      },
    },
    {
      alert: 'CanaryStuck',
      for: '735m',
      labels: { ...TELLER, severity: 'ticket' },
      expr: lines(`max(${STATUS}) == 0`, 'or', `max(${WEIGHT}) > 0`),
      annotations: {
        summary: 'teller: its release does not end',
        description: 'The release of vault/teller has been under way for more than 12 hours; it may wait for somebody.',
      },
    },
  ]);
});

test('a release that waits for nobody is stuck a quarter of an hour after the longest that it can take', () => {
  const context = { links: {}, severities: { page: 'page', ticket: 'ticket' } };
  const till = { ...teller().facts(new Platform().model), canary: { target: 'till', longest: 4301 } };
  const [, stuck] = release(context, till);
  // 4301 s and 900 s are 86 minutes and 41 seconds.
  expect(stuck).toMatchObject({
    alert: 'CanaryStuck',
    for: '87m',
    annotations: {
      description: 'The release of vault/teller has been under way for more than 87 minutes; it can take 72 minutes.',
    },
  });
});

test('of what has no autoscaler, no budget and no canary, nothing is said of them', () => {
  const safe = groupsOf('safe', { services: [database()] });
  const names = (group: string) => safe[group]!.map(({ alert }) => alert as string);
  expect(names('saturation')).toEqual(['CpuThrottled', 'MemoryNearLimit']);
  expect(names('workload')).toEqual(['CrashLooping', 'RolloutStuck']);
  expect(Object.keys(safe)).toEqual(['parts', 'metrics', 'saturation', 'connections', 'workload', 'security']);
});
