import { MigrationGate, MigrationPhase, MigrationTool, Release } from '../../lib';
import { type Json, World, only } from '../banking-service/world';
import { SCHEMA_IMAGE, migrate, user } from '../jobs/world';

type Props = Parameters<typeof migrate>[1];

function rendered(props: Props = {}): { job: Json; wait: Json; pod: Json; objects: Json[] } {
  const world = new World();
  migrate(world, props);
  const job = world.one('Job').spec.template.spec.containers[0];
  const pod = world.one('Deployment', 'teller').spec.template.spec;
  return { job, pod, wait: pod.initContainers[0], objects: world.objects() };
}

const env = (container: Json): Json =>
  Object.fromEntries(container.env.map((one: Json) => [one.name, one.value ?? one.valueFrom.secretKeyRef]));

describe('Flyway', () => {
  let job: Json, wait: Json;
  beforeAll(() => {
    const tool = MigrationTool.flyway({
      image: SCHEMA_IMAGE,
      target: '17',
      locations: ['classpath:db/migration', 'filesystem:/opt/sql'],
      schemas: ['teller', 'audit'],
    });
    ({ job, wait } = rendered({ tool }));
  });
  const both = {
    FLYWAY_URL: 'jdbc:postgresql://teller-db:5433/teller',
    FLYWAY_LOCATIONS: 'classpath:db/migration,filesystem:/opt/sql',
    FLYWAY_SCHEMAS: 'teller,audit',
    FLYWAY_TARGET: '17',
    FLYWAY_FAIL_ON_MISSING_LOCATIONS: 'true',
    FLYWAY_VALIDATE_MIGRATION_NAMING: 'true',
    FLYWAY_CLEAN_DISABLED: 'true',
    REDGATE_DISABLE_TELEMETRY: 'true',
  };

  test('migrates in the Job, as the user who may', () => {
    expect(job.command).toEqual(['flyway', '-skipCheckForUpdate', 'migrate']);
    expect(job).not.toHaveProperty('args');
    expect(env(job)).toEqual({
      ...both,
      FLYWAY_CONNECT_RETRIES: '5',
      FLYWAY_USER: { name: 'teller-owner', key: 'name' },
      FLYWAY_PASSWORD: { name: 'teller-owner', key: 'word' },
    });
  });

  test('validates in the gate, as a user who reads; changed repeatables and later versions do not stop older pods', () => {
    expect(wait.command[2]).toContain('flyway -skipCheckForUpdate validate\n');
    expect(env(wait)).toEqual({
      ...both,
      FLYWAY_IGNORE_MIGRATION_PATTERNS: '*:future,repeatable:*',
      FLYWAY_USER: { name: 'teller-reader', key: 'name' },
      FLYWAY_PASSWORD: { name: 'teller-reader', key: 'word' },
    });
  });

  test('takes further variables, in both', () => {
    const more = { FLYWAY_PLACEHOLDERS_REGION: 'eu-west' };
    const { job: own, wait: gate } = rendered({ variables: more });
    expect([env(own), env(gate)]).toEqual([expect.objectContaining(more), expect.objectContaining(more)]);
  });

  test('takes the scripts of its image by default', () => {
    expect(env(rendered({ tool: MigrationTool.flyway({ image: SCHEMA_IMAGE }) }).job)).toMatchObject({
      FLYWAY_LOCATIONS: 'filesystem:/flyway/sql',
    });
    expect(env(rendered({ tool: MigrationTool.flyway({ image: SCHEMA_IMAGE }) }).job)).not.toHaveProperty('FLYWAY_TARGET');
  });
});

describe('Liquibase', () => {
  const image = 'registry.example.com/liquibase:4.33.0';
  let job: Json, wait: Json;
  beforeAll(() => {
    const tool = MigrationTool.liquibase({
      image,
      changelog: 'db/changelog.yaml',
      searchPath: '/opt/changes',
      labels: 'expand or base',
      contexts: 'prod',
      repeated: 'again',
    });
    ({ job, wait } = rendered({ tool, url: { secret: 'teller-url', key: 'jdbc' } }));
  });
  const both = {
    LIQUIBASE_COMMAND_URL: { name: 'teller-url', key: 'jdbc' },
    LIQUIBASE_COMMAND_CHANGELOG_FILE: 'db/changelog.yaml',
    LIQUIBASE_COMMAND_CONTEXT_FILTER: 'prod',
    LIQUIBASE_SEARCH_PATH: '/opt/changes',
    LIQUIBASE_HEADLESS: 'true',
    LIQUIBASE_ANALYTICS_ENABLED: 'false',
    LIQUIBASE_SHOW_BANNER: 'false',
  };

  test('updates in the Job', () => {
    expect(job.command).toEqual(['liquibase', 'update']);
    expect(env(job)).toEqual({
      ...both,
      LIQUIBASE_COMMAND_LABEL_FILTER: 'expand or base',
      LIQUIBASE_COMMAND_USERNAME: { name: 'teller-owner', key: 'name' },
      LIQUIBASE_COMMAND_PASSWORD: { name: 'teller-owner', key: 'word' },
    });
  });

  test('asks for the status in the gate, and does not wait for what runs again and again', () => {
    expect(wait.command[2]).toContain('liquibase status --verbose=false');
    expect(env(wait)).toEqual({
      ...both,
      LIQUIBASE_COMMAND_LABEL_FILTER: '(expand or base) and !again',
      LIQUIBASE_COMMAND_USERNAME: { name: 'teller-reader', key: 'name' },
      LIQUIBASE_COMMAND_PASSWORD: { name: 'teller-reader', key: 'word' },
    });
  });

  test('runs as the user that its image is kept to, unless told otherwise', () => {
    expect([job.securityContext.runAsUser, wait.securityContext.runAsUser]).toEqual([1001, 1001]);
    const own = rendered({ tool: MigrationTool.liquibase({ image, changelog: 'x.sql' }), security: { user: 2345 } });
    expect([own.job.securityContext.runAsUser, own.wait.securityContext.runAsUser]).toEqual([2345, 2345]);
    expect(env(own.job)).not.toHaveProperty('LIQUIBASE_COMMAND_LABEL_FILTER');
  });
});

describe('scripts that come with the manifests', () => {
  const scripts = {
    'V17__iban.sql': 'ALTER TABLE account ADD iban varchar(34); -- ${placeholder}',
    'R__totals.sql': 'SELECT 1;',
  };
  let job: Json, wait: Json, pod: Json, map: Json;
  beforeAll(() => {
    const made = rendered({ tool: MigrationTool.flyway({ image: SCHEMA_IMAGE, scripts }) });
    ({ job, wait, pod } = made);
    map = only(made.objects, 'ConfigMap');
  });

  test('are kept as they are, by content, for pods that wait on them, and no tool substitutes in them', () => {
    expect(map.metadata.name).toMatch(/^teller-schema-scripts-[0-9a-f]{10}$/);
    expect(map).toMatchObject({ data: scripts, immutable: true });
    expect(map.metadata.annotations).toEqual({
      'argocd.argoproj.io/sync-options': 'Prune=false',
      'kustomize.toolkit.fluxcd.io/prune': 'disabled',
      'kustomize.toolkit.fluxcd.io/substitute': 'disabled',
    });
  });

  test('are left alone by Flagger, which would copy them and never take the copies away', () => {
    const world = new World();
    const service = world.service('teller', { release: Release.canary() });
    migrate(world, { service, tool: MigrationTool.flyway({ image: SCHEMA_IMAGE, scripts }) });
    expect(world.one('ConfigMap').metadata.annotations).toMatchObject({ 'flagger.app/config-tracking': 'disabled' });
  });

  test('are mounted where both look for them', () => {
    for (const container of [job, wait]) {
      expect(env(container)).toMatchObject({ FLYWAY_LOCATIONS: 'filesystem:/migrations' });
      expect(container.volumeMounts).toContainEqual(expect.objectContaining({ mountPath: '/migrations', readOnly: true }));
    }
    expect(pod.volumes).toContainEqual(
      expect.objectContaining({
        name: 'teller-schema-scripts',
        configMap: expect.objectContaining({ name: map.metadata.name }) as Json,
      }),
    );
  });

  test('a Job alone lets former ones go', () => {
    const { objects: alone } = (() => {
      const world = new World();
      migrate(world, { tool: MigrationTool.flyway({ image: SCHEMA_IMAGE, scripts }), gate: MigrationGate.argoCd() });
      return { objects: world.objects() };
    })();
    expect(alone.find((one) => one.kind === 'ConfigMap')!.metadata.annotations).toEqual({
      'argocd.argoproj.io/sync-wave': '-1',
      'kustomize.toolkit.fluxcd.io/substitute': 'disabled',
    });
  });
});

test('no credential is in a command, in plain text, or in a place of its own', () => {
  const text = JSON.stringify(rendered().objects);
  expect(text.match(/secretKeyRef/g)).toHaveLength(4);
  expect(text).not.toMatch(/"value":"[^"]*teller-(owner|reader)/);
  const world = new World();
  migrate(world, {
    credentials: user('owner'),
    gate: undefined,
    phase: MigrationPhase.contract('4.7.0', { oldestAlive: '4.7.1' }),
  });
  expect(world.one('Deployment').spec.template.spec).not.toHaveProperty('initContainers');
});
