import type { Construct } from 'constructs';
import * as crds from '../../../imports';
import { ownLabels } from '../../kernel/labels';
import { define } from '../../kube';
import type { StackModel } from '../model';
import { podMonitor } from './resources/pod-monitor';
import { serviceMonitor } from './resources/service-monitor';

/** A monitor for each service, beside it. Those of gateways and controllers are their owners'. */
export function attachMonitors(stack: Construct, { services, monitors, platform }: StackModel): void {
  if (monitors.kind !== 'pods' && monitors.kind !== 'services') return;
  const { PodMonitor, ServiceMonitor } = crds.monitoringCoreosCom();
  for (const { head } of services) {
    const { name, namespace, scraped } = head;
    const labels = { ...ownLabels(name, namespace), ...platform.prometheus.discoveryLabels };
    const id = `monitor-${namespace}-${name}`;
    if (monitors.kind === 'pods') {
      define(stack, id, PodMonitor, { name, namespace, labels }, () => ({ spec: podMonitor(monitors, scraped) }));
    } else {
      define(stack, id, ServiceMonitor, { name, namespace, labels }, () => ({ spec: serviceMonitor(monitors, scraped) }));
    }
  }
}
