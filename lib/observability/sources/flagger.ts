import { metricSet } from './metric-set';

/**
 * What Flagger tells of its canaries. Of `status`, 0 is under way, 1 is well or waiting for an approval, 2 is failed.
 */
export const FLAGGER = metricSet('https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/metrics/recorder.go', {
  status: 'flagger_canary_status',
  weight: 'flagger_canary_weight',
  analysis: 'flagger_canary_metric_analysis',
  duration: 'flagger_canary_duration_seconds_sum',
  successes: 'flagger_canary_successes_total',
  failures: 'flagger_canary_failures_total',
});
