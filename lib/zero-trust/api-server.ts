import type { Destination, ICallee } from '../contracts/peer';
import { PortProtocol, type WorkloadPort } from '../contracts/port';
import { metadataWithin, parseCidr } from '../kernel/cidr';
import { ConfigError, show } from '../kernel/errors';
import { serviceHost } from '../kernel/identity';
import { Platform } from '../platform/platform';
import type { PlatformModel } from '../platform/model';
import { findPort } from './ports';

/** The Kubernetes API server. It runs in no namespace, so that policies know it by address alone. */
export class ApiServer implements ICallee {
  /** The API server of a platform. @throws ConfigError when the platform does not say where it is. */
  static of(platform: Platform): ApiServer {
    if (!(platform instanceof Platform)) {
      throw new ConfigError([{ where: 'API server', what: `${show(platform)} must be made with new Platform({ … })` }]);
    }
    return ApiServer.at(platform.model);
  }

  /** The API server of a platform that was resolved: that of a namespace. @throws ConfigError when it does not say where it is. */
  static at(model: PlatformModel): ApiServer {
    if (!model.apiServer) {
      throw new ConfigError([
        { where: 'API server', what: 'the platform does not say where it is; set apiServer: { cidrs: [...] } on the Platform' },
      ]);
    }
    return new ApiServer(model, model.apiServer);
  }

  readonly peerName = 'API server';
  private readonly port: WorkloadPort;

  private constructor(
    private readonly platform: PlatformModel,
    private readonly address: NonNullable<PlatformModel['apiServer']>,
  ) {
    this.port = { name: 'tls', port: 443, targetPort: address.port, protocol: PortProtocol.TLS };
  }

  portOf(port?: number | string): WorkloadPort {
    return findPort([this.port], port);
  }

  destinations(port: WorkloadPort): Destination[] {
    return this.address.cidrs.map((text) => {
      const cidr = parseCidr(text);
      return { peer: { kind: 'block', cidr: cidr.text, except: metadataWithin(cidr) }, port: port.targetPort };
    });
  }

  meshHosts(): string[] {
    return [`default/${serviceHost('kubernetes', 'default', this.platform.clusterDomain)}`];
  }

  /** Its own side is RBAC's. */
  recordIngress(): void {}
}
