import { metricSet } from './metric-set';

/** What the kubelet knows of running containers. */
export const CADVISOR = metricSet('https://github.com/google/cadvisor/blob/master/docs/storage/prometheus.md', {
  cpuSeconds: 'container_cpu_usage_seconds_total',
  throttledPeriods: 'container_cpu_cfs_throttled_periods_total',
  periods: 'container_cpu_cfs_periods_total',
  memory: 'container_memory_working_set_bytes',
});
