import {
  type DatabaseMigration,
  ExistingWorkload,
  ExternalHost,
  MigrationGate,
  MigrationPhase,
  MigrationTool,
  PortProtocol,
  Reach,
  Release,
} from '../../lib';
import { notesOn } from '../../lib/kube';
import { type Json, World } from '../banking-service/world';
import { READER, SCHEMA_IMAGE, migrate } from '../jobs/world';

type Props = Parameters<typeof migrate>[1];

const CONTRACT = { phase: MigrationPhase.contract('4.7.0', { oldestAlive: '4.7.1' }), gate: undefined };

describe('whom it calls', () => {
  const ports = [
    { port: 5433, protocol: PortProtocol.TCP, name: 'first' },
    { port: 6432, protocol: PortProtocol.TCP, name: 'pool' },
  ];
  const egress = (world: World, name: string): number[] =>
    world.one('NetworkPolicy', name).spec.egress.flatMap((rule: Json) => rule.ports.map(({ port }: Json) => port));

  test('the database at the port that is named, and so do the pods that wait', () => {
    const world = new World();
    const database = new ExistingWorkload(world.chart, 'pooled-db', { namespace: world.namespace, ports });
    migrate(world, { database, port: 6432 });
    expect([egress(world, 'teller-schema'), egress(world, 'teller')]).toEqual([[6432], [6432]]);
  });

  test('what it is let call beside the database; its pods do not', () => {
    const world = new World();
    const vault = world.service('vault-agent', { port: 8200 });
    const migration = migrate(world);
    expect(migration.allowTo(vault, { methods: ['GET'], paths: ['/v1/creds'] })).toBe(migration);
    expect([egress(world, 'teller-schema'), egress(world, 'teller')]).toEqual([[5433, 8200], [5433]]);
    expect(world.one('AuthorizationPolicy', 'vault-agent').spec.rules).toEqual([
      {
        from: [{ source: { principals: ['cluster.local/ns/vault/sa/teller-schema'] } }],
        to: [{ operation: { methods: ['GET'], paths: ['/v1/creds'], ports: ['8200'] } }],
      },
    ]);
    expect(migration.object('Job')).toBe(migration.job);
  });

  test('a database outside of the cluster, before all the rest: it has no guards to wait for', () => {
    const world = new World();
    const database = ExternalHost.tcp('db.example.com', { port: 5432, reach: Reach.cidrs('10.90.1.0/28') });
    migrate(world, { database, gate: MigrationGate.argoCd() });
    expect(egress(world, 'teller-schema')).toEqual([5432]);
    expect(world.one('Job').metadata.annotations['argocd.argoproj.io/sync-wave']).toBe('-1');
  });
});

describe('what has to be there before', () => {
  const texts = (migration: DatabaseMigration) => notesOn(migration).map(({ kind, text }) => `${kind}: ${text}`);
  const gate = MigrationGate.init({
    credentials: { username: { secret: 'reader-name', key: 'a' }, password: { secret: 'reader-word', key: 'b' } },
  });

  test('the Secrets of pods that wait, and nodes on which they can', () => {
    expect(texts(migrate(new World(), { gate }))).toEqual([
      'prerequisite: Every node runs Kubernetes 1.29 or newer: pods of teller wait for teller-schema behind a native sidecar.',
      'prerequisite: Secret reader-name is in namespace vault before teller starts: its pods look for teller-schema with it.',
      'prerequisite: Secret reader-word is in namespace vault before teller starts: its pods look for teller-schema with it.',
    ]);
  });

  test('Secrets that Flagger leaves alone, where it releases the service', () => {
    const world = new World();
    const service = world.service('teller', { release: Release.canary() });
    expect(texts(migrate(world, { gate: READER, service }))).toEqual([
      'prerequisite: Every node runs Kubernetes 1.29 or newer: pods of teller wait for teller-schema behind a native sidecar.',
      'prerequisite: Secret teller-reader is in namespace vault before teller starts: its pods look for teller-schema with it.',
      'prerequisite: Secret teller-reader in namespace vault carries the annotation flagger.app/config-tracking: disabled; ' +
        'otherwise teller runs on a copy of it, which gets a new value with the next release only.',
    ]);
  });

  test('nothing of the service, where none of its pods wait', () => {
    expect(texts(migrate(new World(), { gate: MigrationGate.argoCd() }))).toEqual([]);
  });
});

describe('pods that wait', () => {
  const scripts = { 'V17__iban.sql': 'SELECT 1;' };

  test('have room of their own to write, and read the scripts', () => {
    const world = new World();
    migrate(world, { tool: MigrationTool.flyway({ image: SCHEMA_IMAGE, scripts }) });
    const { initContainers, volumes } = world.one('Deployment').spec.template.spec;
    expect(initContainers[0].volumeMounts).toEqual([
      { mountPath: '/tmp', name: 'teller-schema-tmp' },
      { mountPath: '/migrations', name: 'teller-schema-scripts', readOnly: true },
    ]);
    expect(volumes.map(({ name }: Json) => name)).toEqual(expect.arrayContaining(['teller-schema-scripts', 'teller-schema-tmp']));
  });

  test('keep the annotations that they have', () => {
    const world = new World();
    migrate(world, { service: world.service('teller', { podAnnotations: { 'example.com/ticket': 'CHG-17' } }) });
    expect(world.one('Deployment').spec.template.metadata.annotations).toMatchObject({
      'example.com/ticket': 'CHG-17',
      'sidecar.istio.io/nativeSidecar': 'true',
    });
  });

  test('scripts of a contract are of no use to them', () => {
    const world = new World();
    migrate(world, { ...CONTRACT, tool: MigrationTool.flyway({ image: SCHEMA_IMAGE, scripts }) });
    expect(world.one('ConfigMap').metadata.annotations).toEqual({ 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' });
    expect(world.one('Deployment').spec.template.spec).not.toHaveProperty('initContainers');
  });
});

describe('the README says how', () => {
  function paragraphs(props: Props, service?: (world: World) => NonNullable<Props>['service']): string[] {
    const world = new World();
    const { node } = migrate(world, { ...props, service: service?.(world) });
    const found = node.metadata.find(({ type }) => type === 'cdk8s-banking.section')!.data as { body: () => string };
    return found.body().split('\n\n').slice(1);
  }

  test('Argo CD runs an expand', () => {
    expect(paragraphs({ gate: MigrationGate.argoCd() })).toEqual([
      'Argo CD runs it in wave -1 of every sync, after its namespace, its guards and those of the database, and before all the rest. ' +
        'The database and the Secrets have to be there by then: in another Application, or in an earlier wave.',
      'If it failed for a reason that is gone, sync again.',
    ]);
  });

  test('Argo CD runs a contract', () => {
    expect(paragraphs({ ...CONTRACT, gate: MigrationGate.argoCd() })).toEqual([
      'Argo CD runs it at the end of every sync, once all is healthy.',
      'If it failed for a reason that is gone, sync again.',
    ]);
  });

  test('several Deployments wait', () => {
    const release = () => Release.weighted({ canary: { image: 'registry.example.com/teller:4.8.0' }, weight: 10 });
    const [how] = paragraphs({}, (world) => world.service('teller', { release: release() }));
    expect(how).toBe(
      'New pods of teller, teller-canary wait for it, up to 600 s at a time. Until it has succeeded, the old ones serve.',
    );
  });
});

test('a place in the same Secret under another key is another user', () => {
  const at = (key: string) => ({ username: { secret: 'teller-db', key: `${key}-name` }, password: { secret: 'teller-db', key } });
  expect(() =>
    migrate(new World(), { credentials: at('owner'), gate: MigrationGate.init({ credentials: at('reader') }) }),
  ).not.toThrow();
});
