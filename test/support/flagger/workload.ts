import { copyOf } from '../reachability/mutation';
import { idOf, namespaceOf, Unsupported } from '../reachability/objects';
import type { Canary, Live } from './canary';
import {
  checksums,
  createPrimaryConfigs,
  readPrimaryConfigs,
  trackedConfigs,
  type PodSpec,
  type Selector,
} from './config-tracker';
import { ownedBy, podAnnotations, primaryLabels, SELECTOR_LABELS, withoutToolkit } from './metadata';
import type { Store } from './store';

/* Target and primary: pkg/canary/{deployment,daemonset}_controller.go. */

export interface Workload extends Live {
  spec: {
    replicas?: number;
    selector?: Selector;
    template: { metadata?: { labels?: Record<string, string>; annotations?: Record<string, string> }; spec?: PodSpec };
    [field: string]: unknown;
  };
}

interface ScalerSpec {
  minReplicas?: number;
  minReplicaCount?: number;
}

/** By this node selector, which no node has, Flagger takes the pods of a DaemonSet away. */
const NOWHERE = { 'flagger.app/scale-to-zero': 'true' };

/** Fields that the primary takes over from the target, beside the pods. */
const COPIED = {
  Deployment: ['progressDeadlineSeconds', 'minReadySeconds', 'revisionHistoryLimit', 'strategy'],
  DaemonSet: ['minReadySeconds', 'revisionHistoryLimit', 'updateStrategy'],
} as const;

export class Tracks {
  readonly kind: 'Deployment' | 'DaemonSet';
  readonly namespace: string;
  private readonly targetName: string;
  private readonly primaryName: string;

  constructor(
    private readonly store: Store,
    private readonly canary: Canary,
    private readonly flaggerId: string,
  ) {
    const { kind, name } = canary.spec.targetRef;
    if (kind !== 'Deployment' && kind !== 'DaemonSet') {
      throw new Unsupported(
        `${idOf(canary)}: the prediction knows targets of kind Deployment and DaemonSet, not ${kind ?? 'none'}`,
      );
    }
    this.kind = kind;
    this.namespace = namespaceOf(canary);
    this.targetName = name;
    this.primaryName = `${name}-primary`;
  }

  get target(): Workload {
    const target = this.store.find<Workload>(this.kind, this.namespace, this.targetName);
    if (target === undefined) {
      throw new Unsupported(`${idOf(this.canary)}: its target ${this.kind} ${this.targetName} is not among the objects`);
    }
    return target;
  }

  get primary(): Workload | undefined {
    return this.store.find<Workload>(this.kind, this.namespace, this.primaryName);
  }

  /** The label that tells the tracks apart, with its value on the target (getSelectorLabel). */
  get selectorLabel(): { key: string; value: string } {
    const { target } = this;
    const own = target.spec.selector?.matchLabels ?? {};
    const key = SELECTOR_LABELS.find((label) => own[label] !== undefined);
    if (key === undefined) {
      throw new Unsupported(`${idOf(target)}: Flagger wants one of ${SELECTOR_LABELS.join(', ')} in its selector`);
    }
    return { key, value: own[key]! };
  }

  /** Makes the primary if there is none. Whether there was none is the answer. */
  createPrimary(): boolean {
    const { target, selectorLabel } = this;
    if (this.primary !== undefined) {
      return false;
    }
    const { metadata } = target;
    const value = `${selectorLabel.value}-primary`;
    const { replicas = 1 } = target.spec;
    const primary: Workload = {
      apiVersion: 'apps/v1',
      kind: this.kind,
      metadata: {
        name: this.primaryName,
        namespace: this.namespace,
        labels: { [selectorLabel.key]: value },
        annotations: withoutToolkit(metadata?.annotations),
        ownerReferences: ownedBy(this.canary),
      },
      spec: {
        ...this.copied(target),
        ...(this.kind === 'Deployment' ? { replicas: Math.max(1, replicas) } : {}),
        selector: { matchLabels: { [selectorLabel.key]: value } },
        template: this.primaryTemplate(target, 'created'),
      },
    };
    this.store.put(primary);
    return true;
  }

  /** Brings the primary to what the target runs. Labels and annotations of the object itself are lost on the way. */
  promote(): void {
    const { target, primary, selectorLabel } = this;
    if (primary === undefined) {
      throw new Unsupported(`${idOf(this.canary)}: there is no primary to promote to`);
    }
    const kept = Object.fromEntries(
      Object.entries(primary.spec).filter(([field]) => !(COPIED[this.kind] as readonly string[]).includes(field)),
    );
    const follows = this.kind === 'Deployment' && this.canary.spec.autoscalerRef === undefined;
    this.store.put({
      ...primary,
      metadata: { ...primary.metadata, annotations: {}, labels: { [selectorLabel.key]: `${selectorLabel.value}-primary` } },
      spec: {
        ...kept,
        ...this.copied(target),
        ...(follows ? { replicas: target.spec.replicas } : {}),
        template: this.primaryTemplate(target, 'promoted'),
      },
    });
  }

  scaleToZero(): void {
    if (this.kind === 'Deployment') {
      this.scale(0);
    } else {
      const target = copyOf(this.target) as Workload;
      const pod = (target.spec.template.spec ??= {});
      pod.nodeSelector = { ...pod.nodeSelector, ...NOWHERE };
      this.store.put(target);
    }
  }

  scaleFromZero(): void {
    if (this.kind === 'DaemonSet') {
      const target = copyOf(this.target) as Workload;
      unpark(target.spec.template.spec);
      this.store.put(target);
      return;
    }
    const { autoscalerRef } = this.canary.spec;
    const given = this.target.spec.replicas ?? 0;
    const wanted =
      given > 0 ? given : autoscalerRef === undefined ? (this.primary?.spec.replicas ?? 0) : this.scalerMinimum(autoscalerRef);
    this.scale(Math.max(1, wanted));
  }

  /** The pod template and the data that a release is made of, as the status remembers them. */
  revision(): { template: string; configs: Record<string, string> } {
    const { template } = this.target.spec;
    const bare = copyOf({ template })['template'] as Workload['spec']['template'];
    unpark(bare.spec);
    return { template: JSON.stringify(bare), configs: checksums(this.tracked()) };
  }

  private tracked() {
    return trackedConfigs(this.store, this.namespace, this.target.spec.template.spec ?? {});
  }

  private copied(target: Workload): Record<string, unknown> {
    return Object.fromEntries(
      COPIED[this.kind].filter((field) => target.spec[field] !== undefined).map((field) => [field, target.spec[field]]),
    );
  }

  /** The target's pods under the primary's label, reading the primary's configuration. Makes that configuration, too. */
  private primaryTemplate(target: Workload, made: 'created' | 'promoted'): Workload['spec']['template'] {
    const { key, value } = this.selectorLabel;
    const { metadata, ...template } = copyOf({ ...target.spec.template }) as Workload['spec']['template'];
    const spec = template.spec ?? {};
    const tracked = this.tracked();
    createPrimaryConfigs(this.store, this.canary, tracked, this.namespace);
    readPrimaryConfigs(spec, tracked);
    if (this.kind === 'Deployment') {
      spreadAmongPrimaries(spec, this.targetName);
    } else if (made === 'promoted') {
      unpark(spec); // and not at its creation: a DaemonSet whose primary is deleted comes back without pods
    }
    return {
      ...template,
      metadata: {
        labels: primaryLabels(metadata?.labels ?? {}, key, `${value}-primary`),
        annotations: podAnnotations(metadata?.annotations, this.flaggerId),
      },
      spec,
    };
  }

  private scale(replicas: number): void {
    const { target } = this;
    this.store.put({ ...target, spec: { ...target.spec, replicas } });
  }

  private scalerMinimum({ kind, name }: { kind?: string; name: string }): number {
    if (kind !== 'HorizontalPodAutoscaler' && kind !== 'ScaledObject') {
      return 1;
    }
    const spec = this.store.find(kind, this.namespace, name)?.['spec'] as ScalerSpec | undefined;
    return (kind === 'ScaledObject' ? spec?.minReplicaCount : spec?.minReplicas) ?? 1;
  }
}

function unpark(spec: PodSpec | undefined): void {
  if (spec?.nodeSelector !== undefined) {
    const { [Object.keys(NOWHERE)[0]!]: _, ...rest } = spec.nodeSelector;
    spec.nodeSelector = rest;
    if (Object.keys(rest).length === 0) {
      delete spec.nodeSelector;
    }
  }
}

/** Spread constraints and anti-affinity that name the Deployment by a selector label come to name the primary. */
function spreadAmongPrimaries(spec: PodSpec, name: string): void {
  const antiAffinity = spec.affinity?.podAntiAffinity ?? {};
  const selectors = [
    ...(spec.topologySpreadConstraints ?? []).map(({ labelSelector }) => labelSelector),
    ...(antiAffinity.preferredDuringSchedulingIgnoredDuringExecution ?? []).map((one) => one.podAffinityTerm?.labelSelector),
    ...(antiAffinity.requiredDuringSchedulingIgnoredDuringExecution ?? []).map((one) => one.labelSelector),
  ];
  for (const { matchLabels = {}, matchExpressions = [] } of selectors.filter((selector) => selector !== undefined)) {
    for (const { key, values = [] } of matchExpressions) {
      const index = SELECTOR_LABELS.includes(key) ? values.indexOf(name) : -1;
      if (index >= 0) {
        values[index] = `${name}-primary`;
      }
    }
    for (const [key, value] of Object.entries(matchLabels)) {
      if (SELECTOR_LABELS.includes(key) && value === name) {
        matchLabels[key] = `${name}-primary`;
      }
    }
  }
}
