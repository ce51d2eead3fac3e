/**
 * S4, security context: no root, no escalation, no capabilities, a root file system that can't be written, and the few
 * folders that can. The trap is user 1337: that is the proxy's, whose traffic is not intercepted, so a container that runs
 * as it walks past the mesh. It is an error, as is everything below 1000.
 */
import { Chart } from 'cdk8s';
import { BankingService, ServiceTier, ZeroTrustNamespace } from 'cdk8s-banking';
import type { Construct } from 'constructs';

export function securityContext(scope: Construct): Chart {
  const chart = new Chart(scope, 's4-security-context');
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'documents' });
  new BankingService(chart, 'documents', {
    namespace,
    image: 'registry.example.com/documents:4.0.3',
    port: 8080,
    tier: ServiceTier.SMALL,
    // The image was built for user 1000. /tmp can always be written.
    security: { user: 1000, group: 1000, writablePaths: ['/var/cache/fonts'] },
    resources: { ephemeralStorage: '2Gi' },
    // Mode 0440, owned by the group above: readable by this container, and by nobody else.
    secretFiles: [{ secret: 'documents-signing', path: '/etc/documents/signing' }],
  });
  return chart;
}
