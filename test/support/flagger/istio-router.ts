import { isDeepStrictEqual } from 'node:util';
import { copyOf } from '../reachability/mutation';
import { namespaceOf, Unsupported, idOf } from '../reachability/objects';
import { isTcp, serviceNames, TOTAL_WEIGHT, type Canary, type HttpMatch, type Live } from './canary';
import { mergedMatch, type Cookies, type Destination, type HttpRoute, type TcpRoute, type Weights } from './istio-routes';
import { ownedBy, withToolkitOff } from './metadata';
import { affinityRoutes } from './session-affinity';
import { apiVersionOf, type Store } from './store';
import {
  carried,
  CORS_POLICY,
  hasEmptyCollection,
  HEADERS,
  HTTP_MATCH,
  RETRIES,
  REWRITE,
  TRAFFIC_POLICY,
  VIRTUAL_SERVICE,
  type Shape,
} from './wire';

/* VirtualService and DestinationRules: pkg/router/istio.go. */

interface VirtualService extends Live {
  spec: { hosts: string[]; gateways?: string[]; http?: HttpRoute[]; tcp?: TcpRoute[] };
}

const KUBECTL = 'kubectl.kubernetes.io/last-applied-configuration';
const ORIGINAL = 'flagger.kubernetes.io/original-configuration';

/** How traffic is told to move. */
export interface MeshRouter {
  reconcile(): void;
  weights(): Weights;
  setWeights(weights: Weights): void;
}

export class IstioRouter implements MeshRouter {
  private readonly names: { readonly apex: string; readonly primary: string; readonly canary: string };
  private readonly namespace: string;

  constructor(
    private readonly store: Store,
    private readonly canary: Canary,
    private readonly cookies: Cookies,
  ) {
    this.names = serviceNames(canary);
    this.namespace = namespaceOf(canary);
  }

  reconcile(): void {
    this.reconcileDestinationRule(this.names.canary);
    this.reconcileDestinationRule(this.names.primary);
    this.reconcileVirtualService();
  }

  weights(): Weights {
    const { http = [], tcp = [] } = this.virtualService().spec;
    const routes: readonly { route: Destination[]; mirror?: { host: string } }[] = isTcp(this.canary) ? tcp : http;
    // The last route that leads to the canary counts; under session affinity the destinations that set a cookie do.
    const chosen = routes.filter(({ route }) => route.some((one) => one.destination.host === this.names.canary)).at(-1);
    const setting = this.canary.spec.analysis?.sessionAffinity
      ? http.flatMap(({ route }) => route.filter(({ headers }) => headers !== undefined))
      : [];
    const weightOf = (host: string): number =>
      [...(chosen?.route ?? []), ...setting].filter((one) => one.destination.host === host).at(-1)?.weight ?? 0;
    const found = { primary: weightOf(this.names.primary), canary: weightOf(this.names.canary) };
    if (found.primary === 0 && found.canary === 0) {
      throw new Unsupported(`${idOf(this.canary)}: its VirtualService leads to neither track, and Flagger does not go on`);
    }
    return { ...found, mirrored: chosen?.mirror !== undefined };
  }

  setWeights({ primary, canary, mirrored }: Weights): void {
    const existing = this.virtualService();
    const route = [this.destination(this.names.primary, primary), this.destination(this.names.canary, canary)];
    const spec = { ...existing.spec, ...(isTcp(this.canary) ? this.tcp(route) : { http: this.http(route, mirrored) }) };
    this.store.put({ ...existing, spec });
  }

  private virtualService(): VirtualService {
    const found = this.store.find<VirtualService>('VirtualService', this.namespace, this.names.apex);
    if (found === undefined) {
      throw new Unsupported(`${idOf(this.canary)}: there is no VirtualService ${this.names.apex}`);
    }
    // Whatever Flagger's types don't know is gone with its next write.
    return { ...found, spec: carried(found.spec, VIRTUAL_SERVICE) };
  }

  private reconcileDestinationRule(name: string): void {
    const { trafficPolicy } = this.canary.spec.service;
    const spec = { host: name, ...(trafficPolicy ? { trafficPolicy: carried(trafficPolicy, TRAFFIC_POLICY) } : {}) };
    const existing = this.store.find('DestinationRule', this.namespace, name);
    this.store.put(
      existing === undefined
        ? {
            apiVersion: apiVersionOf('DestinationRule'),
            kind: 'DestinationRule',
            metadata: { name, namespace: this.namespace, ...{ ownerReferences: ownedBy(this.canary) } },
            spec,
          }
        : { ...existing, spec },
    );
  }

  /** Weights of a VirtualService that is there stay, unless anything else about it has to change: then all goes to the primary. */
  private reconcileVirtualService(): void {
    const { service } = this.canary.spec;
    const { labels = {}, annotations: given } = service.apex ?? {};
    const annotations = withToolkitOff(given);
    const spec = this.initialSpec();
    const existing = this.store.find<VirtualService>('VirtualService', this.namespace, this.names.apex);
    if (existing === undefined) {
      this.store.put({
        apiVersion: apiVersionOf('VirtualService'),
        kind: 'VirtualService',
        metadata: {
          name: this.names.apex,
          namespace: this.namespace,
          labels,
          annotations,
          ...{ ownerReferences: ownedBy(this.canary) },
        },
        spec,
      });
      return;
    }
    const before = carried(existing.spec, VIRTUAL_SERVICE);
    if (service.delegation) {
      delete before.gateways;
      before.hosts = [];
    }
    const { [KUBECTL]: applied, [ORIGINAL]: original } = existing.metadata?.annotations ?? {};
    const kept = { ...annotations, ...(applied ? { [KUBECTL]: applied } : {}), ...(original ? { [ORIGINAL]: original } : {}) };
    const specChanged = this.restless() || !isDeepStrictEqual(this.comparable(spec), this.comparable(before));
    const { labels: oldLabels = {}, annotations: oldAnnotations = {} } = existing.metadata ?? {};
    if (specChanged || !isDeepStrictEqual(labels, oldLabels) || !isDeepStrictEqual(kept, oldAnnotations)) {
      const remembered = specChanged && applied === undefined ? { [ORIGINAL]: JSON.stringify(before) } : {};
      this.store.put({ ...existing, metadata: { ...existing.metadata, labels, annotations: { ...kept, ...remembered } }, spec });
    }
  }

  private initialSpec(): VirtualService['spec'] {
    const { service, analysis } = this.canary.spec;
    const { hosts = [], gateways = [] } = service;
    if (service.delegation && (hosts.length > 0 || gateways.length > 0)) {
      throw new Unsupported(`${idOf(this.canary)}: Flagger refuses hosts and gateways beside delegation`);
    }
    const { apex, primary, canary } = this.names;
    const route = [this.destination(primary, TOTAL_WEIGHT), this.destination(canary, 0)];
    const named = hosts.includes(apex) || hosts.includes('*') ? hosts : [...hosts, apex];
    const bound = gateways.length > 0 ? gateways : ['mesh'];
    const matching = (analysis?.match ?? []).length > 0;
    return {
      ...(service.delegation ? { hosts: [] } : { hosts: named, gateways: bound }),
      ...(isTcp(this.canary)
        ? this.tcp(route)
        : { http: matching ? this.matched(route, [route[0]!]) : [this.httpRoute(service.match, route)] }),
    };
  }

  private http(route: Destination[], mirrored: boolean): HttpRoute[] {
    const { analysis = {}, service } = this.canary.spec;
    if ((analysis.match ?? []).length > 0) {
      return this.matched(route, [copyOf({ one: route[0] })['one'] as Destination]);
    }
    const weighted = this.httpRoute(service.match, route);
    const stuck = (primary: number, canary: number): Destination[] => [
      this.destination(this.names.primary, primary),
      this.destination(this.names.canary, canary),
    ];
    const routes = analysis.sessionAffinity ? affinityRoutes(this.canary, weighted, this.cookies, stuck) : [weighted];
    if (mirrored) {
      const { mirrorWeight = 0 } = analysis;
      routes[0] = {
        ...routes[0]!,
        mirror: { host: this.names.canary },
        ...(mirrorWeight > 0 ? { mirrorPercentage: { value: mirrorWeight } } : {}),
      };
    }
    return routes;
  }

  /** A/B: those who match, and everybody else, who see the primary alone, with whatever weight it has. */
  private matched(route: Destination[], others: Destination[]): HttpRoute[] {
    const { analysis, service } = this.canary.spec;
    return [this.httpRoute(mergedMatch(analysis?.match ?? [], service.match), route), this.httpRoute(service.match, others)];
  }

  private httpRoute(match: HttpMatch[] | undefined, route: Destination[]): HttpRoute {
    const { rewrite, timeout, retries, corsPolicy, headers } = this.canary.spec.service;
    return {
      ...((match ?? []).length > 0 ? { match: match!.map((one) => carried(one, HTTP_MATCH)) } : {}),
      ...(rewrite ? { rewrite: carried(rewrite, REWRITE) } : {}),
      ...(timeout ? { timeout } : {}),
      ...(retries ? { retries: carried(retries, RETRIES) } : {}),
      ...(corsPolicy ? { corsPolicy: carried(corsPolicy, CORS_POLICY) } : {}),
      ...(headers ? { headers: carried(headers, HEADERS) } : {}),
      route,
    };
  }

  private tcp(route: Destination[]): Pick<VirtualService['spec'], 'tcp'> {
    const { match = [] } = this.canary.spec.service;
    return { tcp: [{ ...(match.length > 0 ? { match: match.map(({ port }) => (port ? { port } : {})) } : {}), route }] };
  }

  private destination(host: string, weight: number): Destination {
    const { portDiscovery, gateways = [], delegation, port } = this.canary.spec.service;
    const outside = (gateways.length > 0 && gateways[0] !== 'mesh') || (delegation ?? false);
    return { destination: { host, ...(portDiscovery && outside ? { port: { number: port } } : {}) }, weight };
  }

  /** What has to be equal for a VirtualService to be left alone: all but weights, mirrors and the routes of cookies. */
  private comparable({ http, tcp, ...spec }: VirtualService['spec']): object {
    const affinity = this.canary.spec.analysis?.sessionAffinity;
    const names = affinity === undefined ? [] : [affinity.cookieName, affinity.primaryCookieName ?? ''];
    const ofCookie = ({ match = [] }: HttpRoute): boolean =>
      match.some(({ headers }) => names.some((name) => (headers?.['Cookie']?.regex ?? '').includes(name)));
    const bare = (route: Destination[]): object[] =>
      route.map(({ destination, headers }) => (affinity === undefined && headers ? { destination, headers } : { destination }));
    return {
      ...spec,
      http: (http ?? [])
        .filter((one) => !ofCookie(one))
        .map(({ mirror: _, mirrorPercentage: __, route, ...rest }) => ({ ...rest, route: bare(route) })),
      tcp: (tcp ?? []).map(({ route, ...rest }) => ({ ...rest, route: bare(route) })),
    };
  }

  /** An empty list or map in the Canary never equals what the API server gives back, so every tick starts over. */
  private restless(): boolean {
    const { match, headers, corsPolicy } = this.canary.spec.service;
    const conditions = this.canary.spec.analysis?.match;
    const lists: Shape = {
      match: ['list', HTTP_MATCH],
      conditions: ['list', HTTP_MATCH],
      headers: HEADERS,
      corsPolicy: CORS_POLICY,
    };
    return (
      !isTcp(this.canary) &&
      hasEmptyCollection({ match, headers, corsPolicy, ...(conditions?.length ? { conditions } : {}) }, lists)
    );
  }
}
