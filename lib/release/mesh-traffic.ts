import { Construct } from 'constructs';
import * as crds from '../../imports';
import { isHttp } from '../contracts/port';
import { serviceHost } from '../kernel/identity';
import { APP_LABEL, FULL_LOAD_ANNOTATION } from '../kernel/labels';
import { define } from '../kube';
import { destinationRule } from '../traffic/resources/destination-rule';
import { type HttpRouteOptions, type WeightedDestination, httpRoutes } from '../traffic/resources/http-routes';
import { tcpRoute } from '../traffic/resources/tcp-routes';
import { inOrder, type RouteCondition } from '../traffic/route-condition';
import type { Delegation } from '../traffic/routable';
import type { ReleaseCourse } from './course';
import type { Split } from './mesh/split';
import type { BoundRelease, ReleasableService } from './release';
import { defineService } from './service-object';

export interface MeshTrafficProps {
  readonly course: () => ReleaseCourse;
  /** How requests are shared among tracks. @default - all pods are equal */
  readonly split?: Split;
  /** Annotations of every object. @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The traffic objects of a service: one Service, one VirtualService, one DestinationRule, however many tracks it has. */
export class MeshTraffic extends Construct implements BoundRelease {
  readonly course: () => ReleaseCourse;
  private readonly host: string;
  private readonly requestPorts: readonly number[];
  private readonly bytePorts: readonly number[];

  constructor(
    scope: Construct,
    id: string,
    private readonly service: ReleasableService,
    private readonly props: MeshTrafficProps,
  ) {
    super(scope, id);
    const { name, namespace, ports, traffic, exposure, selector } = service;
    const { clusterDomain } = namespace.platform;
    const { split, course } = props;
    this.course = course;
    this.host = serviceHost(name, namespace.name, clusterDomain);
    this.requestPorts = ports.filter((port) => isHttp(port.protocol)).map(({ port }) => port);
    // Where pods are not alike, connections need a way of their own too.
    this.bytePorts = split?.shares ? ports.filter((port) => !isHttp(port.protocol)).map(({ port }) => port) : [];

    defineService(this, 'service', service, selector, this.metadata(name));

    const networking = crds.networkingIstioIo();
    const http = this.requestPorts.length > 0;
    const fullLoad: Record<string, string> =
      split?.fullLoad === undefined ? {} : { [FULL_LOAD_ANNOTATION]: String(split.fullLoad) };
    const subsets = split?.tracks.map(({ subset, deployment }) => ({ name: subset, labels: { [APP_LABEL]: deployment } }));
    define(this, 'destination-rule', networking.DestinationRule, this.metadata(name, fullLoad), () => ({
      spec: destinationRule(this.host, traffic, http, exposure.options.topologyAware ?? false, subsets),
    }));
    if (http || this.bytePorts.length) {
      define(this, 'virtual-service', networking.VirtualService, this.metadata(name), () => ({
        spec: {
          hosts: [this.host],
          http: http ? this.routes() : undefined,
          tcp: this.bytePorts.length ? this.bytePorts.map((port) => tcpRoute(port, this.to(port))) : undefined,
        },
      }));
    }
  }

  exposeThrough(gateway: string, conditions: () => readonly RouteCondition[]): Delegation {
    const { name, namespace } = this.service;
    const ref = { name: `${name}-${gateway}`, namespace: namespace.name };
    define(this, `delegate-${gateway}`, crds.networkingIstioIo().VirtualService, this.metadata(ref.name), () => ({
      // No hosts: it takes effect only where a root VirtualService delegates to it.
      spec: { http: [...conditions()].sort(inOrder).flatMap((within) => this.httpRoutes(this.requestPorts[0]!, { within })) },
    }));
    return ref;
  }

  /** The routes of each port that carries requests; where the Service has several ports, each route names its own. */
  private routes() {
    const several = this.service.ports.length > 1;
    return this.requestPorts.flatMap((port) => this.httpRoutes(port, { servicePort: several ? port : undefined }));
  }

  private httpRoutes(port: number, options: HttpRouteOptions) {
    const { audience, mirror } = this.props.split ?? {};
    return httpRoutes(this.service.traffic.routes, this.to(port), {
      ...options,
      audiences: audience && [{ audience: audience.of.map((one) => one.match()), to: [this.destination(port, audience.subset)] }],
      mirror: mirror && { to: this.destination(port, mirror.subset), percentage: mirror.percentage },
    });
  }

  private to(port: number): WeightedDestination[] {
    const shares = Object.entries(this.props.split?.shares ?? {});
    if (shares.length < 2) return [this.destination(port, shares[0]?.[0])];
    return shares.map(([subset, weight]) => ({ ...this.destination(port, subset), weight }));
  }

  private destination(port: number, subset?: string): WeightedDestination {
    return { host: this.host, port, subset };
  }

  private metadata(name: string, more: Readonly<Record<string, string>> = {}) {
    const { namespace, labels } = this.service;
    return { name, namespace: namespace.name, labels, annotations: { ...more, ...this.props.annotations } };
  }
}
