import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import * as crds from '../../imports';
import type { IMeshNamespace } from '../contracts/mesh-namespace';
import type { Destination, Edge, ICallee } from '../contracts/peer';
import type { WorkloadPort } from '../contracts/port';
import { ConfigError } from '../kernel/errors';
import { serviceHost } from '../kernel/identity';
import { ACCEPTED_ANNOTATION, ownLabels } from '../kernel/labels';
import { define, note } from '../kube';
import type { IExternalHost } from './external-host-model';
import { egressGateway, egressRoute } from './resources/egress-gateway';
import { originateTls, serviceEntry } from './resources/service-entry';

/** The objects by which one namespace knows an external host. Shared by all workloads of the namespace that call it. */
export class ExternalHostObjects extends Construct implements ICallee {
  readonly peerName: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly namespace: IMeshNamespace,
    readonly external: IExternalHost,
  ) {
    super(scope, id);
    const { host, reach } = external.model;
    this.peerName = host;
    const gateway = namespace.platform.egressGateway;
    const name = host.replaceAll('.', '-');
    const metadata = {
      name,
      namespace: namespace.name,
      // A host may be longer than a label.
      labels: ownLabels(name.slice(0, 63).replace(/-+$/, ''), namespace.name),
      annotations: reach.reason === undefined ? undefined : { [ACCEPTED_ANNOTATION]: reach.reason },
    };
    const through = reach.kind === 'egress-gateway' ? gateway : undefined;
    if (reach.kind === 'egress-gateway' && !gateway) {
      throw new ConfigError([
        {
          where: `external host "${host}"`,
          what: 'is reached through the egress gateway, but the platform names none; set egressGateway on the Platform, or use Reach.cidrs',
        },
      ]);
    }
    const networking = crds.networkingIstioIo();
    define(this, 'service-entry', networking.ServiceEntry, metadata, () => ({
      spec: serviceEntry(external.model, through?.namespace),
    }));
    const { alias } = external.model;
    if (alias !== undefined) {
      define(this, 'alias', k8s.KubeService, { ...metadata, name: alias }, () => ({
        spec: { type: 'ExternalName', externalName: host },
      }));
    }
    if (external.model.tlsOrigination) {
      define(this, 'destination-rule', networking.DestinationRule, metadata, () => ({ spec: originateTls(external.model) }));
    }
    if (through) {
      define(this, 'gateway', networking.Gateway, metadata, () => ({ spec: egressGateway(external.model, through) }));
      define(this, 'virtual-service', networking.VirtualService, metadata, () => ({
        spec: egressRoute(external.model, through, `${namespace.name}/${name}`),
      }));
    }
    if (reach.reason !== undefined) {
      note(this, { kind: 'acceptance', text: `${host} is reached at any public address: ${reach.reason}` });
    }
  }

  portOf(port?: number | string): WorkloadPort {
    return this.external.portOf(port);
  }

  destinations(port: WorkloadPort): readonly Destination[] {
    const gateway = this.external.model.reach.kind === 'egress-gateway' && this.namespace.platform.egressGateway;
    return gateway
      ? [{ peer: { kind: 'pods', namespace: gateway.namespace, podLabels: gateway.podLabels }, port: gateway.port }]
      : this.external.destinations(port);
  }

  meshHosts(callerNamespace: string): string[] {
    const gateway = this.external.model.reach.kind === 'egress-gateway' && this.namespace.platform.egressGateway;
    const { alias } = this.external.model;
    const { name, platform } = this.namespace;
    const byAlias = alias === undefined ? [] : [`${name}/${serviceHost(alias, name, platform.clusterDomain)}`];
    return [
      ...this.external.meshHosts(callerNamespace),
      ...byAlias,
      ...(gateway ? [`${gateway.namespace}/${gateway.host}`] : []),
    ];
  }

  recordIngress(edge: Edge): void {
    this.external.recordIngress(edge);
  }
}

/** Makes the objects once a namespace. @throws ConfigError when the same host was declared there in another way. */
export function defineExternalHost(namespace: IMeshNamespace, external: IExternalHost): ICallee {
  const made = namespace.ensure(
    `external-${external.model.host}`,
    (scope) => new ExternalHostObjects(scope, `external-${external.model.host}`, namespace, external),
  );
  const same = JSON.stringify(made.external.model) === JSON.stringify(external.model);
  if (!same) {
    throw new ConfigError([
      {
        where: `external host "${external.model.host}"`,
        what: `is declared twice in namespace ${namespace.name} with different props; declare it once and share the value`,
      },
    ]);
  }
  return made;
}
