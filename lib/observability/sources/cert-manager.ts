import { metricSet } from './metric-set';

/** What cert-manager tells of its Certificates. Times are seconds since 1970. */
export const CERT_MANAGER = metricSet('https://cert-manager.io/docs/devops-tips/prometheus-metrics/', {
  expires: 'certmanager_certificate_expiration_timestamp_seconds',
  renews: 'certmanager_certificate_renewal_timestamp_seconds',
  ready: 'certmanager_certificate_ready_status',
});
