import type {
  DestinationRuleSpec,
  DestinationRuleSpecTrafficPolicyPortLevelSettingsTlsMode,
  ServiceEntrySpec,
  ServiceEntrySpecLocation,
  ServiceEntrySpecResolution,
} from '../../../imports/networking.istio.io';
import { PortProtocol } from '../../contracts/port';
import type { ExternalHostModel } from '../external-host-model';

/** Makes an external host known to its own namespace (and to that of the egress gateway, where it goes through one). */
export function serviceEntry(
  { host, port, reach, tlsOrigination }: ExternalHostModel,
  gatewayNamespace?: string,
): ServiceEntrySpec {
  // Without addresses a TCP port is taken for this host whatever address is dialled: bytes carry no name, and go to blocks only.
  const addresses = port.protocol === PortProtocol.TCP ? [...reach.blocks] : undefined;
  return {
    hosts: [host],
    exportTo: ['.', ...(gatewayNamespace ? [gatewayNamespace] : [])],
    addresses,
    location: 'MESH_EXTERNAL' as ServiceEntrySpecLocation,
    // Istio takes blocks of addresses only where it leaves the one that was dialled as it is.
    resolution: (addresses ? 'NONE' : 'DNS') as ServiceEntrySpecResolution,
    ports: [
      {
        number: port.port,
        name: port.name,
        protocol: port.protocol === PortProtocol.TLS ? 'TLS' : port.protocol === PortProtocol.HTTP ? 'HTTP' : 'TCP',
        targetPort: tlsOrigination ? port.targetPort : undefined,
      },
    ],
  };
}

/** The proxy opens TLS to the host: it asks for the host by name, and takes only a certificate for that name. */
export function originateTls({ host, port }: ExternalHostModel): DestinationRuleSpec {
  return {
    host,
    exportTo: ['.'],
    trafficPolicy: {
      portLevelSettings: [
        {
          port: { number: port.port },
          tls: {
            mode: 'SIMPLE' as DestinationRuleSpecTrafficPolicyPortLevelSettingsTlsMode,
            sni: host,
            subjectAltNames: [host],
            // The certificate authorities of the proxy's own image; named, so that nobody wonders whether it checks.
            caCertificates: 'system',
          },
        },
      ],
    },
  };
}
