import { Duration } from 'cdk8s';
import type { k8s } from 'cdk8s-plus-28';
import { Problems, show } from '../kernel/errors';
import {
  ANYTHING,
  DURATION,
  fitOptions,
  listOf,
  mapOf,
  needed,
  NUMBER,
  oneOf,
  propsOf,
  TEXT,
  type Shapes,
} from '../kernel/shape';
import type { TierDefaults } from './tiers';

export interface ReplicaRange {
  /** @default - the tier's */
  readonly min?: number;
  /** @default - the tier's */
  readonly max?: number;
}

export interface BehaviorProps {
  /** Percent of the pods that may be added in a minute. @default 50 */
  readonly upPercent?: number;
  /** How long a higher need must last. @default 60 s */
  readonly upStabilization?: Duration;
  /** Percent of the pods that may be taken away in a minute. @default 10 */
  readonly downPercent?: number;
  /** How long a lower need must last. @default 300 s */
  readonly downStabilization?: Duration;
}

export interface HorizontalProps extends ReplicaRange, BehaviorProps {
  /** Use of the requested CPU to aim at, in percent; undefined with `metrics` alone. @default 70 */
  readonly cpu?: number;
  /** Use of the requested memory to aim at, in percent (80 is usual). A JVM's heap rarely shrinks, so it only ever adds pods there. @default - not used */
  readonly memory?: number;
  /** Further metrics, as the API says them. @default - none */
  readonly metrics?: readonly k8s.MetricSpecV2[];
}

/** A trigger of KEDA. https://keda.sh/docs/latest/scalers/ */
export interface KedaTrigger {
  readonly type: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly name?: string;
  readonly metricType?: 'AverageValue' | 'Value' | 'Utilization';
  /** TriggerAuthentication in the same namespace. */
  readonly authentication?: string;
}

export interface KedaProps extends ReplicaRange, BehaviorProps {
  readonly triggers: readonly KedaTrigger[];
  /** @default 30 s */
  readonly pollingInterval?: Duration;
  /** The least to run when the source of the metrics fails, after so many failures; more stay if more run. @default - the minimum, after 3 */
  readonly fallback?: { readonly failureThreshold: number; readonly replicas: number };
}

export interface Behavior {
  readonly upPercent: number;
  readonly upStabilization: number;
  readonly downPercent: number;
  readonly downStabilization: number;
}

export type ScalingModel =
  | { readonly kind: 'fixed'; readonly min: number; readonly max: number }
  | ({ readonly kind: 'horizontal'; readonly min: number; readonly max: number; readonly behavior: Behavior } & Pick<
      HorizontalProps,
      'cpu' | 'memory' | 'metrics'
    >)
  | ({
      readonly kind: 'keda';
      readonly min: number;
      readonly max: number;
      readonly behavior: Behavior;
      readonly pollingInterval: number;
    } & Pick<KedaProps, 'triggers'> & {
        readonly fallback: { readonly failureThreshold: number; readonly replicas: number };
      });

/** KEDA takes a fallback only where metrics are averaged over pods, which cpu and memory triggers are not. */
export function fallbackOf({ triggers, fallback }: ScalingModel & { kind: 'keda' }): KedaProps['fallback'] {
  return triggers.every(({ type }) => type === 'cpu' || type === 'memory') ? undefined : fallback;
}

const RANGE: Shapes<ReplicaRange & BehaviorProps> = {
  min: NUMBER,
  max: NUMBER,
  upPercent: NUMBER,
  upStabilization: DURATION,
  downPercent: NUMBER,
  downStabilization: DURATION,
};
const HORIZONTAL: Shapes<HorizontalProps> = { ...RANGE, cpu: NUMBER, memory: NUMBER, metrics: listOf(mapOf(ANYTHING)) };
const TRIGGER = propsOf<KedaTrigger>({
  type: ANYTHING,
  metadata: mapOf(TEXT),
  name: TEXT,
  metricType: oneOf('AverageValue', 'Value', 'Utilization'),
  authentication: TEXT,
});
const KEDA: Shapes<KedaProps> = {
  ...RANGE,
  triggers: listOf(TRIGGER),
  pollingInterval: DURATION,
  fallback: propsOf({ failureThreshold: NUMBER, replicas: NUMBER }),
};

/** How many pods a service has. https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/ */
export class Scaling {
  /** By the CPU (and memory) of the application's container: the proxy's would skew it. The default. */
  static horizontal(props: HorizontalProps = {}): Scaling {
    const fitting = fitOptions('Scaling.horizontal', props, HORIZONTAL);
    // Said to be undefined, the CPU is not scaled on; left out, it is.
    return new Scaling('horizontal', 'cpu' in props && props.cpu === undefined ? { ...fitting, cpu: undefined } : fitting);
  }

  /** By events, through KEDA, which makes the HorizontalPodAutoscaler itself. */
  static keda(props: KedaProps): Scaling {
    return new Scaling('keda', fitOptions('Scaling.keda', props, KEDA));
  }

  /** Always the same number: for what can't share its work. */
  static fixed(replicas: number): Scaling {
    const problems = new Problems('Scaling.fixed');
    needed(replicas, NUMBER, problems, 'replicas');
    problems.throwIfAny();
    return new Scaling('fixed', { min: replicas, max: replicas });
  }

  private constructor(
    private readonly kind: 'fixed' | 'horizontal' | 'keda',
    private readonly props: HorizontalProps & Partial<KedaProps>,
  ) {}

  /** Fills in the defaults of the tier and adds what is wrong. */
  resolve(tier: TierDefaults, problems: Problems): ScalingModel {
    const part = 'scaling';
    const { props } = this;
    const min = props.min ?? Math.min(tier.minReplicas, props.max ?? Infinity);
    const max = props.max ?? Math.max(tier.maxReplicas, min);
    const whole = (key: string, value: number) =>
      problems.check(Number.isInteger(value) && value >= 1, `${key} ${show(value)} must be a whole number from 1 on`, part);
    const counts = this.kind === 'fixed' ? whole('replicas', min) : [whole('min', min), whole('max', max)].every(Boolean);
    problems.check(!counts || min <= max, `min ${min} is above max ${max}; swap them, or raise max`, part);
    problems.check(
      !counts || tier.priority === undefined || min >= 2,
      `a critical service with ${min} replica is down whenever its node is; use min: 2 or more`,
      part,
    );
    if (this.kind === 'fixed') return { kind: 'fixed', min, max };
    const behavior = resolveBehavior(props, problems);
    if (this.kind === 'keda') {
      const triggers = props.triggers ?? [];
      problems.check(triggers.length > 0, 'keda needs at least one trigger; without one it would never scale', part);
      for (const { type, metadata } of triggers) {
        problems.check(
          typeof type === 'string' && type !== '',
          `trigger type ${show(type)} must name a scaler of KEDA, like "kafka"`,
          part,
        );
        problems.check(metadata !== undefined, `trigger ${show(type)} has no metadata; say what it asks for`, part);
      }
      const fallback = props.fallback ?? { failureThreshold: 3, replicas: min };
      const { failureThreshold, replicas } = fallback;
      problems.check(
        Number.isInteger(failureThreshold) && failureThreshold >= 1,
        `fallback.failureThreshold ${show(failureThreshold)} must be a whole number from 1 on`,
        part,
      );
      problems.check(
        !counts || (Number.isInteger(replicas) && replicas >= min && replicas <= max),
        `fallback.replicas ${show(replicas)} must be a whole number from min ${min} to max ${max}`,
        part,
      );
      const pollingInterval = (props.pollingInterval ?? Duration.seconds(30)).toSeconds({ integral: false });
      problems.check(
        Number.isInteger(pollingInterval) && pollingInterval >= 1,
        `pollingInterval ${pollingInterval} s must be a whole number of seconds from 1 on`,
        part,
      );
      return { kind: 'keda', min, max, behavior, triggers, fallback, pollingInterval };
    }
    const cpu = 'cpu' in props ? props.cpu : 70;
    for (const [key, value] of Object.entries({ cpu, memory: props.memory })) {
      problems.check(
        value === undefined || (Number.isInteger(value) && value >= 1 && value <= 100),
        `${key} ${show(value)} must be a whole number of percent from 1 to 100 of what is requested`,
        part,
      );
    }
    problems.check(
      cpu !== undefined || props.memory !== undefined || (props.metrics?.length ?? 0) > 0,
      'has no metric left, so it would never scale; keep cpu, or use Scaling.fixed',
      part,
    );
    return { kind: 'horizontal', min, max, behavior, cpu, memory: props.memory, metrics: props.metrics };
  }
}

function resolveBehavior(props: BehaviorProps, problems: Problems): Behavior {
  const seconds = (key: 'upStabilization' | 'downStabilization', fallback: number) => {
    const value = props[key]?.toSeconds({ integral: false }) ?? fallback;
    // The API takes 0 to 3600: autoscaling/v2 HPAScalingRules.stabilizationWindowSeconds.
    problems.check(
      Number.isInteger(value) && value >= 0 && value <= 3600,
      `${key} ${value} s must be a whole number of seconds from 0 to 3600`,
      'scaling',
    );
    return value;
  };
  const percent = (key: 'upPercent' | 'downPercent', fallback: number) => {
    const value = props[key] ?? fallback;
    problems.check(
      Number.isInteger(value) && value >= 1 && value <= (key === 'upPercent' ? 1000 : 100),
      `${key} ${show(value)} must be a whole number of percent from 1 to ${key === 'upPercent' ? 1000 : 100}`,
      'scaling',
    );
    return value;
  };
  return {
    upPercent: percent('upPercent', 50),
    upStabilization: seconds('upStabilization', 60),
    downPercent: percent('downPercent', 10),
    downStabilization: seconds('downStabilization', 300),
  };
}
