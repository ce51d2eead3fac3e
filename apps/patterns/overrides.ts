/**
 * What no prop offers: a volume through cdk8s-plus, a JSON patch, a strategic merge that knows containers by their name, and
 * a patch that is typed. The trap is an override that is lost in silence, or that a generated class filters away until a
 * NetworkPolicy is open: here nothing filters it, and one that changes nothing is an error.
 */
import { Chart, JsonPatch, Size } from 'cdk8s';
import { BankingService, Overrides, ServiceTier, ZeroTrustNamespace } from 'cdk8s-banking';
import { k8s, Volume } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';

export function overrides(scope: Construct): Chart {
  const chart = new Chart(scope, 'overrides');
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'archive' });
  const archive = new BankingService(chart, 'archive', {
    namespace,
    image: 'registry.example.com/archive:3.0.1',
    port: 8080,
    tier: ServiceTier.SMALL,
  });

  // cdk8s-plus, as always: the volume appears in the Deployment.
  const cache = Volume.fromEmptyDir(chart, 'cache', 'cache', { sizeLimit: Size.mebibytes(512) });
  archive.container.mount('/var/cache/archive', cache);

  Overrides.of(archive.deployment)
    .merge({
      spec: { template: { spec: { containers: [{ name: 'archive', terminationMessagePolicy: 'FallbackToLogsOnError' }] } } },
    })
    .typed(k8s.KubeDeployment, { spec: { revisionHistoryLimit: 3 } });
  Overrides.of(archive.object('DestinationRule')).jsonPatch(
    JsonPatch.replace('/spec/trafficPolicy/loadBalancer', { consistentHash: { httpHeaderName: 'x-customer-id' } }),
  );
  return chart;
}
