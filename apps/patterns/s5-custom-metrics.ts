/**
 * S5, autoscaling by a metric of the application beside CPU and memory of its own container. The trap is a Resource metric,
 * which averages over the whole pod, the proxy included; ContainerResource does not. A metric of type Pods needs an adapter
 * for custom.metrics.k8s.io in the cluster.
 */
import { Chart, Duration } from 'cdk8s';
import { BankingService, Scaling, ZeroTrustNamespace } from 'cdk8s-banking';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';

export function customMetrics(scope: Construct): Chart {
  const chart = new Chart(scope, 's5-custom-metrics');
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'clearing' });
  new BankingService(chart, 'clearing', {
    namespace,
    image: 'registry.example.com/clearing:8.1.0',
    port: 8080,
    scaling: Scaling.horizontal({
      min: 3,
      max: 10,
      memory: 80,
      metrics: [
        {
          type: 'Pods',
          pods: {
            metric: { name: 'clearing_batches_waiting' },
            target: { type: 'AverageValue', averageValue: k8s.Quantity.fromString('30') },
          },
        },
      ],
      downStabilization: Duration.minutes(10),
    }),
  });
  return chart;
}
