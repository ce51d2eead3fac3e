import type { GrafanaDashboardSpec } from '../../../../imports/grafana.integreatly.org';

/** https://grafana.github.io/grafana-operator/docs/api/#grafanadashboardspec */
export function grafanaDashboardSpec(
  props: {
    readonly uid: string;
    readonly folder: string;
    /** Labels of the Grafana that it is for. */
    readonly instance: Readonly<Record<string, string>>;
    /** Whether that Grafana stands in another namespace. */
    readonly elsewhere: boolean;
  },
  json: string,
): GrafanaDashboardSpec {
  return {
    instanceSelector: { matchLabels: { ...props.instance } },
    // By default the operator looks for a Grafana in the namespace of the dashboard only.
    allowCrossNamespaceImport: props.elsewhere || undefined,
    folder: props.folder,
    uid: props.uid,
    json,
  };
}
