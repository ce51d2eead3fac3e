import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import * as crds from '../../imports';
import type { IMeshNamespace } from '../contracts/mesh-namespace';
import type { Destination, Edge, ICallee, ICaller, NetworkPeer } from '../contracts/peer';
import type { WorkloadPort } from '../contracts/port';
import { ConfigError } from '../kernel/errors';
import { principal, serviceHost } from '../kernel/identity';
import { ownLabels } from '../kernel/labels';
import { define } from '../kube';
import { findPort } from './ports';
import { allowEdges } from './resources/authorization-policy';
import { workloadPolicy } from './resources/network-policy';
import { portMtls } from './resources/peer-authentication';
import { sidecar } from './resources/sidecar';

/** What a guard must know of the pods that it guards. Resolved and checked by whoever makes one. */
export interface GuardModel {
  readonly name: string;
  readonly namespace: IMeshNamespace;
  /** Labels that all pods of the workload carry, on every track of a release. */
  readonly selector: Readonly<Record<string, string>>;
  readonly serviceAccount: string;
  readonly ports: readonly WorkloadPort[];
  /** Name of the Service by which callers reach it. Undefined when nobody can: a worker. */
  readonly service?: string;
  readonly managementPaths: readonly string[];
  /** Ports that take plain text, by container port. */
  readonly mtlsExceptions: ReadonlyMap<number, 'PERMISSIVE' | 'DISABLE'>;
}

/**
 * The guard of one workload: everything that lets declared edges through and keeps all else out. Each object is made with
 * the first edge that needs it; what it says is rendered when all edges are known.
 */
export class Guard extends Construct implements ICaller, ICallee {
  readonly peerName: string;
  readonly sources: readonly NetworkPeer[];
  readonly principal: string;
  readonly namespace: IMeshNamespace;
  private readonly ingress: Edge[] = [];
  private readonly egress: Edge[] = [];

  constructor(
    scope: Construct,
    id: string,
    readonly model: GuardModel,
  ) {
    super(scope, id);
    const { name, namespace, selector } = model;
    this.peerName = name;
    this.namespace = namespace;
    this.sources = [{ kind: 'pods', namespace: namespace.name, podLabels: selector }];
    this.principal = principal(namespace.platform.istio.trustDomain, namespace.name, model.serviceAccount);
    if (model.mtlsExceptions.size > 0) {
      define(this, 'peer-authentication', crds.securityIstioIo().PeerAuthentication, this.metadata(), () => ({
        spec: portMtls(selector, namespace.mtlsMode, model.mtlsExceptions),
      }));
    }
  }

  portOf(port?: number | string): WorkloadPort {
    return findPort(this.model.ports, port);
  }

  destinations(port: WorkloadPort): Destination[] {
    return this.sources.map((peer) => ({ peer, port: port.targetPort }));
  }

  meshHosts(): string[] {
    const { service, namespace } = this.model;
    return service ? [`${namespace.name}/${serviceHost(service, namespace.name, namespace.platform.clusterDomain)}`] : [];
  }

  recordIngress(edge: Edge): void {
    const { selector, managementPaths, mtlsExceptions, name } = this.model;
    if (edge.caller.principal === undefined && !mtlsExceptions.has(edge.port.targetPort)) {
      throw new ConfigError([
        {
          where: name,
          what:
            `port ${edge.port.targetPort} takes mutual TLS only, and ${edge.caller.peerName} can show no identity from outside the mesh; ` +
            'bring the caller into the mesh, or declare the port in mtlsExceptions with a reason',
        },
      ]);
    }
    if (edge.caller.principal !== undefined && mtlsExceptions.get(edge.port.targetPort) === 'DISABLE') {
      throw new ConfigError([
        {
          where: name,
          what:
            `port ${edge.port.targetPort} takes plain text only, where ${edge.caller.peerName} can't show its identity and would always be refused; ` +
            "set the exception's mode to PERMISSIVE",
        },
      ]);
    }
    if (this.ingress.length === 0) {
      define(this, 'authorization-policy', crds.securityIstioIo().AuthorizationPolicy, this.metadata(), () => ({
        spec: allowEdges(selector, this.ingress, managementPaths),
      }));
    }
    this.openNetwork();
    this.ingress.push(edge);
  }

  recordEgress(edge: Edge): void {
    const { selector, namespace } = this.model;
    if (this.egress.length === 0) {
      const collector = namespace.platform.traceCollector;
      define(this, 'sidecar', crds.networkingIstioIo().Sidecar, this.metadata(), () => ({
        spec: sidecar(
          [
            ...this.egress.flatMap((one) => one.callee.meshHosts(namespace.name)),
            ...(collector ? [`${collector.namespace}/${collector.host}`] : []),
          ],
          selector,
        ),
      }));
    }
    this.openNetwork();
    this.egress.push(edge);
  }

  /** The edges declared so far: who may call this workload. */
  get callers(): readonly Edge[] {
    return [...this.ingress];
  }

  /** The edges declared so far: whom this workload may call. */
  get callees(): readonly Edge[] {
    return [...this.egress];
  }

  private openNetwork(): void {
    if (this.ingress.length + this.egress.length > 0) return;
    define(this, 'network-policy', k8s.KubeNetworkPolicy, this.metadata(), () => ({
      spec: workloadPolicy(this.model.selector, this.ingress, this.egress),
    }));
  }

  private metadata() {
    const { name, namespace } = this.model;
    return { name, namespace: namespace.name, labels: ownLabels(name, namespace.name) };
  }
}
