import { metricSet } from './metric-set';

/** What Prometheus itself adds: of each target whether it answers, and of each alert that is pending or firing that it is. */
export const PROMETHEUS = metricSet(
  'https://prometheus.io/docs/concepts/jobs_instances/#automatically-generated-labels-and-time-series',
  { up: 'up', alerts: 'ALERTS' },
);
