import { Chart, Duration, Testing } from 'cdk8s';
import {
  Audience,
  type CanaryProps,
  CanaryRelease,
  type IWebhook,
  Release,
  type ReleaseCourse,
  type WebhookType,
} from '../../../lib';
import { World } from '../../banking-service/world';
import { canariesOf } from '../../support/flagger';
import { rehearse } from '../../support/flagger/rehearsal';
import { restarted } from '../../support/flagger/revisions';
import type { KubeObject } from '../../support/reachability';

const hook = (name: string, type: WebhookType): IWebhook => ({
  ...{ name, type, timeoutSeconds: 5 },
  validate() {},
  bind: () => ({ name, type, url: 'http://gate.vault.svc', timeoutSeconds: 5 }),
});
const load = hook('load', 'rollout');
const premium = Audience.customerGroup('premium');

/** Between 3 and 20 pods, of which each takes 10 s at least and 130 s at most. */
function released(props: CanaryProps): { readonly course: ReleaseCourse; readonly objects: KubeObject[] } {
  const world = new World();
  const service = world.service('teller', { release: Release.canary({ interval: Duration.seconds(90), ...props }) });
  return { course: service.releasePlan.course, objects: world.objects() };
}

describe('the steps of a release (R6)', () => {
  let course: ReleaseCourse;
  beforeAll(() => {
    ({ course } = released({ steps: [5, 40, 100], stepWeightPromotion: 40, webhooks: [load] }));
  });
  const checks = ['99 % of the requests end without a 5xx', '99 of 100 requests take at most 500 ms', 'load agrees'];
  const weights = (canary: number) => ({ 'teller-primary': 100 - canary, teller: canary });

  test('one after the other, 90 s each', () => {
    expect(course.strategy).toBe('Release.canary');
    expect(course.steps).toEqual([
      { what: 'Flagger sees the new version', weights: weights(0), checks: [], takes: { shortest: 0, longest: 90 } },
      {
        what: 'The pods of teller start with it',
        weights: weights(0),
        checks: ['100 % of them are available'],
        // All at once: ready after 10 s at best, 130 s at worst; the look that sees it comes with the next interval.
        takes: { shortest: 90, longest: 180 },
      },
      { what: '5 % of the requests go to teller', weights: weights(5), checks, takes: { shortest: 90, longest: 90 } },
      { what: '40 % of the requests go to teller', weights: weights(40), checks, takes: { shortest: 90, longest: 90 } },
      { what: '100 % of the requests go to teller', weights: weights(100), checks, takes: { shortest: 90, longest: 90 } },
      {
        what: 'teller-primary gets the new version, pod by pod',
        weights: weights(100),
        checks: ['100 % of its pods are available'],
        // 3 × 10 s = 30 s, and 20 × 130 s = 2600 s, which is 28.9 intervals.
        takes: { shortest: 90, longest: 2610 },
      },
      {
        what: '40 % of the requests go back to teller-primary with each look, then the pods of teller stop',
        weights: weights(0),
        checks: [],
        takes: { shortest: 270, longest: 270 },
      },
    ]);
  });

  test('the sum of them, and the looks that failed checks cost: four of five', () => {
    expect(course.toPromote).toEqual({
      shortest: 0 + 90 + 3 * 90 + 90 + 270,
      longest: 90 + 180 + 3 * 90 + 2610 + 270 + 4 * 90,
    });
  });

  test('back after five looks that fail; what goes wrong right after a look costs one more', () => {
    expect(course.toRollBack).toEqual({ shortest: 450, longest: 540 });
  });

  test('at most both tracks with all of their pods, and two in excess of each', () => {
    expect(course.peakPods).toEqual({ teller: 22, 'teller-primary': 22 });
  });

  test('who else makes objects (rule 4)', () => {
    expect(course.madeByOthers).toEqual([
      'Deployment/teller-primary',
      'HorizontalPodAutoscaler/teller-primary',
      'Service/teller',
      'Service/teller-primary',
      'Service/teller-canary',
      'VirtualService/teller',
      'DestinationRule/teller-primary',
      'DestinationRule/teller-canary',
    ]);
  });
});

describe('other ways', () => {
  const steps = (props: CanaryProps) => released(props).course.steps.map(({ what, weights, takes }) => [what, weights, takes]);

  test('an audience (R7)', () => {
    expect(steps({ abTest: { audience: [premium, Audience.cookie('beta', 'on')], iterations: 3, share: 20 } })[2]).toEqual([
      'Requests with x-customer-group = premium, or cookie beta = on go to teller, all others to teller-primary',
      { teller: 20, 'teller-primary': 80 },
      { shortest: 270, longest: 270 },
    ]);
  });

  test('blue-green, checked by a load test, then with all requests', () => {
    expect(steps({ blueGreen: { iterations: 4 }, webhooks: [load] }).slice(2, 4)).toEqual([
      ['teller is checked without requests of callers', { teller: 0, 'teller-primary': 100 }, { shortest: 360, longest: 360 }],
      ['All requests go to teller', { teller: 100, 'teller-primary': 0 }, { shortest: 90, longest: 90 }],
    ]);
  });

  test('copies before the first step (R8)', () => {
    expect(steps({ mirror: { idempotent: true, percentage: 30 }, steps: [100] })[2]).toEqual([
      '30 % of the requests are copied to teller',
      { teller: 0, 'teller-primary': 100 },
      { shortest: 90, longest: 90 },
    ]);
  });

  test('a gate is no matter of time', () => {
    const { course } = released({ steps: [50, 100], webhooks: [hook('office', 'confirm-promotion'), hook('alarm', 'rollback')] });
    expect(course.toPromote).toBeUndefined();
    expect(course.steps.filter(({ takes }) => takes === undefined).map(({ what }) => what)).toEqual([
      '100 % of the requests go to teller',
    ]);
    expect(course.steps[3]!.checks).toContain('office agrees');
    expect(course.rollback).toMatch(
      /^Tell alarm to roll back: the next look gives all requests to teller-primary\. Or put the former/,
    );
  });

  test('metrics say what they ask', () => {
    const metric = {
      validate() {},
      bind: () => ({ name: 'queue', query: 'up', thresholdRange: { max: 7 }, describes: 'at most 7 wait' }),
    };
    expect(released({ metrics: [metric] }).course.steps[2]!.checks).toContain('at most 7 wait');
  });
});

describe('what is said of every release', () => {
  const way = (props: CanaryProps, of: (course: ReleaseCourse) => unknown) => of(released(props).course);

  test('what is measured, by the names that Flagger reports', () => {
    const own = (range: object) => ({
      validate() {},
      bind: () => ({ name: 'queue', query: 'up', thresholdRange: range, describes: 'few wait' }),
    });
    expect(way({ p99: Duration.millis(370), metrics: [own({ min: 1, max: 7 })] }, ({ thresholds }) => thresholds)).toEqual([
      { metric: 'request-success-rate', min: 99 },
      { metric: 'request-duration', max: 370 },
      { metric: 'queue', min: 1, max: 7 },
    ]);
    const objective = { analysis: { latencies: [], derivation: [] } };
    expect(way({ objective, successRate: 97 }, ({ thresholds }) => thresholds)).toEqual([
      { metric: 'request-success-rate', min: 97 },
      { metric: 'request-duration', max: 500 },
    ]);
  });

  test('the way back, without a gate and with one', () => {
    const former =
      'ut the former image back and commit: while the release runs, the pods of teller are replaced by the former version, one by ' +
      'one, and the release ends with it; after a release, the former version is released like any other.';
    expect(way({}, ({ rollback }) => rollback)).toBe(`P${former}`);
    expect(way({ webhooks: [hook('alarm', 'rollback')] }, ({ rollback }) => rollback)).toBe(
      `Tell alarm to roll back: the next look gives all requests to teller-primary. Or p${former}`,
    );
  });

  test('hooks are asked at their steps, and the order is theirs', () => {
    const types = ['confirm-rollout', 'pre-rollout', 'rollout', 'confirm-traffic-increase', 'confirm-promotion'] as const;
    const webhooks = [...types.map((type) => hook(`a-${type}`, type)), hook('told', 'event')];
    const measured = ['99 % of the requests end without a 5xx', '99 of 100 requests take at most 500 ms', 'a-rollout agrees'];
    expect(way({ steps: [50, 100], webhooks }, ({ steps }) => steps.map(({ checks }) => checks))).toEqual([
      ['a-confirm-rollout agrees'],
      ['100 % of them are available', 'a-pre-rollout agrees'],
      [...measured, 'a-confirm-traffic-increase agrees'],
      [...measured, 'a-confirm-traffic-increase agrees', 'a-confirm-promotion agrees'],
      ['100 % of its pods are available'],
      [],
    ]);
  });

  test('what a hook says of itself takes the place of its name, and an empty word says nothing', () => {
    const describing = (name: string, describes: string): IWebhook => ({
      ...{ name, type: 'rollout', timeoutSeconds: 5 },
      validate() {},
      bind: () => ({ name, type: 'rollout', url: 'http://gate.vault.svc', timeoutSeconds: 5, describes }),
    });
    const webhooks = [describing('bats', 'all pages answer'), describing('load', '')];
    expect(way({ webhooks }, ({ steps }) => steps[2]!.checks.slice(2))).toEqual(['all pages answer']);
  });

  test('what comes back at once, of an audience', () => {
    const { course } = released({ abTest: { audience: premium, iterations: 3 }, webhooks: [hook('board', 'confirm-promotion')] });
    expect(course.steps.map(({ what, checks }) => [what, checks.length])).toEqual([
      ['Flagger sees the new version', 0],
      ['The pods of teller start with it', 1],
      ['Requests with x-customer-group = premium go to teller, all others to teller-primary', 3],
      ['teller-primary gets the new version, pod by pod', 1],
      ['All requests go to teller-primary, and the pods of teller stop', 0],
    ]);
    expect(course.steps.map(({ weights }) => weights.teller)).toEqual([0, 0, 100, 100, 0]);
  });

  test('both looks of blue-green are checked, and the promotion is asked for at both', () => {
    const { course } = released({ blueGreen: { iterations: 4 }, webhooks: [load, hook('board', 'confirm-promotion')] });
    expect(course.steps.slice(2, 4).map(({ checks }) => checks.slice(2))).toEqual([
      ['load agrees', 'board agrees'],
      ['load agrees', 'board agrees'],
    ]);
  });
});

test('without a mesh: checked side by side, then replaced', () => {
  const target = { kind: 'Deployment', name: 'orders' } as const;
  const props = { namespace: 'shop', target, port: 80, provider: 'kubernetes', webhooks: [load], successRate: 97.5 } as const;
  const canary = new CanaryRelease(new Chart(Testing.app(), 'world'), 'orders', props);
  const old = { 'orders-primary': 100, orders: 0 };
  const checks = ['97.5 % of the requests end without a 5xx', 'load agrees'];
  const span = (seconds: number) => ({ shortest: seconds, longest: seconds });
  expect(canary.course.steps).toEqual([
    { what: 'Flagger sees the new version', weights: old, checks: [], takes: { shortest: 0, longest: 60 } },
    { what: 'The pods of orders start with it', weights: old, checks: ['100 % of them are available'], takes: span(60) },
    { what: 'orders is checked without requests of callers', weights: old, checks, takes: span(600) },
    { what: 'orders is checked once more', weights: old, checks, takes: span(60) },
    {
      what: 'orders-primary gets the new version, pod by pod',
      weights: old,
      checks: ['100 % of its pods are available'],
      takes: span(60),
    },
    { what: 'With the next look the pods of orders stop', weights: old, checks: [], takes: span(60) },
  ]);
});

/** What the scheduler does, tick by tick, in a cluster where everything is ready by the next one. */
function played(props: CanaryProps) {
  const { course, objects } = released(props);
  const [canary] = canariesOf(objects);
  const { ticks, events } = rehearse(restarted(objects, canary!, 'before'), objects, canary!, 'succeeded');
  const applied = events.findIndex((one) => one.do === 'put');
  const looks = ticks.slice(events.slice(0, applied).filter((one) => one.do === 'tick').length);
  const end = looks.findIndex((one) => one.canary.status?.phase === 'Succeeded');
  return { course, looks: looks.slice(0, end + 1) };
}

describe('as the scheduler plays it', () => {
  const ways: [string, CanaryProps][] = [
    ['steps to all requests', { steps: [5, 40, 100], stepWeightPromotion: 40 }],
    ['tens and back by tens', {}],
    ['steps that leave some', { steps: [10, 30], stepWeightPromotion: 15 }],
    ['even steps', { stepWeight: 30 }],
    ['copies first', { steps: [50, 100], mirror: { idempotent: true } }],
    ['cookies', { steps: [50, 100], sessionAffinity: {} }],
    ['an audience', { abTest: { audience: premium, iterations: 3 } }],
    ['an audience that comes back by halves', { abTest: { audience: premium, iterations: 3 }, stepWeightPromotion: 50 }],
    ['blue-green', { blueGreen: { iterations: 4 }, webhooks: [load] }],
    ['blue-green with copies', { blueGreen: { iterations: 2 }, mirror: { idempotent: true } }],
  ];

  test.each(ways)('%s: as many looks as the shortest way takes', (_name, props) => {
    const { course, looks } = played(props);
    // The first look comes at once, so that n looks take n − 1 intervals.
    expect((looks.length - 1) * 90).toBe(course.toPromote!.shortest);
  });

  test.each(ways.filter(([name]) => !name.includes('audience')))(
    '%s: the weights of the steps, in their order',
    (_name, props) => {
      const { course, looks } = played(props);
      const seen = looks.map(({ weights }) => weights!.canary);
      const rising = seen.slice(0, seen.lastIndexOf(Math.max(...seen)) + 1);
      const said = course.steps.slice(0, -1).map(({ weights }) => weights.teller!);
      const distinct = (list: readonly number[]) => list.filter((one, i) => one !== list[i - 1]);
      expect(distinct(rising)).toEqual(distinct(said));
      expect(seen.at(-1)).toBe(0);
    },
  );
});
