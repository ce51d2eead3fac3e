import type { GatewaySpec, GatewaySpecServersTlsMode, VirtualServiceSpec } from '../../../imports/networking.istio.io';
import type { EgressGatewayPods } from '../../platform/props';
import type { ExternalHostModel } from '../external-host-model';

type Through = Required<EgressGatewayPods>;

/** The egress gateway listens for TLS connections that ask for the host, and passes them on unopened. */
export function egressGateway({ host, port }: ExternalHostModel, through: Through): GatewaySpec {
  return {
    selector: { ...through.podLabels },
    servers: [
      {
        hosts: [host],
        port: { number: through.port, name: `tls-${port.port}`, protocol: 'TLS' },
        tls: { mode: 'PASSTHROUGH' as GatewaySpecServersTlsMode },
      },
    ],
  };
}

/** Two legs: from the workloads of the namespace to the gateway, and from the gateway to the host. */
export function egressRoute({ host, port }: ExternalHostModel, through: Through, gateway: string): VirtualServiceSpec {
  return {
    hosts: [host],
    gateways: ['mesh', gateway],
    exportTo: ['.', through.namespace],
    tls: [
      {
        match: [{ gateways: ['mesh'], port: port.port, sniHosts: [host] }],
        route: [{ destination: { host: through.host, port: { number: through.port } } }],
      },
      {
        match: [{ gateways: [gateway], port: through.port, sniHosts: [host] }],
        route: [{ destination: { host, port: { number: port.port } } }],
      },
    ],
  };
}
