import { stays } from '../inputs';
import type { AlertCase } from '../scenario';

const silentAt = (...times: string[]) => times.map((at) => ({ at, firing: 0 }));
const canary = { namespace: 'flagger-system', exported_namespace: 'banking', name: 'payments' };
const honoured = { namespace: 'banking', name: 'payments' };
const weighed = { namespace: 'banking', workload: 'payments' };
const quota = { namespace: 'banking', resourcequota: 'quota', resource: 'limits.memory' };
const certificate = { namespace: 'cert-manager', exported_namespace: 'banking', name: 'edge-tls' };
const DAY = 86_400;

export const RELEASES: readonly AlertCase[] = [
  {
    alert: 'CanaryFailed',
    what: 'a release runs for ten minutes, is rolled back, and the next one succeeds',
    onlyWith: ['exported_namespace', 'name'],
    input: [stays('flagger_canary_status', canary, ['10m', 0], ['20m', 2], ['10m', 0], ['10m', 1])],
    expect: [
      { at: '10m', firing: 0 },
      { at: '11m30s', firing: 1 },
      { at: '31m', firing: 0 },
    ],
  },
  {
    alert: 'CanaryFailed',
    what: 'the monitor of Flagger honours its labels',
    input: [stays('flagger_canary_status', honoured, ['10m', 2])],
    expect: [{ at: '2m', firing: 1 }],
  },
  {
    alert: 'CanaryFailed',
    what: 'all is well here, and a namesake in another namespace failed',
    input: [
      stays('flagger_canary_status', canary, ['30m', 1]),
      stays('flagger_canary_status', { ...canary, exported_namespace: 'test' }, ['30m', 2]),
      stays('flagger_canary_status', { ...honoured, namespace: 'test' }, ['30m', 2]),
      // Flagger itself may run here, and tell of canaries elsewhere.
      stays('flagger_canary_status', { ...canary, namespace: 'banking', exported_namespace: 'test' }, ['30m', 2]),
    ],
    expect: silentAt('5m', '30m'),
  },
  {
    alert: 'CanaryStuck',
    what: 'a release goes on for 13 hours',
    onlyWith: ['namespace', 'name'],
    input: [stays('flagger_canary_status', honoured, ['13h', 0], ['1h', 1])],
    expect: [
      { at: '12h14m', firing: 0 },
      { at: '12h16m', firing: 1 },
      { at: '13h1m', firing: 0 },
    ],
  },
  {
    alert: 'CanaryStuck',
    what: 'it waits for an approval with half of the requests: Flagger calls that well',
    input: [
      stays('flagger_canary_status', honoured, ['1h', 0], ['13h', 1]),
      stays('flagger_canary_weight', weighed, ['1h', 0], ['12h', 50], ['1h', 0]),
    ],
    expect: [
      { at: '12h14m', firing: 0 },
      { at: '12h16m', firing: 1 },
      { at: '13h1m', firing: 0 },
    ],
  },
  {
    alert: 'CanaryStuck',
    what: 'two releases of six hours each',
    input: [stays('flagger_canary_status', honoured, ['6h', 0], ['10m', 1], ['6h', 0], ['10m', 1])],
    expect: silentAt('6h', '12h9m', '12h20m'),
  },
];

export const NAMESPACE: readonly AlertCase[] = [
  {
    alert: 'QuotaNearlyUsed',
    what: '95 % of a quota are used for twenty minutes',
    onlyWith: ['namespace', 'type'],
    where: { resource: 'limits.memory' },
    input: [
      stays('kube_resourcequota', { ...quota, type: 'used' }, ['20m', 95], ['20m', 60]),
      stays('kube_resourcequota', { ...quota, type: 'hard' }, ['40m', 100]),
    ],
    expect: [
      { at: '14m', firing: 0 },
      { at: '16m', firing: 1 },
      { at: '21m', firing: 0 },
    ],
  },
  {
    alert: 'QuotaNearlyUsed',
    what: '85 % are used; of what is forbidden, nothing; and a rollout of ten minutes needs more',
    input: [
      stays('kube_resourcequota', { ...quota, type: 'used' }, ['20m', 85], ['10m', 98], ['20m', 85]),
      stays('kube_resourcequota', { ...quota, type: 'hard' }, ['50m', 100]),
      stays('kube_resourcequota', { ...quota, resource: 'services.nodeports', type: 'used' }, ['50m', 0]),
      stays('kube_resourcequota', { ...quota, resource: 'services.nodeports', type: 'hard' }, ['50m', 0]),
    ],
    expect: silentAt('20m', '30m', '36m', '50m'),
  },
  {
    alert: 'CertificateExpiring',
    what: 'the renewal of a certificate of 30 days is overdue, and then it is renewed',
    where: { severity: 'ticket' },
    input: [
      stays('certmanager_certificate_renewal_timestamp_seconds', certificate, ['8h', 3600], ['2h', 20 * DAY]),
      stays('certmanager_certificate_expiration_timestamp_seconds', certificate, ['8h', 10 * DAY], ['2h', 30 * DAY]),
    ],
    expect: [
      { at: '7h5m', firing: 0 },
      { at: '7h12m', firing: 1 },
      { at: '8h1m', firing: 0 },
    ],
  },
  {
    alert: 'CertificateExpiring',
    what: 'it ends in less than three days',
    where: { severity: 'page' },
    input: [
      stays('certmanager_certificate_renewal_timestamp_seconds', certificate, ['26h', 3600]),
      stays('certmanager_certificate_expiration_timestamp_seconds', certificate, ['26h', 4 * DAY]),
    ],
    expect: [
      { at: '23h59m', firing: 0 },
      { at: '24h1m', firing: 1 },
    ],
  },
  {
    alert: 'CertificateExpiring',
    what: 'a certificate of a day is renewed when it should be, again and again',
    input: [
      stays('certmanager_certificate_renewal_timestamp_seconds', certificate, ['16h', 16 * 3600], ['16h', 32 * 3600]),
      stays('certmanager_certificate_expiration_timestamp_seconds', certificate, ['16h', DAY], ['16h', 40 * 3600]),
    ],
    expect: silentAt('1h', '15h', '17h', '31h'),
  },
  {
    alert: 'CertificateExpiring',
    what: 'a certificate of a namespace that nobody asked about',
    input: [
      stays('certmanager_certificate_renewal_timestamp_seconds', { ...certificate, exported_namespace: 'test' }, ['26h', 3600]),
      stays('certmanager_certificate_expiration_timestamp_seconds', { ...certificate, exported_namespace: 'test' }, [
        '26h',
        7200,
      ]),
    ],
    expect: silentAt('12h', '26h'),
  },
  {
    alert: 'CertificateNotReady',
    what: 'its issuer refuses it for 70 minutes',
    onlyWith: ['exported_namespace'],
    input: [
      stays('certmanager_certificate_ready_status', { ...certificate, condition: 'False' }, ['70m', 1], ['30m', 0]),
      stays('certmanager_certificate_ready_status', { ...certificate, condition: 'True' }, ['70m', 0], ['30m', 1]),
    ],
    expect: [
      { at: '59m', firing: 0 },
      { at: '61m', firing: 1 },
      { at: '71m', firing: 0 },
    ],
  },
  {
    alert: 'CertificateNotReady',
    what: 'it takes half an hour to be issued',
    input: [
      stays('certmanager_certificate_ready_status', { ...certificate, condition: 'Unknown' }, ['30m', 1], ['60m', 0]),
      stays('certmanager_certificate_ready_status', { ...certificate, condition: 'True' }, ['30m', 0], ['60m', 1]),
    ],
    expect: silentAt('29m', '61m', '90m'),
  },
  {
    alert: 'BackupMissed',
    what: 'the backup of the second day fails, and comes two hours late',
    where: { schedule: 'daily' },
    input: [
      stays('velero_backup_last_successful_timestamp', { namespace: 'velero', schedule: 'daily' }, ['28h', 0], ['2h', 100_000]),
    ],
    expect: [
      { at: '26h25m', firing: 0 },
      { at: '26h35m', firing: 1 },
      { at: '28h1m', firing: 0 },
    ],
  },
  {
    alert: 'BackupMissed',
    what: 'there has never been a good one',
    input: [stays('velero_backup_last_successful_timestamp', { namespace: 'velero', schedule: 'other' }, ['2h', 0])],
    expect: [
      { at: '25m', firing: 0 },
      { at: '35m', firing: 1 },
    ],
  },
  {
    alert: 'BackupMissed',
    what: 'a backup a day',
    input: [
      stays(
        'velero_backup_last_successful_timestamp',
        { namespace: 'velero', schedule: 'daily' },
        ['24h30m', 0],
        ['20h', 88_000],
      ),
    ],
    expect: silentAt('24h', '26h40m', '44h'),
  },
];
