import type { PlatformModel } from '../platform/model';
import { SidecarMode } from '../platform/props';
import type { ServiceModel } from './model';

/**
 * What the proxy of a pod must know. The first two settings matter where the proxy is an ordinary container: the application
 * waits for it, and it outlives the application. A native sidecar does both by itself and ignores them, so one set of annotations
 * is right in both forms. The third calls a service the same in the traces of every track: by the label `app`, which Istio takes
 * unless it is told otherwise, Flagger's primary is another service, where Kiali does not look for traces.
 * https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#ProxyConfig
 */
export function podAnnotations(model: ServiceModel, { istio }: PlatformModel): Record<string, string> {
  const { metrics } = model.health.props;
  const { sidecar } = istio;
  return {
    'proxy.istio.io/config': [
      'holdApplicationUntilProxyStarts: true',
      `terminationDrainDuration: ${model.shutdown.proxyDrain}s`,
      'tracingServiceName: CANONICAL_NAME_AND_NAMESPACE',
      '',
    ].join('\n'),
    ...(sidecar === SidecarMode.AUTO ? {} : { 'sidecar.istio.io/nativeSidecar': String(sidecar === SidecarMode.NATIVE) }),
    // The agent scrapes the application inside the pod and serves both sets of metrics on 15020, which needs no mTLS.
    ...(metrics
      ? {
          'prometheus.io/scrape': 'true',
          'prometheus.io/port': String(metrics.port ?? model.ports[0]!.targetPort),
          'prometheus.io/path': metrics.path,
        }
      : {}),
  };
}
