import type { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { PortProtocol, type WorkloadPort } from '../../../contracts/port';
import { type Problems, show } from '../../../kernel/errors';
import type { CanaryMetric as BoundMetric, CanaryContext, CanaryFacts, ICanaryMetric } from '../contract';
import { MetricProvider } from './metric-provider';
import { ERROR_RATE } from './names';
import { GRPC_ERROR_RATE, HTTP_ERROR_RATE } from './requests';
import { RequestsMetric } from './requests-metric';

/** Percent of the requests that may fail, counted as the port speaks. */
export class ErrorRate implements ICanaryMetric {
  readonly seesErrors = true;

  constructor(
    private readonly percent: number,
    private readonly interval?: Duration,
  ) {}

  validate(problems: Problems, part: string, facts: CanaryFacts): void {
    this.of(facts.port).validate(problems, part, facts);
  }

  bind(scope: Construct, context: CanaryContext): BoundMetric {
    return this.of(context.port).bind(scope, context);
  }

  private of({ protocol }: WorkloadPort): RequestsMetric {
    const { percent, interval } = this;
    const grpc = protocol === PortProtocol.GRPC;
    const props = {
      name: grpc ? ERROR_RATE.grpc : ERROR_RATE.http,
      provider: MetricProvider.prometheus(),
      query: grpc ? GRPC_ERROR_RATE : HTTP_ERROR_RATE,
      threshold: { max: percent },
      describes: `at most ${percent} % of the ${grpc ? 'gRPC calls' : 'requests'} fail`,
      interval,
    };
    return new RequestsMetric(props, 'any', (problems, part) =>
      problems.check(
        typeof percent === 'number' && percent >= 0 && percent < 50,
        `${show(percent)} must be a percentage from 0 to below 50, of what may fail; write it like 1`,
        part,
      ),
    );
  }
}
