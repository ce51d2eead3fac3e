/** A ConfigMap that Grafana's sidecar writes to a file: the key is its name, and no other dashboard of the folder may have it. */
export function dashboardConfigMap(uid: string, text: string): { readonly data: Readonly<Record<string, string>> } {
  return { data: { [`${uid}.json`]: text } };
}

/** What the sidecar and those who apply the ConfigMap read. */
export function dashboardAnnotations(folder: string): Readonly<Record<string, string>> {
  return {
    // https://github.com/grafana-community/helm-charts/blob/main/charts/grafana/README.md#sidecar-for-dashboards
    grafana_folder: folder,
    // Grafana's variables look like Flux's.
    // https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution
    'kustomize.toolkit.fluxcd.io/substitute': 'disabled',
  };
}
