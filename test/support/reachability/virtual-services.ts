import { exported, fullyQualified } from './hosts';
import { idOf, nameOf, namespaceOf, ofKind, specOf, type KubeObject } from './objects';

/* Services which a Sidecar imports only because a VirtualService routes to them (model/virtualservice.go, sidecar.go). */

interface Destination {
  host?: string;
  port?: { number?: number };
}

interface Route {
  match?: { sourceNamespace?: string }[];
  route?: { destination?: Destination }[];
  mirror?: Destination;
  mirrors?: { destination?: Destination }[];
  delegate?: { name?: string; namespace?: string };
}

interface VirtualServiceSpec {
  hosts?: string[];
  gateways?: string[];
  exportTo?: string[];
  http?: Route[];
  tcp?: Route[];
  tls?: Route[];
}

export interface MeshRoute {
  readonly id: string;
  readonly namespace: string;
  readonly hosts: readonly string[];
  /** Host to the ports that are routed to; 0 stands for all of them. */
  destinations(sourceNamespace: string): Map<string, Set<number>>;
}

export class VirtualServices {
  private readonly objects: readonly KubeObject[];

  constructor(
    objects: readonly KubeObject[],
    private readonly clusterDomain: string,
  ) {
    this.objects = ofKind(objects, 'VirtualService');
  }

  /** Those that bind to sidecars and are exported to the namespace. One without hosts is a delegate of another. */
  forMesh(namespace: string): MeshRoute[] {
    return this.objects
      .filter((object) => {
        const { hosts = [], gateways = ['mesh'], exportTo } = specOf<VirtualServiceSpec>(object);
        return (
          hosts.length > 0 &&
          (gateways.length === 0 || gateways.includes('mesh')) &&
          exported(exportTo, namespaceOf(object), namespace)
        );
      })
      .map((object) => ({
        id: idOf(object),
        namespace: namespaceOf(object),
        hosts: (specOf<VirtualServiceSpec>(object).hosts ?? []).map((host) =>
          fullyQualified(host, namespaceOf(object), this.clusterDomain),
        ),
        destinations: (sourceNamespace) => this.destinations(object, sourceNamespace),
      }));
  }

  private destinations(object: KubeObject, sourceNamespace: string): Map<string, Set<number>> {
    const found = new Map<string, Set<number>>();
    const collect = (owner: KubeObject, delegated: boolean): void => {
      const { http = [], tcp = [], tls = [] } = specOf<VirtualServiceSpec>(owner);
      const add = (destination: Destination | undefined): void => {
        if (destination?.host !== undefined) {
          const host = fullyQualified(destination.host, namespaceOf(owner), this.clusterDomain);
          found.set(host, (found.get(host) ?? new Set()).add(destination.port?.number ?? 0));
        }
      };
      const forSource = http.filter(({ match = [] }) => {
        const wanted = match.map(({ sourceNamespace: from }) => from).filter((from) => from !== undefined);
        return wanted.length === 0 || wanted.includes(sourceNamespace);
      });
      for (const route of [...forSource, ...tcp, ...tls]) {
        [...(route.route ?? []), ...(route.mirrors ?? [])].forEach(({ destination }) => add(destination));
        add(route.mirror);
        const { delegate } = route;
        if (delegate !== undefined && !delegated) {
          this.objects
            .filter(
              (other) => nameOf(other) === delegate.name && namespaceOf(other) === (delegate.namespace ?? namespaceOf(owner)),
            )
            .forEach((other) => collect(other, true));
        }
      }
    };
    collect(object, false);
    return found;
  }
}
