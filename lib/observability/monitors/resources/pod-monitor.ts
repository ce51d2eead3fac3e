import type { PodMonitorSpec } from '../../../../imports/monitoring.coreos.com';
import type { ScrapeModel } from '../monitors';
import type { Scraped } from '../scraped';
import { POD_TARGET_LABELS, PROXY_PORT, RELABELINGS, endpoint } from './target';

/** https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PodMonitor */
export function podMonitor(model: ScrapeModel, { podLabels }: Scraped): PodMonitorSpec {
  const spec = {
    selector: { matchLabels: { ...podLabels } },
    podTargetLabels: [...POD_TARGET_LABELS],
    sampleLimit: model.sampleLimit,
    podMetricsEndpoints: [{ port: PROXY_PORT, ...endpoint(model), relabelings: [...RELABELINGS] }],
  };
  return spec as PodMonitorSpec;
}
