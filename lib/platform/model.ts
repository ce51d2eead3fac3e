import { isIP } from 'node:net';
import { contains, parseCidr } from '../kernel/cidr';
import { Problems, show } from '../kernel/errors';
import { deepFreeze } from '../kernel/freeze';
import { labelProblems } from '../kernel/labels';
import { dnsLabel, dnsSubdomain, hostName, portNumber } from '../kernel/names';
import { bytes, milliCpu } from '../kernel/quantity';
import { fitProps } from '../kernel/shape';
import {
  type ContainerResources,
  type FlaggerProps,
  type ForeignPods,
  type GatewayPods,
  type PlatformProps,
  SidecarMode,
} from './props';
import { PLATFORM } from './shapes';
import { NATIVE_SIDECARS_SINCE, OLDEST_KUBERNETES, atLeast, pairWarning, parseVersion, type Version } from './versions';

/** Props of which none is left open. */
export type Resolved<T> = { readonly [K in keyof T]-?: NonNullable<T[K]> };

/** `PlatformProps` with every default filled in. Frozen. */
export interface PlatformModel {
  readonly kubernetes: Version;
  readonly istio: {
    readonly version: Version;
    readonly rootNamespace: string;
    readonly trustDomain: string;
    readonly cni: boolean;
    readonly revision?: string;
    readonly sidecar: SidecarMode;
    readonly proxy: ContainerResources;
    readonly istiod: ForeignPods;
  };
  readonly flagger: Resolved<FlaggerProps>;
  readonly prometheus: Resolved<NonNullable<PlatformProps['prometheus']>>;
  readonly alertmanager: Resolved<NonNullable<PlatformProps['alertmanager']>>;
  readonly grafana: Resolved<NonNullable<PlatformProps['grafana']>>;
  readonly ingressGateway: GatewayPods;
  readonly egressGateway?: Resolved<NonNullable<PlatformProps['egressGateway']>>;
  readonly dns: ForeignPods & { readonly nodeLocal?: string; readonly port: number };
  readonly traceCollector?: ForeignPods & { readonly host: string; readonly port: number };
  readonly apiServer?: { readonly cidrs: readonly string[]; readonly port: number };
  readonly clusterDomain: string;
  readonly warnings: readonly string[];
}

/** global.proxy.resources of the istiod chart, 1.30.3: manifests/charts/istio-control/istio-discovery/values.yaml */
const PROXY: ContainerResources = {
  requests: { cpu: '100m', memory: '128Mi' },
  limits: { cpu: '2', memory: '1Gi' },
};

/** Validates the props and fills in the defaults. @throws ConfigError that lists every problem. */
export function resolvePlatform(given: PlatformProps): PlatformModel {
  const problems = new Problems('platform');
  const props = fitProps(given, PLATFORM, problems);
  const take = <T>(value: T, check: (v: T) => unknown, part: string): T => {
    problems.take(() => check(value), undefined, part);
    return value;
  };
  const pods = <T extends ForeignPods>(value: T, part: string): T => {
    take(value.namespace, dnsLabel, `${part}.namespace`);
    const podLabels = value.podLabels ?? {};
    if (Object.keys(podLabels).length === 0) {
      problems.add('podLabels {} select every pod of the namespace; name the labels that its pods carry', part);
    }
    for (const problem of labelProblems(podLabels)) problems.add(problem, `${part}.podLabels`);
    return value;
  };

  const kubernetes = problems.take(() => parseVersion(props.kubernetes ?? '1.34'), parseVersion('1.34'), 'kubernetes');
  problems.check(
    atLeast(kubernetes, OLDEST_KUBERNETES.major, OLDEST_KUBERNETES.minor),
    `${kubernetes.text} is too old; the manifests need 1.28 or newer`,
    'kubernetes',
  );
  const version = problems.take(() => parseVersion(props.istio?.version ?? '1.30'), parseVersion('1.30'), 'istio.version');
  const sidecar = props.istio?.sidecar ?? SidecarMode.AUTO;
  problems.check(
    sidecar !== SidecarMode.NATIVE || atLeast(kubernetes, NATIVE_SIDECARS_SINCE.major, NATIVE_SIDECARS_SINCE.minor),
    `native sidecars need Kubernetes 1.29 or newer, this platform says ${kubernetes.text}; use SidecarMode.CLASSIC`,
    'istio.sidecar',
  );
  problems.check(
    props.enforcesNetworkPolicies !== false,
    'the CNI does not enforce NetworkPolicies, so nothing that they close would be closed; install one that does',
    'enforcesNetworkPolicies',
  );
  const rootNamespace = take(props.istio?.rootNamespace ?? 'istio-system', dnsLabel, 'istio.rootNamespace');
  const proxy = props.istio?.proxy ?? PROXY;
  proxyProblems(proxy, problems);

  const clusterDomain = take(props.clusterDomain ?? 'cluster.local', dnsSubdomain, 'clusterDomain');
  const prometheusNamespace = props.prometheus?.namespace ?? 'monitoring';
  const nodeLocal = props.dns?.nodeLocal;
  if (nodeLocal !== undefined && isIP(nodeLocal) === 0) {
    problems.add(
      `${show(nodeLocal)} is not an IP address; NodeLocal DNSCache usually listens on "169.254.20.10"`,
      'dns.nodeLocal',
    );
  }
  if (props.dns?.port !== undefined) take(props.dns.port, portNumber, 'dns.port');
  const apiServer = props.apiServer && { port: 443, ...props.apiServer };
  if (apiServer) {
    take(apiServer.port, portNumber, 'apiServer.port');
    const cidrs = apiServer.cidrs ?? [];
    problems.check(cidrs.length > 0, 'cidrs must name at least one block, like "10.20.0.10/32"', 'apiServer');
    for (const cidr of cidrs) {
      const block = problems.take(() => parseCidr(cidr), undefined, 'apiServer.cidrs');
      if (block && contains(block, parseCidr(block.family === 4 ? '169.254.169.254/32' : 'fd00:ec2::254/128'))) {
        problems.add(`${cidr} holds the cloud metadata address; name the API server's own addresses`, 'apiServer.cidrs');
      }
    }
  }
  const egressGateway = props.egressGateway && { port: 443, ...pods(props.egressGateway, 'egressGateway') };
  if (egressGateway) {
    take(egressGateway.host, hostName, 'egressGateway.host');
    take(egressGateway.port, portNumber, 'egressGateway.port');
    take(egressGateway.serviceAccount, dnsSubdomain, 'egressGateway.serviceAccount');
  }
  const traceCollector = props.traceCollector && { port: 4317, ...pods(props.traceCollector, 'traceCollector') };
  if (traceCollector) {
    take(traceCollector.host, hostName, 'traceCollector.host');
    take(traceCollector.port, portNumber, 'traceCollector.port');
  }
  const ingressGateway = pods(
    props.ingressGateway ?? { namespace: 'istio-ingress', podLabels: { istio: 'ingress' }, serviceAccount: 'istio-ingress' },
    'ingressGateway',
  );
  take(ingressGateway.serviceAccount, dnsSubdomain, 'ingressGateway.serviceAccount');

  if (props.flagger?.version !== undefined) take(props.flagger.version, parseVersion, 'flagger.version');
  const { address } = props.prometheus ?? {};
  problems.check(
    address === undefined || /^https?:\/\/[A-Za-z0-9.-]+(:[0-9]{1,5})?(\/[\x21-\x7e]*)?$/.test(address),
    `${show(address)} is not an address; write it like "http://prometheus.monitoring.svc:9090"`,
    'prometheus.address',
  );
  if (props.grafana?.namespace !== undefined) take(props.grafana.namespace, dnsLabel, 'grafana.namespace');
  const labels = {
    'prometheus.discoveryLabels': props.prometheus?.discoveryLabels,
    'alertmanager.discoveryLabels': props.alertmanager?.discoveryLabels,
    'grafana.dashboardLabels': props.grafana?.dashboardLabels,
    'grafana.instanceSelector': props.grafana?.instanceSelector,
  };
  for (const [part, map] of Object.entries(labels)) labelProblems(map ?? {}).forEach((what) => problems.add(what, part));

  const discoveryLabels = props.prometheus?.discoveryLabels ?? { release: 'kube-prometheus-stack' };
  const warning = pairWarning(version, kubernetes);
  const model: PlatformModel = {
    kubernetes,
    istio: {
      version,
      rootNamespace,
      trustDomain: take(props.istio?.trustDomain ?? 'cluster.local', dnsSubdomain, 'istio.trustDomain'),
      cni: props.istio?.cni ?? true,
      revision: props.istio?.revision === undefined ? undefined : take(props.istio.revision, revision, 'istio.revision'),
      sidecar,
      proxy,
      istiod: pods(props.istio?.istiod ?? { namespace: rootNamespace, podLabels: { app: 'istiod' } }, 'istio.istiod'),
    },
    flagger: {
      version: props.flagger?.version ?? '1.44.0',
      serviceAccount: take(props.flagger?.serviceAccount ?? 'flagger', dnsSubdomain, 'flagger.serviceAccount'),
      ...pods(
        {
          namespace: props.flagger?.namespace ?? 'flagger-system',
          podLabels: props.flagger?.podLabels ?? { 'app.kubernetes.io/name': 'flagger' },
        },
        'flagger',
      ),
    },
    prometheus: pods(
      {
        namespace: prometheusNamespace,
        podLabels: { 'app.kubernetes.io/name': 'prometheus' },
        address: `http://prometheus-operated.${prometheusNamespace}.svc.${clusterDomain}:9090`,
        discoveryLabels,
        ...props.prometheus,
      },
      'prometheus',
    ),
    alertmanager: { discoveryLabels: props.alertmanager?.discoveryLabels ?? discoveryLabels },
    grafana: {
      namespace: 'monitoring',
      dashboardLabels: { grafana_dashboard: '1' },
      instanceSelector: { dashboards: 'grafana' },
      ...props.grafana,
    },
    ingressGateway,
    egressGateway,
    dns: pods({ namespace: 'kube-system', podLabels: { 'k8s-app': 'kube-dns' }, port: 53, ...props.dns }, 'dns'),
    traceCollector,
    apiServer,
    clusterDomain,
    warnings: warning === undefined ? [] : [warning],
  };
  problems.throwIfAny();
  return deepFreeze(model);
}

function proxyProblems({ requests, limits }: Partial<ContainerResources>, problems: Problems): void {
  const part = 'istio.proxy';
  problems.take(() => milliCpu(requests?.cpu as string), 0, `${part}.requests.cpu`);
  problems.take(() => bytes(requests?.memory as string), 0, `${part}.requests.memory`);
  if (limits?.cpu !== undefined) problems.take(() => milliCpu(limits.cpu!), 0, `${part}.limits.cpu`);
  problems.take(() => bytes(limits?.memory as string), 0, `${part}.limits.memory`);
}

/** A revision is a part of a name and may start with a digit: `1-30-3`. */
function revision(text: string): string {
  if (typeof text !== 'string' || !/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(text)) {
    throw new RangeError(`${show(text)} is not a revision; write it like "1-30-3", as istiod was installed`);
  }
  return text;
}
