import { counts, pod, stays } from '../inputs';
import type { AlertCase } from '../scenario';

const silentAt = (...times: string[]) => times.map((at) => ({ at, firing: 0 }));
const container = { namespace: 'banking', pod: pod('payments-primary'), container: 'payments' };
const hpa = { namespace: 'banking', horizontalpodautoscaler: 'payments-primary' };
const pdb = { namespace: 'banking', poddisruptionbudget: 'payments' };

export const SATURATION: readonly AlertCase[] = [
  {
    alert: 'CpuThrottled',
    what: 'two of five periods are cut short for half an hour',
    onlyWith: ['namespace', 'pod'],
    input: [
      counts('container_cpu_cfs_periods_total', container, ['1h', 10]),
      counts('container_cpu_cfs_throttled_periods_total', container, ['30m', 4], ['30m', 0]),
    ],
    expect: [
      { at: '14m', firing: 0 },
      { at: '16m', firing: 1 },
      { at: '37m', firing: 0 },
    ],
  },
  {
    alert: 'CpuThrottled',
    what: 'one of five periods is cut short, and four minutes in which each is: an application starts',
    input: [
      counts('container_cpu_cfs_periods_total', container, ['1h', 10]),
      counts('container_cpu_cfs_throttled_periods_total', container, ['4m', 10], ['20m', 0], ['36m', 2]),
    ],
    expect: silentAt('5m', '16m', '20m', '1h'),
  },
  {
    alert: 'CpuThrottled',
    what: 'the pod as a whole is no container',
    input: [
      counts('container_cpu_cfs_periods_total', { ...container, container: '' }, ['1h', 10]),
      counts('container_cpu_cfs_throttled_periods_total', { ...container, container: '' }, ['1h', 10]),
    ],
    expect: silentAt('20m', '1h'),
  },
  {
    alert: 'CpuThrottled',
    what: 'a container that does not run has no periods',
    input: [
      counts('container_cpu_cfs_periods_total', container, ['1h', 0]),
      counts('container_cpu_cfs_throttled_periods_total', container, ['1h', 0]),
    ],
    expect: silentAt('20m', '1h'),
  },
  {
    alert: 'MemoryNearLimit',
    what: '95 % of the limit for a quarter of an hour',
    onlyWith: ['namespace', 'pod', 'resource'],
    input: [
      stays('container_memory_working_set_bytes', container, ['15m', 950], ['15m', 500]),
      stays('kube_pod_container_resource_limits', { ...container, resource: 'memory', unit: 'byte' }, ['30m', 1000]),
      stays('kube_pod_container_resource_limits', { ...container, resource: 'cpu', unit: 'core' }, ['30m', 7000]),
    ],
    expect: [
      { at: '9m', firing: 0 },
      { at: '11m', firing: 1 },
      { at: '16m', firing: 0 },
    ],
  },
  {
    alert: 'MemoryNearLimit',
    what: '85 % of the limit, a peak of five minutes, and a container without a limit',
    input: [
      stays('container_memory_working_set_bytes', container, ['15m', 850], ['5m', 980], ['30m', 850]),
      stays('kube_pod_container_resource_limits', { ...container, resource: 'memory', unit: 'byte' }, ['50m', 1000]),
      stays('container_memory_working_set_bytes', { ...container, container: 'free' }, ['50m', 5000]),
      stays('kube_pod_container_resource_limits', { ...container, resource: 'cpu', unit: 'core' }, ['50m', 1]),
    ],
    expect: silentAt('14m', '20m', '26m', '50m'),
  },
  {
    alert: 'AutoscalerAtMaximum',
    what: 'the primary has its ten pods for twenty minutes',
    onlyWith: ['namespace', 'horizontalpodautoscaler'],
    input: [
      stays('kube_horizontalpodautoscaler_status_current_replicas', hpa, ['5m', 9], ['20m', 10], ['20m', 9]),
      stays('kube_horizontalpodautoscaler_spec_max_replicas', hpa, ['45m', 10]),
      stays('kube_horizontalpodautoscaler_spec_min_replicas', hpa, ['45m', 3]),
    ],
    expect: [
      { at: '19m', firing: 0 },
      { at: '21m', firing: 1 },
      { at: '26m', firing: 0 },
    ],
  },
  {
    alert: 'AutoscalerAtMaximum',
    what: 'the least is the most',
    input: [
      stays('kube_horizontalpodautoscaler_status_current_replicas', hpa, ['1h', 3]),
      stays('kube_horizontalpodautoscaler_spec_max_replicas', hpa, ['1h', 3]),
      stays('kube_horizontalpodautoscaler_spec_min_replicas', hpa, ['1h', 3]),
    ],
    expect: silentAt('20m', '1h'),
  },
];

export const WORKLOAD: readonly AlertCase[] = [
  {
    alert: 'CrashLooping',
    what: 'the container waits in CrashLoopBackOff, runs for a minute between two tries, and then runs',
    onlyWith: ['namespace', 'pod', 'reason'],
    input: [
      stays(
        'kube_pod_container_status_waiting_reason',
        { ...container, reason: 'CrashLoopBackOff' },
        ['3m', 1],
        ['1m', null],
        ['4m', 1],
        ['30m', null],
      ),
    ],
    expect: [
      { at: '4m', firing: 0 },
      { at: '6m', firing: 1 },
      { at: '14m', firing: 0 },
    ],
  },
  {
    alert: 'CrashLooping',
    what: 'killed every five minutes, it is back before anybody sees it wait',
    onlyWith: ['namespace', 'pod'],
    input: [counts('kube_pod_container_status_restarts_total', container, ['1h', 1 / 300], ['1h', 0])],
    expect: [
      { at: '15m', firing: 0 },
      { at: '40m', firing: 1 },
      { at: '1h40m', firing: 0 },
    ],
  },
  {
    alert: 'CrashLooping',
    what: 'one restart, and a wait for an image',
    input: [
      counts('kube_pod_container_status_restarts_total', container, ['10m', 0], ['30s', 1 / 30], ['50m', 0]),
      stays('kube_pod_container_status_waiting_reason', { ...container, reason: 'ContainerCreating' }, ['1h', 1]),
    ],
    expect: silentAt('12m', '20m', '1h'),
  },
  {
    alert: 'RolloutStuck',
    what: 'the deadline passes, and a minute later the cause is mended',
    onlyWith: ['namespace', 'deployment', 'condition', 'status'],
    input: [
      stays(
        'kube_deployment_status_condition',
        {
          namespace: 'banking',
          deployment: 'payments',
          condition: 'Progressing',
          status: 'false',
          reason: 'ProgressDeadlineExceeded',
        },
        ['10m', 0],
        ['5m', 1],
        ['10m', 0],
      ),
    ],
    expect: [
      { at: '10m', firing: 0 },
      { at: '11m30s', firing: 1 },
      { at: '16m', firing: 0 },
    ],
  },
  {
    alert: 'RolloutStuck',
    what: 'a rollout that goes on, and one of another service that does not',
    input: [
      stays(
        'kube_deployment_status_condition',
        { namespace: 'banking', deployment: 'payments', condition: 'Progressing', status: 'true' },
        ['30m', 1],
      ),
      stays(
        'kube_deployment_status_condition',
        { namespace: 'banking', deployment: 'payments-api', condition: 'Progressing', status: 'false' },
        ['30m', 1],
      ),
    ],
    expect: silentAt('10m', '30m'),
  },
  {
    alert: 'DisruptionBudgetExhausted',
    what: 'one pod too few is ready for 40 minutes',
    onlyWith: ['namespace', 'poddisruptionbudget'],
    input: [
      stays('kube_poddisruptionbudget_status_pod_disruptions_allowed', pdb, ['40m', 0], ['40m', 1]),
      stays('kube_poddisruptionbudget_status_expected_pods', pdb, ['80m', 3]),
    ],
    expect: [
      { at: '29m', firing: 0 },
      { at: '31m', firing: 1 },
      { at: '41m', firing: 0 },
    ],
  },
  {
    alert: 'DisruptionBudgetExhausted',
    what: 'a rollout of ten minutes; and a budget without pods',
    input: [
      stays('kube_poddisruptionbudget_status_pod_disruptions_allowed', pdb, ['10m', 0], ['30m', 1], ['40m', 0]),
      stays('kube_poddisruptionbudget_status_expected_pods', pdb, ['40m', 3], ['40m', 0]),
    ],
    expect: silentAt('10m', '31m', '80m'),
  },
];
