import { Construct } from 'constructs';
import * as crds from '../../../imports';
import { type WorkloadPort, isHttp } from '../../contracts/port';
import { serviceHost } from '../../kernel/identity';
import { HANDED_OVER } from '../../kernel/labels';
import { define } from '../../kube';
import { httpRoutes } from '../../traffic/resources/http-routes';
import { type RouteCondition, inOrder } from '../../traffic/route-condition';
import type { Delegation } from '../../traffic/routable';
import type { ReleaseCourse } from '../course';
import type { BoundRelease, BoundTrack, ReleasableService } from '../release';
import { audienceProblems } from './audience-problems';
import { canaryCourse } from './canary-course';
import type { CanaryModel, ResolvedCanary } from './canary-model';
import { canaryNotes } from './canary-notes';
import type { CanaryContext } from './contract';
import { analysedPort, serviceModel } from './expressible';
import { type BoundLooks, bindLooks } from './looks';
import { madeByFlagger, reserve } from './made-by-flagger';
import { canary } from './resources/canary';
import { keepServing } from './take-over';

/**
 * The Canary of a service, and the routes that Flagger can't say: its VirtualService has room for one set of timeouts and retries,
 * so it only splits requests, and the root VirtualServices that delegate to it (one for callers in the mesh, those of gateways) say
 * the rest for each route.
 */
export class FlaggerTraffic extends Construct implements BoundRelease {
  private readonly model: CanaryModel;
  private readonly looks: BoundLooks;
  private readonly host: string;
  private readonly main: WorkloadPort;

  constructor(
    scope: Construct,
    id: string,
    private readonly service: ReleasableService,
    track: BoundTrack,
    private readonly resolved: ResolvedCanary,
  ) {
    super(scope, id);
    const { name, namespace, ports, facts, labels } = service;
    const { analysis, scale, takeOver } = resolved;
    const { primaryMin, primaryMax, queries } = scale;
    this.host = serviceHost(name, namespace.name, namespace.platform.clusterDomain);
    this.main = analysedPort(ports);
    const made = serviceModel(facts, labels);
    this.model = {
      name,
      provider: 'istio',
      target: { apiVersion: 'apps/v1', kind: 'Deployment', name: track.name },
      autoscaler: track.autoscaler && { ref: track.autoscaler, primaryMin, primaryMax, queries },
      service: made,
      analysis,
      progressDeadline: resolved.progressDeadline,
      suspend: resolved.suspend,
      metricsServer: resolved.metricsServer,
    };
    this.looks = bindLooks(this, analysis, this.context(), (prop) => `release.${prop}`);
    // On its way out it outlives its manifest: with it would go the pods that serve. docs/guides/switching-strategies.md
    const leaving = takeOver && resolved.suspend ? { annotations: HANDED_OVER } : {};
    define(this, 'canary', crds.flaggerApp().Canary, { ...this.metadata(name), ...leaving }, () => ({
      spec: canary(this.model, this.looks),
    }));
    if (takeOver) keepServing(this, this.host, this.metadata(name), service);
    if (made.delegation) {
      define(this, 'mesh-routes', crds.networkingIstioIo().VirtualService, this.metadata(`${name}-mesh`), () => ({
        spec: { hosts: [this.host], http: this.meshRoutes() },
      }));
    }
    const flaggers = madeByFlagger(this.model).filter((one) => !(takeOver && one === `Service/${name}`));
    reserve(this, namespace.name, name, flaggers);
    canaryNotes(this, service, resolved, this.looks);
  }

  exposeThrough(gateway: string, conditions: () => readonly RouteCondition[]): Delegation {
    const { name, namespace, traffic } = this.service;
    this.node.addValidation({
      validate: () => audienceProblems(this.resolved.analysis.shift, conditions()).map((what) => `release.abTest: ${what}`),
    });
    const flaggers = { name, namespace: namespace.name };
    if (!this.resolved.takeOver) return { ...flaggers, routes: traffic.routes };
    // Until Flagger's VirtualService is there, a route that delegates to it would be left out, and end in a 404.
    const own = { name: `${name}-${gateway}`, namespace: namespace.name };
    const target = [{ host: this.host, port: this.main.port }];
    // It outlives its manifest, so that no gateway is left without it before it has learned to delegate elsewhere.
    const metadata = { ...this.metadata(own.name), annotations: HANDED_OVER };
    define(this, `delegate-${gateway}`, crds.networkingIstioIo().VirtualService, metadata, () => ({
      spec: { http: [...conditions()].sort(inOrder).flatMap((within) => httpRoutes(traffic.routes, target, { within })) },
    }));
    return own;
  }

  course(): ReleaseCourse {
    const { facts } = this.service;
    const { primaryMin, primaryMax, peak } = this.resolved.scale;
    const { minReadySeconds, startSeconds } = facts;
    const pods = { min: primaryMin, max: primaryMax, minReadySeconds, startSeconds, peak };
    return canaryCourse('Release.canary', this.model, this.looks, pods);
  }

  /** Callers in the mesh. Requests to further ports go where the Service leads: to the primary. */
  private meshRoutes() {
    const { name, namespace, ports, traffic } = this.service;
    const several = ports.length > 1;
    const { takeOver } = this.resolved;
    return ports
      .filter(({ protocol }) => isHttp(protocol))
      .flatMap((one) => {
        const split = one === this.main && !takeOver;
        const target = split ? { name, namespace: namespace.name } : [{ host: this.host, port: one.port }];
        return httpRoutes(traffic.routes, target, { servicePort: several ? one.port : undefined });
      });
  }

  private context(): CanaryContext {
    const { name, namespace, facts, guard } = this.service;
    const host = (of: string) => serviceHost(of, namespace.name, namespace.platform.clusterDomain);
    return {
      canary: name,
      namespace,
      platform: namespace.platform,
      stage: facts.stage,
      port: this.main,
      intervalSeconds: this.resolved.analysis.interval,
      target: name,
      host: this.host,
      canaryHost: host(`${name}-canary`),
      primaryHost: host(`${name}-primary`),
      servicePort: this.main.port,
      guard,
    };
  }

  private metadata(name: string) {
    return { name, namespace: this.service.namespace.name, labels: this.service.labels };
  }
}
