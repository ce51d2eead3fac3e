import { metricSet } from './metric-set';

/** What Prometheus itself adds to each target. */
export const PROMETHEUS = metricSet(
  'https://prometheus.io/docs/concepts/jobs_instances/#automatically-generated-labels-and-time-series',
  { up: 'up' },
);
