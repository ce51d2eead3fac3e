import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import * as crds from '../../../imports';
import type { IMeshNamespace } from '../../contracts/mesh-namespace';
import { ConfigError, Problems, called } from '../../kernel/errors';
import { serviceHost } from '../../kernel/identity';
import { ownLabels } from '../../kernel/labels';
import { constructId, dnsLabel } from '../../kernel/names';
import { fitProps, needed } from '../../kernel/shape';
import { Environment, define, findObject, note } from '../../kube';
import { Platform } from '../../platform/platform';
import type { Delegation, IRoutable } from '../../traffic/routable';
import type { Guard } from '../../zero-trust/guard';
import type { ReleaseCourse } from '../course';
import { UNKNOWN_PODS, canaryCourse } from './canary-course';
import type { CanaryModel } from './canary-model';
import { standalonePrerequisites } from './canary-notes';
import { portOf, resolveCanaryRelease } from './canary-release-model';
import { CANARY_RELEASE, type CanaryReleaseProps, NAMESPACE, TARGET } from './canary-release-props';
import type { CanaryContext } from './contract';
import { type BoundLooks, bindLooks, lookProblems } from './looks';
import { madeByFlagger, reserve } from './made-by-flagger';
import { PlainNamespace } from './plain-namespace';
import { canary } from './resources/canary';

/**
 * Releases by Flagger for a workload that this library did not make: a chart's Deployment, an operator's DaemonSet.
 *
 * ```ts
 * new CanaryRelease(chart, 'orders', {
 *   namespace: 'shop',
 *   target: { kind: 'Deployment', name: 'orders' },
 *   autoscaler: { kind: 'HorizontalPodAutoscaler', name: 'orders' },
 *   port: 80,
 *   service: { targetPort: 8080 },
 * });
 * ```
 * https://docs.flagger.app/usage/how-it-works
 */
export class CanaryRelease extends Construct implements IRoutable {
  /** The resolved props. */
  readonly model: CanaryModel;
  private readonly namespace: IMeshNamespace;
  private readonly looks: BoundLooks;
  private readonly workload?: { readonly guard: Guard };

  /** @throws ConfigError that lists every problem of the props. */
  constructor(scope: Construct, id: string, given: CanaryReleaseProps) {
    super(scope, constructId(id));
    const name = given?.name ?? id;
    const problems = new Problems(called('canary', name));
    const props = fitProps(given, CANARY_RELEASE, problems);
    const at = needed(props.namespace ?? given.namespace, NAMESPACE, problems, 'namespace');
    needed(props.target ?? given.target, TARGET, problems, 'target');
    for (const part of ['target', 'autoscaler'] as const) {
      // One that did not fit has been taken out, and was a problem already.
      const said = props[part] === undefined || 'kind' in given[part]!;
      problems.check(said, 'is missing; say what it is', `${part}.kind`);
    }
    problems.check(props.platform === undefined || typeof at === 'string', 'is that of the namespace; leave it out', 'platform');
    const platform = typeof at === 'object' ? at.platform : (props.platform ?? new Platform()).model;
    const home = typeof at === 'string' ? problems.take(() => dnsLabel(at), 'unnamed', 'namespace') : (at?.name ?? 'unnamed');
    this.workload = props.workload;
    this.model = resolveCanaryRelease(name, props, home, platform, problems);
    const { analysis, service, target } = this.model;
    const port = portOf(service, this.workload?.guard.model.ports ?? []);
    const facts = {
      canary: name,
      namespace: typeof at === 'object' ? at : undefined,
      platform,
      stage: Environment.of(this)?.stage,
      port,
      intervalSeconds: analysis.interval,
    };
    lookProblems(analysis, facts, problems, (prop) => prop);
    problems.throwIfAny();

    this.namespace = typeof at === 'object' ? at : PlainNamespace.of(this, home, platform);
    const host = (of: string) => serviceHost(of, home, platform.clusterDomain);
    const context: CanaryContext = {
      ...facts,
      namespace: this.namespace,
      target: target.name,
      host: host(service.name),
      canaryHost: host(`${service.name}-canary`),
      primaryHost: host(`${service.name}-primary`),
      servicePort: service.port,
      guard: this.workload?.guard,
    };
    this.looks = bindLooks(this, analysis, context, (prop) => prop);
    const metadata = { name, namespace: home, labels: { ...props.labels, ...ownLabels(service.name, home) } };
    define(this, 'canary', crds.flaggerApp().Canary, metadata, () => ({ spec: canary(this.model, this.looks) }));
    if (service.delegation) {
      const root = { ...metadata, name: `${service.name}-mesh` };
      define(this, 'mesh-routes', crds.networkingIstioIo().VirtualService, root, () => ({
        spec: { hosts: [context.host], http: [{ delegate: { name: service.name, namespace: home } }] },
      }));
    }
    reserve(this, home, name, madeByFlagger(this.model));
    this.node.addValidation({ validate: () => this.contested() });
    standalonePrerequisites(this.model, home, platform, this.looks.window, this.workload !== undefined).forEach((text) =>
      note(this, { kind: 'prerequisite', text }),
    );
    if (props.service?.acceptInMesh !== undefined) {
      note(this, {
        kind: 'acceptance',
        text: `Routes of ${service.name} hold for callers in the mesh too: ${props.service.acceptInMesh}`,
      });
    }
  }

  /** How a release goes on, step by step. How long its pods take to start is not known here. */
  get course(): ReleaseCourse {
    return canaryCourse('CanaryRelease', this.model, this.looks, UNKNOWN_PODS);
  }

  /** What lets callers in; asked for by MeshGateway. @throws ConfigError when the pods are guarded by somebody else */
  get guard(): Guard {
    if (this.workload) return this.workload.guard;
    throw this.unable(
      "is guarded by somebody else, whom a gateway can't ask; give workload, or name the gateway in service.gateways",
    );
  }

  /** What a gateway hands requests to; asked for by MeshGateway. @throws ConfigError when Flagger's VirtualService is no delegate */
  exposeThrough(): Delegation {
    const { service } = this.model;
    if (service.delegation) return { name: service.name, namespace: this.namespace.name };
    throw this.unable('has routes of its own, which no gateway can delegate to; write service: { delegation: true }');
  }

  /** An object of this canary, to override it. @throws ConfigError that lists what there is */
  object(kind: string, name?: string): ApiObject {
    return findObject(this, kind, name);
  }

  private unable(what: string): ConfigError {
    return new ConfigError([{ where: this.model.name, what }]);
  }

  /** Hosts that a canary before this one has too: which of the two gets a request would be left to chance. */
  private contested(): string[] {
    const all = this.node.root.node.findAll().filter((one): one is CanaryRelease => one instanceof CanaryRelease);
    return all
      .slice(0, all.indexOf(this))
      .filter((one) => Environment.of(one) === Environment.of(this))
      .flatMap((one) =>
        one.model.service.hosts
          .filter((host) => this.model.service.hosts.includes(host))
          .map(
            (host) =>
              `host ${host} is routed by canary ${one.model.name} too; ` +
              'give both delegation: true, and one root VirtualService that tells them apart',
          ),
      );
  }
}
