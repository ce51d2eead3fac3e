import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import * as crds from '../../imports';
import type { ICaller, NetworkPeer } from '../contracts/peer';
import { isHttp } from '../contracts/port';
import { Problems } from '../kernel/errors';
import { principal } from '../kernel/identity';
import { ownLabels } from '../kernel/labels';
import { constructId } from '../kernel/names';
import { fit, needed, propsOf, withMethods } from '../kernel/shape';
import { Environment, define, findObject, handOver, note } from '../kube';
import type { IRoutable } from '../traffic/routable';
import { type RouteCondition, ambiguous, describeCondition } from '../traffic/route-condition';
import { CONDITION, conditionProblems } from '../traffic/route-problems';
import { connect } from '../zero-trust/connect';
import type { ZeroTrustNamespace } from '../zero-trust/zero-trust-namespace';
import { type GatewayModel, type MeshGatewayProps, resolveGateway } from './model';
import { type GatewayRoute, certificate, gateway, rootVirtualService } from './resources/gateway';

/** What of a path's requests a route means. */
export type RouteOptions = Omit<RouteCondition, 'path'>;

const { path: _path, ...OPTION_SHAPES } = CONDITION;
const OPTIONS = propsOf<RouteOptions>(OPTION_SHAPES);
const ROUTABLE = withMethods('new BankingService(chart, id, { … })', 'exposeThrough');

/**
 * The door of the mesh: hosts with a certificate, plain requests sent to https, and routes to services, each of which lets
 * in exactly what is routed to it.
 *
 * ```ts
 * new MeshGateway(chart, 'edge', { hosts: ['bank.example.com'], issuer: 'letsencrypt-prod' })
 *   .route('/api/v1/payments', payments)
 *   .route('/', web);
 * ```
 * https://istio.io/latest/docs/reference/config/networking/gateway/
 */
export class MeshGateway extends Construct implements ICaller {
  /** The resolved props. */
  readonly model: GatewayModel;
  readonly peerName: string;
  readonly sources: readonly NetworkPeer[];
  readonly principal: string;
  private readonly home: ZeroTrustNamespace;
  private readonly routes: (GatewayRoute & { readonly service: IRoutable })[] = [];

  /** @throws ConfigError that lists every problem of the props. */
  constructor(scope: Construct, id: string, props: MeshGatewayProps) {
    super(scope, constructId(id));
    const name = props?.name ?? id;
    ({ model: this.model, home: this.home } = resolveGateway(scope, name, props));
    const { ingressGateway: pods, istio } = this.home.platform;
    this.peerName = `gateway ${name}`;
    this.sources = [{ kind: 'pods', namespace: pods.namespace, podLabels: pods.podLabels }];
    this.principal = principal(istio.trustDomain, pods.namespace, pods.serviceAccount);

    const networking = crds.networkingIstioIo();
    const metadata = { name, namespace: this.home.name, labels: ownLabels(name, this.home.name) };
    define(this, 'gateway', networking.Gateway, metadata, () => ({ spec: gateway(this.model, pods.podLabels) }));
    define(this, 'virtual-service', networking.VirtualService, metadata, () => ({
      spec: rootVirtualService(this.model, this.home.name, this.routes),
    }));
    if (this.model.issuer) {
      const beside = { ...metadata, name: `${this.home.name}-${name}`, namespace: pods.namespace };
      handOver(
        define(this, 'certificate', crds.certManagerIo().Certificate, beside, () => ({ spec: certificate(this.model) })),
        pods.namespace,
      );
    }
    this.notePrerequisites(pods.namespace);
    this.node.addValidation({ validate: () => [...this.idle(), ...this.contested()] });
  }

  /**
   * Sends requests below a path (or to exactly that path) to a service, and lets them in there. The most specific route
   * counts, in whatever order they are declared. @throws ConfigError
   */
  route(path: string, service: IRoutable, options: RouteOptions = {}): this {
    const problems = new Problems(this.model.name);
    const condition: RouteCondition = { ...fit(options, OPTIONS, problems, 'route'), path };
    conditionProblems(condition).forEach((what) => problems.add(what, 'route'));
    needed(service, ROUTABLE, problems, 'route.service');
    problems.throwIfAny();
    const other = this.routes.find((one) => ambiguous(one.condition, condition));
    if (other) {
      problems.add(
        `"${describeCondition(condition)}" to ${service.guard.peerName} matches the same requests as "${describeCondition(other.condition)}" to ` +
          `${other.service.guard.peerName}, and neither is more specific; tell them apart by path, methods or headers`,
        'route',
      );
    }
    const port = service.guard.model.ports.find((one) => isHttp(one.protocol));
    problems.check(
      port !== undefined,
      `${service.guard.peerName} has no port that speaks HTTP; a gateway routes requests only`,
      'route',
    );
    problems.throwIfAny();

    connect(this, service.guard, { port: port!.name, methods: condition.methods, paths: pathsOf(condition) });
    const known = this.routes.find((one) => one.service === service);
    const delegate =
      known?.delegate ??
      service.exposeThrough(this.model.name, () =>
        this.routes.filter((one) => one.service === service).map((one) => one.condition),
      );
    this.routes.push({ condition, delegate, service });
    return this;
  }

  /** The gateway's pods are the platform team's: their egress is not ours to close. */
  recordEgress(): void {}

  /** An object of this gateway, to override it. @throws ConfigError that lists what there is */
  object(kind: string, name?: string): ApiObject {
    return findObject(this, kind, name);
  }

  private idle(): string[] {
    return this.routes.length ? [] : ['has no route, so that every request ends in a 404; add one with route(path, service)'];
  }

  /** Hosts that a gateway before this one serves at the same pods: which of the two gets a request would be left to chance. */
  private contested(): string[] {
    const all = this.node.root.node.findAll().filter((one): one is MeshGateway => one instanceof MeshGateway);
    const rivals = all
      .slice(0, all.indexOf(this))
      .filter(
        (one) => Environment.of(one) === Environment.of(this) && JSON.stringify(one.sources) === JSON.stringify(this.sources),
      );
    return rivals.flatMap((one) =>
      this.model.hosts
        .filter((host) => one.model.hosts.includes(host))
        .map((host) => `host ${host} is served by gateway ${one.model.name} too; give each host one gateway`),
    );
  }

  private notePrerequisites(namespace: string): void {
    const { issuer, credential, tls, hosts } = this.model;
    const names = hosts.join(', ');
    note(this, {
      kind: 'prerequisite',
      text: `No other Gateway for the same pods serves ${names}: two would keep the gateway from being configured.`,
    });
    note(this, {
      kind: 'prerequisite',
      text: issuer
        ? `cert-manager and its ${issuer.kind} ${issuer.name} can sign ${names}.`
        : `Secret ${credential} of type kubernetes.io/tls is in namespace ${namespace}, with a certificate for ${names}.`,
    });
    note(this, {
      kind: 'prerequisite',
      text: `istiod lets a Gateway select pods of another namespace (PILOT_SCOPE_GATEWAY_TO_NAMESPACE is false, the default): ${this.model.name} is in ${this.home.name}, its pods in ${namespace}.`,
    });
    if (tls.clientCa) {
      note(this, {
        kind: 'prerequisite',
        text: `Secret ${tls.clientCa} in namespace ${namespace} holds the partners' authorities under ca.crt.`,
      });
    }
  }
}

/** The same requests, as an AuthorizationPolicy says them. */
function pathsOf({ path, exact }: RouteCondition): string[] | undefined {
  if (exact) return [path];
  return path === '/' ? undefined : [path, `${path}/*`];
}
