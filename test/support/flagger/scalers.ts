import { isDeepStrictEqual } from 'node:util';
import { idOf, namespaceOf, Unsupported } from '../reachability/objects';
import type { AutoscalerReference, Canary, Live } from './canary';
import { ownedBy, withoutToolkit } from './metadata';
import { apiVersionOf, type Store } from './store';
import { carried, SCALED_OBJECT } from './wire';

/* The primary's autoscaler: pkg/canary/{hpa,scaled_object}_reconciler.go. */

interface Hpa extends Live {
  spec: {
    scaleTargetRef: { apiVersion?: string; kind?: string; name?: string };
    minReplicas?: number;
    maxReplicas: number;
    metrics?: unknown;
    behavior?: unknown;
  };
}

interface ScaledObject extends Live {
  spec: {
    scaleTargetRef: { name?: string };
    minReplicaCount?: number;
    maxReplicaCount?: number;
    advanced?: { horizontalPodAutoscalerConfig?: { name?: string } };
    triggers?: { name?: string; metadata?: Record<string, string> }[];
  };
}

const PAUSED = 'autoscaling.keda.sh/paused-replicas';

export interface Scaler {
  reconcile(init: boolean): void;
  pause(): void;
  resume(): void;
}

export function scalerOf(store: Store, canary: Canary): Scaler | undefined {
  const { autoscalerRef } = canary.spec;
  switch (autoscalerRef?.kind) {
    case undefined:
      return undefined;
    case 'HorizontalPodAutoscaler':
      return new HpaScaler(store, canary, autoscalerRef);
    case 'ScaledObject':
      return new KedaScaler(store, canary, autoscalerRef);
    default:
      throw new Unsupported(`${idOf(canary)}: Flagger knows no autoscaler of kind ${autoscalerRef?.kind}`);
  }
}

abstract class PrimaryScaler<T extends Live> {
  protected readonly primaryName: string;

  constructor(
    protected readonly store: Store,
    protected readonly canary: Canary,
    protected readonly ref: AutoscalerReference,
    private readonly kind: 'HorizontalPodAutoscaler' | 'ScaledObject',
  ) {
    this.primaryName = `${canary.spec.targetRef.name}-primary`;
  }

  protected get own(): T {
    const own = this.store.find<T>(this.kind, namespaceOf(this.canary), this.ref.name);
    if (own === undefined) {
      throw new Unsupported(`${idOf(this.canary)}: its autoscaler ${this.kind} ${this.ref.name} is not among the objects`);
    }
    return own;
  }

  protected get primary(): T | undefined {
    return this.store.find<T>(this.kind, namespaceOf(this.canary), `${this.ref.name}-primary`);
  }

  protected create(labels: Record<string, string> | undefined, annotations: object, spec: object): void {
    this.store.put({
      apiVersion: apiVersionOf(this.kind),
      kind: this.kind,
      metadata: {
        name: `${this.ref.name}-primary`,
        namespace: namespaceOf(this.canary),
        labels: withoutToolkit(labels),
        ...annotations,
        ...{ ownerReferences: ownedBy(this.canary) },
      },
      spec,
    });
  }
}

class HpaScaler extends PrimaryScaler<Hpa> implements Scaler {
  constructor(store: Store, canary: Canary, ref: AutoscalerReference) {
    super(store, canary, ref, 'HorizontalPodAutoscaler');
  }

  /** Once made, it changes with promotions only. */
  reconcile(init: boolean): void {
    const { own, primary } = this;
    const { minReplicas = own.spec.minReplicas, maxReplicas = own.spec.maxReplicas } = this.ref.primaryScalerReplicas ?? {};
    const { metrics, behavior } = own.spec;
    const spec = { minReplicas, maxReplicas, metrics, behavior };
    if (primary === undefined) {
      const { apiVersion, kind } = own.spec.scaleTargetRef;
      this.create(own.metadata?.labels, {}, { ...spec, scaleTargetRef: { apiVersion, kind, name: this.primaryName } });
    } else if (!init) {
      this.store.put({ ...primary, spec: { ...primary.spec, ...spec } });
    }
  }

  /** Nothing: a target without replicas idles its HPA by itself. */
  pause(): void {}
  resume(): void {}
}

class KedaScaler extends PrimaryScaler<ScaledObject> implements Scaler {
  constructor(store: Store, canary: Canary, ref: AutoscalerReference) {
    super(store, canary, ref, 'ScaledObject');
  }

  reconcile(init: boolean): void {
    const { own, primary } = this;
    const spec = this.primarySpec(own.spec);
    if (primary === undefined) {
      // Annotations as well, for KEDA's own; a pause of the target, if there is one at this moment, among them.
      this.create(own.metadata?.labels, { annotations: withoutToolkit(own.metadata?.annotations) }, spec);
    } else if (!init && !isDeepStrictEqual(primary.spec, spec)) {
      this.store.put({ ...primary, metadata: { ...primary.metadata, labels: {}, annotations: {} }, spec });
    }
  }

  pause(): void {
    this.rewrite((annotations) => ({ ...annotations, [PAUSED]: '0' }));
  }

  resume(): void {
    this.rewrite(({ [PAUSED]: _, ...annotations }) => annotations);
  }

  /** The target's own object goes through Flagger's types, too, and comes back without what they don't know. */
  private rewrite(change: (annotations: Record<string, string>) => Record<string, string>): void {
    const { own } = this;
    const annotations = change(own.metadata?.annotations ?? {});
    this.store.put({ ...own, metadata: { ...own.metadata, annotations }, spec: carried(own.spec, SCALED_OBJECT) });
  }

  private primarySpec(given: ScaledObject['spec']): ScaledObject['spec'] {
    const { primaryScalerQueries, primaryScalerReplicas = {} } = this.ref;
    const spec = carried(given, SCALED_OBJECT);
    const { minReplicas, maxReplicas } = primaryScalerReplicas;
    const hpa = spec.advanced?.horizontalPodAutoscalerConfig ?? {};
    return {
      ...spec,
      scaleTargetRef: { ...spec.scaleTargetRef, name: this.primaryName },
      ...(minReplicas === undefined ? {} : { minReplicaCount: minReplicas }),
      ...(maxReplicas === undefined ? {} : { maxReplicaCount: maxReplicas }),
      advanced: {
        ...spec.advanced,
        horizontalPodAutoscalerConfig: hpa.name === undefined ? hpa : { ...hpa, name: `${hpa.name}-primary` },
      },
      triggers: (spec.triggers ?? []).map((trigger) => this.primaryTrigger(trigger, primaryScalerQueries)),
    };
  }

  private primaryTrigger<Trigger extends { name?: string; metadata?: Record<string, string> }>(
    trigger: Trigger,
    queries: Record<string, string> | undefined,
  ): Trigger {
    const own = trigger.metadata?.['query'];
    const query = queries === undefined ? this.primaryQuery(own) : (queries[trigger.name ?? ''] ?? own);
    return query === undefined ? trigger : { ...trigger, metadata: { ...trigger.metadata, query } };
  }

  /** Without queries of its own, the primary's are guessed: every mention of the target's name comes to mean the primary. */
  private primaryQuery(query: string | undefined): string | undefined {
    const { name } = this.canary.spec.targetRef;
    return query
      ?.split(`${name}-canary`)
      .map((part) => part.replaceAll(name, this.primaryName))
      .join(this.primaryName);
  }
}
