import { isDeepStrictEqual } from 'node:util';
import { copyOf } from '../reachability/mutation';
import { nameOf, namespaceOf, type KubeObject } from '../reachability/objects';
import { assumedConfigs } from './assumed-configs';
import { skipsAnalysis, type Canary, type Live } from './canary';
import type { Weights } from './istio-routes';
import { IstioRouter } from './istio-router';
import { restarted } from './revisions';
import { schedulerOf, type FlaggerOptions, type Scheduler } from './scheduler';
import { Store } from './store';

/* A release from its first tick to its end, so that each state that the cluster passes through can be looked at. */

/** What happens around Flagger, between its ticks. */
export type RehearsalEvent =
  | { readonly do: 'tick' | 'fail checks' | 'stick primary' | 'mend primary' }
  /** Somebody applies manifests; these are the objects as they are then. */
  | { readonly do: 'put'; readonly objects: readonly KubeObject[] };

/**
 * How the release ends: before it begins; well; by failed checks when the canary has all the traffic that it gets; by a
 * primary that never gets ready. Or well, after the target has been changed once more in the middle of the analysis, or
 * back to what it was before; or by one more change after a promotion that failed, with a primary that is still not ready
 * or is ready at last.
 */
export type Ending =
  | 'initialized'
  | 'succeeded'
  | 'rolled back'
  | 'promotion failed'
  | 'revised'
  | 'reverted'
  | 'revised after a failed promotion'
  | 'mended after a failed promotion';

/** Every way in which a release that began can end. */
export function endingsOf(canary: Canary): readonly Ending[] {
  return skipsAnalysis(canary) ? ['succeeded'] : ['succeeded', 'rolled back', 'promotion failed'];
}

/** Other ways to get there, through states of the same kinds. */
export function detoursOf(canary: Canary): readonly Ending[] {
  return skipsAnalysis(canary)
    ? []
    : ['revised', 'reverted', 'revised after a failed promotion', 'mended after a failed promotion'];
}

/** The cluster after a tick. */
export interface Snapshot {
  readonly canary: Canary;
  /** What the VirtualService says; undefined before there is one, and where nobody moves traffic. */
  readonly weights: Weights | undefined;
  readonly objects: readonly Live[];
}

export interface Rehearsal {
  /** What the cluster held at first. */
  readonly objects: readonly KubeObject[];
  readonly events: readonly RehearsalEvent[];
  /** One for each tick. */
  readonly ticks: readonly Snapshot[];
  /** A tick changed nothing before the end was reached, so no further one will: the release gets nowhere. */
  readonly stalled: boolean;
}

/**
 * Runs a release of what `after` holds over what `before` held. Flagger has seen `before` first: the primary runs it until
 * it is promoted.
 */
export function rehearse(
  before: readonly KubeObject[],
  after: readonly KubeObject[],
  canary: Canary,
  ending: Ending,
  options: FlaggerOptions = {},
): Rehearsal {
  const events: RehearsalEvent[] = [];
  const ticks: Snapshot[] = [];
  const objects = [...before, ...assumedConfigs(before, canary)];
  const store = new Store(objects);
  const scheduler = schedulerOf(store, canary, options);
  const happen = (event: RehearsalEvent): void => {
    events.push(event);
    play(scheduler, store, event);
    if (event.do === 'tick') {
      ticks.push(snapshot(scheduler, store, options));
    }
  };
  const until = (done: () => boolean): void => {
    while (!done() && !stalled(ticks)) {
      happen({ do: 'tick' });
    }
  };
  const phase = (wanted: string) => () => scheduler.canary.status?.phase === wanted;

  until(phase('Initialized'));
  if (ending === 'initialized') {
    return { objects, events, ticks, stalled: false };
  }
  const apply = (manifests: readonly KubeObject[]): void =>
    happen({ do: 'put', objects: [...manifests, ...assumedConfigs(manifests, canary)].map((one) => applied(store, one)) });
  apply(after);
  if (ending === 'rolled back') {
    // As late as can be: the last state before the promotion.
    const steps = analysisTicks(before, after, canary, options);
    until(() => ticks.length >= steps);
    happen({ do: 'fail checks' });
  } else if (ending.endsWith('failed promotion') || ending === 'promotion failed') {
    until(phase('Promoting'));
    happen({ do: 'stick primary' });
  }
  if (ending.endsWith('failed promotion')) {
    until(phase('Failed'));
    if (ending.startsWith('mended')) {
      happen({ do: 'mend primary' });
    }
    apply(restarted(after, canary, 'again'));
    happen({ do: 'tick' });
  }
  if (ending === 'revised' || ending === 'reverted') {
    until(() => (scheduler.canary.status?.canaryWeight ?? 0) + (scheduler.canary.status?.iterations ?? 0) > 0);
    apply(ending === 'reverted' ? before : restarted(after, canary, 'again'));
  }
  const badly: readonly Ending[] = ['rolled back', 'promotion failed', 'revised after a failed promotion'];
  const ended = phase(badly.includes(ending) ? 'Failed' : 'Succeeded');
  until(ended);
  const rehearsal = { objects, events, ticks, stalled: !ended() };
  happen({ do: 'tick' });
  return rehearsal;
}

/** Ticks of a release that ends well, until the last before it is promoted. */
function analysisTicks(
  before: readonly KubeObject[],
  after: readonly KubeObject[],
  canary: Canary,
  options: FlaggerOptions,
): number {
  const { ticks } = rehearse(before, after, canary, 'succeeded', options);
  return ticks.findIndex((one) => one.canary.status?.phase === 'Promoting' || one.canary.status?.phase === 'Succeeded');
}

function stalled(ticks: readonly Snapshot[]): boolean {
  return ticks.length > 1 && isDeepStrictEqual(ticks.at(-1), ticks.at(-2));
}

function play(scheduler: Scheduler, store: Store, event: RehearsalEvent): void {
  switch (event.do) {
    case 'tick':
      return scheduler.tick();
    case 'fail checks':
      return scheduler.failChecks();
    case 'stick primary':
      return scheduler.stickPrimary();
    case 'mend primary':
      return scheduler.mendPrimary();
    case 'put':
      return event.objects.forEach((object) => store.put(object));
  }
}

/** What a manifest says replaces what was there; what it leaves to others stays: replicas, pauses, status, the way to nowhere. */
function applied(store: Store, manifest: KubeObject): KubeObject {
  const object = copyOf(manifest) as Live & { spec?: Managed; status?: unknown };
  const kind = object.kind as Parameters<Store['find']>[0];
  const existing = store.find<typeof object>(kind, namespaceOf(object), nameOf(object));
  if (existing === undefined) {
    return object;
  }
  if (existing.status !== undefined) {
    object.status = existing.status;
  }
  if (kind === 'Deployment' && existing.spec?.replicas !== undefined) {
    object.spec!.replicas ??= existing.spec.replicas;
  }
  const nowhere = existing.spec?.template?.spec?.nodeSelector?.[NOWHERE];
  const pod = object.spec?.template?.spec;
  if (kind === 'DaemonSet' && nowhere !== undefined && pod !== undefined) {
    pod.nodeSelector = { ...pod.nodeSelector, [NOWHERE]: nowhere };
  }
  const paused = existing.metadata?.annotations?.[PAUSED];
  if (kind === 'ScaledObject' && paused !== undefined) {
    object.metadata = { ...object.metadata, annotations: { ...object.metadata?.annotations, [PAUSED]: paused } };
  }
  return object;
}

interface Managed {
  replicas?: number;
  template?: { spec?: { nodeSelector?: Record<string, string> } };
}

const NOWHERE = 'flagger.app/scale-to-zero';
const PAUSED = 'autoscaling.keda.sh/paused-replicas';

function snapshot(scheduler: Scheduler, store: Store, options: FlaggerOptions): Snapshot {
  const { canary } = scheduler;
  return { canary, weights: weightsOf(store, canary, options), objects: store.objects() };
}

function weightsOf(store: Store, canary: Canary, { provider = 'istio' }: FlaggerOptions): Weights | undefined {
  const name = canary.spec.service.name || canary.spec.targetRef.name;
  const routed = (canary.spec.provider || provider) === 'istio';
  const started = canary.status?.phase !== undefined;
  return routed && started && store.find('VirtualService', canary.metadata?.namespace ?? 'default', name) !== undefined
    ? new IstioRouter(store, canary, { canary: '', primary: '' }).weights()
    : undefined;
}
