/**
 * What is spoken on a port. Istio reads it from the port's name or `appProtocol`; a port that says nothing is sniffed, and
 * a server that speaks first then hangs. https://istio.io/latest/docs/ops/configuration/traffic-management/protocol-selection/
 */
export enum PortProtocol {
  HTTP = 'http',
  HTTP2 = 'http2',
  GRPC = 'grpc',
  /** TLS that the workload itself ends. The mesh sees bytes. */
  TLS = 'tls',
  /** Bytes: databases, brokers. Methods and paths mean nothing here. */
  TCP = 'tcp',
}

/** A port of a workload. */
export interface WorkloadPort {
  /** Name of the port on the Service: the protocol, with a suffix where there are several of it. */
  readonly name: string;
  /** The port of the Service, what callers dial. */
  readonly port: number;
  /** The port of the container: what NetworkPolicies and AuthorizationPolicies see. */
  readonly targetPort: number;
  readonly protocol: PortProtocol;
}

/** Whether the mesh sees requests on this port, and can tell them apart by method and path. */
export function isHttp(protocol: PortProtocol): boolean {
  return protocol === PortProtocol.HTTP || protocol === PortProtocol.HTTP2 || protocol === PortProtocol.GRPC;
}
