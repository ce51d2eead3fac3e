import { Duration } from 'cdk8s';
import { MigrationGate, MigrationTool, type PlatformProps, SidecarMode } from '../../lib';
import { notesOn } from '../../lib/kube';
import { type Json, World } from '../banking-service/world';
import { SCHEMA_IMAGE, migrate } from './world';

type Props = Parameters<typeof migrate>[1];

const JOB = 'teller-schema';

function worldOf(props: Props = {}, platform: PlatformProps = {}): World {
  const world = new World(platform);
  migrate(world, props);
  return world;
}

const podOf = (props: Props): Json => worldOf(props).one('Job').spec.template;
const containerOf = (props: Props): Json => podOf(props).spec.containers[0];

describe('what every Job can be told', () => {
  test('by default it pulls at each start, without credentials, onto any node', () => {
    const { spec } = podOf({});
    expect(spec.containers[0].imagePullPolicy).toBe('Always');
    for (const key of ['imagePullSecrets', 'nodeSelector', 'tolerations', 'affinity', 'schedulerName'])
      expect(spec).not.toHaveProperty(key);
    expect(spec.containers[0].resources).toEqual({
      requests: { cpu: '100m', memory: '256Mi', 'ephemeral-storage': '1Gi' },
      limits: { cpu: '1', memory: '512Mi', 'ephemeral-storage': '1Gi' },
    });
  });

  test('how its image is pulled', () => {
    const imagePullSecrets = ['registry-b', 'registry-a'];
    const world = new World();
    migrate(world, { imagePullSecrets, imagePullPolicy: 'IfNotPresent', service: world.service('teller', { imagePullSecrets }) });
    const { spec } = world.one('Job').spec.template;
    expect(spec.imagePullSecrets).toEqual([{ name: 'registry-b' }, { name: 'registry-a' }]);
    expect(spec.containers[0].imagePullPolicy).toBe('IfNotPresent');
  });

  test('which nodes it may run on, and that it asks for what they have', () => {
    const { spec } = podOf({
      placement: {
        nodeSelector: { disk: 'fast' },
        nodeRequirements: [{ key: 'zone', operator: 'NotIn', values: ['c'] }],
        dedicatedPool: { key: 'pool', value: 'batch', effect: 'NoExecute' },
        gpu: { count: 2, resource: 'example.com/gpu' },
        schedulerName: 'packer',
      },
    });
    const { nodeSelector, tolerations, affinity, schedulerName } = spec;
    expect({ nodeSelector, tolerations, affinity, schedulerName }).toEqual({
      nodeSelector: { disk: 'fast' },
      tolerations: [
        { key: 'pool', operator: 'Equal', value: 'batch', effect: 'NoExecute' },
        { key: 'example.com/gpu', operator: 'Exists', effect: 'NoSchedule' },
      ],
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [
              {
                matchExpressions: [
                  { key: 'zone', operator: 'NotIn', values: ['c'] },
                  { key: 'pool', operator: 'In', values: ['batch'] },
                ],
              },
            ],
          },
        },
      },
      schedulerName: 'packer',
    });
    expect(spec.containers[0].resources.limits).toMatchObject({ 'example.com/gpu': '2' });
    expect(spec.containers[0].resources.requests).not.toHaveProperty(['example.com/gpu']);
  });

  test('labels of its own, on the pod and on every object; annotations on the pod alone', () => {
    const world = worldOf({
      tool: MigrationTool.flyway({ image: SCHEMA_IMAGE, scripts: { 'V1__a.sql': 'SELECT 1;' } }),
      labels: { team: 'vault', 'app.kubernetes.io/version': '4.7' },
      podAnnotations: { 'example.com/ticket': 'CHG-17' },
    });
    const labels = {
      team: 'vault',
      'app.kubernetes.io/version': '4.7',
      'app.kubernetes.io/name': JOB,
      'app.kubernetes.io/part-of': 'vault',
      'app.kubernetes.io/managed-by': 'cdk8s-banking',
    };
    for (const { metadata } of [world.one('Job'), world.one('ServiceAccount', JOB), world.one('ConfigMap')]) {
      expect([metadata.namespace, metadata.labels]).toEqual(['vault', labels]);
    }
    const { metadata } = world.one('Job').spec.template;
    expect(metadata.labels).toMatchObject({ team: 'vault', app: JOB });
    expect(metadata.annotations).toEqual({
      'example.com/ticket': 'CHG-17',
      'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false',
      'karpenter.sh/do-not-disrupt': 'true',
      'sidecar.istio.io/nativeSidecar': 'true',
    });
  });

  test.each([0, 1, 604800])('that it stays for %d s when it is done', (seconds) => {
    expect(worldOf({ ttlAfterFinished: Duration.seconds(seconds) }).one('Job').spec.ttlSecondsAfterFinished).toBe(seconds);
  });

  test.each([10, 604800])('that it has %d s: the least, and a week', (seconds) => {
    expect(worldOf({ timeout: Duration.seconds(seconds) }).one('Job').spec.activeDeadlineSeconds).toBe(seconds);
  });

  test.each([0, 20])('that it is tried %d times more', (retries) => {
    expect(worldOf({ retries }).one('Job').spec.backoffLimit).toBe(retries);
  });
});

test('variables stand in the order of their names, wherever their values are', () => {
  const { env } = containerOf({ variables: { FLYWAY_PLACEHOLDERS_B: '2', FLYWAY_PLACEHOLDERS_A: '1' } });
  expect(env.map(({ name }: Json) => name)).toEqual([
    'FLYWAY_CLEAN_DISABLED',
    'FLYWAY_CONNECT_RETRIES',
    'FLYWAY_FAIL_ON_MISSING_LOCATIONS',
    'FLYWAY_LOCATIONS',
    'FLYWAY_PASSWORD',
    'FLYWAY_PLACEHOLDERS_A',
    'FLYWAY_PLACEHOLDERS_B',
    'FLYWAY_TARGET',
    'FLYWAY_URL',
    'FLYWAY_USER',
    'FLYWAY_VALIDATE_MIGRATION_NAMING',
    'REDGATE_DISABLE_TELEMETRY',
  ]);
});

describe('what has to be there before it runs', () => {
  function prerequisites(props: Props, platform: PlatformProps): string[] {
    const world = new World(platform);
    const service = world.service('teller', { imagePullSecrets: props?.imagePullSecrets });
    const { node } = migrate(world, { ...props, service });
    return notesOn(node.findChild('job')).map(({ kind, text }) => `${kind}: ${text}`);
  }

  test('its Secrets, each named once, and nodes that know native sidecars', () => {
    expect(prerequisites({ imagePullSecrets: ['registry-a'] }, {})).toEqual([
      'prerequisite: Secret teller-owner is in namespace vault before teller-schema runs.',
      'prerequisite: Secret registry-a is in namespace vault before teller-schema runs.',
      'prerequisite: Every node runs Kubernetes 1.29 or newer: the proxies of Jobs are native sidecars.',
    ]);
  });

  test.each<[string, PlatformProps]>([
    ['Kubernetes 1.28', { kubernetes: '1.28' }],
    ['a platform without them', { istio: { sidecar: SidecarMode.CLASSIC } }],
  ])('nothing of its nodes under %s, where its proxy is an ordinary one', (_, platform) => {
    expect(prerequisites({ gate: MigrationGate.argoCd() }, platform)).toEqual([
      'prerequisite: Secret teller-owner is in namespace vault before teller-schema runs.',
    ]);
  });
});

test('a Job takes no requests, so that nobody can be let call one', () => {
  const world = new World();
  const teller = world.service('teller');
  const migration = migrate(world, { service: teller });
  expect(() => teller.allowTo(migration)).toThrow('teller → teller-schema: has no port that can be called; declare its ports');
});
