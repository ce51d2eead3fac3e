import { FULL_LOAD_ANNOTATION } from '../../kernel/labels';
import { type CheckedManifest, called, ofKind, specOf } from '../manifest';
import { type Track, tracksOf } from './tracks';

type Labels = Readonly<Record<string, string>>;

/** A share of requests on its way to pods. */
export interface Destination {
  /** The Service, `bank/loans`. */
  readonly service: string;
  readonly subset?: string;
  /** Percent, above 0. */
  readonly weight: number;
}

/** A way that requests take: one route of a VirtualService, a path of an Ingress, or a Service that nothing routes. */
export interface Way {
  /** The object that says so. */
  readonly called: string;
  /** Whether only some requests take it, who carry a header or come from certain callers. */
  readonly narrow: boolean;
  readonly to: readonly Destination[];
}

/** What some manifests make of requests. */
export class World {
  readonly tracks: ReadonlyMap<string, Track>;
  readonly services: ReadonlyMap<string, Labels>;
  readonly ways: readonly Way[];
  readonly canaries: ReadonlyMap<string, CheckedManifest>;
  /** VirtualServices that take effect only where another one delegates to them. */
  readonly delegates: ReadonlyMap<string, CheckedManifest>;
  /** For each VirtualService that delegates, to whom. */
  readonly roots: ReadonlyMap<string, ReadonlySet<string>>;
  /** Pods that carry all requests of a Service together, where that is said. */
  readonly fullLoads: ReadonlyMap<string, number>;
  private readonly subsets: ReadonlyMap<string, ReadonlyMap<string, Labels>>;

  constructor(readonly objects: readonly CheckedManifest[]) {
    this.tracks = tracksOf(objects);
    this.services = new Map(
      [...ofKind(objects, '', 'Service')].map(([key, one]) => [key, specOf<{ selector: Labels }>(one).selector ?? {}]),
    );
    const rules = [...ofKind(objects, 'networking.istio.io', 'DestinationRule').values()].map((rule) => {
      const { host = '', subsets = [] } = specOf<{ host: string; subsets: readonly { name: string; labels?: Labels }[] }>(rule);
      return { rule, service: serviceOf(host, rule), subsets: new Map(subsets.map((one) => [one.name, one.labels ?? {}])) };
    });
    this.subsets = new Map(rules.map(({ service, subsets }) => [service, subsets]));
    this.fullLoads = new Map(
      [...rules.map(({ rule, service }) => [service, rule] as const), ...ofKind(objects, '', 'Service')].flatMap(
        ([service, object]) => {
          const pods = Number(object.metadata.annotations?.[FULL_LOAD_ANNOTATION]);
          return Number.isInteger(pods) && pods > 0 ? [[service, pods] as const] : [];
        },
      ),
    );
    this.canaries = ofKind(objects, 'flagger.app', 'Canary');
    const virtualServices = ofKind(objects, 'networking.istio.io', 'VirtualService');
    this.delegates = new Map([...virtualServices].filter(([, one]) => !specOf<{ hosts: string[] }>(one).hosts?.length));
    this.roots = new Map([...virtualServices.values()].map((one) => [called(one), delegatesOf(one)]));
    const routed = [...routesOf(objects), ...backendsOf(objects)];
    this.ways = [...routed, ...this.plain(routed)];
  }

  /** The Deployments whose pods a Service leads to. */
  behind(service: string): readonly Track[] {
    return this.selected(service, Object.entries(this.services.get(service) ?? {}));
  }

  /** The Deployments whose pods get what is sent there. Undefined when the Service is known, and the subset is not. */
  reached({ service, subset }: Destination): readonly Track[] | undefined {
    const selector = this.services.get(service);
    if (!selector || subset === undefined) return this.behind(service);
    const labels = this.subsets.get(service)?.get(subset);
    return labels && this.selected(service, [...Object.entries(selector), ...Object.entries(labels)]);
  }

  /** For each object that routes, the largest percentage of its requests that each Deployment gets: of all callers. */
  shares(): Map<string, Map<string, number>> {
    const shares = new Map<string, Map<string, number>>();
    for (const { called, to } of this.ways.filter(({ narrow }) => !narrow)) {
      const largest = shares.get(called) ?? new Map<string, number>();
      for (const [key, share] of this.sharesOf(to)) largest.set(key, Math.max(share, largest.get(key) ?? 0));
      shares.set(called, largest);
    }
    return shares;
  }

  /** The largest percentage of requests that each Deployment gets on any way; 0 where only some requests come. */
  serving(): Map<string, number> {
    const serving = new Map<string, number>();
    for (const { to, narrow } of this.ways) {
      for (const [key, share] of this.sharesOf(to)) serving.set(key, Math.max(narrow ? 0 : share, serving.get(key) ?? 0));
    }
    return serving;
  }

  /** Whether anything of this service is there. */
  hasFamily(family: string): boolean {
    return [...this.tracks.values()].some((one) => one.family === family);
  }

  private sharesOf(to: readonly Destination[]): Map<string, number> {
    const shares = new Map<string, number>();
    for (const one of to) {
      for (const { key } of this.reached(one) ?? []) shares.set(key, (shares.get(key) ?? 0) + one.weight);
    }
    return shares;
  }

  private selected(service: string, wanted: readonly (readonly [string, string])[]): Track[] {
    const namespace = service.slice(0, service.indexOf('/'));
    // A Service without a selector selects nothing.
    if (wanted.length === 0) return [];
    return [...this.tracks.values()].filter(
      (one) => one.namespace === namespace && wanted.every(([key, value]) => one.podLabels[key] === value),
    );
  }

  /** Services that are called as they are. Where a route leads to a track of a service, its other Services are known to wait. */
  private plain(routed: readonly Way[]): Way[] {
    const families = new Set(routed.flatMap(({ to }) => to.flatMap((one) => this.reached(one) ?? [])).map((one) => one.family));
    return [...this.services.keys()].flatMap((service) => {
      const tracks = this.behind(service);
      return tracks.length > 0 && tracks.every(({ family }) => !families.has(family))
        ? [{ called: `Service ${service}`, narrow: false, to: [{ service, weight: 100 }] }]
        : [];
    });
  }
}

interface Routing {
  match?: readonly { headers?: object; sourceLabels?: object }[];
  route?: readonly { destination?: { host?: string; subset?: string }; weight?: number }[];
}

function routesOf(objects: readonly CheckedManifest[]): Way[] {
  return [...ofKind(objects, 'networking.istio.io', 'VirtualService').values()].flatMap((object) => {
    const { http = [], tcp = [], tls = [] } = specOf<{ http: Routing[]; tcp: Routing[]; tls: Routing[] }>(object);
    return [...http, ...tcp, ...tls].flatMap(({ route = [], match = [] }): Way[] => {
      const to = route.map(({ destination, weight }) => ({
        service: serviceOf(destination?.host ?? '', object),
        subset: destination?.subset,
        weight: weight ?? (route.length === 1 ? 100 : 0),
      }));
      // Weights are relative to one another: Istio takes them so.
      const whole = to.reduce((all, { weight }) => all + weight, 0);
      const shares = to.filter(({ weight }) => weight > 0).map((one) => ({ ...one, weight: (one.weight * 100) / whole }));
      const narrow = match.length > 0 && match.every(({ headers, sourceLabels }) => Boolean(headers ?? sourceLabels));
      return [{ called: called(object), narrow, to: shares }];
    });
  });
}

function delegatesOf(object: CheckedManifest): Set<string> {
  const { http = [] } = specOf<{ http: readonly { delegate?: { name: string; namespace?: string } }[] }>(object);
  const own = object.metadata.namespace ?? '';
  return new Set(http.flatMap(({ delegate }) => (delegate ? [`${delegate.namespace ?? own}/${delegate.name}`] : [])));
}

interface Backend {
  service?: { name: string };
}

function backendsOf(objects: readonly CheckedManifest[]): Way[] {
  return [...ofKind(objects, 'networking.k8s.io', 'Ingress').values()].flatMap((object) => {
    const { defaultBackend, rules = [] } = specOf<{
      defaultBackend: Backend;
      rules: readonly { http?: { paths?: readonly { backend?: Backend }[] } }[];
    }>(object);
    const backends = [defaultBackend, ...rules.flatMap(({ http }) => (http?.paths ?? []).map(({ backend }) => backend))];
    return backends.flatMap((backend): Way[] => {
      const name = backend?.service?.name;
      const service = `${object.metadata.namespace ?? ''}/${name}`;
      return name === undefined ? [] : [{ called: called(object), narrow: false, to: [{ service, weight: 100 }] }];
    });
  });
}

/** The Service that a host means: a short name, or `name.namespace.svc…`. A host outside of the cluster means none of ours. */
function serviceOf(host: string, { metadata }: CheckedManifest): string {
  const [name, namespace, svc] = host.split('.');
  if (namespace === undefined) return `${metadata.namespace ?? ''}/${name}`;
  return svc === undefined || svc === 'svc' ? `${namespace}/${name}` : `/${host}`;
}
