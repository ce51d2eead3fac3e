/**
 * O5, access logs: lines of JSON with the version in each, of what failed, was refused or was slow; of a service that auditors
 * ask about, of every request, in a format of its own. The traps: `response.code >= 400` alone, which is silent about what mTLS
 * or an AuthorizationPolicy refused on a connection of bytes, about gRPC, and about calls that arrive nowhere; a second Telemetry
 * in a namespace, which Istio passes over; the path with its query, in which account numbers stand.
 */
import { Chart, Duration } from 'cdk8s';
import { AccessLogs, BankingService, ObservabilityStack, ServiceTier, ZeroTrustNamespace } from 'cdk8s-banking';
import type { Construct } from 'constructs';

export function accessLogs(scope: Construct): Chart {
  const chart = new Chart(scope, 'o5-access-logs');
  const service = (name: string) =>
    new BankingService(chart, name, {
      namespace: new ZeroTrustNamespace(chart, `${name}-namespace`, { name }),
      image: `registry.example.com/${name}:1.0.4`,
      port: 8080,
      tier: ServiceTier.SMALL,
    });

  // Slow is what breaks the promise: 400 ms.
  new ObservabilityStack(chart, 'confirmations-observability', {
    services: [service('confirmations')],
    objective: { availability: 99.9, p99: Duration.millis(400) },
  });

  new ObservabilityStack(chart, 'limit-changes-observability', {
    services: [service('limit-changes')],
    objective: { availability: 99.9 },
    telemetry: { accessLogs: AccessLogs.all({ mode: 'SERVER', provider: 'audit', quietPaths: ['/healthz', '/readyz'] }) },
  });
  return chart;
}
