import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import * as crds from '../../imports';
import { isHttp } from '../contracts/port';
import { serviceHost } from '../kernel/identity';
import { define, transform } from '../kube';
import { destinationRule } from '../traffic/resources/destination-rule';
import { httpRoutes } from '../traffic/resources/http-routes';
import { newerServiceFields, service as serviceSpec, serviceAnnotations } from '../traffic/resources/service';
import { inOrder, type RouteCondition } from '../traffic/route-condition';
import type { Delegation } from '../traffic/routable';
import type { ReleaseCourse } from './course';
import type { BoundRelease, ReleasableService } from './release';

/** The traffic objects of a service all of whose pods are equal: one Service, one VirtualService, one DestinationRule. */
export class MeshTraffic extends Construct implements BoundRelease {
  private readonly host: string;
  private readonly requestPorts: readonly number[];

  constructor(
    scope: Construct,
    id: string,
    private readonly service: ReleasableService,
    readonly course: () => ReleaseCourse,
  ) {
    super(scope, id);
    const { name, namespace, ports, traffic, exposure, selector } = service;
    const { kubernetes, clusterDomain } = namespace.platform;
    this.host = serviceHost(name, namespace.name, clusterDomain);

    const annotations = serviceAnnotations(exposure, kubernetes);
    const apex = define(this, 'service', k8s.KubeService, { ...this.metadata(name), annotations }, () => ({
      spec: serviceSpec(selector, ports, exposure),
    }));
    const newer = newerServiceFields(exposure, kubernetes);
    if (Object.keys(newer).length) transform(apex, (json) => ({ ...json, spec: { ...(json.spec as object), ...newer } }));

    const networking = crds.networkingIstioIo();
    this.requestPorts = ports.filter((port) => isHttp(port.protocol)).map(({ port }) => port);
    const http = this.requestPorts.length > 0;
    define(this, 'destination-rule', networking.DestinationRule, this.metadata(name), () => ({
      spec: destinationRule(this.host, traffic, http, exposure.options.topologyAware ?? false),
    }));
    if (http) {
      define(this, 'virtual-service', networking.VirtualService, this.metadata(name), () => ({
        spec: { hosts: [this.host], http: this.routes() },
      }));
    }
  }

  exposeThrough(gateway: string, conditions: () => readonly RouteCondition[]): Delegation {
    const { name, namespace } = this.service;
    const ref = { name: `${name}-${gateway}`, namespace: namespace.name };
    define(this, `delegate-${gateway}`, crds.networkingIstioIo().VirtualService, this.metadata(ref.name), () => ({
      // No hosts: it takes effect only where a root VirtualService delegates to it.
      spec: { http: [...conditions()].sort(inOrder).flatMap((within) => this.mainRoutes(within)) },
    }));
    return ref;
  }

  /** The routes of each port that carries requests; where the Service has several ports, each route names its own. */
  private routes() {
    const several = this.service.ports.length > 1;
    return this.requestPorts.flatMap((port) =>
      httpRoutes(this.service.traffic.routes, [{ host: this.host, port }], { servicePort: several ? port : undefined }),
    );
  }

  private mainRoutes(within: RouteCondition) {
    return httpRoutes(this.service.traffic.routes, [{ host: this.host, port: this.requestPorts[0]! }], { within });
  }

  private metadata(name: string) {
    return { name, namespace: this.service.namespace.name, labels: this.service.labels };
  }
}
