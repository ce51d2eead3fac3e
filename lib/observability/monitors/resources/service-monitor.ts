import * as crds from '../../../../imports';
import type { ServiceMonitorSpec } from '../../../../imports/monitoring.coreos.com';
import type { ScrapeModel } from '../monitors';
import type { Scraped } from '../scraped';
import { POD_TARGET_LABELS, PROXY_PORT, RELABELINGS, type Relabeling, endpoint } from './target';

/**
 * Prometheus looks at the further ports of pods that a Service leads to, the proxy's among them.
 * https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.ServiceMonitor
 */
export function serviceMonitor(model: ScrapeModel, { services }: Scraped): ServiceMonitorSpec {
  // By name, whatever labels the Services of others have.
  const named: Relabeling = { sourceLabels: ['__meta_kubernetes_service_name'], action: 'keep', regex: services.join('|') };
  const spec = {
    selector: {},
    podTargetLabels: [...POD_TARGET_LABELS],
    sampleLimit: model.sampleLimit,
    endpoints: [
      {
        targetPort: crds.monitoringCoreosCom().ServiceMonitorSpecEndpointsTargetPort.fromString(PROXY_PORT),
        ...endpoint(model),
        relabelings: [named, ...RELABELINGS],
      },
    ],
  };
  return spec as ServiceMonitorSpec;
}
