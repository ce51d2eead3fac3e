/** One bundle of CRDs: where upstream keeps it, at which tag, and which of its kinds we take. */
export interface Source {
  /** Used in messages and in the table of `imports/README.md`. */
  readonly name: string;
  /** `owner/name` of the upstream repository. */
  readonly repo: string;
  readonly tag: string;
  /** SPDX identifier of the upstream licence: the generated files derive from upstream's. */
  readonly licence: string;
  /** Paths inside the repository at that tag. Several are concatenated into `file`, as YAML documents. */
  readonly paths: readonly string[];
  /** Name of the file in the input folder. */
  readonly file: string;
  /** `kind.group`: written out, so that an upgrade which loses or renames a kind fails. */
  readonly kinds: readonly string[];
}

/** The only place that names a version of anything upstream. */
export const SOURCES: readonly Source[] = [
  {
    name: 'Istio',
    repo: 'istio/istio',
    tag: '1.30.3',
    licence: 'Apache-2.0',
    paths: ['manifests/charts/base/files/crd-all.gen.yaml'],
    file: 'istio.yaml',
    kinds: [
      'TrafficExtension.extensions.istio.io',
      'WasmPlugin.extensions.istio.io',
      'DestinationRule.networking.istio.io',
      'EnvoyFilter.networking.istio.io',
      'Gateway.networking.istio.io',
      'ProxyConfig.networking.istio.io',
      'ServiceEntry.networking.istio.io',
      'Sidecar.networking.istio.io',
      'VirtualService.networking.istio.io',
      'WorkloadEntry.networking.istio.io',
      'WorkloadGroup.networking.istio.io',
      'AuthorizationPolicy.security.istio.io',
      'PeerAuthentication.security.istio.io',
      'RequestAuthentication.security.istio.io',
      'Telemetry.telemetry.istio.io',
    ],
  },
  {
    name: 'Flagger',
    repo: 'fluxcd/flagger',
    tag: 'v1.44.0',
    licence: 'Apache-2.0',
    paths: ['artifacts/flagger/crd.yaml'],
    file: 'flagger.yaml',
    kinds: ['AlertProvider.flagger.app', 'Canary.flagger.app', 'MetricTemplate.flagger.app'],
  },
  {
    name: 'cert-manager',
    repo: 'cert-manager/cert-manager',
    tag: 'v1.21.1',
    licence: 'Apache-2.0',
    paths: [
      'deploy/crds/cert-manager.io_certificates.yaml',
      'deploy/crds/cert-manager.io_issuers.yaml',
      'deploy/crds/cert-manager.io_clusterissuers.yaml',
    ],
    file: 'cert-manager.yaml',
    kinds: ['Certificate.cert-manager.io', 'ClusterIssuer.cert-manager.io', 'Issuer.cert-manager.io'],
  },
  {
    name: 'Prometheus operator',
    repo: 'prometheus-operator/prometheus-operator',
    tag: 'v0.93.0',
    licence: 'Apache-2.0',
    paths: [
      'example/prometheus-operator-crd/monitoring.coreos.com_servicemonitors.yaml',
      'example/prometheus-operator-crd/monitoring.coreos.com_podmonitors.yaml',
      'example/prometheus-operator-crd/monitoring.coreos.com_prometheusrules.yaml',
      'example/prometheus-operator-crd/monitoring.coreos.com_alertmanagerconfigs.yaml',
    ],
    file: 'prometheus-operator.yaml',
    kinds: [
      'AlertmanagerConfig.monitoring.coreos.com',
      'PodMonitor.monitoring.coreos.com',
      'PrometheusRule.monitoring.coreos.com',
      'ServiceMonitor.monitoring.coreos.com',
    ],
  },
  {
    name: 'KEDA',
    repo: 'kedacore/keda',
    tag: 'v2.20.2',
    licence: 'Apache-2.0',
    paths: ['config/crd/bases/keda.sh_scaledobjects.yaml', 'config/crd/bases/keda.sh_triggerauthentications.yaml'],
    file: 'keda.yaml',
    kinds: ['ScaledObject.keda.sh', 'TriggerAuthentication.keda.sh'],
  },
  {
    name: 'Grafana operator',
    repo: 'grafana/grafana-operator',
    tag: 'v5.24.0',
    licence: 'Apache-2.0',
    paths: ['config/crd/bases/grafana.integreatly.org_grafanadashboards.yaml'],
    file: 'grafana-operator.yaml',
    kinds: ['GrafanaDashboard.grafana.integreatly.org'],
  },
];

/** How generated files name their origin. */
export const originOf = (source: Source): string => `${source.repo} ${source.tag} (${source.licence})`;
