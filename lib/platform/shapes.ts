import { ANYTHING, FLAG, TEXT, listOf, mapOf, oneOf, propsOf, type Shape, type Shapes } from '../kernel/shape';
import {
  type ContainerResources,
  type DnsProps,
  type EgressGatewayPods,
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

/** Requests and limits of a container; the quantities are read by their own parser. */
export const CONTAINER_RESOURCES: Shape = propsOf<ContainerResources>({
  requests: propsOf({ cpu: ANYTHING, memory: ANYTHING }),
  limits: propsOf({ cpu: ANYTHING, memory: ANYTHING }),
});

const ISTIO: Shapes<IstioProps> = {
  version: ANYTHING,
  rootNamespace: ANYTHING,
  trustDomain: ANYTHING,
  cni: FLAG,
  revision: ANYTHING,
  sidecar: oneOf(...Object.values(SidecarMode)),
  proxy: CONTAINER_RESOURCES,
  istiod: propsOf(PODS),
};

/** What `PlatformProps` may hold. */
export const PLATFORM: Shapes<PlatformProps> = {
  kubernetes: ANYTHING,
  istio: propsOf(ISTIO),
  flagger: propsOf({ version: ANYTHING, namespace: ANYTHING }),
  prometheus: propsOf<PrometheusProps>({ ...PODS, address: TEXT, discoveryLabels: LABELS }),
  grafana: propsOf<GrafanaProps>({ namespace: ANYTHING, dashboardLabels: LABELS, instanceSelector: LABELS }),
  ingressGateway: propsOf(GATEWAY),
  egressGateway: propsOf<EgressGatewayPods>({ ...GATEWAY, host: ANYTHING, port: ANYTHING }),
  dns: propsOf<DnsProps>({ ...PODS, nodeLocal: TEXT, port: ANYTHING }),
  traceCollector: propsOf({ ...PODS, host: ANYTHING, port: ANYTHING }),
  apiServer: propsOf({ cidrs: listOf(ANYTHING), port: ANYTHING }),
  enforcesNetworkPolicies: FLAG,
  clusterDomain: ANYTHING,
};
