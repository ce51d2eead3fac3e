import { PortProtocol, isHttp } from '../../../contracts/port';
import type { Problems } from '../../../kernel/errors';
import type { CanaryFacts } from '../contract';
import { type MeasuredProps, TemplateMetric } from './template-metric';

/** A check by a query of ours over Istio's metrics of requests. */
export class RequestsMetric extends TemplateMetric {
  constructor(
    props: MeasuredProps,
    private readonly of: 'grpc' | 'any',
    private readonly check: (problems: Problems, part: string) => void,
  ) {
    super(props);
  }

  override validate(problems: Problems, part: string, facts: CanaryFacts): void {
    const { port, protocol } = facts.port;
    this.check(problems, part);
    problems.check(
      this.of === 'any' ? isHttp(protocol) : protocol === PortProtocol.GRPC,
      `counts ${this.of === 'grpc' ? 'gRPC calls' : 'requests'}, and port ${port} speaks ${protocol}, so that it would never find one; ` +
        (isHttp(protocol) ? 'use CanaryMetric.successRate' : 'use CanaryMetric.promql with a metric of the service'),
      part,
    );
    super.validate(problems, part, facts);
  }

  /** A test judges the queries of ours once for all, so that no app loads the grammar of PromQL for them. */
  protected override queryProblems(): string[] {
    return [];
  }
}
