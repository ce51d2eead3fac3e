import { show } from '../../kernel/errors';
import type { StackModel } from '../model';

/** What must be true for the dashboards to be seen, a sentence each. */
export function dashboardPrerequisites(model: StackModel): string[] {
  const { kind, folder = model.name } = model.dashboards;
  const { namespace, dashboardLabels, instanceSelector } = model.platform.grafana;
  const labels = (of: Readonly<Record<string, string>>) =>
    Object.entries(of)
      .map(([key, value]) => `${key}=${value}`)
      .join(', ');
  if (kind === 'none') return [];
  const loads =
    kind === 'configMaps'
      ? `Grafana's sidecar loads ConfigMaps with the label ${labels(dashboardLabels)} in namespace ${namespace}, and takes their folder, ${show(folder)}, from the annotation grafana_folder.`
      : `The Grafana operator watches namespace ${model.namespaces[0]!}, and a Grafana in namespace ${namespace} has the label ${labels(instanceSelector)}.`;
  return [
    loads,
    "Grafana's data source of type prometheus is told the interval of the scrapes, by which the dashboards choose the window of a rate.",
  ];
}
