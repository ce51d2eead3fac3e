import { isDeepStrictEqual } from 'node:util';
import { copyOf } from '../reachability/mutation';
import { idOf, nameOf, namespaceOf, Unsupported } from '../reachability/objects';
import { skipsAnalysis, thresholdOf, TOTAL_WEIGHT, type Canary, type CanaryPhase, type CanaryStatus } from './canary';
import { IstioRouter, type MeshRouter } from './istio-router';
import type { Cookies, Weights } from './istio-routes';
import { ALL_TO_CANARY, ALL_TO_PRIMARY, analysisMove, promotionMove } from './moves';
import { scalerOf, type Scaler } from './scalers';
import { ServiceRouter } from './services';
import type { Store } from './store';
import { Tracks } from './workload';

/* One tick after another of pkg/controller/scheduler.go, in a cluster whose checks, gates and metrics always pass. */

export interface FlaggerOptions {
  /** Provider of Canaries that name none: Flagger's -mesh-provider. @default 'istio' */
  readonly provider?: string;
  /** Stands for the random id that each promotion puts on the primary's pods. */
  readonly flaggerId?: string;
  readonly cookies?: Cookies;
}

interface Tick {
  readonly canary: Canary;
  readonly provider: string;
  readonly tracks: Tracks;
  readonly router: MeshRouter;
  readonly scaler: Scaler | undefined;
}

const STARTING = ['Initializing', undefined] as readonly (CanaryPhase | undefined)[];
const RUNNING = ['Progressing', 'WaitingPromotion', 'Promoting', 'Finalising'] as readonly (CanaryPhase | undefined)[];

export class Scheduler {
  /** What is wrong with the primary: it has just been made and is not ready yet, or it never gets ready. */
  private primaryState: 'ready' | 'new' | 'stuck' = 'ready';

  constructor(
    private readonly store: Store,
    private readonly namespace: string,
    private readonly name: string,
    private readonly options: FlaggerOptions = {},
  ) {}

  get canary(): Canary {
    const found = this.store.find<Canary>('Canary', this.namespace, this.name);
    if (found === undefined) {
      throw new Unsupported(`there is no Canary ${this.namespace}/${this.name}`);
    }
    return copyOf(found) as Canary;
  }

  /** So many checks have failed that the next tick rolls back. */
  failChecks(): void {
    this.write(this.canary, { failedChecks: thresholdOf(this.canary) });
  }

  /** The primary exceeds its deadline. */
  stickPrimary(): void {
    this.primaryState = 'stuck';
  }

  /** It gets ready after all. */
  mendPrimary(): void {
    this.primaryState = 'ready';
  }

  /** advanceCanary. */
  tick(): void {
    const { canary } = this;
    if (canary.spec.suspend) {
      return;
    }
    const tick = this.prepare(canary);
    const { tracks, router, scaler } = tick;
    const starting = STARTING.includes(canary.status?.phase);
    const label = tracks.selectorLabel;
    const services = new ServiceRouter(this.store, canary, label, tracks.target.spec.template.spec ?? {});
    services.initialize();
    this.primaryState = tracks.createPrimary() ? 'new' : this.primaryState === 'new' ? 'ready' : this.primaryState;
    if (starting && !skipsAnalysis(canary) && this.primaryState === 'new') {
      return;
    }
    scaler?.reconcile(true);
    if (starting) {
      scaler?.pause();
    }
    services.reconcileApex();
    if (starting) {
      tracks.scaleToZero();
    }
    router.reconcile();
    if (starting) {
      this.sync(tick, { phase: 'Initialized' });
    }
    if (!this.shouldAdvance(tick)) {
      return;
    }
    this.advance(tick);
  }

  private prepare(canary: Canary): Tick {
    const provider = canary.spec.provider || this.options.provider || 'istio';
    const cookies = this.options.cookies ?? { canary: 'canarycook', primary: 'primarycoo' };
    const tracks = new Tracks(this.store, canary, this.options.flaggerId ?? '00000000-0000-4000-8000-000000000000');
    return { canary, provider, tracks, router: this.routerOf(canary, provider, cookies), scaler: scalerOf(this.store, canary) };
  }

  private routerOf(canary: Canary, provider: string, cookies: Cookies): MeshRouter {
    switch (provider) {
      case 'istio':
        return new IstioRouter(this.store, canary, cookies);
      case 'kubernetes':
        // Nobody moves traffic; weights are for the books (pkg/router/nop.go).
        return {
          reconcile: () => undefined,
          weights: () => {
            const moved = (canary.status?.iterations ?? 0) > 0;
            return { primary: moved ? 0 : TOTAL_WEIGHT, canary: moved ? TOTAL_WEIGHT : 0, mirrored: false };
          },
          setWeights: () => undefined,
        };
      default:
        throw new Unsupported(`${idOf(canary)}: the prediction knows the providers istio and kubernetes, not ${provider}`);
    }
  }

  private shouldAdvance(tick: Tick): boolean {
    const { phase } = tick.canary.status ?? {};
    if (RUNNING.includes(phase) || phase === 'Waiting') {
      return true;
    }
    const changed = this.revisionChanged(tick);
    if (phase === 'Failed') {
      this.sync(tick, tick.canary.status ?? {});
    }
    return changed;
  }

  private advance(tick: Tick): void {
    const { canary, tracks, router, scaler } = tick;
    const phase = canary.status?.phase;
    if (!skipsAnalysis(canary) && this.primaryState === 'new') {
      return;
    }
    if (!skipsAnalysis(canary) && this.primaryState === 'stuck') {
      if (phase === 'Promoting' || phase === 'Finalising') {
        router.setWeights(ALL_TO_CANARY);
        this.sync(tick, { phase: 'Failed', canaryWeight: TOTAL_WEIGHT });
      } else {
        this.rollback(tick);
      }
      return;
    }
    const weights = router.weights();
    if (!RUNNING.includes(phase)) {
      scaler?.resume();
      tracks.scaleFromZero();
      this.sync(tick, { phase: 'Progressing' });
      return;
    }
    if ((phase === 'Progressing' || phase === 'WaitingPromotion') && this.revisionChanged(tick)) {
      router.setWeights(ALL_TO_PRIMARY);
      this.sync(tick, { phase: 'Progressing' });
      return;
    }
    if (skipsAnalysis(canary)) {
      this.promoteUnseen(tick);
    } else if (phase === 'Promoting') {
      scaler?.reconcile(false);
      this.shiftToPrimary(tick, weights);
    } else if (phase === 'Finalising') {
      scaler?.pause();
      tracks.scaleToZero();
      this.setPhase(canary, 'Succeeded');
    } else if ((canary.status?.failedChecks ?? 0) >= thresholdOf(canary)) {
      this.rollback(tick);
    } else {
      this.analyse(tick, weights);
    }
  }

  /** Has the target, or a configuration that it reads, changed since it was last looked at? To go back is no change. */
  private revisionChanged({ canary, tracks }: Tick): boolean {
    const { lastAppliedSpec, lastPromotedSpec, trackedConfigs = {} } = canary.status ?? {};
    const { template, configs } = tracks.revision();
    return (lastPromotedSpec !== template && lastAppliedSpec !== template) || !isDeepStrictEqual(configs, trackedConfigs);
  }

  private analyse({ canary, provider, tracks, router }: Tick, weights: Weights): void {
    const move = analysisMove(canary, provider, weights);
    if (move === 'promote') {
      tracks.promote();
      this.setPhase(canary, 'Promoting');
    } else if (move !== 'nothing') {
      if (move.weights !== undefined) {
        router.setWeights(move.weights);
      }
      this.write(canary, move.status);
    }
  }

  private shiftToPrimary({ canary, provider, router }: Tick, weights: Weights): void {
    const next = promotionMove(canary, provider, weights);
    if (next === undefined) {
      return;
    }
    router.setWeights(next);
    if (next.primary === TOTAL_WEIGHT) {
      this.setPhase(canary, 'Finalising');
    } else {
      this.write(canary, { canaryWeight: next.canary });
    }
  }

  /** shouldSkipAnalysis: the primary rolls while it serves everybody. */
  private promoteUnseen({ canary, tracks, router, scaler }: Tick): void {
    router.setWeights(ALL_TO_PRIMARY);
    tracks.promote();
    scaler?.reconcile(false);
    scaler?.pause();
    tracks.scaleToZero();
    this.setPhase(canary, 'Succeeded');
  }

  private rollback(tick: Tick): void {
    const { tracks, router, scaler } = tick;
    router.setWeights(ALL_TO_PRIMARY);
    scaler?.pause();
    tracks.scaleToZero();
    this.sync(tick, { phase: 'Failed' });
  }

  /** SyncStatus: a new phase, and the revision that it is about. */
  private sync({ canary, tracks }: Pick<Tick, 'canary' | 'tracks'>, status: CanaryStatus): void {
    const { template, configs } = tracks.revision();
    const { phase, canaryWeight = 0, failedChecks = 0, iterations = 0 } = status;
    this.write(canary, {
      ...{ phase, canaryWeight, failedChecks, iterations, lastAppliedSpec: template, trackedConfigs: configs },
      ...(phase === 'Initialized' ? { lastPromotedSpec: template } : {}),
    });
  }

  private setPhase(canary: Canary, phase: CanaryPhase): void {
    this.write(canary, {
      phase,
      ...(phase === 'Progressing' || phase === 'Promoting' ? {} : { canaryWeight: 0, iterations: 0 }),
      ...(phase === 'Succeeded' ? { lastPromotedSpec: canary.status?.lastAppliedSpec } : {}),
    });
  }

  /** The status alone is written: what a tick does to the spec in its hand is forgotten. */
  private write(canary: Canary, status: CanaryStatus): void {
    canary.status = { ...canary.status, ...status };
    this.store.put({ ...this.canary, status: canary.status });
  }
}

/** The scheduler of one Canary. */
export function schedulerOf(store: Store, canary: Canary, options?: FlaggerOptions): Scheduler {
  return new Scheduler(store, namespaceOf(canary), nameOf(canary), options);
}
