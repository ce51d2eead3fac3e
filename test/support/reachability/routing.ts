import type { Caller, DestinationRules, DestinationRuleSpec, Subset } from './destination-rules';
import type { HttpRequest } from './flow';
import { mostSpecific, overlaps, subsetOf } from './hosts';
import type { Destination, HttpRoute, TcpRoute, Weighted } from './http-route';
import { nameOf, namespaceOf, ofKind, specOf, type KubeObject } from './objects';
import type { Pod } from './pods';
import { meets, type Asked } from './route-match';
import { subset as labelled } from './selectors';
import { isHttpProtocol, sendsTo, targetOf, type KnownService } from './services';
import type { Scope, Sidecars } from './sidecar';
import { MESH, type MeshRoute, type VirtualServices } from './virtual-services';

/* Where a request goes that a pod sends to a host: pilot/pkg/networking/core/route/route.go. */

/** One of the places where a request can arrive. */
export interface Arrival {
  readonly host: string;
  readonly port: number;
  readonly subset: string | undefined;
  /** Percent of the requests; of mirrored ones, percent that is copied. */
  readonly share: number;
  readonly mirrored: boolean;
  /** Pods that are running and get it, each with the port that it gets it on. */
  readonly pods: readonly { readonly pod: Pod; readonly port: number }[];
}

export interface Journey {
  /** The VirtualService that decides; undefined where none does, and the Service's own pods get it. */
  readonly via: string | undefined;
  readonly arrivals: readonly Arrival[];
  /** Why requests get lost on the way. */
  readonly problems: readonly string[];
}

interface GatewaySpec {
  selector?: Record<string, string>;
  servers?: { hosts?: string[] }[];
}

/** A way that a request can take: over a Gateway or over the mesh. */
interface Way {
  readonly gateway: string;
  readonly routes: readonly MeshRoute[];
}

export class Routing {
  private readonly gateways: readonly KubeObject[];

  constructor(
    objects: readonly KubeObject[],
    private readonly pods: readonly Pod[],
    private readonly sidecars: Sidecars,
    private readonly virtualServices: VirtualServices,
    private readonly rules: DestinationRules,
  ) {
    this.gateways = ofKind(objects, 'Gateway');
  }

  /** The journey of a request from this pod to `request.host`, by the port that it dials there. */
  journey(from: Pod, request: HttpRequest & { readonly host: string }): Journey {
    const scope = this.sidecars.scopeOf(from);
    const way = this.wayOf(from, scope, request.host);
    const [chosen, ...rivals] = way === undefined ? [] : virtualServicesFor(request.host, way.routes);
    if (rivals.length > 0) {
      const all = [chosen!, ...rivals].map(({ id }) => id).join(' and ');
      return lost(`${all} both route ${request.host}; which one counts depends on their age`);
    }
    if (from.gateway && chosen === undefined) {
      return lost(`${from.id} has no route for ${request.host}`);
    }
    // A root all of whose delegates are missing is as none at all, to a sidecar; a gateway answers 404.
    const table = chosen === undefined ? [] : this.isOpaque(scope, request) ? chosen.tcp : chosen.http;
    return chosen !== undefined && (table.length > 0 || from.gateway)
      ? this.routed(from, scope, request, chosen, way!.gateway)
      : this.arrive(from, scope, request, undefined, [{ destination: { host: request.host }, weight: 100 }], []);
  }

  private routed(
    from: Pod,
    scope: Scope,
    request: HttpRequest & { readonly host: string },
    chosen: MeshRoute,
    gateway: string,
  ): Journey {
    const port = this.dialled(scope, request);
    const asked: Asked = { from, gateway, port, request };
    const route = this.isOpaque(scope, request)
      ? chosen.tcp.find((one) => takes(one, port))
      : chosen.http.find(({ match = [] }) => match.length === 0 || match.some((one) => meets(one, asked)));
    if (route === undefined) {
      return lost(`${chosen.id}: no route takes ${say(request)}`, chosen.id);
    }
    const { mirror, mirrorPercentage, mirrors = [], redirect, directResponse } = route as HttpRoute;
    if (redirect !== undefined || directResponse !== undefined) {
      return { via: chosen.id, arrivals: [], problems: [] };
    }
    const copies = [
      ...(mirror === undefined ? [] : [{ destination: mirror, weight: mirrorPercentage?.value ?? 100 }]),
      ...mirrors.map(({ destination, percentage }) => ({ destination, weight: percentage?.value ?? 100 })),
    ];
    return this.arrive(from, scope, request, chosen.id, shares(route.route ?? []), copies);
  }

  private arrive(
    from: Pod,
    scope: Scope,
    request: HttpRequest & { readonly host: string },
    via: string | undefined,
    routes: readonly Weighted[],
    copies: readonly Weighted[],
  ): Journey {
    const problems: string[] = [];
    const arrivals = [...routes.map((one) => ({ ...one, mirrored: false })), ...copies.map((one) => ({ ...one, mirrored: true }))]
      .map(({ destination = {}, weight = 0, mirrored }) => {
        const found = this.destination(from, scope, request, destination);
        problems.push(...(found.problem === undefined ? [] : [`${via ?? request.host}: ${found.problem}`]));
        const { host = '', subset } = destination;
        return { host, port: found.port, subset, share: weight, mirrored, pods: found.pods };
      })
      .filter(({ share }) => share > 0);
    return { via, arrivals, problems };
  }

  private destination(
    from: Pod,
    scope: Scope,
    request: HttpRequest & { readonly host: string },
    { host = '', port, subset }: Destination,
  ): { port: number; pods: Arrival['pods']; problem?: string } {
    const dialled = this.dialled(scope, request);
    const known = scope.imported.filter(({ service }) => subsetOf(host, service.host));
    const service = known[0]?.service;
    const number = port?.number ?? (service?.ports.length === 1 ? service.ports[0]!.number : dialled) ?? 0;
    const ports = known.flatMap((one) => one.ports).filter((one) => one.number === number);
    if (service === undefined || ports.length === 0) {
      return { port: number, pods: [], problem: `${from.id} does not know ${host} on port ${number}` };
    }
    if (service.selector === undefined) {
      return { port: number, pods: [] }; // outside of the cluster
    }
    const group = subset === undefined ? undefined : this.subsetOf(from, service, subset);
    if (subset !== undefined && group === undefined) {
      return { port: number, pods: [], problem: `no DestinationRule says which pods are subset ${subset} of ${host}` };
    }
    const pods = this.running(service, group).flatMap((pod) => {
      const target = targetOf(ports[0]!, pod);
      return target === undefined ? [] : [{ pod, port: target }];
    });
    const whom = subset === undefined ? host : `subset ${subset} of ${host}`;
    return pods.length > 0
      ? { port: number, pods }
      : { port: number, pods, problem: `${whom} has no running pod on port ${number}` };
  }

  /** Pods of a Service, or of a group of its pods, that run. */
  running(service: KnownService, group?: Subset): Pod[] {
    return this.pods.filter((pod) => sendsTo(service, pod) && !pod.idle && labelled(group?.labels, pod.labels));
  }

  /** What callers like this pod take the subset for. */
  subsetOf(caller: Caller, service: KnownService, name: string): Subset | undefined {
    return this.rules
      .forHost(service.host, caller, service.namespace)
      .flatMap((rule) => specOf<DestinationRuleSpec>(rule).subsets ?? [])
      .find((one) => one.name === name);
  }

  private dialled(scope: Scope, { host, servicePort }: HttpRequest & { readonly host: string }): number | undefined {
    const ports = scope.imported.find(({ service }) => service.host === host)?.ports ?? [];
    return servicePort ?? (ports.length === 1 ? ports[0]!.number : undefined);
  }

  /** Does the port that is dialled carry bytes? */
  private isOpaque(scope: Scope, request: HttpRequest & { readonly host: string }): boolean {
    const port = this.dialled(scope, request);
    const ports = scope.imported.find(({ service }) => service.host === request.host)?.ports ?? [];
    return ports.some(({ number, protocol }) => number === port && !isHttpProtocol(protocol));
  }

  private wayOf(from: Pod, scope: Scope, host: string): Way | undefined {
    if (!from.gateway) {
      return { gateway: MESH, routes: scope.routes };
    }
    const gateway = this.gateways.find((object) => {
      const { selector, servers = [] } = specOf<GatewaySpec>(object);
      const hosts = servers.flatMap((server) => server.hosts ?? []).map((one) => one.slice(one.indexOf('/') + 1));
      return labelled(selector, from.labels) && hosts.some((one) => overlaps(host, one));
    });
    if (gateway === undefined) {
      return undefined;
    }
    const name = `${namespaceOf(gateway)}/${nameOf(gateway)}`;
    return { gateway: name, routes: this.virtualServices.boundTo(name, from.namespace) };
  }
}

function lost(problem: string, via?: string): Journey {
  return { via, arrivals: [], problems: [problem] };
}

/** Those with the most specific of the hosts that cover this one. */
function virtualServicesFor(host: string, routes: readonly MeshRoute[]): MeshRoute[] {
  const named = routes.flatMap((route) => route.hosts.map((name) => ({ route, name })));
  const best = mostSpecific(host, named, ({ name }) => name)?.name;
  return [...new Set(named.filter(({ name }) => name === best).map(({ route }) => route))];
}

/** A single destination gets everything, whatever its weight; among several, those without weight get nothing. */
function shares(route: readonly Weighted[]): readonly Weighted[] {
  const total = route.reduce((sum, { weight = 0 }) => sum + weight, 0);
  return route.length === 1
    ? [{ ...route[0], weight: 100 }]
    : route.filter(({ weight = 0 }) => weight > 0).map((one) => ({ ...one, weight: (100 * (one.weight ?? 0)) / total }));
}

function takes({ match = [] }: TcpRoute, port: number | undefined): boolean {
  return match.length === 0 || match.some((one) => one.port === undefined || one.port === port);
}

function say({ method = 'GET', path = '/', host = '' }: HttpRequest): string {
  return `${method} ${path} to ${host}`;
}
