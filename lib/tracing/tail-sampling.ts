import type { Duration } from 'cdk8s';
import { Problems, show } from '../kernel/errors';
import { DURATION, NUMBER, type Shapes, fitProps } from '../kernel/shape';

export interface TailSamplingProps {
  /** What takes longer from end to end is kept, in whole milliseconds. @default 1 s */
  readonly slowerThan?: Duration;
  /** Percent of the other traces that is kept. @default 10 */
  readonly rest?: number;
  /** How long the collector waits for the spans of a trace, from its first one on, in whole seconds. @default 10 s */
  readonly decisionWait?: Duration;
  /** How many traces it holds meanwhile; the oldest are given up for more. @default 20000 */
  readonly traces?: number;
}

export interface TailSamplingModel {
  readonly slowerThan: number;
  readonly rest: number;
  readonly decisionWait: number;
  readonly traces: number;
}

const PROPS: Shapes<TailSamplingProps> = { slowerThan: DURATION, rest: NUMBER, decisionWait: DURATION, traces: NUMBER };

/**
 * Which traces a collector keeps, when it has seen them whole: all that failed, all that were slow, and a share of the rest.
 * It can only keep what the proxies send: with `randomSamplingPercentage: 100` they send all.
 * https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/tailsamplingprocessor
 */
export class TailSampling {
  /** @throws ConfigError that lists every problem */
  static of(props: TailSamplingProps = {}): TailSampling {
    const problems = new Problems('TailSampling.of');
    const { slowerThan, rest = 10, decisionWait, traces = 20_000 } = fitProps(props, PROPS, problems);
    const model = {
      slowerThan: slowerThan?.toMilliseconds({ integral: false }) ?? 1000,
      rest,
      decisionWait: (decisionWait?.toMilliseconds({ integral: false }) ?? 10_000) / 1000,
      traces,
    };
    const whole = (value: number, part: keyof TailSamplingModel, unit: string) =>
      problems.check(Number.isInteger(value) && value >= 1, `${show(value)}${unit} must be a whole number from 1 on`, part);
    whole(model.slowerThan, 'slowerThan', ' ms');
    whole(model.decisionWait, 'decisionWait', ' s');
    whole(traces, 'traces', '');
    problems.check(
      Number.isFinite(rest) && rest >= 0 && rest <= 100,
      `${show(rest)} is no share; write percent of the traces, from 0 to 100`,
      'rest',
    );
    problems.throwIfAny();
    return new TailSampling(model);
  }

  private constructor(
    /** @internal */
    readonly model: TailSamplingModel,
  ) {
    Object.freeze(this);
  }
}
