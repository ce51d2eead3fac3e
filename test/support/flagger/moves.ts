import { maxWeight, nextStepWeight, strategyOf, TOTAL_WEIGHT, type Canary } from './canary';
import type { Weights } from './istio-routes';

/* What a good tick does to traffic: runCanary, runAB, runBlueGreen, runPromotionTrafficShift (pkg/controller/scheduler.go). */

/** New weights, and what the status counts; or the analysis is over. */
export type Move =
  | { readonly weights?: Weights; readonly status: { readonly canaryWeight: number } | { readonly iterations: number } }
  | 'promote'
  | 'nothing';

export const ALL_TO_PRIMARY: Weights = { primary: TOTAL_WEIGHT, canary: 0, mirrored: false };
export const ALL_TO_CANARY: Weights = { primary: 0, canary: TOTAL_WEIGHT, mirrored: false };

/** One step of the analysis. */
export function analysisMove(canary: Canary, provider: string, weights: Weights): Move {
  const { analysis = {} } = canary.spec;
  if (provider === 'kubernetes') {
    delete analysis.match;
    analysis.iterations ||= 10;
  }
  switch (strategyOf(canary)) {
    case 'a/b':
      return iterate(canary, ALL_TO_CANARY);
    case 'blue/green':
      return blueGreenMove(canary, provider, weights.mirrored);
    case 'canary':
      return nextStepWeight(canary, weights.canary) > 0 ? canaryMove(canary, weights) : 'nothing';
  }
}

function canaryMove(canary: Canary, { primary, canary: weight, mirrored }: Weights): Move {
  if (weight >= maxWeight(canary)) {
    return 'promote';
  }
  const step = nextStepWeight(canary, weight);
  // Mirroring is one step before the first.
  const next =
    canary.spec.analysis!.mirror && weight === 0
      ? mirrored
        ? { primary: TOTAL_WEIGHT - step, canary: step, mirrored: false }
        : { ...ALL_TO_PRIMARY, mirrored: true }
      : { primary: Math.max(0, primary - step), canary: Math.min(TOTAL_WEIGHT, weight + step), mirrored };
  return { weights: next, status: { canaryWeight: next.canary } };
}

function iterate(canary: Canary, weights: Weights | undefined): Move {
  const done = canary.status?.iterations ?? 0;
  return done < canary.spec.analysis!.iterations! ? { weights, status: { iterations: done + 1 } } : 'promote';
}

/** Nobody sees the new version until all do, for one tick before it is promoted. */
function blueGreenMove(canary: Canary, provider: string, mirrored: boolean): Move {
  const done = canary.status?.iterations ?? 0;
  const { iterations = 0, mirror } = canary.spec.analysis!;
  const routed = provider !== 'kubernetes';
  if (done === iterations) {
    return { weights: routed ? ALL_TO_CANARY : undefined, status: { iterations: done + 1 } };
  }
  return iterate(canary, routed && mirror && !mirrored ? { ...ALL_TO_PRIMARY, mirrored: true } : undefined);
}

/** One step back to the primary, which by now runs the new version. */
export function promotionMove(canary: Canary, provider: string, { primary, canary: weight }: Weights): Weights | undefined {
  const step = canary.spec.analysis?.stepWeightPromotion ?? 0;
  if (provider === 'kubernetes' || step === 0) {
    return ALL_TO_PRIMARY;
  }
  return weight > 0
    ? { primary: Math.min(TOTAL_WEIGHT, primary + step), canary: Math.max(0, weight - step), mirrored: false }
    : undefined;
}
