import { type Problems, show } from '../../kernel/errors';
import { NUMBER, type Shape, TEXT, mapOf, propsOf } from '../../kernel/shape';
import { fullLoadOf, fullLoadProblems, podsFor } from '../mesh/capacity';
import { type ReleaseFacts, type UpdateStrategy, mostPods } from '../release';
import { type Shift, topWeight } from './shift';

/** How the copy of the autoscaler that Flagger makes for the primary differs from the service's. */
export interface PrimaryScalerProps {
  /** Fewest pods of the primary. @default - the service's */
  readonly min?: number;
  /** Most pods of the primary. @default - the service's */
  readonly max?: number;
  /**
   * Queries of KEDA's triggers for the primary, by the name of the trigger.
   * @default - the service's, with every mention of its name changed to `<name>-primary`
   */
  readonly queries?: Readonly<Record<string, string>>;
}

export const PRIMARY_SCALER: Shape = propsOf<PrimaryScalerProps>({ min: NUMBER, max: NUMBER, queries: mapOf(TEXT) });

/** No pod goes before its successor is ready. */
export const CANARY_STRATEGY: UpdateStrategy = { type: 'RollingUpdate', maxUnavailable: 0, maxSurge: 1 };

/** How many pods the two tracks have. */
export interface CanaryScale {
  readonly primaryMin: number;
  readonly primaryMax: number;
  readonly queries?: Readonly<Record<string, string>>;
  /** Fewest pods that the new version starts with. */
  readonly canaryMin: number;
  /** Pods that carry all requests together. */
  readonly fullLoad: number;
  /** Most pods at once, by the name of their Deployment. */
  readonly peak: Readonly<Record<string, number>>;
}

/**
 * The canary's autoscaler starts it with its minimum, however many pods the primary has by then, and the primary's autoscaler would
 * take over that minimum: so the one is raised to what the largest step needs, and the other is said on its own.
 * https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/canary/hpa_reconciler.go and deployment_controller.go (ScaleFromZero)
 */
export function resolveScale(
  props: { readonly primaryScaler?: PrimaryScalerProps; readonly fullLoad?: number },
  facts: ReleaseFacts,
  shift: Shift,
  problems: Problems,
): CanaryScale {
  const { name, minReplicas, maxReplicas } = facts;
  const { min: primaryMin = minReplicas, max: primaryMax = maxReplicas, queries } = props.primaryScaler ?? {};
  const part = 'release.primaryScaler';
  const counts = [
    problems.check(Number.isInteger(primaryMin), `min ${show(primaryMin)} must be a whole number of pods`, part),
    problems.check(Number.isInteger(primaryMax), `max ${show(primaryMax)} must be a whole number of pods`, part),
  ].every(Boolean);
  problems.check(
    !counts || primaryMin >= minReplicas,
    `min ${primaryMin} is below the ${minReplicas} that the service has at least, and the primary serves; use ${minReplicas} or more`,
    part,
  );
  problems.check(
    !counts || primaryMin <= primaryMax,
    `min ${primaryMin} is above max ${primaryMax}; swap them, or raise max`,
    part,
  );
  problems.check(
    queries === undefined || facts.scaling === 'keda',
    'queries belong to triggers of KEDA, and the service has none; use Scaling.keda, or leave them out',
    part,
  );
  fullLoadProblems(problems, props.fullLoad, facts);
  const fullLoad = fullLoadOf(props.fullLoad, { maxReplicas: primaryMax });
  const canaryMin = Math.max(minReplicas, podsFor(topWeight(shift), fullLoad));
  return {
    primaryMin,
    primaryMax,
    queries,
    canaryMin,
    fullLoad,
    peak: {
      [name]: mostPods(Math.max(maxReplicas, canaryMin), CANARY_STRATEGY),
      [`${name}-primary`]: mostPods(primaryMax, CANARY_STRATEGY),
    },
  };
}
