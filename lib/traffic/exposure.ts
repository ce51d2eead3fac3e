import type { Duration } from 'cdk8s';
import { isMetadata, parseCidr, tooWide } from '../kernel/cidr';
import { type Problems, show } from '../kernel/errors';
import { isLabelKey } from '../kernel/labels';
import { DURATION, FLAG, LITERAL, NUMBER, TEXT, fitOptions, listOf, mapOf, type Shapes } from '../kernel/shape';

export interface ExposureOptions {
  /** Send a client to the same pod, by its address. Under a mesh the proxy balances, so it holds for plain clients only. @default - no */
  readonly clientIpAffinity?: Duration;
  /**
   * Prefer endpoints in the client's zone: `trafficDistribution: PreferSameZone`, `PreferClose` before Kubernetes 1.35, or
   * the annotation `service.kubernetes.io/topology-mode: Auto` before 1.31. @default false
   */
  readonly topologyAware?: boolean;
  /** @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface LoadBalancerOptions extends ExposureOptions {
  /**
   * Addresses that may connect. Required: a load balancer is open to the world otherwise. A network load balancer sends its
   * health checks from its own subnets, so name these too, or its targets never get healthy.
   */
  readonly sourceRanges: readonly string[];
  /** Whether the load balancer has an address inside the network only. @default true */
  readonly internal?: boolean;
}

type NodePortOptions = ExposureOptions & { readonly sourceRanges: readonly string[]; readonly nodePort?: number };

const OPTIONS: Shapes<ExposureOptions> = { clientIpAffinity: DURATION, topologyAware: FLAG, annotations: mapOf(TEXT) };
const LOAD_BALANCER: Shapes<LoadBalancerOptions> = { ...OPTIONS, sourceRanges: listOf(LITERAL), internal: FLAG };
const NODE_PORT: Shapes<NodePortOptions> = { ...OPTIONS, sourceRanges: listOf(LITERAL), nodePort: NUMBER };

/** How the Service of a workload is published. https://kubernetes.io/docs/concepts/services-networking/service/ */
export class Exposure {
  /** Inside the cluster, behind one virtual address. The default. */
  static clusterIp(options: ExposureOptions = {}): Exposure {
    return new Exposure('ClusterIP', fitOptions('Exposure.clusterIp', options, OPTIONS));
  }

  /** Inside the cluster, without a virtual address: DNS answers with the pods. */
  static headless(options: Omit<ExposureOptions, 'clientIpAffinity'> = {}): Exposure {
    return new Exposure('ClusterIP', fitOptions<ExposureOptions>('Exposure.headless', options, OPTIONS), { headless: true });
  }

  /**
   * Outside the cluster through a network load balancer of AWS (aws-load-balancer-controller), with the clients' addresses
   * kept, so that NetworkPolicies can tell them apart.
   * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/
   */
  static networkLoadBalancer(given: LoadBalancerOptions): Exposure {
    const options = fitOptions('Exposure.networkLoadBalancer', given, LOAD_BALANCER);
    const annotations = {
      'service.beta.kubernetes.io/aws-load-balancer-type': 'external',
      'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'ip',
      'service.beta.kubernetes.io/aws-load-balancer-scheme': (options.internal ?? true) ? 'internal' : 'internet-facing',
      'service.beta.kubernetes.io/aws-load-balancer-target-group-attributes': 'preserve_client_ip.enabled=true',
    };
    const merged = { ...options, annotations: { ...annotations, ...options.annotations } };
    return new Exposure('LoadBalancer', merged, { sourceRanges: options.sourceRanges ?? [], direct: true });
  }

  /** Outside the cluster through any other load balancer; its own annotations are yours to give. */
  static loadBalancer(given: Omit<LoadBalancerOptions, 'internal'>): Exposure {
    const options = fitOptions<LoadBalancerOptions>('Exposure.loadBalancer', given, LOAD_BALANCER);
    return new Exposure('LoadBalancer', options, { sourceRanges: options.sourceRanges ?? [] });
  }

  /** On a port of every node that runs one of its pods: the addresses of clients are kept, so that policies can tell them apart. */
  static nodePort(given: ExposureOptions & { readonly sourceRanges: readonly string[]; readonly nodePort?: number }): Exposure {
    const options = fitOptions('Exposure.nodePort', given, NODE_PORT);
    return new Exposure('NodePort', options, { sourceRanges: options.sourceRanges ?? [], nodePort: options.nodePort });
  }

  private constructor(
    readonly type: 'ClusterIP' | 'LoadBalancer' | 'NodePort',
    readonly options: ExposureOptions,
    /** `direct`: the load balancer sends to pods, not to ports of nodes. */
    readonly form: {
      readonly headless?: boolean;
      readonly sourceRanges?: readonly string[];
      readonly nodePort?: number;
      readonly direct?: boolean;
    } = {},
  ) {}

  /** Addresses outside the cluster that may connect; undefined when nobody outside can. */
  get sourceRanges(): readonly string[] | undefined {
    return this.form.sourceRanges;
  }

  /** How many ports of nodes a Service with so many ports takes. */
  nodePorts(ports: number): number {
    return this.type === 'ClusterIP' || this.form.direct ? 0 : ports;
  }

  /** Adds what is wrong with it. */
  validate(problems: Problems, part = 'exposure'): void {
    const { clientIpAffinity, annotations } = this.options;
    if (clientIpAffinity) {
      const seconds = clientIpAffinity.toSeconds({ integral: false });
      problems.check(
        Number.isInteger(seconds) && seconds >= 1 && seconds <= 86400,
        `clientIpAffinity ${seconds} s must be a whole number of seconds from 1 to 86400`,
        part,
      );
    }
    for (const key of Object.keys(annotations ?? {}))
      problems.check(isLabelKey(key), `${show(key)} is not an annotation key; use [prefix/]name with up to 63 characters`, part);
    const { nodePort } = this.form;
    if (nodePort !== undefined) {
      problems.check(
        Number.isInteger(nodePort) && nodePort >= 30000 && nodePort <= 32767,
        `nodePort ${show(nodePort)} must be from 30000 to 32767`,
        part,
      );
    }
    if (!this.sourceRanges) return;
    problems.check(
      this.sourceRanges.length > 0,
      'sourceRanges must name who may connect; without it the port is open to whoever finds it',
      part,
    );
    for (const range of this.sourceRanges) {
      const cidr = problems.take(() => parseCidr(range), undefined, `${part}.sourceRanges`);
      problems.check(
        !cidr || !isMetadata(cidr),
        `${range} is the cloud metadata address, which calls nobody; name who may connect`,
        `${part}.sourceRanges`,
      );
      const wide = cidr && tooWide(cidr);
      if (wide) problems.add(`${range} is ${wide}; name who may connect`, `${part}.sourceRanges`);
    }
  }
}
