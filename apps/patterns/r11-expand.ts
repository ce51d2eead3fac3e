/**
 * R11, database migration, its first half: what a version needs is added before its pods are ready, and older versions keep working
 * with it. The trap is a Job beside the Deployment that nobody waits for: the new pods meet the old schema. Here they wait in an
 * init container, behind the proxy, until Flyway finds the schema there; if it never is, the old ones go on serving.
 */
import { Chart } from 'cdk8s';
import {
  BankingService,
  DatabaseMigration,
  ExistingWorkload,
  MigrationGate,
  MigrationPhase,
  MigrationTool,
  PortProtocol,
  ZeroTrustNamespace,
} from 'cdk8s-banking';
import type { Construct } from 'constructs';

const credentials = (secret: string) => ({ username: { secret, key: 'username' }, password: { secret, key: 'password' } });

export function expand(scope: Construct): Chart {
  const chart = new Chart(scope, 'r11-expand');
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'escrow' });
  const escrow = new BankingService(chart, 'escrow', {
    namespace,
    image: 'registry.example.com/escrow:7.3.0',
    port: 8080,
  });
  const database = new ExistingWorkload(chart, 'escrow-db', {
    namespace,
    ports: [{ port: 5432, protocol: PortProtocol.TCP, name: 'postgres' }],
  });
  new DatabaseMigration(chart, 'escrow-expand', {
    service: escrow,
    database,
    url: 'jdbc:postgresql://escrow-db:5432/escrow',
    credentials: credentials('escrow-owner'),
    tool: MigrationTool.flyway({ image: 'registry.example.com/escrow-schema:7.3.0', target: '14' }),
    phase: MigrationPhase.expand('7.3.0'),
    gate: MigrationGate.init({ credentials: credentials('escrow-reader') }),
  });
  return chart;
}
