import { is, isNot, oneOf, series } from '../../promql/selector';
import { inWords } from '../objective/arithmetic';
import type { AlertRule } from '../rules/rule-group';
import { CERT_MANAGER } from '../sources/cert-manager';
import { KUBE_STATE_METRICS } from '../sources/kube-state-metrics';
import { VELERO } from '../sources/velero';
import { type AlertContext, alert } from './alert';
import { aboutNamespaces } from './own-namespace';

/** A backup that somebody makes on a schedule. */
export interface ObservedBackup {
  /** Name of Velero's Schedule. */
  readonly schedule: string;
  /** Seconds after which the last good one is too old. */
  readonly maxAge: number;
}

/** The quota of a namespace. */
export function quota(context: AlertContext, namespace: string): AlertRule[] {
  const of = (type: string) => series(KUBE_STATE_METRICS.metrics.quota, { namespace: is(namespace), type: is(type) });
  return [
    alert(
      context,
      'QuotaNearlyUsed',
      { namespace },
      {
        severity: 'ticket',
        // A quota of zero forbids; it is not used up.
        expr: `max by (resourcequota, resource) (${of('used')})\n/\n(max by (resourcequota, resource) (${of('hard')}) > 0)\n> 0.9`,
        for: '15m',
        summary: `${namespace}: {{ $labels.resource }} is nearly used up`,
        description: `{{ $value | humanizePercentage }} of {{ $labels.resource }} of ResourceQuota {{ $labels.resourcequota }} in ${namespace} is used; beyond that, new pods are refused, those of a rollout among them.`,
      },
    ),
  ];
}

/** The Certificates of some namespaces. @param namespace whose alerts they are */
export function certificates(context: AlertContext, namespace: string, namespaces: readonly string[]): AlertRule[] {
  const { expires, renews, ready } = CERT_MANAGER.metrics;
  const by = (metric: string, matchers = {}) => `max by (name) (${aboutNamespaces(metric, namespaces, matchers)})`;
  // By the time of renewal, not by days that are left: right for certificates of a day and of a year.
  const overdue = `time() - ${by(renews)} > 6 * 3600`;
  const left = `${by(expires)} - time()`;
  const expiring = { summary: 'Certificate {{ $labels.name }} is not renewed', dashboard: 'fleet' as const };
  return [
    alert(
      context,
      'CertificateExpiring',
      { namespace },
      {
        severity: 'page',
        expr: `${left} < 3 * 86400\nand\n${overdue}`,
        ...expiring,
        description:
          'Certificate {{ $labels.name }} ends in {{ $value | humanizeDuration }} and should have been renewed long ago; then nobody gets in.',
      },
    ),
    alert(
      context,
      'CertificateExpiring',
      { namespace },
      {
        severity: 'ticket',
        expr: `${left}\nand\n${overdue}`,
        for: '10m',
        ...expiring,
        description:
          'Certificate {{ $labels.name }} should have been renewed more than six hours ago; it ends in {{ $value | humanizeDuration }}.',
      },
    ),
    alert(
      context,
      'CertificateNotReady',
      { namespace },
      {
        severity: 'ticket',
        expr: `${by(ready, { condition: isNot('True') })} > 0`,
        for: '1h',
        summary: 'Certificate {{ $labels.name }} can not be issued',
        description:
          'Certificate {{ $labels.name }} has not been ready for an hour: its issuer refuses it, or can not be reached.',
      },
    ),
  ];
}

/** Backups that somebody makes. @param namespace whose alerts they are */
export function backups(context: AlertContext, namespace: string, list: readonly ObservedBackup[]): AlertRule[] {
  return list.map(({ schedule, maxAge }) => {
    const last = series(VELERO.metrics.lastSuccess, { schedule: oneOf([schedule]) });
    return alert(
      context,
      'BackupMissed',
      { namespace },
      {
        severity: 'ticket',
        expr: `time() - max(${last}) > ${maxAge}\nor\nabsent(${last})`,
        for: '30m',
        labels: { schedule },
        summary: `Backup ${schedule} is missing`,
        description: `The last good backup of schedule ${schedule} is older than ${inWords(maxAge)}, or there is none: what is lost now is lost since then.`,
      },
    );
  });
}
