/**
 * S9, configuration as variables and as files. The ConfigMap is immutable and named by its content, so that a change rolls
 * out and rolls back like an image; the other form keeps the name and leaves the restart to Stakater's Reloader. The trap is
 * variables that never change after an edit, and pruning the former ConfigMap while pods of the former version mount it.
 */
import { Chart } from 'cdk8s';
import { BankingService, ConfigurationChange, ServiceTier, ZeroTrustNamespace } from 'cdk8s-banking';
import type { Construct } from 'constructs';

export function configuration(scope: Construct): Chart {
  const chart = new Chart(scope, 's9-configuration');
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'limits' });
  const common = { namespace, port: 8080, tier: ServiceTier.SMALL };

  new BankingService(chart, 'limits', {
    ...common,
    image: 'registry.example.com/limits:1.6.0',
    configuration: {
      variables: { DAILY_LIMIT_EUR: '5000', LOG_LEVEL: 'info' },
      files: { path: '/etc/limits', content: { 'countries.yaml': 'allowed:\n  - DE\n  - FR\n' } },
    },
    secretEnv: { DB_PASSWORD: { secret: 'limits-db', key: 'password' } },
  });

  new BankingService(chart, 'limits-report', {
    ...common,
    image: 'registry.example.com/limits-report:1.2.3',
    configuration: { change: ConfigurationChange.RELOADER, variables: { REPORT_HOUR: '6' } },
  });
  return chart;
}
