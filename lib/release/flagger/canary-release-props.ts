import { ANYTHING, PARSED, TEXT, type Shape, type Shapes, either, madeBy, mapOf, oneOf, propsOf } from '../../kernel/shape';
import { Platform } from '../../platform/platform';
import type { Guarded } from '../../zero-trust/existing-workload';
import { ZeroTrustNamespace } from '../../zero-trust/zero-trust-namespace';
import { ANALYSIS, type AnalysisProps } from './analysis-props';
import { PRIMARY_SCALER, type PrimaryScalerProps } from './canary-scale';
import { CANARY_SERVICE, type CanaryServiceProps } from './service-props';

/** What is released: a workload that something else makes. */
export interface CanaryTarget {
  readonly kind: 'Deployment' | 'DaemonSet';
  readonly name: string;
}

/** What scales the target; Flagger makes a copy of it for the primary. */
export interface CanaryAutoscaler {
  readonly kind: 'HorizontalPodAutoscaler' | 'ScaledObject';
  readonly name: string;
  /** How the copy differs. @default - not at all */
  readonly primary?: PrimaryScalerProps;
}

export interface CanaryReleaseProps extends AnalysisProps {
  /** Where the target lives: a namespace of this app, or the name of one that something else makes. */
  readonly namespace: ZeroTrustNamespace | string;
  /** The cluster, where `namespace` is only a name. @default new Platform() */
  readonly platform?: Platform;
  /** Name of the Canary. @default - the construct id */
  readonly name?: string;
  readonly target: CanaryTarget;
  /** @default - none: the new version gets as many pods as the old one has */
  readonly autoscaler?: CanaryAutoscaler;
  /** The port of the Service, what callers dial. */
  readonly port: number;
  /** The Service and its routes. @default - HTTP on the port, for callers in the mesh */
  readonly service?: CanaryServiceProps;
  /**
   * What splits requests. Without a mesh Flagger splits none: it checks the new version beside the old one, and then replaces it.
   * @default 'istio'
   */
  readonly provider?: 'istio' | 'kubernetes';
  /** What guards its pods (an ExistingWorkload), so that load tests and gateways are let in. @default - its guards are somebody else's */
  readonly workload?: Guarded;
  /** Labels of the Canary. @default - none but the library's */
  readonly labels?: Readonly<Record<string, string>>;
}

export const NAMESPACE: Shape = either(madeBy(ZeroTrustNamespace, 'new ZeroTrustNamespace(chart, id, { … })'), {
  ...TEXT,
  what: 'the name of one',
});
export const TARGET: Shape = propsOf<CanaryTarget>({ kind: oneOf('Deployment', 'DaemonSet'), name: TEXT });

/** What `CanaryReleaseProps` may hold. */
export const CANARY_RELEASE: Shapes<CanaryReleaseProps> = {
  ...ANALYSIS,
  namespace: NAMESPACE,
  platform: madeBy(Platform, 'new Platform({ … })'),
  name: PARSED,
  target: TARGET,
  autoscaler: propsOf<CanaryAutoscaler>({
    kind: oneOf('HorizontalPodAutoscaler', 'ScaledObject'),
    name: TEXT,
    primary: PRIMARY_SCALER,
  }),
  port: ANYTHING,
  service: CANARY_SERVICE,
  provider: oneOf('istio', 'kubernetes'),
  workload: {
    what: 'something with a guard, like new ExistingWorkload(chart, id, { … })',
    fits: (value) => typeof value === 'object' && value !== null && 'guard' in value,
  },
  labels: mapOf(TEXT),
};
