/**
 * R11, database migration under Argo CD: a hook in the wave before all the rest, by Liquibase, with a changelog that comes with the
 * manifests. The trap is a PreSync hook, which runs before its own service account, ConfigMap and NetworkPolicy are there, so that
 * the first sync waits for ever: here all that it stands on is in its wave.
 */
import { Chart } from 'cdk8s';
import {
  BankingService,
  DatabaseMigration,
  ExternalHost,
  MigrationGate,
  MigrationPhase,
  MigrationTool,
  Reach,
  ZeroTrustNamespace,
} from 'cdk8s-banking';
import type { Construct } from 'constructs';

const CHANGELOG = `--liquibase formatted sql
--changeset pensions:9 labels:expand
ALTER TABLE pension ADD COLUMN interest_model varchar(32);
`;

export function migrationByArgoCd(scope: Construct): Chart {
  const chart = new Chart(scope, 'r11-argo-cd');
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'pensions' });
  const pensions = new BankingService(chart, 'pensions', {
    namespace,
    image: 'registry.example.com/pensions:3.1.0',
    port: 8080,
  });
  const host = 'pensions.db.example.com';
  new DatabaseMigration(chart, 'pensions-schema', {
    service: pensions,
    database: ExternalHost.tcp(host, { port: 5432, reach: Reach.cidrs('10.90.12.0/28') }),
    url: `jdbc:postgresql://${host}:5432/pensions?sslmode=verify-full`,
    credentials: {
      username: { secret: 'pensions-owner', key: 'username' },
      password: { secret: 'pensions-owner', key: 'password' },
    },
    tool: MigrationTool.liquibase({
      image: 'registry.example.com/liquibase-postgresql:4.33.0',
      changelog: 'changelog.sql',
      scripts: { 'changelog.sql': CHANGELOG },
    }),
    phase: MigrationPhase.expand('3.1.0'),
    gate: MigrationGate.argoCd(),
  });
  return chart;
}
