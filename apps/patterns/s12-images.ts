/**
 * S12, images: by digest, from a registry that asks for credentials. The tag beside the digest is for readers, and becomes
 * the version label. The trap is `latest`, no tag, or one that moves: a rollback would not roll back. All three are errors.
 */
import { Chart } from 'cdk8s';
import { BankingService, ServiceTier, ZeroTrustNamespace } from 'cdk8s-banking';
import type { Construct } from 'constructs';

export function images(scope: Construct): Chart {
  const chart = new Chart(scope, 's12-images');
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'vendor' });
  new BankingService(chart, 'screening', {
    namespace,
    image: 'vendor.example.net/sanctions/screening:9.4.0@sha256:3b1f0a6c5d2e4f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f8',
    imagePullSecrets: ['vendor-registry'],
    // The digest says which image it is; a node that has it need not ask again. Who may have it is then asked once a node.
    imagePullPolicy: 'IfNotPresent',
    port: 8080,
    tier: ServiceTier.SMALL,
  });
  return chart;
}
