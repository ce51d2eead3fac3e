import { Authorization } from './authorization';
import { partyOf, type End, type Flow, type Party, type ResolvedFlow } from './flow';
import { Mtls } from './mtls';
import { NetworkPolicies } from './network-policy';
import { nameOf, ofKind, refuseForeignGuards, type KubeObject } from './objects';
import { podsOf, type ExtraPod, type Pod } from './pods';
import type { Labels } from './selectors';
import { Services, type KnownService } from './services';
import { Sidecars, type OutboundMode } from './sidecar';
import type { Verdict } from './verdict';
import { VirtualServices } from './virtual-services';

export interface ClusterOptions {
  /** @default 'istio-system' */
  rootNamespace?: string;
  /** @default 'cluster.local' */
  trustDomain?: string;
  /** @default 'cluster.local' */
  clusterDomain?: string;
  /** The mesh's own outbound policy, for pods whose Sidecar says nothing. @default 'ALLOW_ANY' */
  outboundTrafficPolicy?: OutboundMode;
  /** Labels of namespaces that the manifests do not hold; `kubernetes.io/metadata.name` comes by itself. */
  namespaces?: Record<string, Record<string, string>>;
  /** Pods that the manifests do not hold. */
  pods?: ExtraPod[];
  /** Objects that the manifests do not hold: Services of the platform, what a controller adds. */
  objects?: KubeObject[];
  /**
   * IPv4 block that pods draw addresses from. Without it ipBlocks match no pod without an `ip` of its own, as with CNIs
   * that keep blocks for the world outside.
   */
  podCidr?: string;
}

export interface Layers {
  /** NetworkPolicies of the source pod. */
  readonly egress: Verdict;
  /** NetworkPolicies of the destination pod. */
  readonly ingress: Verdict;
  /** AuthorizationPolicies of the destination. */
  readonly authorization: Verdict;
  /** What the source's own proxy knows. */
  readonly sidecar: Verdict;
  /** The destination's PeerAuthentication. */
  readonly mtls: Verdict;
}

export const LAYERS = ['egress', 'ingress', 'authorization', 'sidecar', 'mtls'] as const;

/** A cluster in which the given objects, and nothing else, are applied. */
export class Cluster {
  static of(objects: readonly KubeObject[], options: ClusterOptions = {}): Cluster {
    return new Cluster(objects, options);
  }

  private readonly networkPolicies: NetworkPolicies;
  private readonly authorization: Authorization;
  private readonly sidecars: Sidecars;
  private readonly mtls: Mtls;
  private readonly services: Services;
  private readonly byId: Map<string, Pod>;

  private constructor(manifests: readonly KubeObject[], options: ClusterOptions) {
    const {
      rootNamespace = 'istio-system',
      trustDomain = 'cluster.local',
      clusterDomain = 'cluster.local',
      outboundTrafficPolicy = 'ALLOW_ANY',
      namespaces = {},
      pods = [],
      objects: more = [],
      podCidr,
    } = options;
    const objects = [...manifests, ...more];
    refuseForeignGuards(objects);
    const labels = new Map(ofKind(objects, 'Namespace').map((object) => [nameOf(object), object.metadata?.labels ?? {}]));
    const namespaceLabels = (namespace: string): Labels => ({
      ...namespaces[namespace],
      ...labels.get(namespace),
      'kubernetes.io/metadata.name': namespace,
    });
    this.byId = new Map(podsOf(objects, pods, namespaceLabels, podCidr).map((pod) => [pod.id, pod]));
    this.services = new Services(objects, clusterDomain);
    this.networkPolicies = new NetworkPolicies(ofKind(objects, 'NetworkPolicy'), namespaceLabels);
    this.sidecars = new Sidecars(ofKind(objects, 'Sidecar'), this.services, new VirtualServices(objects, clusterDomain), {
      rootNamespace,
      outboundTrafficPolicy,
    });
    this.mtls = new Mtls(ofKind(objects, 'PeerAuthentication'), ofKind(objects, 'DestinationRule'), this.services, {
      rootNamespace,
      clusterDomain,
    });
    this.authorization = new Authorization(
      ofKind(objects, 'AuthorizationPolicy'),
      ofKind(objects, 'RequestAuthentication'),
      this.services,
      this.mtls,
      { rootNamespace, trustDomain },
    );
  }

  pods(): Pod[] {
    return [...this.byId.values()];
  }

  pod(id: string): Pod {
    const pod = this.byId.get(id);
    if (pod === undefined) {
      throw new Error(`no pod is called '${id}'; there are ${[...this.byId.keys()].join(', ')}`);
    }
    return pod;
  }

  /** The Services that send to this port of this pod. */
  servicesOf(id: string, port: number): KnownService[] {
    return this.services.leadingTo(this.pod(id), port);
  }

  flow(flow: Flow): Layers {
    const resolved = this.resolve(flow);
    return {
      egress: this.networkPolicies.verdict('egress', resolved),
      ingress: this.networkPolicies.verdict('ingress', resolved),
      authorization: this.authorization.verdict(resolved),
      sidecar: this.sidecars.verdict(resolved),
      mtls: this.mtls.verdict(resolved),
    };
  }

  /** Is the flow let through everywhere? */
  open(flow: Flow): boolean {
    const layers = this.flow(flow);
    return LAYERS.every((layer) => layers[layer].open);
  }

  private resolve({ from, to, port, protocol = 'TCP', request = {}, sender = 'application' }: Flow): ResolvedFlow {
    return { from: this.party(from), to: this.party(to), port, protocol, request, sender };
  }

  private party(end: End): Party {
    return partyOf(typeof end === 'string' ? this.pod(end) : end);
  }
}
