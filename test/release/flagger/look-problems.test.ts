import type { IWebhook, WebhookType } from '../../../lib';
import type { Problems } from '../../../lib/kernel/errors';
import { lookProblems } from '../../../lib/release/flagger/looks';
import { FACTS } from '../flagger-extras/world';
import { linesOf } from '../said';

/* What is called with each look must be done before the next one. */

const hook = (name: string, type: WebhookType, timeoutSeconds = 5): IWebhook => ({
  ...{ name, type, timeoutSeconds },
  validate: (problems, part) => problems.add(`${name} was asked`, part),
  bind: () => ({}) as never,
});

test.each<[string, IWebhook[], string[]]>([
  [
    'each is judged at its place',
    [hook('a', 'rollout'), hook('b', 'event')],
    ['teller.webhooks[0]: a was asked', 'teller.webhooks[1]: b was asked'],
  ],
  [
    '59 s',
    [hook('a', 'rollout', 29), hook('b', 'rollback', 30)],
    ['teller.webhooks[0]: a was asked', 'teller.webhooks[1]: b was asked'],
  ],
  [
    '60 s',
    [hook('a', 'rollout', 30), hook('b', 'confirm-traffic-increase', 30)],
    [
      'teller.webhooks[0]: a was asked',
      'teller.webhooks[1]: b was asked',
      'teller.webhooks: a 30 s + b 30 s = 60 s may pass with each look, and there is one every 60 s; shorten their timeouts, or set interval above 60 s',
    ],
  ],
  [
    'what is called once counts for nothing',
    [hook('a', 'rollout', 30), hook('b', 'pre-rollout', 3000)],
    ['teller.webhooks[0]: a was asked', 'teller.webhooks[1]: b was asked'],
  ],
  [
    'one that is too long',
    [hook('a', 'rollout', 70)],
    [
      'teller.webhooks[0]: a was asked',
      'teller.webhooks: a 70 s may pass with each look, and there is one every 60 s; shorten their timeouts, or set interval above 70 s',
    ],
  ],
  [
    'two of one name',
    [hook('a', 'rollout'), hook('a', 'event')],
    [
      'teller.webhooks[0]: a was asked',
      'teller.webhooks[1]: a was asked',
      'teller.webhooks: two are called "a"; Flagger\'s events tell them apart by name',
    ],
  ],
])('what is called with each look, every 60 s: %s', (_what, given, problems) => {
  expect(
    ((given) =>
      linesOf((problems) =>
        lookProblems({ metrics: [], derived: [], webhooks: given, alerts: [] }, FACTS, problems, (prop) => prop),
      ))(given),
  ).toEqual(problems);
});

test('metrics and alerts are judged at their places, those of an objective at the objective', () => {
  const asked = (name: string) => ({
    validate: (problems: Problems, part: string) => problems.add(`${name} was asked`, part),
    bind: () => ({}) as never,
  });
  const looks = { metrics: [asked('m'), asked('n')], derived: [asked('d')], webhooks: [], alerts: [asked('a'), asked('b')] };
  expect(linesOf((problems) => lookProblems(looks, FACTS, problems, (prop) => prop))).toEqual([
    'teller.metrics[0]: m was asked',
    'teller.metrics[1]: n was asked',
    'teller.objective: d was asked',
    'teller.alerts[0]: a was asked',
    'teller.alerts[1]: b was asked',
  ]);
});
