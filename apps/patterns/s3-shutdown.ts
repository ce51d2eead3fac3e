/**
 * S3, graceful stop, on a platform of today and on Kubernetes 1.28. The pod waits while proxies and nodes learn that it
 * goes, then drains; the grace period is the sum of both and a margin. The trap is a grace period of 30 s for a drain of
 * 60 s, and a `sleep` program that a distroless image does not have: newer clusters sleep by themselves.
 */
import { Chart, Duration } from 'cdk8s';
import { BankingService, Platform, ServiceTier, ZeroTrustNamespace } from 'cdk8s-banking';
import type { Construct } from 'constructs';

export function shutdown(scope: Construct): Chart {
  const chart = new Chart(scope, 's3-shutdown');
  const service = {
    image: 'registry.example.com/transfers:6.2.0',
    port: 8080,
    tier: ServiceTier.SMALL,
  };
  const drain = Duration.seconds(60);

  const today = new ZeroTrustNamespace(chart, 'today', { name: 'transfers', platform: new Platform({ kubernetes: '1.34' }) });
  new BankingService(chart, 'transfers', { ...service, namespace: today, shutdown: { drain } });

  const former = new ZeroTrustNamespace(chart, 'former', {
    name: 'transfers-1-28',
    platform: new Platform({ kubernetes: '1.28', istio: { version: '1.23' } }),
  });
  new BankingService(chart, 'transfers-1-28', {
    ...service,
    namespace: former,
    // The image is distroless: its own program does the waiting.
    shutdown: { drain, preStop: Duration.seconds(20), preStopCommand: ['/app/transfers', 'wait', '20s'] },
  });
  return chart;
}
