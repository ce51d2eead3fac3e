import type { Destination, Edge, ICallee } from '../contracts/peer';
import type { IMeshNamespace } from '../contracts/mesh-namespace';
import { PortProtocol, type WorkloadPort } from '../contracts/port';
import { ConfigError, Problems, show } from '../kernel/errors';
import { deepFreeze } from '../kernel/freeze';
import { dnsLabel, hostName, portNumber } from '../kernel/names';
import { ANYTHING, FLAG, PARSED, fitProps, type Shapes } from '../kernel/shape';
import { defineExternalHost } from './external-host-objects';
import type { ExternalHostModel, IExternalHost } from './external-host-model';
import { findPort } from './ports';
import { Reach } from './reach';

export interface ExternalHostProps {
  /** How packets reach the host. Required, since a NetworkPolicy can't know a name. */
  readonly reach: Reach;
  /** @default 443 for `https`; `tcp` and `tls` always name theirs */
  readonly port?: number;
  /**
   * Let the proxy open the TLS connection: the application speaks plain HTTP to port 80 of the host, and the mesh sees
   * methods, paths and status codes. Only for `https`, and not together with the egress gateway.
   * @default false - the application speaks TLS itself
   */
  readonly tlsOrigination?: boolean;
  /**
   * A short name for it inside the namespace, by a Service of type ExternalName: `orders-db` instead of the provider's long
   * host name. Only for `tcp`, since a TLS client would compare the certificate with the short name. @default - none
   */
  readonly alias?: string;
}

const PROPS: Shapes<ExternalHostProps> = { reach: ANYTHING, port: PARSED, tlsOrigination: FLAG, alias: PARSED };

/**
 * A host outside the mesh: a clearing house, a database of the cloud, a partner's API. A workload reaches it by
 * `allowTo`, which makes its ServiceEntry in the workload's namespace, visible to that namespace alone.
 *
 * ```ts
 * payments.allowTo(ExternalHost.https('clearing.example.net', { reach: Reach.cidrs('203.0.113.0/24') }));
 * ```
 * https://istio.io/latest/docs/reference/config/networking/service-entry/
 */
export class ExternalHost implements IExternalHost {
  /** A host that speaks HTTPS. @throws ConfigError that lists every problem. */
  static https(host: string, props: Omit<ExternalHostProps, 'alias'>): ExternalHost {
    return new ExternalHost(host, PortProtocol.TLS, 'https', props, 443);
  }

  /** A host that speaks TLS from the first byte, under its own name (SNI). @throws ConfigError that lists every problem. */
  static tls(host: string, props: Omit<ExternalHostProps, 'alias'> & { readonly port: number }): ExternalHost {
    return new ExternalHost(host, PortProtocol.TLS, 'tls', props);
  }

  /**
   * A host that speaks bytes: a managed PostgreSQL, a broker. The proxy can't see its name, only its address, so it is told
   * from other hosts by its blocks. @throws ConfigError
   */
  static tcp(host: string, props: Omit<ExternalHostProps, 'tlsOrigination'> & { readonly port: number }): ExternalHost {
    return new ExternalHost(host, PortProtocol.TCP, 'tcp', props);
  }

  readonly model: ExternalHostModel;
  readonly peerName: string;

  private constructor(
    host: string,
    protocol: PortProtocol,
    form: string,
    given: Partial<ExternalHostProps> | undefined,
    usual?: number,
  ) {
    const problems = new Problems(`external host ${show(host)}`);
    const props = fitProps<Partial<ExternalHostProps>>(given ?? {}, PROPS, problems);
    problems.take(() => hostName(host), undefined);
    const port = problems.take(() => portNumber((props.port ?? usual) as number), 443, 'port');
    const reach = props.reach;
    if (!(reach instanceof Reach)) {
      problems.add(
        `${show(reach)} does not say how packets get there, and a NetworkPolicy knows no names; give Reach.cidrs(…), Reach.egressGateway() or Reach.anyPublicAddress({ accept: … })`,
        'reach',
      );
    } else {
      reach.validate(problems);
      problems.check(
        form !== 'tcp' || reach.kind !== 'any',
        'of bytes the proxy sees addresses alone, so that every address on the port would be taken for this host; use Reach.cidrs',
        'reach',
      );
      if (reach.kind === 'egress-gateway') {
        problems.check(
          form !== 'tcp',
          'the egress gateway tells hosts apart by their TLS name, which plain TCP has not; use Reach.cidrs',
          'reach',
        );
        problems.check(
          !props.tlsOrigination,
          'can not be joined with the egress gateway; let the application speak TLS',
          'tlsOrigination',
        );
      }
    }
    problems.check(
      !props.tlsOrigination || form === 'https',
      `is for https hosts; ${form} hosts are spoken to by the application; leave it out`,
      'tlsOrigination',
    );
    if (props.alias !== undefined) {
      problems.take(() => dnsLabel(props.alias!), undefined, 'alias');
      problems.check(form === 'tcp', `is for tcp hosts; a ${form} client would compare the certificate with the alias`, 'alias');
    }
    problems.throwIfAny();
    this.peerName = host;
    const tlsOrigination = props.tlsOrigination ?? false;
    this.model = Object.freeze({
      host,
      reach: reach!,
      tlsOrigination,
      alias: props.alias,
      port: deepFreeze(
        tlsOrigination
          ? { name: 'http', port: 80, targetPort: port, protocol: PortProtocol.HTTP }
          : { name: form, port, targetPort: port, protocol },
      ),
    });
  }

  portOf(port?: number | string): WorkloadPort {
    return findPort([this.model.port], port);
  }

  destinations(port: WorkloadPort): Destination[] {
    return this.model.reach.peers().map((peer) => ({ peer, port: port.targetPort }));
  }

  meshHosts(callerNamespace: string): string[] {
    return [`${callerNamespace}/${this.model.host}`];
  }

  recordIngress(edge: Edge): void {
    if (edge.methods || edge.paths) {
      throw new ConfigError([
        {
          where: `${edge.caller.peerName} → ${this.peerName}`,
          what: 'methods and paths are checked where a request arrives, and an external host is outside the mesh; leave them out',
        },
      ]);
    }
  }

  /** Makes the objects that the namespace of a caller needs to know this host; gives what the caller then talks to. */
  within(namespace: IMeshNamespace): ICallee {
    return defineExternalHost(namespace, this);
  }
}
