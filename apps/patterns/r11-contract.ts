/**
 * R11, database migration, its second half: what only older versions needed goes, in a commit of its own. The trap is to commit it
 * with the release: the old version is still serving when its column goes. Here it is an error while an older version is alive, in
 * the manifests or by the word of whoever commits it.
 */
import { Chart } from 'cdk8s';
import {
  BankingService,
  DatabaseMigration,
  ForeignWorkload,
  MigrationPhase,
  MigrationTool,
  Platform,
  ZeroTrustNamespace,
} from 'cdk8s-banking';
import type { Construct } from 'constructs';

export function contract(scope: Construct): Chart {
  const chart = new Chart(scope, 'r11-contract');
  const platform = new Platform();
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'custody', platform });
  const custody = new BankingService(chart, 'custody', {
    namespace,
    image: 'registry.example.com/custody:2.9.1',
    port: 8080,
  });
  new DatabaseMigration(chart, 'custody-contract', {
    service: custody,
    database: ForeignWorkload.postgres({ platform, namespace: 'databases', name: 'custody-db' }),
    url: 'jdbc:postgresql://custody-db.databases:5432/custody',
    credentials: {
      username: { secret: 'custody-owner', key: 'username' },
      password: { secret: 'custody-owner', key: 'password' },
    },
    // The image that the expand had, with one script more.
    tool: MigrationTool.flyway({ image: 'registry.example.com/custody-schema:2.9.0', target: '32' }),
    phase: MigrationPhase.contract('2.9.0', { oldestAlive: '2.9.0' }),
  });
  return chart;
}
