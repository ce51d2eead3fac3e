/**
 * O1, metrics. Each pod is scraped once, on every track of its release: the agent beside its proxy answers in plain text, on a port
 * that neither mTLS nor the application's own port stands before, for the proxy and for the application. The traps are a PodMonitor
 * by a port that no container declares, which finds nothing; a Service and the one of its primary, which find the same pods twice;
 * and a monitor without the label by which the installed Prometheus looks for monitors, which nobody ever sees.
 */
import { Chart, Duration } from 'cdk8s';
import {
  BankingService,
  Health,
  Monitors,
  ObservabilityStack,
  ObservedService,
  Platform,
  Release,
  Scaling,
  ZeroTrustNamespace,
} from 'cdk8s-banking';
import type { Construct } from 'constructs';

export function monitors(scope: Construct): Chart {
  const chart = new Chart(scope, 'o1-monitors');
  const platform = new Platform({ prometheus: { discoveryLabels: { prometheus: 'bank' } } });
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'remittances', platform });
  const remittances = new BankingService(chart, 'remittances', {
    namespace,
    image: 'registry.example.com/remittances:6.4.0',
    port: 8080,
    health: Health.healthz({ metrics: { path: '/metrics', port: 9464 } }),
    scaling: Scaling.horizontal({ min: 3, max: 9 }),
    release: Release.canary(),
  });
  const objective = { availability: 99.9 };
  new ObservabilityStack(chart, 'observability', {
    services: [remittances],
    objective,
    monitors: Monitors.podMonitors({
      interval: Duration.seconds(15),
      drop: ['istio_request_bytes_bucket', 'istio_response_bytes_bucket'],
    }),
  });
  // Somebody else's, released by Flagger too, in a cluster whose Prometheus reads no PodMonitors.
  new ObservabilityStack(chart, 'of-others', {
    services: [ObservedService.of({ name: 'core', namespace: 'core-banking', canary: 'core' })],
    platform,
    objective,
    monitors: Monitors.serviceMonitors(),
  });
  return chart;
}
