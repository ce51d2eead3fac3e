import { Authorization } from './authorization';
import { DestinationRules } from './destination-rules';
import { partyOf, type End, type Flow, type HttpRequest, type Party, type PodRef, type ResolvedFlow } from './flow';
import { Mtls } from './mtls';
import { NetworkPolicies } from './network-policy';
import { nameOf, ofKind, refuseForeignGuards, type KubeObject } from './objects';
import { podsOf, type ExtraPod, type Pod } from './pods';
import { Routing, type Journey } from './routing';
import { routingProblems } from './routing-problems';
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
  private readonly routing: Routing;
  private readonly virtualServices: VirtualServices;
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
    const merged = new Map<string, Labels>();
    const namespaceLabels = (namespace: string): Labels => {
      const known = merged.get(namespace);
      if (known !== undefined) return known;
      const all = { ...namespaces[namespace], ...labels.get(namespace), 'kubernetes.io/metadata.name': namespace };
      merged.set(namespace, all);
      return all;
    };
    this.byId = new Map(podsOf(objects, pods, namespaceLabels, podCidr).map((pod) => [pod.id, pod]));
    this.services = new Services(objects, clusterDomain);
    this.networkPolicies = new NetworkPolicies(ofKind(objects, 'NetworkPolicy'), namespaceLabels);
    this.virtualServices = new VirtualServices(objects, clusterDomain);
    const rules = new DestinationRules(objects, { rootNamespace, clusterDomain });
    this.sidecars = new Sidecars(ofKind(objects, 'Sidecar'), this.services, this.virtualServices, {
      rootNamespace,
      outboundTrafficPolicy,
    });
    this.routing = new Routing(objects, this.pods(), this.sidecars, this.virtualServices, rules);
    this.mtls = new Mtls(ofKind(objects, 'PeerAuthentication'), rules, this.services, { rootNamespace });
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

  /** Where a request goes that a pod sends to `request.host`, and which part of it. */
  journey(from: PodRef, request: HttpRequest & { host: string }): Journey {
    return this.routing.journey(this.pod(from), request);
  }

  /** What is wrong with the routes, whoever asks. */
  routingProblems(): string[] {
    return routingProblems(this.virtualServices, this.services, this.routing);
  }

  flow(flow: Flow): Layers {
    const resolved = this.resolve(flow);
    return Object.fromEntries(LAYERS.map((layer) => [layer, this.verdict(layer, resolved)])) as unknown as Layers;
  }

  /** Does one of these layers open or close otherwise than it did? */
  differs(flow: Flow, before: Layers, layers: readonly (keyof Layers)[] = LAYERS): boolean {
    const resolved = this.resolve(flow);
    return layers.some((layer) => this.verdict(layer, resolved).open !== before[layer].open);
  }

  /** Is the flow let through everywhere? */
  open(flow: Flow): boolean {
    const resolved = this.resolve(flow);
    return LAYERS.every((layer) => this.verdict(layer, resolved).open);
  }

  private verdict(layer: keyof Layers, flow: ResolvedFlow): Verdict {
    switch (layer) {
      case 'egress':
      case 'ingress':
        return this.networkPolicies.verdict(layer, flow);
      case 'authorization':
        return this.authorization.verdict(flow);
      case 'sidecar':
        return this.sidecars.verdict(flow);
      case 'mtls':
        return this.mtls.verdict(flow);
    }
  }

  private resolve({ from, to, port, protocol = 'TCP', request = {}, sender = 'application' }: Flow): ResolvedFlow {
    return { from: this.party(from), to: this.party(to), port, protocol, request, sender };
  }

  private party(end: End): Party {
    return partyOf(typeof end === 'string' ? this.pod(end) : end);
  }
}
