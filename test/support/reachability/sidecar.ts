import { outboundBypass } from './capture';
import { inCidr } from './cidr';
import type { ResolvedFlow } from './flow';
import { isWild, overlaps, subsetOf } from './hosts';
import { idOf, namespaceOf, onlyKnown, specOf, Unsupported, type KubeObject } from './objects';
import type { Pod } from './pods';
import { subset } from './selectors';
import { isHttpProtocol, sendsTo, targetOf, type KnownPort, type KnownService, type Services } from './services';
import { closed, open, unguarded, type Verdict } from './verdict';
import { destinationsOf, type MeshRoute, type VirtualServices } from './virtual-services';

/* What a pod's own proxy knows: pilot/pkg/model/sidecar.go, and push_context.go (doGetSidecarScope, initSidecarScopes). */

export type OutboundMode = 'REGISTRY_ONLY' | 'ALLOW_ANY';

export interface EgressListener {
  port?: { number?: number; protocol?: string; name?: string };
  bind?: string;
  captureMode?: string;
  hosts?: string[];
}

export interface SidecarSpec {
  workloadSelector?: { labels?: Record<string, string> };
  egress?: EgressListener[];
  ingress?: unknown[];
  outboundTrafficPolicy?: { mode?: OutboundMode };
}

export interface Imported {
  readonly service: KnownService;
  readonly ports: readonly KnownPort[];
}

export interface Scope {
  readonly by: readonly string[];
  readonly mode: OutboundMode;
  readonly imported: readonly Imported[];
  /** VirtualServices that the proxy has; of a gateway, those of its Gateways are not among them. */
  readonly routes: readonly MeshRoute[];
}

export interface SidecarOptions {
  readonly rootNamespace: string;
  readonly outboundTrafficPolicy: OutboundMode;
}

export class Sidecars {
  private readonly scopes = new Map<string, Scope>();

  constructor(
    private readonly sidecars: readonly KubeObject[],
    private readonly services: Services,
    private readonly routes: VirtualServices,
    private readonly options: SidecarOptions,
  ) {}

  verdict(flow: ResolvedFlow): Verdict {
    const { from } = flow;
    const bypass = outboundBypass(flow);
    if (bypass !== undefined || from.kind !== 'pod') {
      return unguarded(bypass ?? `${from.name} is no pod`);
    }
    const scope = this.scopeOf(from.pod);
    const target = flow.request.host ?? flow.to.ip ?? flow.to.name;
    const known = flow.request.host === undefined ? byAddress(scope, flow) : byName(scope, flow.request.host, flow);
    if (known !== undefined) {
      return open(`the proxy knows ${target} on this port`, [...scope.by, known.service.id]);
    }
    return scope.mode === 'ALLOW_ANY'
      ? unguarded(`the proxy does not know ${target} on this port and passes on what it does not know`)
      : closed(`the proxy does not know ${target} on this port`, scope.by);
  }

  /** What the pod's proxy is told. */
  scopeOf(pod: Pod): Scope {
    let scope = this.scopes.get(pod.id);
    if (scope === undefined) {
      scope = this.buildScope(pod);
      this.scopes.set(pod.id, scope);
    }
    return scope;
  }

  private buildScope(pod: Pod): Scope {
    const visible = this.services.visibleTo(pod.namespace);
    if (pod.gateway) {
      // Sidecars do not apply to gateways, and a gateway passes nothing on that it does not know.
      return {
        by: [],
        mode: 'REGISTRY_ONLY',
        imported: visible.map((service) => ({ service, ports: service.ports })),
        routes: [],
      };
    }
    const sidecar = this.sidecarOf(pod);
    const spec = sidecar === undefined ? {} : specOf<SidecarSpec>(sidecar);
    if (sidecar !== undefined) {
      onlyKnown(idOf(sidecar), spec, ['workloadSelector', 'egress', 'outboundTrafficPolicy', 'inboundConnectionPool']);
    }
    // A policy without a mode is the first of the enum (networking/v1/sidecar.proto).
    const policy = spec.outboundTrafficPolicy;
    const mode = policy === undefined ? this.options.outboundTrafficPolicy : (policy.mode ?? 'REGISTRY_ONLY');
    const listeners = spec.egress !== undefined && spec.egress.length > 0 ? spec.egress : [{ hosts: ['*/*'] }];
    const where = sidecar === undefined ? [] : [idOf(sidecar)];
    const imports = listeners.map((listener) => this.imports(where.join(), listener, pod.namespace, visible));
    return {
      by: where,
      mode,
      imported: imports.flatMap(({ imported }) => imported),
      routes: [...new Set(imports.flatMap(({ routes }) => routes))],
    };
  }

  /** With a selector before without; the namespace's before the root's. A selector in the root namespace reaches nobody else. */
  private sidecarOf(pod: Pod): KubeObject | undefined {
    const selectorOf = (object: KubeObject): SidecarSpec['workloadSelector'] => specOf<SidecarSpec>(object).workloadSelector;
    const own = this.sidecars.filter((object) => namespaceOf(object) === pod.namespace);
    const root = this.sidecars.filter((object) => namespaceOf(object) === this.options.rootNamespace);
    const candidates =
      [
        own.filter((object) => selectorOf(object) !== undefined && subset(selectorOf(object)?.labels, pod.labels)),
        own.filter((object) => selectorOf(object) === undefined),
        root.filter((object) => selectorOf(object) === undefined),
      ].find((group) => group.length > 0) ?? [];
    if (candidates.length > 1) {
      throw new Unsupported(`${candidates.map(idOf).join(' and ')} both apply to ${pod.id}; which wins depends on their age`);
    }
    return candidates[0];
  }

  private imports(
    where: string,
    listener: EgressListener,
    namespace: string,
    visible: readonly KnownService[],
  ): Pick<Scope, 'imported' | 'routes'> {
    onlyKnown(`${where} egress`, listener, ['port', 'hosts']);
    const wanted = listener.port?.protocol === 'HTTP_PROXY' ? undefined : listener.port?.number;
    const hosts = (listener.hosts ?? []).map((host) => parseHost(where, host, namespace));
    const matches = (owner: string, fits: (pattern: string) => boolean): boolean => {
      const mine = hosts.filter((host) => host.namespace === owner || host.namespace === '*');
      return mine.some((host) => !host.excluded && fits(host.name));
    };
    const excluded = (owner: string, name: string): boolean =>
      hosts.some((host) => host.excluded && (host.namespace === owner || host.namespace === '*') && subsetOf(name, host.name));
    const onPort = (ports: readonly KnownPort[]): KnownPort[] =>
      ports.filter((port) => wanted === undefined || port.number === wanted);
    const explicit = visible
      .filter(({ namespace: owner, host }) => !excluded(owner, host) && matches(owner, (pattern) => subsetOf(host, pattern)))
      .map((service) => ({ service, ports: onPort(service.ports) }));
    // A VirtualService is found by overlap, both ways round, and draws in where it leads to (collectImportedServices).
    const routes = this.routes
      .forMesh(namespace)
      .filter(({ namespace: owner, hosts: names }) =>
        names.some(
          (name) =>
            !excluded(owner, name) &&
            matches(owner, (pattern) => (isWild(name) || isWild(pattern) ? overlaps(name, pattern) : name === pattern)),
        ),
      );
    const inferred = routes
      .flatMap((route) => [...destinationsOf(route, namespace)])
      .flatMap(([host, numbers]) =>
        visible
          .filter((service) => service.host === host)
          .map((service) => ({ service, ports: onPort(service.ports).filter((p) => numbers.has(0) || numbers.has(p.number)) })),
      );
    return { imported: [...explicit, ...inferred], routes };
  }
}

function parseHost(where: string, host: string, own: string): { namespace: string; name: string; excluded: boolean } {
  const [namespace = '', name, ...rest] = host.split('/');
  if (name === undefined || name === '' || rest.length > 0) {
    throw new Unsupported(`${where}: egress host '${host}' is not of the form namespace/dnsName`);
  }
  const excluded = namespace.startsWith('~');
  const bare = excluded ? namespace.slice(1) || '*' : namespace; // `~/x` excludes from every namespace
  return { namespace: bare === '.' ? own : bare, name, excluded };
}

function byName(scope: Scope, host: string, flow: ResolvedFlow): Imported | undefined {
  const pod = flow.to.kind === 'pod' ? flow.to.pod : undefined;
  const { servicePort } = flow.request;
  return scope.imported.find(
    ({ service, ports }) =>
      subsetOf(host, service.host) &&
      ports.some(
        (port) =>
          port.protocol !== 'UDP' &&
          (servicePort === undefined ? targetOf(port, pod) === flow.port : port.number === servicePort),
      ),
  );
}

/**
 * A bare connection is known by its address: a headless Service's pods, a ServiceEntry's addresses. An entry for TCP that
 * passes through (NONE) without any address takes in every address on its port (networking/core/listener.go).
 */
function byAddress(scope: Scope, flow: ResolvedFlow): Imported | undefined {
  return scope.imported.find(({ service, ports }) => {
    const { to } = flow;
    if (service.headless && to.kind === 'pod' && sendsTo(service, to.pod)) {
      return ports.some((port) => targetOf(port, to.pod) === flow.port);
    }
    const tcp = ports.some((port) => port.number === flow.port && port.protocol !== 'UDP');
    const opaque = ports.some((port) => port.number === flow.port && port.protocol !== 'UDP' && !isHttpProtocol(port.protocol));
    return service.addresses.length > 0
      ? tcp && to.ip !== undefined && service.addresses.some((address) => inCidr(to.ip ?? '', address))
      : opaque && service.resolution === 'NONE' && service.id.startsWith('ServiceEntry/');
  });
}
