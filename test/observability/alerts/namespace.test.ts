import { Duration } from 'cdk8s';
import { Platform } from '../../../lib';
import type { Json } from '../../banking-service/world';
import { groupsOf, lines, quotes, teller } from './world';

/** Of both namespaces, whether cert-manager's monitor honours labels or not. */
const EXPIRES =
  '(certmanager_certificate_expiration_timestamp_seconds{exported_namespace=~"gate|vault"} or certmanager_certificate_expiration_timestamp_seconds{exported_namespace="",namespace=~"gate|vault"})';
const RENEWS =
  '(certmanager_certificate_renewal_timestamp_seconds{exported_namespace=~"gate|vault"} or certmanager_certificate_renewal_timestamp_seconds{exported_namespace="",namespace=~"gate|vault"})';
const NOT_READY =
  '(certmanager_certificate_ready_status{exported_namespace=~"gate|vault",condition!="True"} or certmanager_certificate_ready_status{exported_namespace="",namespace=~"gate|vault",condition!="True"})';

let groups: Record<string, Json[]>;
beforeAll(() => {
  groups = groupsOf('vault-namespace', {
    services: [teller()],
    certificates: ['vault', 'gate'],
    backups: [{ schedule: 'nightly', maxAge: Duration.hours(27) }],
  });
});

test('a quota of zero forbids, and is not used up', () => {
  expect(groups['quota']).toEqual([
    {
      alert: 'QuotaNearlyUsed',
      for: '15m',
      labels: { namespace: 'vault', severity: 'ticket' },
      expr: lines(
        'max by (resourcequota, resource) (kube_resourcequota{namespace="vault",type="used"})',
        '/',
        '(max by (resourcequota, resource) (kube_resourcequota{namespace="vault",type="hard"}) > 0)',
        '> 0.9',
      ),
      annotations: {
        summary: 'vault: {{ $labels.resource }} is nearly used up',
        description:
          '{{ $value | humanizePercentage }} of {{ $labels.resource }} of ResourceQuota {{ $labels.resourcequota }} in vault is used; beyond that, new pods are refused, those of a rollout among them.',
      },
    },
  ]);
});

test('a Certificate is late by its own time of renewal, and wakes somebody when it is about to end', () => {
  expect(groups['certificates']).toEqual([
    {
      alert: 'CertificateExpiring',
      labels: { namespace: 'vault', severity: 'page' },
      expr: lines(`max by (name) (${EXPIRES}) - time() < 3 * 86400`, 'and', `time() - max by (name) (${RENEWS}) > 6 * 3600`),
      annotations: {
        summary: 'Certificate {{ $labels.name }} is not renewed',
        description:
          'Certificate {{ $labels.name }} ends in {{ $value | humanizeDuration }} and should have been renewed long ago; then nobody gets in.',
      },
    },
    {
      alert: 'CertificateExpiring',
      for: '10m',
      labels: { namespace: 'vault', severity: 'ticket' },
      expr: lines(`max by (name) (${EXPIRES}) - time()`, 'and', `time() - max by (name) (${RENEWS}) > 6 * 3600`),
      annotations: {
        summary: 'Certificate {{ $labels.name }} is not renewed',
        description:
          'Certificate {{ $labels.name }} should have been renewed more than six hours ago; it ends in {{ $value | humanizeDuration }}.',
      },
    },
    {
      alert: 'CertificateNotReady',
      for: '1h',
      labels: { namespace: 'vault', severity: 'ticket' },
      expr: `max by (name) (${NOT_READY}) > 0`,
      annotations: {
        summary: 'Certificate {{ $labels.name }} can not be issued',
        description:
          'Certificate {{ $labels.name }} has not been ready for an hour: its issuer refuses it, or can not be reached.',
      },
    },
  ]);
});

test('a backup is missed when the last good one is too old, or when there is none', () => {
  expect(groups['backups']).toEqual([
    {
      alert: 'BackupMissed',
      for: '30m',
      labels: { namespace: 'vault', schedule: 'nightly', severity: 'ticket' },
      expr: lines(
        'time() - max(velero_backup_last_successful_timestamp{schedule="nightly"}) > 97200',
        'or',
        'absent(velero_backup_last_successful_timestamp{schedule="nightly"})',
      ),
      annotations: {
        summary: 'Backup nightly is missing',
        description:
          'The last good backup of schedule nightly is older than 27 hours, or there is none: what is lost now is lost since then.',
      },
    },
  ]);
});

describe('which namespace is told', () => {
  const told = (rule: string, certificates?: readonly string[]) => {
    const platform = new Platform({
      ingressGateway: { namespace: 'front', podLabels: { app: 'front' }, serviceAccount: 'front' },
    });
    const groups = groupsOf(rule, { services: [teller(), quotes()], platform, certificates });
    const about = (groups['certificates'] ?? []).map(({ expr }) => /exported_namespace(=~?"[^"]+")/.exec(expr as string)![1]);
    return [Object.keys(groups), [...new Set(about)]];
  };

  test('of Certificates each of its own, and the first of those of the gateway', () => {
    expect(told('vault-namespace')).toEqual([['quota', 'certificates'], ['=~"front|vault"']]);
    expect(told('markets-namespace')).toEqual([['quota', 'certificates'], ['="markets"']]);
  });

  test('of Certificates that are named, the first of all that are nowhere else', () => {
    expect(told('vault-namespace', ['markets', 'gate'])).toEqual([['quota', 'certificates'], ['="gate"']]);
    expect(told('markets-namespace', ['vault', 'gate'])).toEqual([['quota'], []]);
  });

  test('of a backup the first, once', () => {
    const backups = [{ schedule: 'nightly', maxAge: Duration.hours(27) }];
    const groups = (rule: string) => Object.keys(groupsOf(rule, { services: [teller(), quotes()], backups, certificates: [] }));
    expect(groups('vault-namespace')).toEqual(['quota', 'backups']);
    expect(groups('markets-namespace')).toEqual(['quota']);
  });
});
