import { exported, fullyQualified } from './hosts';
import type { Destination, HttpRoute, TcpRoute, VirtualServiceSpec } from './http-route';
import { mergedRoute } from './merge-routes';
import { copyOf } from './mutation';
import { idOf, nameOf, namespaceOf, ofKind, specOf, type KubeObject } from './objects';

/* VirtualServices as they take effect, roots with their delegates: pilot/pkg/model/virtualservice_controller.go. */

export interface MeshRoute {
  readonly id: string;
  readonly namespace: string;
  readonly hosts: readonly string[];
  /** `mesh`, or `namespace/name` of a Gateway. */
  readonly gateways: readonly string[];
  readonly http: readonly HttpRoute[];
  readonly tcp: readonly TcpRoute[];
  readonly tls: readonly TcpRoute[];
  /** Why parts of it have no effect, a line for each. */
  readonly dropped: readonly string[];
}

interface Root extends MeshRoute {
  readonly exportTo: readonly string[] | undefined;
}

export const MESH = 'mesh';

export class VirtualServices {
  /** Those with hosts. One without takes effect through others only. */
  readonly all: readonly Root[];
  private readonly objects: readonly KubeObject[];

  constructor(
    objects: readonly KubeObject[],
    private readonly clusterDomain: string,
  ) {
    this.objects = ofKind(objects, 'VirtualService');
    this.all = this.objects.filter((object) => hostsOf(object).length > 0).map((object) => this.merged(object));
  }

  /** Those that bind to sidecars and are exported to the namespace. */
  forMesh(namespace: string): MeshRoute[] {
    return this.boundTo(MESH, namespace);
  }

  /** Those that bind to a Gateway, named `namespace/name`, and are exported to the namespace of its pods. */
  boundTo(gateway: string, namespace: string): MeshRoute[] {
    return this.all.filter((one) => one.gateways.includes(gateway) && exported(one.exportTo, one.namespace, namespace));
  }

  /** Those without hosts to which no root delegates: nobody ever takes their routes. */
  orphans(): KubeObject[] {
    const named = new Set(
      this.objects.flatMap((object) =>
        (specOf<VirtualServiceSpec>(object).http ?? []).flatMap(({ delegate }) =>
          delegate === undefined ? [] : [`${delegate.namespace || namespaceOf(object)}/${delegate.name ?? ''}`],
        ),
      ),
    );
    return this.objects.filter(
      (object) => hostsOf(object).length === 0 && !named.has(`${namespaceOf(object)}/${nameOf(object)}`),
    );
  }

  private merged(object: KubeObject): Root {
    const { gateways = [], exportTo } = specOf<VirtualServiceSpec>(object);
    const namespace = namespaceOf(object);
    const { http = [], tcp = [], tls = [] } = this.qualified(object);
    const dropped: string[] = [];
    // A leaf may say what several roots let in, and each of them takes its part: lost is what none of them takes, and a root
    // that takes nothing.
    const leaves = new Map<string, { taken: boolean; lost: string[] }>();
    const merged = http.flatMap((route, index) =>
      this.withDelegate(`${idOf(object)}#http[${index}]`, route, namespace, dropped, leaves),
    );
    const lost = [...leaves.values()].flatMap((leaf) => (leaf.taken ? [] : leaf.lost));
    dropped.push(...lost.filter((why) => !dropped.includes(why)));
    return {
      id: idOf(object),
      namespace,
      hosts: hostsOf(object).map((host) => fullyQualified(host, namespace, this.clusterDomain)),
      gateways: gateways.length === 0 ? [MESH] : gateways.map((gateway) => gatewayName(gateway, namespace)),
      exportTo,
      http: merged,
      tcp,
      tls,
      dropped,
    };
  }

  private withDelegate(
    where: string,
    root: HttpRoute,
    namespace: string,
    dropped: string[],
    leaves: Map<string, { taken: boolean; lost: string[] }>,
  ): HttpRoute[] {
    const { delegate, ...own } = root;
    if (delegate === undefined) {
      return [root];
    }
    if (root.route !== undefined || root.redirect !== undefined) {
      dropped.push(`${where}: Istio refuses a delegate beside a route or a redirect`);
      return [];
    }
    const owner = delegate.namespace || namespace;
    const found = this.objects.find((one) => nameOf(one) === delegate.name && namespaceOf(one) === owner);
    if (found === undefined || hostsOf(found).length > 0) {
      const why = found === undefined ? 'there is none' : 'it has hosts of its own, so it is no delegate';
      dropped.push(`${where}: delegates to ${owner}/${delegate.name ?? ''}, but ${why}`);
      return [];
    }
    if (!exported(specOf<VirtualServiceSpec>(found).exportTo, owner, namespace)) {
      dropped.push(`${where}: its delegate ${owner}/${delegate.name ?? ''} is not exported to ${namespace}`);
      return [];
    }
    const lostHere: string[] = [];
    const taken = (this.qualified(found).http ?? []).flatMap((leaf, index): HttpRoute[] => {
      const at = `${where} > ${idOf(found)}#http[${index}]`;
      if (leaf.delegate !== undefined) {
        dropped.push(`${at}: Istio refuses a delegate that delegates`);
        return [];
      }
      const merged = mergedRoute(own, leaf);
      const id = `${idOf(found)}#http[${index}]`;
      const fate = leaves.get(id) ?? { taken: false, lost: [] };
      leaves.set(id, fate);
      if (merged) fate.taken = true;
      else {
        const why = `${at}: its conditions are no part of the root's, so Istio drops it`;
        fate.lost.push(why);
        lostHere.push(why);
      }
      return merged === undefined ? [] : [merged];
    });
    // A root that takes nothing of its delegate leads nowhere.
    if (taken.length === 0) dropped.push(...lostHere);
    return taken;
  }

  /** The spec with every short name spelled out: it means a Service of the namespace of the VirtualService that says it. */
  private qualified(object: KubeObject): VirtualServiceSpec {
    const spec = specOf<VirtualServiceSpec>(copyOf(object));
    const namespace = namespaceOf(object);
    const qualify = (destination: Destination | undefined): void => {
      if (destination?.host !== undefined) {
        destination.host = fullyQualified(destination.host, namespace, this.clusterDomain);
      }
    };
    for (const route of [...(spec.http ?? []), ...(spec.tcp ?? []), ...(spec.tls ?? [])] as HttpRoute[]) {
      [...(route.route ?? []), ...(route.mirrors ?? [])].forEach(({ destination }) => qualify(destination));
      qualify(route.mirror);
      route.match?.forEach((match) => (match.gateways = match.gateways?.map((gateway) => gatewayName(gateway, namespace))));
    }
    return spec;
  }
}

/**
 * Where it leads for callers of this namespace, with the ports that are routed to; 0 stands for all of them
 * (push_context.go, virtualServiceDestinationsFilteredBySourceNamespace).
 */
export function destinationsOf({ http, tcp, tls }: MeshRoute, sourceNamespace: string): Map<string, Set<number>> {
  const found = new Map<string, Set<number>>();
  const add = (destination: Destination | undefined): void => {
    if (destination?.host !== undefined) {
      found.set(destination.host, (found.get(destination.host) ?? new Set()).add(destination.port?.number ?? 0));
    }
  };
  const forSource = http.filter(({ match = [] }) => {
    const wanted = match.map(({ sourceNamespace: from }) => from).filter(Boolean);
    return wanted.length === 0 || wanted.includes(sourceNamespace);
  });
  for (const { route = [], mirror, mirrors = [] } of [...forSource, ...tcp, ...tls] as HttpRoute[]) {
    [...route, ...mirrors].forEach(({ destination }) => add(destination));
    add(mirror);
  }
  return found;
}

function hostsOf(object: KubeObject): string[] {
  return specOf<VirtualServiceSpec>(object).hosts ?? [];
}

/** pilot/pkg/model/config.go, resolveGatewayName. */
function gatewayName(gateway: string, namespace: string): string {
  if (gateway === MESH) {
    return gateway;
  }
  const [first = '', second] = gateway.split('/');
  if (second !== undefined) {
    return first === '.' ? `${namespace}/${second}` : gateway;
  }
  const [name = '', owner] = first.split('.');
  return `${owner ?? namespace}/${name}`;
}
