import type { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { EdgeOptions, ICallee, ICaller } from '../contracts/peer';
import { ConfigError } from '../kernel/errors';
import { CANONICAL_NAME_LABEL, WORKLOAD_LABEL, ownLabels } from '../kernel/labels';
import { constructId } from '../kernel/names';
import { Overrides, define, findObject, note, section, spareKeys } from '../kube';
import type { BoundRelease, TrackProps } from '../release/release';
import { noteFaults } from '../traffic/faults';
import { noteStreams, streams } from '../traffic/streams';
import type { RouteCondition } from '../traffic/route-condition';
import type { Delegation } from '../traffic/routable';
import { connect } from '../zero-trust/connect';
import { ExternalClients } from '../zero-trust/external-clients';
import { type Guarded, asCallee, asCaller } from '../zero-trust/existing-workload';
import { Guard } from '../zero-trust/guard';
import { noteMtlsExceptions } from '../zero-trust/mtls';
import type { ZeroTrustNamespace } from '../zero-trust/zero-trust-namespace';
import { ensureConfigMaps } from './config-maps';
import { type ServiceModel, releaseFacts, resolveService } from './model';
import { podAnnotations } from './pod-annotations';
import { servicePrerequisites } from './prerequisites';
import type { BankingServiceProps } from './props';
import { podDisruptionBudget, priorityClass } from './resources/availability';
import { type ReleasePlan, planText } from './release-plan';
import { peakCapacity, resourceClaim } from './resources/claim';
import { Track } from './track';

/**
 * A service that does not go down and does not trust its network: hardened pods that start and stop gracefully, scaled
 * and spread, guarded by declared edges only, released without downtime.
 *
 * ```ts
 * const ledger = new BankingService(chart, 'ledger', {
 *   namespace: bank,
 *   image: 'registry.example.com/ledger:4.2.0',
 *   port: 8080,
 *   tier: ServiceTier.CRITICAL,
 *   health: Health.springBootActuator(),
 * });
 * ledger.allowFrom(payments, { methods: ['POST'], paths: ['/api/v1/entries'] });
 * ```
 */
export class BankingService extends Construct {
  /** The resolved props. */
  readonly model: ServiceModel;
  /** The namespace that it lives in. */
  readonly namespace: ZeroTrustNamespace;
  /** What it is to others: a caller and a callee. */
  readonly guard: Guard;
  /** The ServiceAccount of its pods: their identity. */
  readonly serviceAccount: kplus.ServiceAccount;
  private readonly tracks: Track[] = [];
  private readonly bound: BoundRelease;

  /** @throws ConfigError that lists every problem of the props. */
  constructor(scope: Construct, id: string, props: BankingServiceProps) {
    super(spareKeys(scope), constructId(id));
    const name = props?.name ?? id;
    this.model = resolveService(name, props);
    this.namespace = props.namespace;
    const { model, namespace } = this;
    const { ports, exposure } = model;
    const selector = { [WORKLOAD_LABEL]: name };
    const labels = { ...model.labels, ...ownLabels(name, namespace.name) };
    const metadata = { name, namespace: namespace.name, labels };

    this.serviceAccount = new kplus.ServiceAccount(this, 'service-account', {
      metadata: { ...metadata, annotations: props.serviceAccountAnnotations && { ...props.serviceAccountAnnotations } },
      automountToken: false,
    });
    Overrides.of(this.serviceAccount);

    noteMtlsExceptions(this, name, props.mtlsExceptions ?? []);
    noteFaults(this, name, props.traffic?.faults ?? []);
    servicePrerequisites(model, namespace.name).forEach((text) => note(this, { kind: 'prerequisite', text }));
    const guarded = { name, namespace, selector, serviceAccount: name, ports, service: name };
    this.guard = new Guard(this, 'guard', {
      ...guarded,
      managementPaths: model.managementPaths,
      mtlsExceptions: model.mtlsExceptions,
    });

    const context = {
      model,
      namespace: namespace.name,
      serviceAccount: this.serviceAccount,
      labels,
      podLabels: { ...labels, ...selector, [CANONICAL_NAME_LABEL]: name },
      podAnnotations: { ...model.podAnnotations, ...podAnnotations(model, namespace.platform) },
      priorityClass: this.priorityClassName(),
    };
    this.bound = model.release.bind(this, {
      name,
      namespace,
      selector,
      ports,
      traffic: model.traffic,
      exposure,
      labels,
      facts: releaseFacts(model, props, namespace.platform),
      guard: this.guard,
      createTrack: (track: TrackProps) => {
        const made = new Track(this, `track-${track.name}`, track, context);
        this.tracks.push(made);
        ensureConfigMaps(this, made.model.configuration, { ...metadata, annotations: model.release.configMapAnnotations });
        return made;
      },
    });
    if (streams(model.traffic)) {
      // Flagger's DestinationRules have no pool of connections.
      const flaggers = this.bound.course().madeByOthers.some((one) => one.startsWith('DestinationRule/'));
      noteStreams(this, name, model.traffic, ports, flaggers ? ['maxRequests'] : ['maxConnections', 'maxRequests']);
    }
    define(this, 'disruption-budget', kplus.k8s.KubePodDisruptionBudget, metadata, () => ({
      spec: podDisruptionBudget(model.availability, selector),
    }));
    namespace.claim(name, () => resourceClaim(model, this.tracks, namespace.model));
    section(this, { heading: 'Releases', title: name, body: () => planText(this.releasePlan) });
    if (exposure.sourceRanges) {
      const clients = ExternalClients.at(...exposure.sourceRanges);
      for (const { name: port } of ports) this.allowFrom(clients, { port });
    }
  }

  /**
   * The Deployment, where the release makes only one. What is added to it through cdk8s-plus (volumes, sidecars,
   * tolerations) appears in the output. @throws ConfigError when there are several
   */
  get deployment(): kplus.Deployment {
    return this.only().deployment;
  }

  /** The container of the application, where the release makes only one Deployment. @throws ConfigError when there are several */
  get container(): kplus.Container {
    return this.only().container;
  }

  /** Every Deployment of the service, with its container: one, or one for each track of its release. */
  get deployments(): readonly Track[] {
    return [...this.tracks];
  }

  /** Versions that the manifests keep alive, each once: of one track, or of two side by side. */
  get aliveVersions(): readonly string[] {
    return [...new Set(this.tracks.map(({ version }) => version))];
  }

  /** How its release goes on, how long that takes and what it needs: complete once everything is declared. */
  get releasePlan(): ReleasePlan {
    const course = this.bound.course();
    return {
      service: this.model.name,
      namespace: this.namespace.name,
      course,
      peak: peakCapacity(this.model, this.tracks, course.peakPods, this.namespace.model),
      quotaLeft: this.namespace.quotaLeft(),
    };
  }

  /** Lets a caller in. One sentence opens every layer, at both ends. @throws ConfigError */
  allowFrom(caller: ICaller | Guarded, options?: EdgeOptions): this {
    connect(asCaller(caller, this.guard), this.guard, options);
    return this;
  }

  /** Lets this service call another one, a database, or an external host. @throws ConfigError */
  allowTo(callee: ICallee | Guarded, options?: EdgeOptions): this {
    connect(this.guard, asCallee(callee, this.guard), options);
    return this;
  }

  /** An object of this service, to override it. @throws ConfigError that lists what there is */
  object(kind: string, name?: string): ApiObject {
    return findObject(this, kind, name);
  }

  /** Makes the VirtualService by which a gateway reaches this service; asked for by MeshGateway. */
  exposeThrough(gateway: string, conditions: () => readonly RouteCondition[]): Delegation {
    return this.bound.exposeThrough(gateway, conditions);
  }

  private only(): Track {
    const [track, ...more] = this.tracks;
    if (track && more.length === 0) return track;
    throw new ConfigError([
      {
        where: this.model.name,
        what: `has the Deployments ${this.tracks.map((one) => one.name).join(', ')}; go through \`deployments\``,
      },
    ]);
  }

  private priorityClassName(): string | undefined {
    const { className, value, preempt } = this.model.priority.model;
    if (value === undefined) return className;
    const name = `${this.namespace.name}-${this.model.tier}`;
    // The values are in the id, so that two services that want different ones collide by name instead of one being ignored.
    const id = `priority-${this.model.tier}-${value}-${preempt}`;
    this.namespace.ensure(id, (scope) =>
      define(scope, id, kplus.k8s.KubePriorityClass, { name, labels: ownLabels(name, this.namespace.name) }, () =>
        priorityClass(this.namespace.name, value, preempt!),
      ),
    );
    return name;
  }
}
