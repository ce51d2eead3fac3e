import { ANYTHING, FLAG, LITERAL, PARSED, TEXT, listOf, mapOf, oneOf, propsOf, type Shape, type Shapes } from '../kernel/shape';
import {
  type AlertmanagerProps,
  type ContainerResources,
  type DnsProps,
  type EgressGatewayPods,
  type FlaggerProps,
  type ForeignPods,
  type GatewayPods,
  type GrafanaProps,
  type IstioProps,
  type PlatformProps,
  type PrometheusProps,
  SidecarMode,
} from './props';

const LABELS = mapOf(TEXT);
const PODS: Shapes<ForeignPods> = { namespace: ANYTHING, podLabels: LABELS };
const GATEWAY: Shapes<GatewayPods> = { ...PODS, serviceAccount: ANYTHING };

/** Requests and limits of a container, or of a namespace's defaults; the quantities are read by their own parser. */
export const CONTAINER_RESOURCES: Shape = propsOf<ContainerResources>({
  requests: propsOf({ cpu: LITERAL, memory: LITERAL, ephemeralStorage: LITERAL }),
  limits: propsOf({ cpu: LITERAL, memory: LITERAL, ephemeralStorage: LITERAL }),
});

const ISTIO: Shapes<IstioProps> = {
  version: PARSED,
  rootNamespace: PARSED,
  trustDomain: PARSED,
  cni: FLAG,
  revision: PARSED,
  sidecar: oneOf(...Object.values(SidecarMode)),
  proxy: CONTAINER_RESOURCES,
  istiod: propsOf(PODS),
};

/** What `PlatformProps` may hold. */
export const PLATFORM: Shapes<PlatformProps> = {
  kubernetes: PARSED,
  istio: propsOf(ISTIO),
  flagger: propsOf<FlaggerProps>({ version: PARSED, namespace: PARSED, podLabels: LABELS, serviceAccount: PARSED }),
  prometheus: propsOf<PrometheusProps>({ namespace: LITERAL, podLabels: LABELS, address: TEXT, discoveryLabels: LABELS }),
  alertmanager: propsOf<AlertmanagerProps>({ discoveryLabels: LABELS }),
  grafana: propsOf<GrafanaProps>({ namespace: PARSED, dashboardLabels: LABELS, instanceSelector: LABELS }),
  ingressGateway: propsOf(GATEWAY),
  egressGateway: propsOf<EgressGatewayPods>({ ...GATEWAY, host: ANYTHING, port: PARSED }),
  dns: propsOf<DnsProps>({ namespace: PARSED, podLabels: LABELS, nodeLocal: TEXT, port: PARSED }),
  traceCollector: propsOf({ ...PODS, host: ANYTHING, port: PARSED }),
  apiServer: propsOf({ cidrs: listOf(ANYTHING), port: PARSED }),
  enforcesNetworkPolicies: FLAG,
  clusterDomain: LITERAL,
};
