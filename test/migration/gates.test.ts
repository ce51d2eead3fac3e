import { Chart, Duration, Testing } from 'cdk8s';
import {
  BankingService,
  DatabaseMigration,
  ExistingWorkload,
  MigrationGate,
  MigrationPhase,
  MigrationTool,
  PortProtocol,
  Release,
  ZeroTrustNamespace,
} from '../../lib';
import { IMAGE, type Json, World, only } from '../banking-service/world';
import { SCHEMA_IMAGE, READER, migrate, user } from '../jobs/world';

const template = (world: World, name = 'teller'): Json => world.one('Deployment', name).spec.template;

describe('R11: MigrationGate.init', () => {
  test('pods of the new version wait behind a native sidecar', () => {
    const world = new World();
    migrate(world);
    const { metadata, spec } = template(world);
    expect(metadata.annotations['sidecar.istio.io/nativeSidecar']).toBe('true');
    expect(spec.initContainers).toHaveLength(1);
    expect(spec.initContainers[0]).toMatchObject({ name: 'wait-for-teller-schema', image: SCHEMA_IMAGE });
    expect(spec.initContainers[0].command.slice(0, 2)).toEqual(['sh', '-c']);
    expect(spec.initContainers[0].securityContext).toMatchObject({
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
    });
  });

  test('no old pod goes before a new one is ready', () => {
    const world = new World();
    migrate(world);
    expect(world.one('Deployment').spec.strategy).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxUnavailable: 0, maxSurge: 1 },
    });
  });

  test('rule 22: a rollout has as much time more as the gate may take', () => {
    const world = new World();
    migrate(world, { timeout: Duration.seconds(777) });
    expect(world.one('Deployment').spec.progressDeadlineSeconds).toBe(600 + 777);
    const other = new World();
    migrate(other, { gate: MigrationGate.init({ credentials: user('reader'), timeout: Duration.seconds(123) }) });
    expect(other.one('Deployment').spec.progressDeadlineSeconds).toBe(600 + 123);
  });

  test('a canary of Flagger waits as well, and is not given up meanwhile', () => {
    const world = new World();
    const service = world.service('teller', {
      release: Release.canary(),
      availability: { progressDeadline: Duration.seconds(900) },
    });
    migrate(world, { service, timeout: Duration.seconds(50) });
    expect(world.one('Canary').spec.progressDeadlineSeconds).toBe(950);
    expect(world.one('Deployment').spec.progressDeadlineSeconds).toBe(950);
    expect(template(world).spec.initContainers).toHaveLength(1);
  });

  test('only tracks that need the schema wait for it: an older version must be able to start anew', () => {
    const world = new World();
    const service = world.service('teller', {
      image: 'registry.example.com/teller:4.6.9',
      release: Release.weighted({ canary: { image: 'registry.example.com/teller:4.7.0' }, weight: 10 }),
    });
    migrate(world, { service });
    const waits = Object.fromEntries(
      service.deployments.map(({ name, version }) => [version, template(world, name).spec.initContainers !== undefined]),
    );
    expect(waits).toEqual({ '4.6.9': false, '4.7.0': true });
  });

  test('what can not be told to be older waits', () => {
    const world = new World();
    migrate(world, { service: world.service('teller', { version: 'blue' }) });
    expect(template(world).spec.initContainers).toHaveLength(1);
  });

  test('an expand ahead of its version changes no pod', () => {
    const [before, after] = [new World(), new World()];
    before.service('teller');
    migrate(after, { phase: MigrationPhase.expand('4.8.0') });
    expect(template(after)).toEqual(template(before));
  });

  test('both, the Job and the pods, may ask the database, and the database lets in both', () => {
    const world = new World();
    migrate(world);
    const ports = (name: string) => world.one('NetworkPolicy', name).spec.egress.flatMap((rule: Json) => rule.ports);
    expect([ports('teller-schema'), ports('teller')]).toEqual([
      [{ port: 5433, protocol: 'TCP' }],
      [{ port: 5433, protocol: 'TCP' }],
    ]);
    const rules = world.one('AuthorizationPolicy', 'teller-db').spec.rules;
    expect(rules.flatMap((rule: Json) => rule.from[0].source.principals)).toEqual([
      'cluster.local/ns/vault/sa/teller',
      'cluster.local/ns/vault/sa/teller-schema',
    ]);
    expect(world.one('Sidecar', 'teller-schema').spec.egress).toEqual([{ hosts: ['vault/teller-db.vault.svc.cluster.local'] }]);
  });

  test('two migrations of one service, each with a gate of its own', () => {
    const world = new World();
    const service = world.service('teller');
    migrate(world, { service }, 'teller-schema');
    migrate(world, { service, url: 'jdbc:postgresql://teller-db:5433/audit' }, 'audit-schema');
    expect(template(world).spec.initContainers.map(({ name }: Json) => name)).toEqual([
      'wait-for-teller-schema',
      'wait-for-audit-schema',
    ]);
  });

  test('it is a plain Job: nothing clears it away that would be made again', () => {
    const world = new World();
    migrate(world);
    const job = world.one('Job');
    expect(job.spec).not.toHaveProperty('ttlSecondsAfterFinished');
    expect(job.metadata).not.toHaveProperty('annotations');
  });
});

const WAVE = 'argocd.argoproj.io/sync-wave';

describe('R11: MigrationGate.argoCd', () => {
  let world: World, objects: Json[];
  beforeAll(() => {
    world = new World();
    migrate(world, { gate: MigrationGate.argoCd() });
    objects = world.objects();
  });
  const wave = (one: Json): string | undefined => one.metadata.annotations?.[WAVE];

  test('the Job is a hook of the sync, made anew each time, cleared away by its age', () => {
    const job = world.one('Job');
    expect(job.metadata.annotations).toEqual({
      'argocd.argoproj.io/hook': 'Sync',
      'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
      [WAVE]: '-1',
    });
    expect(job.spec.ttlSecondsAfterFinished).toBe(86400);
  });

  test('all that it stands on is there in its wave, so that a first sync does not wait for ever', () => {
    const needed = [
      'Namespace vault',
      'NetworkPolicy default-deny',
      'PeerAuthentication default',
      'ResourceQuota quota',
      'LimitRange container-defaults',
      'ServiceAccount teller-schema',
      'NetworkPolicy teller-schema',
      'Sidecar teller-schema',
      'NetworkPolicy teller-db',
      'AuthorizationPolicy teller-db',
    ];
    const first = objects.filter((one) => wave(one) === '-1').map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(first).toEqual(expect.arrayContaining(needed));
  });

  test('nothing in that wave has a health to wait for but the Job', () => {
    const kinds = new Set(objects.filter((one) => wave(one) === '-1').map(({ kind }) => kind as string));
    for (const kind of ['Deployment', 'HorizontalPodAutoscaler', 'ScaledObject', 'Service', 'Canary'])
      expect(kinds).not.toContain(kind);
  });

  test('the service comes after it, untouched', () => {
    expect(wave(world.one('Deployment'))).toBeUndefined();
    expect(wave(world.one('HorizontalPodAutoscaler'))).toBeUndefined();
    expect(template(world).spec).not.toHaveProperty('initContainers');
    expect(world.one('Deployment').spec.progressDeadlineSeconds).toBe(600);
  });

  test('a contract runs once all is healthy', () => {
    const late = new World();
    migrate(late, { gate: MigrationGate.argoCd(), phase: MigrationPhase.contract('4.7.0', { oldestAlive: '4.7.1' }) });
    expect(late.one('Job').metadata.annotations).toEqual({
      'argocd.argoproj.io/hook': 'PostSync',
      'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
    });
    expect(late.objects().filter((one) => wave(one) !== undefined)).toEqual([]);
  });
});

describe('R11: MigrationGate.flux', () => {
  /** The service in one chart, all else in another one, or all in one. */
  function built(
    apart: boolean,
    phase = MigrationPhase.expand('4.7.0'),
  ): { readonly migration: DatabaseMigration; readonly job: Json } {
    const app = Testing.app();
    const base = new Chart(app, 'base');
    const namespace = new ZeroTrustNamespace(base, 'namespace', { name: 'vault' });
    const service = new BankingService(apart ? new Chart(app, 'teller') : base, 'teller', {
      namespace,
      image: IMAGE,
      port: 8071,
    });
    const ports = [{ port: 5433, protocol: PortProtocol.TCP }];
    const migration = new DatabaseMigration(base, 'teller-schema', {
      service,
      database: new ExistingWorkload(base, 'teller-db', { namespace, ports }),
      url: 'jdbc:postgresql://teller-db:5433/teller',
      credentials: user('teller-owner'),
      tool: MigrationTool.flyway({ image: SCHEMA_IMAGE }),
      phase,
      gate: MigrationGate.flux(),
      timeout: Duration.seconds(240),
    });
    return { migration, job: only(Testing.synth(base) as Json[], 'Job') };
  }

  test('the Job is a plain one, of a name that changes: neither cleared away by age nor forced', () => {
    const { job } = built(true);
    expect(job.spec).not.toHaveProperty('ttlSecondsAfterFinished');
    expect(job.metadata).not.toHaveProperty('annotations');
  });

  test('the README says what the two Kustomizations must say', () => {
    expect(textOf(built(true).migration)).toContain(
      'The Kustomization of `base.yaml` says `wait: true`, `prune: true` and a `timeout` of 300 s or more. ' +
        'That of `teller.yaml` names it in `dependsOn`, and both have the same source.',
    );
    const contract = MigrationPhase.contract('4.7.0', { oldestAlive: '4.7.1' });
    expect(textOf(built(true, contract).migration)).toContain(
      'The Kustomization of `teller.yaml` says `wait: true`. That of `base.yaml` names it in `dependsOn`, says `prune: true`, and both have the same source.',
    );
  });

  test('what the Job stands on can not be in the chart of the service', () => {
    expect(() => built(false)).toThrow(
      'teller-schema.gate: the chart of the service (base) also holds the migration, its namespace, the guard of teller-db; ' +
        'put the service into a chart of its own, so that the service is applied once the Job has succeeded',
    );
    expect(() => built(false, MigrationPhase.contract('4.7.0', { oldestAlive: '4.7.1' }))).toThrow(
      'teller-schema.gate: the chart of the service (base) also holds the migration; ' +
        'put the service into a chart of its own, so that the Job is applied once the service is up',
    );
  });
});

/** What a migration adds to the README. */
function textOf(migration: DatabaseMigration): string {
  const found = migration.node.metadata.find(({ type }) => type === 'cdk8s-banking.section')!.data as { body: () => string };
  return found.body();
}

describe('the README says what to do', () => {
  const sections = (props: Parameters<typeof migrate>[1]): string => textOf(migrate(new World(), props));

  test('of an expand behind an init gate', () => {
    expect(sections({ timeout: Duration.seconds(90), retries: 2 })).toBe(
      [
        'Expand for version `4.7.0` of teller. Flyway `registry.example.com/vault/teller-schema:4.7.0` up to script version 17, at most 90 s, 3 tries.',
        'New pods of teller wait for it, up to 90 s at a time. Until it has succeeded, the old ones serve.',
        'If it failed for a reason that is gone, apply again after `kubectl delete job -n vault -l app.kubernetes.io/name=teller-schema`.',
      ].join('\n\n'),
    );
  });

  test('of a contract', () => {
    const tool = MigrationTool.liquibase({ image: SCHEMA_IMAGE, changelog: 'x.yaml', labels: 'contract' });
    expect(sections({ tool, gate: undefined, phase: MigrationPhase.contract('4.7.0', { oldestAlive: '4.7.1' }) })).toContain(
      'Contract: takes away what versions of teller before `4.7.0` needed; the oldest one alive was said to be `4.7.1`. ' +
        'Liquibase `registry.example.com/vault/teller-schema:4.7.0` up to changesets of contract, at most 600 s, 4 tries.\n\n' +
        'It runs as soon as it is applied: commit it on its own, once no pod of an older version is left.',
    );
  });

  test('of a hook of Argo CD', () => {
    expect(sections({ gate: MigrationGate.argoCd() })).toContain('Argo CD runs it in wave -1 of every sync');
  });

  test('of an expand ahead of its version', () => {
    expect(sections({ gate: READER, phase: MigrationPhase.expand('5.0.0') })).toContain(
      'No Deployment of teller runs version `5.0.0` or a newer one yet, so none waits for it.',
    );
  });
});
