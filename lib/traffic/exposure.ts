import type { Duration } from 'cdk8s';
import { parseCidr } from '../kernel/cidr';
import { type Problems, show } from '../kernel/errors';
import { isLabelKey } from '../kernel/labels';

export interface ExposureOptions {
  /** Send a client to the same pod, by its address. Under a mesh the proxy balances, so it holds for plain clients only. @default - no */
  readonly clientIpAffinity?: Duration;
  /**
   * Prefer endpoints in the client's zone: `trafficDistribution: PreferClose`, or the annotation
   * `service.kubernetes.io/topology-mode: Auto` before Kubernetes 1.31. @default false
   */
  readonly topologyAware?: boolean;
  /** @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface LoadBalancerOptions extends ExposureOptions {
  /** Addresses that may connect. Required: a load balancer is open to the world otherwise. */
  readonly sourceRanges: readonly string[];
  /** Whether the load balancer has an address inside the network only. @default true */
  readonly internal?: boolean;
}

/** How the Service of a workload is published. https://kubernetes.io/docs/concepts/services-networking/service/ */
export class Exposure {
  /** Inside the cluster, behind one virtual address. The default. */
  static clusterIp(options: ExposureOptions = {}): Exposure {
    return new Exposure('ClusterIP', options);
  }

  /** Inside the cluster, without a virtual address: DNS answers with the pods. */
  static headless(options: Omit<ExposureOptions, 'clientIpAffinity'> = {}): Exposure {
    return new Exposure('ClusterIP', options, true);
  }

  /**
   * Outside the cluster through a network load balancer of AWS (aws-load-balancer-controller), with the clients' addresses
   * kept, so that NetworkPolicies can tell them apart.
   * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/
   */
  static networkLoadBalancer(options: LoadBalancerOptions): Exposure {
    const annotations = {
      'service.beta.kubernetes.io/aws-load-balancer-type': 'external',
      'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'ip',
      'service.beta.kubernetes.io/aws-load-balancer-scheme': (options.internal ?? true) ? 'internal' : 'internet-facing',
      'service.beta.kubernetes.io/aws-load-balancer-target-group-attributes': 'preserve_client_ip.enabled=true',
    };
    return new Exposure('LoadBalancer', { ...options, annotations: { ...annotations, ...options.annotations } }, false, options.sourceRanges ?? []);
  }

  /** Outside the cluster through any other load balancer; its own annotations are yours to give. */
  static loadBalancer(options: Omit<LoadBalancerOptions, 'internal'>): Exposure {
    return new Exposure('LoadBalancer', options, false, options.sourceRanges ?? []);
  }

  /** On a port of every node. The addresses of nodes are all that a NetworkPolicy then sees. */
  static nodePort(options: ExposureOptions & { readonly nodePort?: number } = {}): Exposure {
    return new Exposure('NodePort', options, false, undefined, options.nodePort);
  }

  private constructor(
    readonly type: 'ClusterIP' | 'LoadBalancer' | 'NodePort',
    readonly options: ExposureOptions,
    readonly isHeadless = false,
    readonly sourceRanges?: readonly string[],
    readonly nodePort?: number,
  ) {}

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
    for (const key of Object.keys(annotations ?? {})) problems.check(isLabelKey(key), `${show(key)} is not an annotation key`, part);
    if (this.nodePort !== undefined) {
      problems.check(
        Number.isInteger(this.nodePort) && this.nodePort >= 30000 && this.nodePort <= 32767,
        `nodePort ${show(this.nodePort)} must be from 30000 to 32767`,
        part,
      );
    }
    if (this.type !== 'LoadBalancer') return;
    problems.check(this.sourceRanges!.length > 0, 'sourceRanges must name who may connect; without it the load balancer is open to the world', part);
    for (const range of this.sourceRanges!) {
      const cidr = problems.take(() => parseCidr(range), undefined, `${part}.sourceRanges`);
      problems.check(cidr?.prefix !== 0, `${range} is every address; name who may connect`, `${part}.sourceRanges`);
    }
  }
}
