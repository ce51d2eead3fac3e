import { metricSet } from './metric-set';

/** What Velero tells of its backups. */
export const VELERO = metricSet('https://github.com/vmware-tanzu/velero/blob/main/pkg/metrics/metrics.go', {
  lastSuccess: 'velero_backup_last_successful_timestamp',
});
