import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import * as crds from '../../../imports';
import { ConfigError } from '../../kernel/errors';
import { MANAGED_BY, MANAGED_BY_LABEL, PART_OF_LABEL } from '../../kernel/labels';
import { define, handOver } from '../../kube';
import type { StackModel } from '../model';
import { dashboardsOf } from './dashboards-of';
import { grafanaDashboard } from './grafana';
import { dashboardText } from './json-text';
import { dashboardAnnotations, dashboardConfigMap } from './resources/config-map';
import { grafanaDashboardSpec } from './resources/grafana-dashboard';

/**
 * The most that an annotation may hold: a client-side apply keeps the whole object in one.
 * https://github.com/kubernetes/kubernetes/blob/v1.35.0/staging/src/k8s.io/apimachinery/pkg/api/validation/objectmeta.go (TotalAnnotationSizeLimitB)
 */
const MOST_BYTES = 256 * 1024;

/** The dashboards of a stack, in the way in which they come to Grafana. */
export function attachDashboards(stack: Construct, model: StackModel): void {
  const { kind, folder = model.name } = model.dashboards;
  if (kind === 'none') return;
  const { grafana } = model.platform;
  const home = model.namespaces[0]!;
  const labels = { [MANAGED_BY_LABEL]: MANAGED_BY, [PART_OF_LABEL]: home };
  for (const dashboard of dashboardsOf(model)) {
    const { uid } = dashboard;
    const json = dashboardText(grafanaDashboard(dashboard, model.name, model.context.links));
    small(stack.node.path, uid, json);
    if (kind === 'configMaps') {
      const annotations = dashboardAnnotations(folder);
      const metadata = { name: `dashboard-${uid}`, namespace: grafana.namespace, annotations };
      handOver(
        define(
          stack,
          `dashboard-${dashboard.kind}`,
          k8s.KubeConfigMap,
          { ...metadata, labels: { ...labels, ...grafana.dashboardLabels } },
          () => dashboardConfigMap(uid, json),
        ),
        grafana.namespace,
      );
    } else {
      const { GrafanaDashboard } = crds.grafanaIntegreatlyOrg();
      const { 'kustomize.toolkit.fluxcd.io/substitute': substitute } = dashboardAnnotations(folder);
      const annotations = { 'kustomize.toolkit.fluxcd.io/substitute': substitute };
      define(stack, `dashboard-${dashboard.kind}`, GrafanaDashboard, { name: uid, namespace: home, labels, annotations }, () => ({
        spec: grafanaDashboardSpec(
          { uid, folder, instance: grafana.instanceSelector, elsewhere: grafana.namespace !== home },
          json,
        ),
      }));
    }
  }
}

/** @throws ConfigError when the object would be too large to be applied */
export function small(where: string, uid: string, json: string): void {
  // Quotes and line ends are escaped once more in the annotation.
  const bytes = Buffer.byteLength(JSON.stringify(json)) + 2048;
  if (bytes <= MOST_BYTES) return;
  throw new ConfigError([
    {
      where,
      what: `dashboard ${uid} takes ${Math.ceil(bytes / 1024)} KiB, and a client-side apply takes ${MOST_BYTES / 1024}; watch the services by several stacks, each with a name of its own`,
    },
  ]);
}
