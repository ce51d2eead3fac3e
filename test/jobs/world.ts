import {
  DatabaseMigration,
  type DatabaseMigrationProps,
  ExistingWorkload,
  MigrationGate,
  MigrationPhase,
  MigrationTool,
  PortProtocol,
} from '../../lib';
import type { World } from '../banking-service/world';

export const SCHEMA_IMAGE = 'registry.example.com/vault/teller-schema:4.7.0';

export const user = (secret: string) => ({ username: { secret, key: 'name' }, password: { secret, key: 'word' } });

export const READER = MigrationGate.init({ credentials: user('teller-reader') });

/** A database that something else runs in the world's namespace. */
export function database(world: World): ExistingWorkload {
  const found = world.chart.node.tryFindChild('teller-db') as ExistingWorkload | undefined;
  return (
    found ??
    new ExistingWorkload(world.chart, 'teller-db', {
      namespace: world.namespace,
      ports: [{ port: 5433, protocol: PortProtocol.TCP, name: 'postgres' }],
    })
  );
}

/** An expand for version 4.7.0 of the teller, which runs 4.7.1, but for the props that are given. */
export function migrate(world: World, props: Partial<DatabaseMigrationProps> = {}, id = 'teller-schema'): DatabaseMigration {
  return new DatabaseMigration(world.chart, id, {
    url: 'jdbc:postgresql://teller-db:5433/teller',
    credentials: user('teller-owner'),
    tool: MigrationTool.flyway({ image: SCHEMA_IMAGE, target: '17' }),
    phase: MigrationPhase.expand('4.7.0'),
    gate: READER,
    ...props,
    service: props.service ?? world.service('teller'),
    database: props.database ?? database(world),
  });
}
