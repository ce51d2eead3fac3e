/**
 * S5, autoscaling by events: KEDA watches a query and makes the HorizontalPodAutoscaler itself, with the usual behaviour.
 * The trap is `replicas` beside it, which every apply would reset: the Deployment has none. When Prometheus fails, KEDA keeps
 * the replicas named under fallback instead of guessing.
 */
import { Chart } from 'cdk8s';
import { BankingService, Platform, Scaling, ServiceTier, ZeroTrustNamespace } from 'cdk8s-banking';
import type { Construct } from 'constructs';

export function keda(scope: Construct): Chart {
  const chart = new Chart(scope, 's5-keda');
  const platform = new Platform();
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'notifications', platform });
  new BankingService(chart, 'notifications', {
    namespace,
    image: 'registry.example.com/notifications:2.2.0',
    port: 8080,
    tier: ServiceTier.SMALL,
    scaling: Scaling.keda({
      min: 3,
      max: 12,
      triggers: [
        {
          type: 'prometheus',
          name: 'requests',
          metricType: 'AverageValue',
          metadata: {
            serverAddress: platform.model.prometheus.address,
            query: 'sum(rate(istio_requests_total{reporter="destination",destination_canonical_service="notifications"}[2m]))',
            // Requests a second for each pod.
            threshold: '50',
            // An empty answer is a failure, not a zero that scales down.
            ignoreNullValues: 'false',
          },
        },
      ],
      fallback: { failureThreshold: 3, replicas: 6 },
    }),
  });
  return chart;
}
