/**
 * Z2, mutual TLS in a migration: a namespace that still takes plain text until a day, with the reason, and beside it one that
 * is strict except for one port. The trap is a PERMISSIVE that stays for ever, and a scrape or probe in plain text that fails
 * once it goes: metrics are merged on 15020 and probes are rewritten, so that neither needs an exception.
 */
import { Chart } from 'cdk8s';
import { BankingService, Mtls, PortProtocol, ServiceTier, ZeroTrustNamespace } from 'cdk8s-banking';
import type { Construct } from 'constructs';

export function mtlsMigration(scope: Construct): Chart {
  const chart = new Chart(scope, 'z2-mtls-migration');
  new ZeroTrustNamespace(chart, 'migrating', {
    name: 'mortgages',
    mtls: Mtls.migrate({ until: '2027-03-31', reason: 'The batch hosts of the old data centre have no proxy yet' }),
  });

  const strict = new ZeroTrustNamespace(chart, 'strict', { name: 'branches' });
  new BankingService(chart, 'printing', {
    namespace: strict,
    image: 'registry.example.com/printing:1.0.9',
    port: 8080,
    ports: [{ port: 9100, protocol: PortProtocol.TCP, name: 'jobs' }],
    tier: ServiceTier.SMALL,
    mtlsExceptions: [{ port: 9100, reason: 'Printers in the branches speak no TLS; replaced with the next contract' }],
  });
  return chart;
}
