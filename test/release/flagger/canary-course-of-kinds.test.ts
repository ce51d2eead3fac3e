import { Duration } from 'cdk8s';
import {
  Audience,
  type BankingServiceProps,
  CanaryMetric,
  type CanaryProps,
  Health,
  HealthProbe,
  type ICanaryMetric,
  type IWebhook,
  PortProtocol,
  Release,
  type ReleaseCourse,
  Scaling,
} from '../../../lib';
import { World } from '../../banking-service/world';

/* What the plan says of a release by Flagger, by what its requests are and how they come back. Looked at every 60 s. */

function courseOf(props: CanaryProps, service: Partial<BankingServiceProps> = {}): ReleaseCourse {
  return new World().service('teller', { release: Release.canary(props), ...service }).releasePlan.course;
}

describe('what is measured', () => {
  const bytes = Health.of({ liveness: HealthProbe.tcp(), readiness: HealthProbe.exec(['/ready']) });
  const sessions: ICanaryMetric = {
    validate() {},
    bind: () => ({ name: 'sessions', query: 'up', thresholdRange: { max: 7 }, describes: 'at most 7 sessions break' }),
  };
  const grpc = { protocol: PortProtocol.GRPC, health: Health.grpc({ readinessService: 'teller' }) };
  const measured = (props: CanaryProps, service: Partial<BankingServiceProps>) => {
    const { steps, thresholds } = courseOf({ steps: [30], ...props }, service);
    return { checks: steps[2]!.checks, thresholds };
  };

  test('of gRPC, calls and their status: an answer with an error has HTTP status 200', () => {
    expect(measured({ successRate: 97.5, p99: Duration.millis(370) }, grpc)).toEqual({
      checks: ['99 of 100 requests take at most 370 ms', '97.5 % of the gRPC calls succeed'],
      thresholds: [
        { metric: 'request-duration', max: 370 },
        { metric: 'grpc-success-rate', min: 97.5 },
      ],
    });
  });

  test('of gRPC where errors are counted already: no success rate beside them, unless somebody gives one', () => {
    const metrics = [CanaryMetric.errorRate(3)];
    const names = (props: CanaryProps) => measured({ metrics, ...props }, grpc).thresholds!.map(({ metric }) => metric);
    expect(names({})).toEqual(['request-duration', 'grpc-error-rate']);
    expect(names({ successRate: 97.5 })).toEqual(['request-duration', 'grpc-success-rate', 'grpc-error-rate']);
    const waiting = (more: object) =>
      CanaryMetric.promql({ name: 'waiting', query: 'sum(a{b="{{ target }}"})', threshold: { max: 7 }, ...more });
    expect(names({ metrics: [waiting({})] })).toEqual(['request-duration', 'grpc-success-rate', 'waiting']);
    expect(names({ metrics: [waiting({ countsErrors: true })] })).toEqual(['request-duration', 'waiting']);
  });

  test('of bytes, what somebody gives', () => {
    expect(measured({ metrics: [sessions] }, { protocol: PortProtocol.TCP, health: bytes })).toEqual({
      checks: ['at most 7 sessions break'],
      thresholds: [{ metric: 'sessions', max: 7 }],
    });
  });
});

describe('how requests come back', () => {
  const load: IWebhook = {
    ...{ name: 'load', type: 'rollout', timeoutSeconds: 5 },
    validate() {},
    bind: () => ({ name: 'load', type: 'rollout', url: 'http://tester.vault/', timeoutSeconds: 5 }),
  };
  const back = (props: CanaryProps) => {
    const { what, takes } = courseOf(props).steps.at(-1)!;
    return [what, takes];
  };
  const by40 = '40 % of the requests go back to teller-primary with each look, then the pods of teller stop';
  const span = (seconds: number) => ({ shortest: seconds, longest: seconds });

  test.each<[string, CanaryProps, number]>([
    ['of steps, those of the last one', { steps: [10, 30] }, 1],
    ['of an audience, all, however few they are', { abTest: { audience: Audience.customerGroup('vip'), share: 30 } }, 3],
    ['of everybody, all', { blueGreen: {}, webhooks: [load] }, 3],
  ])('%s', (_name, props, looks) => {
    const what = looks === 1 ? 'All requests go to teller-primary, and the pods of teller stop' : by40;
    expect(back({ ...props, stepWeightPromotion: 40 })).toEqual([what, span(looks * 60)]);
  });
});

test('a new version that starts with more pods than its service scales to has them at its peak', () => {
  const scaling = Scaling.horizontal({ min: 3, max: 13 });
  const { peakPods } = courseOf({ primaryScaler: { max: 23 } }, { scaling });
  expect(peakPods).toEqual({ teller: 25, 'teller-primary': 25 });
});
