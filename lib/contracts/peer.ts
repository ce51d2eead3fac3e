import type { IMeshNamespace } from './mesh-namespace';
import type { WorkloadPort } from './port';

/** Where packets come from or go to, in the words of a NetworkPolicy. */
export type NetworkPeer =
  | { readonly kind: 'pods'; readonly namespace: string; readonly podLabels: Readonly<Record<string, string>> }
  | { readonly kind: 'block'; readonly cidr: string; readonly except: readonly string[] };

/** What a caller may do. Everything that is left out is not narrowed, except that management paths stay closed. */
export interface EdgeOptions {
  /** HTTP methods, in upper case. @default - every method */
  readonly methods?: readonly string[];
  /**
   * Paths: exact (`/api/v1/entries`), by prefix (`/api/*`), by suffix (`*.json`) or with Istio's templates (`/a/{*}/b`).
   * Management paths (`/actuator*`) are open only to an edge that names them.
   * @default - every path but the management paths
   */
  readonly paths?: readonly string[];
  /** The port of the callee: the Service's port or its name. @default - the callee's first port */
  readonly port?: number | string;
}

/** One declared right: this caller may open that port of this callee, and send these requests. */
export interface Edge {
  readonly caller: ICaller;
  readonly callee: ICallee;
  readonly port: WorkloadPort;
  readonly methods?: readonly string[];
  readonly paths?: readonly string[];
}

/** Something that may open connections to a workload. */
export interface ICaller {
  /** How it is called in errors and reports. */
  readonly peerName: string;
  /** Where its packets come from. */
  readonly sources: readonly NetworkPeer[];
  /** Its mesh identity. Undefined when it is outside the mesh: only its address can be told. */
  readonly principal?: string;
  /** The namespace that it lives in, when that is one of ours. */
  readonly namespace?: IMeshNamespace;
  /** Told of each edge that starts here, so that its own side can be opened. */
  recordEgress(edge: Edge): void;
}

/** Something that can be called. */
export interface ICallee {
  readonly peerName: string;
  /** Finds the port that an edge means. @throws RangeError that lists the ports there are. */
  portOf(port?: number | string): WorkloadPort;
  /** Where packets to that port go. */
  destinations(port: WorkloadPort): readonly Destination[];
  /** The hosts that the caller's proxy must know, as `namespace/host`. `callerNamespace` is where the caller lives. */
  meshHosts(callerNamespace: string): readonly string[];
  /** Told of each edge that ends here, so that its own side can be opened. */
  recordIngress(edge: Edge): void;
  /**
   * What stands for this callee in a namespace, when it must first be made known there (an external host).
   * @default - it stands for itself
   */
  within?(namespace: IMeshNamespace): ICallee;
}

/** A peer of a NetworkPolicy with the port that its packets carry. */
export interface Destination {
  readonly peer: NetworkPeer;
  readonly port: number;
}
