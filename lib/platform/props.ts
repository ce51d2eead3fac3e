/** How the proxy of a pod runs: as an ordinary container, or as a native sidecar (Kubernetes 1.29 and newer). */
export enum SidecarMode {
  /** Istio 1.27 and newer choose native sidecars by themselves when every node runs Kubernetes 1.33 or newer. */
  AUTO = 'auto',
  NATIVE = 'native',
  CLASSIC = 'classic',
}

/** What one container asks for and may use. Quantities as Kubernetes writes them. */
export interface ContainerResources {
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly cpu?: string; readonly memory: string };
}

/** Pods of somebody else: the namespace that they live in and the labels that they carry. */
export interface ForeignPods {
  readonly namespace: string;
  readonly podLabels: Readonly<Record<string, string>>;
}

/** A gateway (ingress or egress) that the platform team runs. */
export interface GatewayPods extends ForeignPods {
  /** The service account that the gateway's pods run as: the identity that they show to services. */
  readonly serviceAccount: string;
}

export interface EgressGatewayPods extends GatewayPods {
  /** Host name of the gateway's Service, fully qualified. */
  readonly host: string;
  /** The port that its pods listen on for TLS. @default 443 */
  readonly port?: number;
}

export interface IstioProps {
  /** Version installed, `major.minor`. @default '1.30' */
  readonly version?: string;
  /** The root namespace of the mesh: policies in it hold everywhere. @default 'istio-system' */
  readonly rootNamespace?: string;
  /** The first part of every identity. @default 'cluster.local' */
  readonly trustDomain?: string;
  /**
   * Whether istio-cni is installed. Without it the injected `istio-init` needs NET_ADMIN as root, which Pod Security
   * `restricted` and `baseline` refuse. @default true
   */
  readonly cni?: boolean;
  /** Inject by this revision (`istio.io/rev`) instead of by `istio-injection: enabled`. @default - no revision */
  readonly revision?: string;
  /** How the proxy runs. @default SidecarMode.AUTO */
  readonly sidecar?: SidecarMode;
  /**
   * What the injected proxy requests and may use.
   * @default requests 100m / 128Mi, limits 2 / 1Gi (global.proxy.resources of the istiod chart)
   */
  readonly proxy?: ContainerResources;
  /** The control plane's pods. @default app=istiod in the root namespace */
  readonly istiod?: ForeignPods;
}

export interface FlaggerProps extends Partial<ForeignPods> {
  /** @default '1.44.0' */
  readonly version?: string;
  /** @default 'flagger-system' */
  readonly namespace?: string;
  /** Labels of its pods. @default { 'app.kubernetes.io/name': 'flagger' }, those of its Helm chart */
  readonly podLabels?: Readonly<Record<string, string>>;
  /** The service account that it runs as: the identity that it shows to what it calls. @default 'flagger' */
  readonly serviceAccount?: string;
}

export interface PrometheusProps extends Partial<ForeignPods> {
  /** Where its API answers. @default 'http://prometheus-operated.<namespace>.svc.cluster.local:9090' */
  readonly address?: string;
  /** Labels that a monitor or rule must carry to be seen. @default { release: 'kube-prometheus-stack' } */
  readonly discoveryLabels?: Readonly<Record<string, string>>;
}

export interface AlertmanagerProps {
  /** Labels that an AlertmanagerConfig must carry to be seen. @default - those of Prometheus */
  readonly discoveryLabels?: Readonly<Record<string, string>>;
}

export interface GrafanaProps {
  /** @default 'monitoring' */
  readonly namespace?: string;
  /** Label of the ConfigMaps that Grafana's sidecar loads. @default { grafana_dashboard: '1' } */
  readonly dashboardLabels?: Readonly<Record<string, string>>;
  /** Selector of the Grafana instance for the Grafana operator. @default { dashboards: 'grafana' } */
  readonly instanceSelector?: Readonly<Record<string, string>>;
}

export interface DnsProps extends Partial<ForeignPods> {
  /** The address that NodeLocal DNSCache listens on, where it is installed (usually 169.254.20.10). @default - none */
  readonly nodeLocal?: string;
  /** The port that the DNS pods listen on, which is what a NetworkPolicy sees (OpenShift: 5353). @default 53 */
  readonly port?: number;
}

/**
 * What the manifests assume of the cluster. Nothing about the cluster is a constant anywhere else.
 */
export interface PlatformProps {
  /** Kubernetes version, `major.minor`, 1.28 or newer. @default '1.34' */
  readonly kubernetes?: string;
  readonly istio?: IstioProps;
  /** @default version 1.44.0, installed by its Helm chart as flagger in flagger-system */
  readonly flagger?: FlaggerProps;
  /** @default app.kubernetes.io/name=prometheus in namespace monitoring */
  readonly prometheus?: PrometheusProps;
  /** @default - it takes AlertmanagerConfigs by the labels by which Prometheus takes monitors and rules */
  readonly alertmanager?: AlertmanagerProps;
  readonly grafana?: GrafanaProps;
  /** The gateway that lets requests in. @default the Helm chart `gateway` installed as istio-ingress in istio-ingress */
  readonly ingressGateway?: GatewayPods;
  /** The gateway that lets requests out. @default - none: a host reached through it is an error */
  readonly egressGateway?: EgressGatewayPods;
  /** The cluster's DNS. @default k8s-app=kube-dns in namespace kube-system */
  readonly dns?: DnsProps;
  /**
   * The OTLP collector that proxies send traces to (port 4317). `OpenTelemetryCollector.at({ namespace, name })` gives it for one of
   * this library. @default - none
   */
  readonly traceCollector?: ForeignPods & { readonly host: string; readonly port?: number };
  /** Addresses of the API server, for what must talk to it: it is in no namespace. @default - none */
  readonly apiServer?: { readonly cidrs: readonly string[]; readonly port?: number };
  /** Whether the CNI enforces NetworkPolicies. `false` is an error: nothing would be closed. @default true */
  readonly enforcesNetworkPolicies?: boolean;
  /** The domain of cluster-internal names. @default 'cluster.local' */
  readonly clusterDomain?: string;
}
