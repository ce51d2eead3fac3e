import { Duration } from 'cdk8s';
import { ExternalHost, MigrationGate, MigrationPhase, MigrationTool, type PlatformProps, Reach, SidecarMode } from '../../lib';
import { type Json, World } from '../banking-service/world';
import { SCHEMA_IMAGE, migrate, user } from './world';

const JOB = 'teller-schema';

type Props = Parameters<typeof migrate>[1];

const CONTRACT = { gate: undefined, phase: MigrationPhase.contract('4.7.0', { oldestAlive: '4.7.0' }) };

function jobOf(props: Props = {}, platform: PlatformProps = {}): Json {
  const world = new World(platform);
  migrate(world, props);
  return world.one('Job');
}

const pod = (job: Json): Json => job.spec.template;

describe('a Job is as hardened as a service (S4)', () => {
  const props: Props = {
    resources: { requests: { cpu: '130m', memory: '300Mi' }, limits: { cpu: '700m', memory: '900Mi' }, ephemeralStorage: '3Gi' },
    security: { user: 12345, group: 12346, writablePaths: ['/var/work'] },
    timeout: Duration.seconds(345),
    retries: 7,
    imagePullSecrets: [],
  };
  let job: Json;
  beforeAll(() => {
    job = jobOf(props);
  });

  test('its pod', () => {
    const { containers: _, ...spec } = pod(job).spec;
    expect(spec).toEqual({
      restartPolicy: 'Never',
      serviceAccountName: JOB,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 12345,
        runAsGroup: 12346,
        fsGroup: 12346,
        fsGroupChangePolicy: 'OnRootMismatch',
        seccompProfile: { type: 'RuntimeDefault' },
      },
      volumes: [
        { name: 'tmp', emptyDir: {} },
        { name: 'scratch-0', emptyDir: {} },
      ],
    });
  });

  test('its container', () => {
    const { name, securityContext, resources, volumeMounts, terminationMessagePolicy } = pod(job).spec.containers[0];
    expect({ name, securityContext, resources, volumeMounts, terminationMessagePolicy }).toEqual({
      name: JOB,
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
        runAsUser: 12345,
        runAsGroup: 12346,
        capabilities: { drop: ['ALL'] },
      },
      resources: {
        requests: { cpu: '130m', memory: '300Mi', 'ephemeral-storage': '3Gi' },
        limits: { cpu: '700m', memory: '900Mi', 'ephemeral-storage': '3Gi' },
      },
      volumeMounts: [
        { name: 'tmp', mountPath: '/tmp' },
        { name: 'scratch-0', mountPath: '/var/work' },
      ],
      terminationMessagePolicy: 'FallbackToLogsOnError',
    });
  });

  test('it ends: so many tries, so much time, one pod at a time, and drains are not its fault', () => {
    const { template: _, ...spec } = job.spec;
    expect(spec).toEqual({
      backoffLimit: 7,
      activeDeadlineSeconds: 345,
      podFailurePolicy: { rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }] },
      podReplacementPolicy: 'Failed',
    });
  });

  test('rule 1: its pod carries the identity that guards select by, and a label app', () => {
    expect(pod(job).metadata.labels).toEqual({
      app: JOB,
      'banking.workload/name': JOB,
      version: '4.7.0',
      'service.istio.io/canonical-name': JOB,
      'service.istio.io/canonical-revision': '4.7.0',
      'app.kubernetes.io/name': JOB,
      'app.kubernetes.io/part-of': 'vault',
      'app.kubernetes.io/managed-by': 'cdk8s-banking',
    });
  });
});

describe('the proxy does not keep a Job alive (rule 25)', () => {
  const command = (job: Json): string[] => pod(job).spec.containers[0].command;

  test.each<[string, PlatformProps]>([
    ['the platform leaves it to Istio', { kubernetes: '1.29' }],
    ['the platform says so', { kubernetes: '1.34', istio: { sidecar: SidecarMode.NATIVE } }],
  ])('it is a native sidecar where %s', (_, platform) => {
    const job = jobOf({}, platform);
    expect(pod(job).metadata.annotations).toMatchObject({ 'sidecar.istio.io/nativeSidecar': 'true' });
    expect(pod(job).metadata.annotations).not.toHaveProperty(['proxy.istio.io/config']);
    expect(command(job)).toEqual(['flyway', '-skipCheckForUpdate', 'migrate']);
  });

  test.each<[string, PlatformProps]>([
    ['Kubernetes 1.28', { kubernetes: '1.28' }],
    ['a platform without them', { istio: { sidecar: SidecarMode.CLASSIC } }],
  ])('it is told to quit under %s, and the work waits for it', (_, platform) => {
    const job = jobOf(CONTRACT, platform);
    expect(pod(job).metadata.annotations).toMatchObject({
      'sidecar.istio.io/nativeSidecar': 'false',
      'proxy.istio.io/config': 'holdApplicationUntilProxyStarts: true\n',
    });
    expect(command(job).slice(0, 2)).toEqual(['bash', '-c']);
    expect(command(job).slice(-3)).toEqual(['flyway', '-skipCheckForUpdate', 'migrate']);
  });

  test('before 1.29 the field that only 1.29 knows is left out', () => {
    expect(jobOf(CONTRACT, { kubernetes: '1.28' }).spec).not.toHaveProperty('podReplacementPolicy');
  });
});

describe('the name says what it runs', () => {
  const name = (props: Props = {}): string => jobOf(props).metadata.name;

  test('the same content has the same name', () => {
    expect(name()).toMatch(/^teller-schema-[0-9a-f]{10}$/);
    expect(name()).toBe(name());
  });

  test.each<[string, Props]>([
    ['another script', { tool: MigrationTool.flyway({ image: SCHEMA_IMAGE, target: '18' }) }],
    ['another URL', { url: 'jdbc:postgresql://teller-db:5433/other' }],
    ['other credentials', { credentials: user('teller-admin') }],
    ['more time', { timeout: Duration.seconds(601) }],
  ])('%s is another Job, since the former one can not be changed', (_, props) => {
    expect(name(props)).not.toBe(name());
  });

  test('a gate of the service is none of its business', () => {
    expect(pod(jobOf({ gate: MigrationGate.argoCd() }))).toEqual(pod(jobOf()));
  });

  test('the longest name that is taken ends below 63 characters', () => {
    const world = new World();
    migrate(world, {}, 'x'.repeat(52));
    expect(world.one('Job').metadata.name).toHaveLength(63);
  });
});

describe('its room in the quota', () => {
  const PROXY = { requests: { cpu: '70m', memory: '90Mi' }, limits: { cpu: '2', memory: '1Gi' } };

  function hard(migration?: Props): Json {
    const world = new World({ istio: { proxy: PROXY } });
    const service = world.service('teller');
    const database = ExternalHost.tcp('db.example.com', { port: 5432, reach: Reach.cidrs('10.90.1.0/28') });
    if (migration) migrate(world, { service, database, ...migration });
    return world.one('ResourceQuota').spec.hard;
  }

  test('is that of one pod with its proxy', () => {
    const resources = { requests: { cpu: '130m', memory: '300Mi' }, limits: { cpu: '1', memory: '512Mi' } };
    const [before, after] = [hard(), hard({ ...CONTRACT, resources })];
    const all = ['pods', 'requests.cpu', 'requests.memory', 'limits.cpu', 'limits.memory'];
    // 130m + 70m, 300Mi + 90Mi, 1 + 2, 512Mi + 1Gi
    expect(all.map((key) => [before[key], after[key]])).toEqual([
      ['22', '23'],
      ['12540m', '12740m'],
      ['13244Mi', '13634Mi'],
      ['66', '69'],
      ['44Gi', '46592Mi'],
    ]);
  });

  test('is that of its disk, and of the disk that every proxy has', () => {
    const [before, after] = [hard(), hard({ ...CONTRACT, resources: { ephemeralStorage: '3Gi' } })];
    const all = ['requests.ephemeral-storage', 'limits.ephemeral-storage'];
    // 3Gi + 128Mi, 3Gi + 1Gi: of a proxy, what the LimitRange fills in.
    expect(all.map((key) => [before[key], after[key]])).toEqual([
      ['25344Mi', '28544Mi'],
      ['44Gi', '48Gi'],
    ]);
  });

  test('has no end of CPU, where it has none itself', () => {
    const resources = { requests: { cpu: '130m' }, limits: { cpu: 'none' } };
    expect(hard()).toHaveProperty(['limits.cpu'], '66');
    expect(hard({ ...CONTRACT, resources })).not.toHaveProperty(['limits.cpu']);
    expect(pod(jobOf({ resources })).spec.containers[0].resources).toEqual({
      requests: { cpu: '130m', memory: '256Mi', 'ephemeral-storage': '1Gi' },
      limits: { memory: '512Mi', 'ephemeral-storage': '1Gi' },
    });
  });
});
