import type { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Problems } from '../../../kernel/errors';
import { PortProtocol, isHttp } from '../../../contracts/port';
import type { CanaryMetric as BoundMetric, CanaryContext, CanaryFacts, ICanaryMetric, ThresholdRange } from '../contract';
import { BUILT_IN } from './names';
import { windowProblems, windowSeconds } from './window';

export interface BuiltIn {
  readonly name: (typeof BUILT_IN)[keyof typeof BUILT_IN];
  readonly threshold: ThresholdRange;
  readonly describes: string;
  readonly interval?: Duration;
  /** Adds what is wrong with the threshold. */
  readonly check: (problems: Problems, part: string) => void;
}

/** A check by what Flagger measures by itself: https://docs.flagger.app/usage/metrics#builtin-metrics */
export class BuiltInMetric implements ICanaryMetric {
  constructor(private readonly metric: BuiltIn) {}

  /** Flagger's success rate counts statuses of HTTP. */
  readonly seesErrors = false;

  validate(problems: Problems, part: string, facts: CanaryFacts): void {
    const { name, interval, check } = this.metric;
    check(problems, part);
    windowProblems(interval, facts, problems, `${part}.interval`);
    problems.check(
      isHttp(facts.port.protocol),
      `counts requests, and port ${facts.port.port} speaks ${facts.port.protocol}, where the mesh sees none; use CanaryMetric.promql with a metric of the service`,
      part,
    );
    problems.check(
      name !== BUILT_IN.successRate || facts.port.protocol !== PortProtocol.GRPC,
      `counts statuses of HTTP, and port ${facts.port.port} speaks grpc, whose errors travel inside a 200; use CanaryMetric.grpcSuccessRate`,
      part,
    );
  }

  bind(_scope: Construct, context: CanaryContext): BoundMetric {
    const { name, threshold, describes, interval } = this.metric;
    const intervalSeconds = windowSeconds(interval, context.intervalSeconds);
    return { name, thresholdRange: threshold, describes, intervalSeconds };
  }
}
