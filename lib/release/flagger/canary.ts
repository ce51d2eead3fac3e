import type { Construct } from 'constructs';
import { Problems } from '../../kernel/errors';
import { FLAG, NUMBER, type Shapes, fitOptions } from '../../kernel/shape';
import { streams } from '../../traffic/streams';
import type { BoundRelease, IRelease, ReleasableService, ReleaseFacts } from '../release';
import { resolveAnalysis } from './analysis';
import { ANALYSIS, type AnalysisProps } from './analysis-props';
import { audienceProblems } from './audience-problems';
import type { ResolvedCanary } from './canary-model';
import { CANARY_STRATEGY, PRIMARY_SCALER, type PrimaryScalerProps, resolveScale } from './canary-scale';
import type { CanaryFacts } from './contract';
import { analysedPort, inexpressible, visibleOn } from './expressible';
import { FlaggerTraffic } from './flagger-traffic';
import { lookProblems } from './looks';

export interface CanaryProps extends AnalysisProps {
  /** How the autoscaler of the old track differs from the service's. @default - not at all */
  readonly primaryScaler?: PrimaryScalerProps;
  /**
   * Pods that carry all requests. The new version starts with enough of them for its largest step, however few the autoscaler
   * would begin with.
   * @default - the most that the service scales to
   */
  readonly fullLoad?: number;
  /**
   * The step between a rolling update and Flagger, in both directions: the Service and the routes are ours, and stay in the cluster
   * when they leave Git, while Flagger makes its own or, with `suspend`, before it goes. docs/guides/switching-strategies.md
   * @default false
   */
  readonly takeOver?: boolean;
}

const PROPS: Shapes<CanaryProps> = { ...ANALYSIS, primaryScaler: PRIMARY_SCALER, fullLoad: NUMBER, takeOver: FLAG };

const at = (prop: string) => `release.${prop}`;

/** A new version gets requests step by step, under Flagger's eyes. https://docs.flagger.app */
export class FlaggerCanary implements IRelease {
  /**
   * A ConfigMap of ours is immutable and named by its content: both tracks read it as it is. Flagger would make a copy of each
   * one and never take it away.
   */
  readonly configMapAnnotations = { 'flagger.app/config-tracking': 'disabled' };
  private readonly props: CanaryProps;

  /** @throws ConfigError when a prop is of another kind, or is none */
  constructor(given: CanaryProps = {}) {
    this.props = fitOptions('Release.canary', given, PROPS);
  }

  validate(problems: Problems, facts: ReleaseFacts): void {
    inexpressible(facts, problems);
    const { analysis } = this.resolve(facts, problems);
    const about: CanaryFacts = {
      canary: facts.name,
      namespace: facts.namespace,
      platform: facts.platform,
      stage: facts.stage,
      port: analysedPort(facts.ports),
      intervalSeconds: analysis.interval,
    };
    lookProblems(analysis, about, problems, at);
    audienceProblems(
      analysis.shift,
      facts.traffic.routes.map(({ condition }) => condition),
    ).forEach((what) => problems.add(what, at('abTest')));
  }

  bind(scope: Construct, service: ReleasableService): BoundRelease {
    const { facts, name } = service;
    const resolved = this.resolve(facts);
    const { scale, takeOver } = resolved;
    const track = service.createTrack({
      name,
      strategy: CANARY_STRATEGY,
      // While the service is taken over, its pods serve, and need not be more than before.
      minReplicas: takeOver ? undefined : scale.canaryMin,
      mostPods: Object.values(scale.peak).reduce((a, b) => a + b, 0),
    });
    return new FlaggerTraffic(scope, 'traffic', service, track, resolved);
  }

  private resolve(facts: ReleaseFacts, problems?: Problems): ResolvedCanary {
    const noted = problems ?? new Problems(facts.name);
    const { props } = this;
    const visible = visibleOn(analysedPort(facts.ports));
    const about = {
      canary: facts.name,
      visible,
      streams: streams(facts.traffic),
      splits: true,
      severalPorts: facts.ports.length > 1,
    };
    const analysis = resolveAnalysis(props, about, noted, at);
    const deadline = props.progressDeadline?.toSeconds({ integral: false }) ?? facts.progressDeadline;
    noted.check(
      Number.isInteger(deadline) && deadline > facts.startSeconds,
      `${deadline} s ends before a pod may be up, and Flagger would roll back; use a whole number above ${facts.startSeconds} s`,
      at('progressDeadline'),
    );
    return {
      analysis,
      scale: resolveScale(props, facts, analysis.shift, noted),
      progressDeadline: deadline,
      suspend: props.suspend ?? false,
      takeOver: props.takeOver ?? false,
      metricsServer: props.metricsServer,
    };
  }
}
